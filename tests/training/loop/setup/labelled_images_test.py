import numpy as np
import pytest

from segcourse.training.loop.setup.labelled_images import LabelledImages

IMAGES = np.arange(5 * 2 * 2 * 3, dtype="uint8").reshape(5, 2, 2, 3)
LABELS = np.zeros((5, 2, 2), "uint8")


def test_batches_of_it_have_its_weights():
    plain, weighted = LabelledImages(IMAGES, LABELS), LabelledImages(IMAGES, LABELS, LABELS + 0.5)
    first = next(plain.batches(2).epoch().as_numpy_iterator())
    assert len(first) == 2 and first[0].shape == (2, 2, 2, 3)
    assert first[0] == pytest.approx(IMAGES[:2] / 255)
    batches = list(weighted.batches(2, repeats=2).epoch().as_numpy_iterator())
    assert [len(labels) for _, labels, _ in batches] == [2] * 5
    assert all((weights == 0.5).all() for _, _, weights in batches)


def test_its_fingerprint_tells_images_labels_and_weights():
    data = [
        LabelledImages(IMAGES, LABELS),
        LabelledImages(IMAGES + 1, LABELS),
        LabelledImages(IMAGES, LABELS + 1),
        LabelledImages(IMAGES, LABELS, LABELS + 0.5),
    ]
    assert len({str(one.fingerprint()) for one in data}) == 4
    assert LabelledImages(IMAGES.copy(), LABELS.astype(int)).fingerprint() == data[0].fingerprint()
    assert len(data[0]) == 5
