from types import SimpleNamespace

import pytest

from segcourse.training import Recipe
from segcourse.training.loop.setup import recipe_checks as checks
from segcourse.training.loop.setup.epoch_plan import EpochPlan


def devices(count=2, shard=(0, 1), accumulates=True):
    return SimpleNamespace(count=count, shard=shard, accumulates=accumulates)


PLAN = EpochPlan(8, 4, devices=2)
SEVERAL = devices(shard=(0, 2))


@pytest.mark.parametrize(
    ("recipe", "where", "plan", "says"),
    [
        ({"accumulate": 2}, devices(accumulates=False), PLAN, "`accumulate` must be 1 with .*=2$"),
        ({"accumulate": "auto"}, devices(accumulates=False), PLAN, "accumulate='auto'$"),
        ({"minutes": 3}, SEVERAL, PLAN, "`minutes` must be None in a job .* minutes=3$"),
        ({"batch_size": 5}, devices(), PLAN, "`batch_size` must be a multiple of the 2 devices"),
        ({"batch_size": 6}, devices(), PLAN.in_parts(2), "multiple of the 4 devices"),
        ({}, devices(), EpochPlan(1, 8, devices=2), "an image for each of the 2 .*: 1 images$"),
    ],
)
def test_what_devices_cannot_share_is_named(recipe, where, plan, says):
    with pytest.raises(ValueError, match=says):
        checks.check_sharing(Recipe(**recipe), where, plan)


def test_what_can_be_shared():
    checks.check_sharing(Recipe(batch_size=4, minutes=3), devices(), PLAN)
    checks.check_sharing(Recipe(batch_size=5), devices(count=1), EpochPlan(3, 5))


def test_patience_wants_validation():
    checks.check_patience(Recipe(patience=2), has_val=True)
    checks.check_patience(Recipe(), has_val=False)
    with pytest.raises(ValueError, match="`patience` must be None .* patience=2"):
        checks.check_patience(Recipe(patience=2), has_val=False)


def test_each_class_has_its_weight():
    checks.check_class_weights(Recipe(class_weights=(1, 2)), 2)
    checks.check_class_weights(Recipe(), 2)
    with pytest.raises(ValueError, match="each of the model's 3 outputs. Received: 2 weights"):
        checks.check_class_weights(Recipe(class_weights=(1, 2)), 3)


def test_one_step_of_the_optimizer_at_least():
    plan = EpochPlan(4, 6, parts=6)
    checks.check_steps(Recipe(epochs=2), plan)
    checks.check_steps(Recipe(epochs=1, minutes=1), plan)
    with pytest.raises(ValueError, match="at most the 4 parts .* accumulate=6"):
        checks.check_steps(Recipe(epochs=1), plan)


@pytest.mark.parametrize(("epoch", "step", "done"), [(3, 0, 3), (2, 5, 3)])
def test_as_many_epochs_as_the_checkpoint_has(epoch, step, done):
    checks.check_length(Recipe(epochs=3), epoch, step)
    checks.check_length(Recipe(epochs=2, minutes=1), epoch, step)
    with pytest.raises(ValueError, match=f"the {done} epochs its checkpoint has. .*epochs=2"):
        checks.check_length(Recipe(epochs=2), epoch, step)
