"""Drawn leaves: what is painted and what the labels say belong together."""

import numpy as np
import pytest

from segcourse.data.drawing import leaves


@pytest.mark.parametrize("seed", range(5))
def test_a_picture_and_its_labels(seed):
    image, labels = leaves.draw(np.random.default_rng(seed), 96, 128, count=3)
    assert image.shape == (96, 128, 3) and image.dtype == labels.dtype == np.uint8
    assert set(np.unique(labels)) == {0, 1, leaves.UNSURE}
    assert 0.02 < np.mean(labels == 1) < 0.5
    # Wherever leaf meets ground, the rim lies between.
    for one, other in ((labels[:, 1:], labels[:, :-1]), (labels[1:], labels[:-1])):
        assert not np.any((one == 1) & (other == 0)) and not np.any((one == 0) & (other == 1))


def test_the_same_seed_gives_the_same_picture_and_another_one_does_not():
    first, second, third = (
        leaves.draw(np.random.default_rng(seed), 48, 64, count=2)[0] for seed in (1, 1, 2)
    )
    assert (first == second).all() and (first != third).any()
