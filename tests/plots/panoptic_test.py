import numpy as np
import pytest

from segcourse.plots import palette, panoptic

CLASSES = ("sky", "grass", "cat")
IMAGE = np.zeros((2, 4, 3), "uint8")
IDS = np.array([[1, 1, 7, 0], [5, 5, 7, 9]])
INFO = [
    {"id": i, "category_id": c, "iscrowd": 0} for i, c in [(1, 0), (5, 2), (7, 1), (9, 2)]
]  # fmt: skip


def test_things_are_counted_for_each_class():
    ax = panoptic(IMAGE, IDS, INFO, CLASSES, (2,))
    found = {text.get_text(): text.get_position() for text in ax.texts}
    assert set(found) == {"cat 1", "cat 2"}
    assert found["cat 2"] == (3, 1)
    assert found["cat 1"] in {(0, 1), (1, 1)}


def test_a_class_has_one_colour():
    pixels = panoptic(IMAGE, IDS, INFO, CLASSES, (2,)).images[0].get_array()
    np.testing.assert_allclose(pixels[1, 0], pixels[1, 3])
    np.testing.assert_allclose(pixels[0, 0], 0.6 * palette.colors(CLASSES)[0] / 255)


def test_instances_alone():
    image = np.full((2, 4, 3), 50, "uint8")
    ax = panoptic(image, IDS, INFO, CLASSES, (2,), stuff=False)
    pixels = ax.images[0].get_array()
    np.testing.assert_allclose(pixels[0], 50 / 255, atol=1e-6)
    assert (abs(pixels[1, [0, 1, 3]] - 50 / 255).max(-1) > 0.1).all()
    assert not ax.patches  # void is not hatched


def test_two_touching_instances_are_separated():
    ids = np.array([[4, 5]])
    info = [{"id": 4, "category_id": 2}, {"id": 5, "category_id": 2}]
    ax = panoptic(IMAGE[:1, :2], ids, info, CLASSES, (2,))
    assert any(len(lines.get_segments()) for lines in ax.collections)


@pytest.mark.parametrize(
    ("ids", "info", "message"),
    [
        (IDS[:1], INFO, "`panoptic` must hold integer ids of shape"),
        (IDS.astype(float), INFO, "`panoptic` must hold integer ids"),
        (IDS, INFO[:3], r"`panoptic` must hold ids of `segments_info` only. Received: \[9\]"),
        (IDS, [*INFO[:3], {"id": 9, "category_id": 8}], "`segments_info` must be 0 to 2"),
    ],
)
def test_wrong_arguments(ids, info, message):
    with pytest.raises(ValueError, match=message):
        panoptic(IMAGE, ids, info, CLASSES, (2,))
