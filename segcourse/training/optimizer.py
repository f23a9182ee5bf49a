"""The optimizer a recipe asks for."""

import keras

from segcourse.training.caffe_sgd import BIAS_NAMES, CaffeSGD
from segcourse.training.schedule import make_schedule

_NOT_DECAYED = (*BIAS_NAMES, "gamma")


def make_optimizer(recipe, steps_per_epoch, variables, parts=1):
    """A new optimizer of `variables` for a recipe, its learning rate fitted to the run.

    Args:
        recipe: the `Recipe`.
        steps_per_epoch: steps of the optimizer in an epoch.
        variables: the trainable variables.
        parts: in how many parts a batch is taken.
    """
    options = {"learning_rate": make_schedule(recipe, steps_per_epoch)}
    if parts > 1:
        options["gradient_accumulation_steps"] = parts
    if recipe.ema is not None:
        # Keras averages after every part of a batch, and the weights change with the last only.
        options |= {"use_ema": True, "ema_momentum": recipe.ema ** (1 / parts)}
    if recipe.optimizer == "sgd":
        optimizer = _CaffeSGD(
            momentum=recipe.momentum,
            weight_decay=recipe.weight_decay,
            bias_rate=recipe.bias_rate,
            **options,
        )
    else:
        optimizer = _AdamW(weight_decay=recipe.weight_decay, name="adamw", **options)
        kept = [variable for variable in variables if variable.name in _NOT_DECAYED]
        optimizer.exclude_from_weight_decay(var_list=kept)
    return optimizer


class _KeepsTraining:
    """Keras would put the averages in place of the weights at the end of each of its `fit`s."""

    def finalize_variable_values(self, var_list):
        """Nothing: a run is many such `fit`s, and puts the averages in place at its own end."""


class _CaffeSGD(_KeepsTraining, CaffeSGD):
    pass


class _AdamW(_KeepsTraining, keras.optimizers.AdamW):
    pass
