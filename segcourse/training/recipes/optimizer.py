"""The optimizer a recipe asks for."""

from segcourse.training.recipes.adamw import AdamW
from segcourse.training.recipes.caffe_sgd import CaffeSGD
from segcourse.training.recipes.schedule import make_schedule


def make_optimizer(recipe, steps_per_epoch, parts=1):
    """A new optimizer for a recipe, its learning rate fitted to the run.

    Args:
        recipe: the `Recipe`.
        steps_per_epoch: steps of the optimizer in an epoch.
        parts: in how many parts a batch is taken.
    """
    options = {"learning_rate": make_schedule(recipe, steps_per_epoch, parts)}
    if parts > 1:
        options["gradient_accumulation_steps"] = parts
    if recipe.ema is not None:
        options |= {"use_ema": True, "ema_momentum": recipe.ema}
    if recipe.optimizer == "sgd":
        return CaffeSGD(
            momentum=recipe.momentum,
            weight_decay=recipe.weight_decay,
            bias_rate=recipe.bias_rate,
            layer_rates=dict(recipe.layer_rates),
            **options,
        )
    return AdamW(weight_decay=recipe.weight_decay, name="adamw", **options)
