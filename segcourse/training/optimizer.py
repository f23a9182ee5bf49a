"""The optimizer a recipe asks for."""

import keras

from segcourse.training.caffe_sgd import CaffeSGD
from segcourse.training.schedule import make_schedule


def make_optimizer(recipe, steps_per_epoch):
    """A new optimizer for a recipe, with its learning rate fitted to the steps of the run."""
    learning_rate = make_schedule(recipe, steps_per_epoch)
    if recipe.optimizer == "sgd":
        return CaffeSGD(
            learning_rate,
            momentum=recipe.momentum,
            weight_decay=recipe.weight_decay,
            bias_rate=recipe.bias_rate,
        )
    optimizer = keras.optimizers.AdamW(learning_rate, weight_decay=recipe.weight_decay)
    # Only the variable's own name counts: a layer may be called anything.
    optimizer.exclude_from_weight_decay(var_names=["(^|/)(bias|beta|gamma)$"])
    return optimizer
