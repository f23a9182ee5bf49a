import matplotlib.pyplot as plt
import numpy as np
import pytest

from segcourse.plots import compare

CLASSES = ("sky", "grass", "cat", "dog")
IMAGES = np.zeros((2, 4, 5, 3), "uint8")
LABELS = np.tile(np.array([0, 0, 1, 1, 2], "uint8"), (2, 4, 1))


def titles(fig):
    return [ax.get_title() for ax in fig.axes if ax.get_title()]


def names(fig):
    return [text.get_text() for text in fig.legends[0].get_texts()]


def test_one_prediction():
    fig = compare(IMAGES, LABELS, LABELS, CLASSES)
    assert len(fig.axes) == 2 * 3
    assert titles(fig) == ["input", "truth", "prediction"]
    assert names(fig) == ["sky", "grass", "cat"]


def test_several_predictions_and_what_they_add_to_the_legend():
    other = np.where(LABELS == 2, 3, LABELS)
    fig = compare(IMAGES, LABELS, {"FCN-32s": other, "FCN-8s": LABELS}, CLASSES)
    assert len(fig.axes) == 2 * 4
    assert titles(fig) == ["input", "truth", "FCN-32s", "FCN-8s"]
    assert names(fig) == list(CLASSES)
    fig.canvas.draw()


def test_errors_count_wrong_pixels_and_no_void():
    truth = LABELS.copy()
    truth[:, :, 0] = 255
    prediction = LABELS.copy()
    prediction[0, :, 0] = 3  # under void: no error
    prediction[0, :2, 1] = 1  # 2 of the 16 counted pixels
    fig = compare(IMAGES, truth, prediction, CLASSES, errors=True)
    assert len(fig.axes) == 2 * 4
    assert titles(fig)[-1] == "wrong pixels"
    assert names(fig) == ["sky", "grass", "cat", "dog", "void", "wrong"]
    shares = [ax.texts[0].get_text() for ax in fig.axes if ax.texts]
    assert shares == ["12.5%", "0.0%"]
    pixels = fig.axes[3].images[0].get_array()
    red = (np.abs(pixels - np.array([191, 48, 10]) / 255) < 1e-6).all(-1)
    np.testing.assert_array_equal(np.argwhere(red), [[0, 1], [1, 1]])


def test_grey_pictures():
    grey = np.linspace(0, 1, 40).reshape(2, 4, 5, 1)
    fig = compare(grey, LABELS, LABELS, CLASSES, errors=True)
    shown = fig.axes[0].images[0].get_array()
    np.testing.assert_allclose(shown, np.repeat(grey[0], 3, axis=2), atol=1e-6)
    fig.canvas.draw()


def test_own_titles():
    fig = compare(IMAGES, LABELS, LABELS, CLASSES, titles=("a", "b", "c"))
    assert titles(fig) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "name, change",
    [
        ("images", {"images": IMAGES[0]}),
        ("labels", {"labels": LABELS[:1]}),
        ("predictions", {"predictions": LABELS[:, :2]}),
        ("predictions", {"predictions": {"a": np.zeros((2, 4, 5, 4))}}),
        ("predictions", {"predictions": LABELS + 2}),
        ("titles", {"titles": ("input", "truth")}),
        ("alpha", {"alpha": -1}),
    ],
)
def test_wrong_arguments(name, change):
    arguments = {"images": IMAGES, "labels": LABELS, "predictions": LABELS, "classes": CLASSES}
    with pytest.raises(ValueError, match=f"`{name}`"):
        compare(**arguments | change)
    assert not plt.get_fignums()
