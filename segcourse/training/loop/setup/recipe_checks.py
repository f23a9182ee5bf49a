"""Whether a recipe can be followed: with these devices, this model, this data, this checkpoint."""

from segcourse.training.devices.distribute import check_batch
from segcourse.training.recipes.loss import make_loss


def check_sharing(recipe, devices, plan):
    """Raise a ValueError unless the devices of `devices` can share the batches of the plan."""
    if recipe.accumulate != 1 and not devices.accumulates:
        raise ValueError(
            "`accumulate` must be 1 with `devices` on TensorFlow, which cannot do both. "
            f"Received: accumulate={recipe.accumulate!r}"
        )
    if devices.count == 1:
        return
    if recipe.minutes is not None and devices.shard[1] > 1:
        raise ValueError(
            "`minutes` must be None in a job of several processes, whose clocks differ: give "
            f"`epochs`. Received: minutes={recipe.minutes}"
        )
    check_batch(recipe.batch_size, devices.count * plan.parts)
    if not plan.steps:
        raise ValueError(
            f"`train` must have an image for each of the {devices.count} devices at least. "
            f"Received: {plan.images} images"
        )


def check_patience(recipe, has_val):
    """Raise a ValueError if the run shall wait for a validation that there is not."""
    if recipe.patience is not None and not has_val:
        raise ValueError(
            "`patience` must be None without validation data: `val` decides when to stop. "
            f"Received: patience={recipe.patience}"
        )


def check_class_weights(recipe, num_classes):
    """Raise a ValueError unless each class has its weight, if there are any."""
    for weights in _all_class_weights(make_loss(recipe)):
        if len(weights) != num_classes:
            raise ValueError(
                f"`class_weights` must be a weight for each of the model's {num_classes} "
                f"outputs. Received: {len(weights)} weights"
            )


def _all_class_weights(loss):
    """The class weights of a loss, or of each loss in a sum, where there are any."""
    found = (one.class_weights for one in getattr(loss, "losses", [loss]))
    return [weights for weights in found if weights is not None]


def check_steps(recipe, plan):
    """Raise a ValueError if the run would end before the optimizer makes a step."""
    parts = recipe.epochs * plan.steps
    if recipe.minutes is None and parts < plan.parts:
        raise ValueError(
            f"`accumulate` must be at most the {parts} parts of a batch that the run has in "
            f"all, or no step is made. Received: accumulate={plan.parts}"
        )


def check_length(recipe, epoch, step):
    """Raise a ValueError if a checkpoint has more epochs than the run shall have."""
    done = epoch + bool(step)
    if recipe.minutes is None and done > recipe.epochs:
        raise ValueError(
            f"`epochs` must be at least the {done} epochs its checkpoint has. "
            f"Received: epochs={recipe.epochs}"
        )
