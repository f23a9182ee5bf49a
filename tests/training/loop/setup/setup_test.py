import numpy as np

import segcourse.data
from segcourse.training import Recipe
from segcourse.training.loop.setup.setup import make_setup
from tests.training import runs


def same(one, other):
    one, other = (list(batches.as_numpy_iterator()) for batches in (one, other))
    assert len(one) == len(other)
    for batch, expected in zip(one, other, strict=True):
        assert all(map(np.array_equal, batch, expected))


def test_it_knows_what_a_run_needs():
    model = runs.model()
    setup = make_setup(model, runs.data(), runs.data(4), runs.recipe(repeats=2, accumulate=5))
    assert (
        setup.model is setup.original is model and setup.num_classes == 2 and setup.budget is None
    )
    assert (setup.plan.images, setup.plan.batch_size, setup.plan.size) == (24, 5, 1)
    assert (len(setup.train), len(setup.val)) == (12, 4)
    by_clock = make_setup(model, runs.data(), None, Recipe(minutes=2, accumulate="auto"))
    assert by_clock.budget.seconds == 120 and by_clock.plan.full_only
    assert (by_clock.plan.parts, by_clock.val) == (1, None)


def test_its_epochs_are_those_of_the_pipeline_whatever_the_size():
    recipe = runs.recipe(seed=3)  # augmented
    setup = make_setup(runs.model(), runs.data(), None, recipe)
    for parts in (1, 5):
        options = dict(shuffle=True, augment=recipe.augment, seed=3, epoch=7)
        expected = segcourse.data.pipeline(runs.data(), 5 // parts, **options)
        plan = setup.plan.in_parts(parts)
        same(setup.epoch(7, plan), expected)
        same(setup.epoch(7, plan, 1, 3), expected.skip(1).take(2))


def test_weights_are_made_once_and_come_with_the_batches():
    calls = []

    def ones(labels):
        calls.append(1)
        return np.ones(labels.shape)

    setup = make_setup(runs.model(), runs.data(), None, Recipe(pixel_weights=ones))
    images, labels, weights = next(setup.epoch(0, setup.plan).as_numpy_iterator())
    assert len(calls) == 12 and weights.shape == labels.shape and (weights == 1).all()
    assert setup.train.fingerprint()["pixel weights"].startswith("crc32")
