import pytest

from segcourse.training.loop.setup.epoch_plan import EpochPlan


@pytest.mark.parametrize(
    ("plan", "images"),
    [
        (EpochPlan(12, 4), [0, 4, 8, 12]),
        (EpochPlan(14, 4), [0, 4, 8, 12, 14]),
        (EpochPlan(14, 4, parts=2), [0, 2, 4, 6, 8, 10, 12, 14]),
        (EpochPlan(13, 4, parts=2), [0, 2, 4, 6, 8, 10, 12, 13]),
        (EpochPlan(15, 4, devices=2), [0, 4, 8, 12, 14]),  # one cannot be shared
        (EpochPlan(13, 4, devices=2), [0, 4, 8, 12]),
        (EpochPlan(14, 4, full_only=True), [0, 4, 8, 12]),
        (EpochPlan(3, 4, full_only=True), [0, 3]),  # nothing is full
        (EpochPlan(1, 4, devices=2), [0]),
    ],
)
def test_the_images_of_the_first_steps(plan, images):
    assert plan.steps == len(images) - 1
    assert [plan.images_in(steps) for steps in range(plan.steps + 1)] == images


def test_in_more_parts_it_is_the_same_epoch():
    plan = EpochPlan(12, 6).in_parts(3)
    assert (plan.size, plan.steps, plan.batch_size, plan.images) == (2, 6, 6, 12)
