"""The optimizer a recipe asks for."""

import keras

from segcourse.training.caffe_sgd import BIAS_NAMES, CaffeSGD
from segcourse.training.schedule import make_schedule

_NOT_DECAYED = (*BIAS_NAMES, "gamma")


def make_optimizer(recipe, steps_per_epoch, variables):
    """A new optimizer of `variables` for a recipe, its learning rate fitted to the run."""
    learning_rate = make_schedule(recipe, steps_per_epoch)
    if recipe.optimizer == "sgd":
        optimizer = CaffeSGD(
            learning_rate,
            momentum=recipe.momentum,
            weight_decay=recipe.weight_decay,
            bias_rate=recipe.bias_rate,
        )
    else:
        optimizer = keras.optimizers.AdamW(learning_rate, weight_decay=recipe.weight_decay)
        kept = [variable for variable in variables if variable.name in _NOT_DECAYED]
        optimizer.exclude_from_weight_decay(var_list=kept)
    return optimizer
