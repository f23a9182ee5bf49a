"""The optimizer a recipe asks for."""

import keras
from keras import ops

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
    options = {"learning_rate": make_schedule(recipe, steps_per_epoch, parts)}
    if parts > 1:
        options["gradient_accumulation_steps"] = parts
    if recipe.ema is not None:
        options |= {"use_ema": True, "ema_momentum": recipe.ema}
    if recipe.optimizer == "sgd":
        optimizer = _CaffeSGD(
            momentum=recipe.momentum,
            weight_decay=recipe.weight_decay,
            bias_rate=recipe.bias_rate,
            layer_rates=dict(recipe.layer_rates),
            **options,
        )
    else:
        optimizer = _AdamW(weight_decay=recipe.weight_decay, name="adamw", **options)
        kept = [variable for variable in variables if variable.name in _NOT_DECAYED]
        optimizer.exclude_from_weight_decay(var_list=kept)
    return optimizer


class _Averaging:
    """How a run wants the moving average of the weights."""

    def finalize_variable_values(self, var_list):
        """Nothing, where Keras puts the averages in place of the weights at the end of a `fit`.

        A run is many such `fit`s, and puts them in place at its own end.
        """

    def _update_model_variables_moving_average(self, trainable_variables):
        """Average once a step: Keras does after each part of a batch, when nothing has changed."""
        parts = self.gradient_accumulation_steps or 1
        changed = ops.equal((self._iterations + 1) % parts, 0)
        first = ops.equal(self.iterations, 0)
        kept = ops.where(changed, ops.where(first, 0.0, self.ema_momentum), 1.0)
        averages = self._model_variables_moving_average
        for variable, average in zip(trainable_variables, averages, strict=True):
            if average is not None:
                share = ops.cast(kept, variable.dtype)
                average.assign(share * average + (1 - share) * variable)


class _CaffeSGD(_Averaging, CaffeSGD):
    pass


class _AdamW(_Averaging, keras.optimizers.AdamW):
    pass
