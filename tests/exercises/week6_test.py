"""Week 6's references against independent implementations, and the examples of their texts."""

import contextlib

import keras
import matplotlib.pyplot as plt
import numpy as np
import pytest
from keras import ops
from scipy import ndimage

from segcourse.exercises import week6
from segcourse.exercises.judge import judge


def reference(name):
    return getattr(week6, name).right.build()


def drawn(exercise, mistake):
    """The picture a student sees after this wrong answer."""
    wrong = next(answer for answer in exercise.mistakes if answer.name == mistake)
    return exercise.picture(*judge(exercise, wrong.build(), seed=0).picture)


# 6.1


def side_by_layers(size, depth):
    """The side that a U-Net of Keras layers gives; 0 where a pooling would drop a row."""
    images = x = keras.Input((size, 9, 1))
    shapes = []

    def convolution(x):
        return keras.layers.Conv2D(1, (3, 1))(x)

    for _ in range(depth):
        x = convolution(convolution(x))
        shapes.append(x.shape[1])
        x = keras.layers.MaxPooling2D((2, 1))(x)
    x = convolution(convolution(x))
    for _ in range(depth):
        x = keras.layers.Conv2DTranspose(1, (2, 1), strides=(2, 1))(x)
        x = convolution(convolution(x))
    tiles = all(shape % 2 == 0 for shape in shapes)
    # Where nothing is left, Keras raises an error; before 3.11 it gives negative sizes.
    return max(keras.Model(images, x).output_shape[1], 0) if tiles else 0


@pytest.mark.parametrize(("size", "depth"), [(28, 1), (27, 1), (60, 2), (62, 2), (64, 2), (140, 3)])
def test_unet_output_agrees_with_keras(size, depth):
    assert reference("unet_output")(size, depth) == side_by_layers(size, depth)


def test_unet_output_of_the_paper():
    unet_output = reference("unet_output")
    assert unet_output(572, 4) == 388
    assert [size for size in range(560, 600) if unet_output(size, 4)] == [572, 588]


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_unet_output_is_0_where_nothing_is_left(depth):
    unet_output = reference("unet_output")
    smallest = min(size for size in range(200) if unet_output(size, depth))
    below = smallest - 2**depth
    with contextlib.suppress(ValueError):
        assert side_by_layers(below, depth) == 0
    assert unet_output(below, depth) == 0
    assert unet_output(smallest, depth) == side_by_layers(smallest, depth) > 0


def test_unet_output_example():
    assert reference("unet_output")(28, 1) == 12
    assert reference("unet_output")(27, 1) == 0


# 6.2


@pytest.mark.parametrize("columns", [0, 2, 6])
def test_crop_and_concatenate_agrees_with_keras(columns):
    rng = np.random.default_rng(columns)
    skip = rng.normal(size=(2, 9, 5 + columns, 3)).astype("float32")
    up = rng.normal(size=(2, 5, 5, 4)).astype("float32")
    cropped = keras.layers.CenterCrop(5, 5)(skip)
    expected = ops.convert_to_numpy(keras.layers.Concatenate()([cropped, up]))
    np.testing.assert_array_equal(reference("crop_and_concatenate")(skip, up), expected)


def test_crop_and_concatenate_example():
    skip = np.array([[1, 2, 3, 4], [5, 6, 7, 8]]).reshape(1, 2, 4, 1)
    up = -np.array([[1, 2], [3, 4]]).reshape(1, 2, 2, 1)
    result = reference("crop_and_concatenate")(skip, up)
    assert result[0, ..., 0].tolist() == [[2, 3], [6, 7]]
    assert result[0, ..., 1].tolist() == [[-1, -2], [-3, -4]]


def test_crop_picture_frames_what_was_asked_for():
    figure = drawn(week6.crop_and_concatenate, "cropped from the top left corner")
    assert "framed" in figure.axes[0].get_title()
    plt.close(figure)


# 6.3


@pytest.mark.parametrize("margin", [1, 2, 4])
def test_mirror_border_agrees_with_scipy(margin):
    image = np.random.default_rng(margin).normal(size=(5, 7, 2))
    # Read one by one; SciPy calls a mirror on the edge pixel "mirror", and "reflect" NumPy's other.
    places = np.indices((5 + 2 * margin, 7 + 2 * margin)) - margin
    expected = [
        ndimage.map_coordinates(image[..., c], places, order=0, mode="mirror") for c in (0, 1)
    ]
    result = reference("mirror_border")(image, margin)
    np.testing.assert_array_equal(result, np.stack(expected, axis=-1))


def test_mirror_border_example():
    result = reference("mirror_border")(np.array([[1, 2, 3, 4]] * 4)[..., None], 2)
    assert result.shape == (8, 8, 1)
    assert result[4, :, 0].tolist() == [3, 2, 1, 2, 3, 4, 3, 2]


@pytest.mark.parametrize(
    "mistake", ["edge pixel repeated", "only the rows", "channels mirrored too"]
)
def test_mirror_picture_shows_both(mistake):
    figure = drawn(week6.mirror_border, mistake)
    assert [ax.get_title() for ax in figure.axes] == ["yours", "expected"]
    plt.close(figure)


# 6.4


@pytest.mark.parametrize("shape", [(6, 6), (7, 19), (23, 8), (12, 18)])
def test_predict_in_tiles_agrees_with_one_pass(shape):
    rng = np.random.default_rng(sum(shape))
    image, kernel = rng.normal(size=shape), rng.normal(size=(5, 3))
    seen = []

    def predict(part):
        seen.append(part.shape)
        whole = ndimage.correlate(part, kernel, mode="constant")
        return whole[2:-2, 2:-2]

    result = reference("predict_in_tiles")(image, 6, 2, predict)
    np.testing.assert_allclose(result, ndimage.correlate(image, kernel, mode="mirror"), atol=1e-12)
    assert set(seen) == {(10, 10)}
    assert len(seen) == -(-shape[0] // 6) * -(-shape[1] // 6)


def test_predict_in_tiles_example():
    begins = []

    def predict(part):
        begins.append(int(part[0, 0]))
        return part

    reference("predict_in_tiles")(np.tile(np.arange(10.0), (4, 1)), 4, 0, predict)
    assert begins == [0, 4, 6]


def test_the_network_of_the_cases_is_a_correlation():
    kernel = np.arange(9.0).reshape(3, 3)
    part = np.random.default_rng(0).normal(size=(6, 6))
    expected = ndimage.correlate(part, kernel)[1:-1, 1:-1]
    predict = week6._filter_of(kernel, 4)
    np.testing.assert_allclose(predict(part), expected)
    with pytest.raises(ValueError, match=r"6 by 6 pixels; it got \(6, 5\)"):
        predict(part[:, :5])


def test_tiles_picture_marks_the_gap():
    figure = drawn(week6.predict_in_tiles, "last tiles left out")
    assert "wrong pixel" in figure.axes[0].get_title()
    plt.close(figure)


# 6.5


def bilinear(image, y, x):
    """One value by hand."""
    y, x = min(max(y, 0), image.shape[0] - 1), min(max(x, 0), image.shape[1] - 1)
    top, left = min(int(y), image.shape[0] - 2), min(int(x), image.shape[1] - 2)
    total = 0
    for row in (top, top + 1):
        for column in (left, left + 1):
            total += (1 - abs(y - row)) * (1 - abs(x - column)) * image[row, column]
    return total


def test_deform_agrees_with_a_loop():
    rng = np.random.default_rng(0)
    image, labels = rng.uniform(size=(5, 8)), rng.integers(0, 9, (5, 8))
    dy, dx = rng.uniform(-3, 3, (2, 5, 8))
    new_image, new_labels = reference("deform")(image, labels, dy, dx)
    assert new_labels.dtype == labels.dtype
    for y, x in np.ndindex(5, 8):
        row, column = y + dy[y, x], x + dx[y, x]
        np.testing.assert_allclose(new_image[y, x], bilinear(image, row, column), rtol=1e-6)
        nearest = min(max(round(row), 0), 4), min(max(round(column), 0), 7)
        assert new_labels[y, x] == labels[nearest]


def test_deform_example():
    image, labels = np.array([[10.0, 20, 30]]), np.array([[0, 0, 1]])
    image, labels = reference("deform")(image, labels, np.zeros((1, 3)), np.full((1, 3), 0.75))
    assert image.tolist() == [[17.5, 27.5, 30]]
    assert labels.tolist() == [[0, 1, 1]]


# 6.6


@pytest.mark.parametrize("numbers", [(1, 2), (4, 1, 9)])
def test_separation_weights_agree_with_a_loop(numbers):
    rng = np.random.default_rng(len(numbers))
    cells = np.zeros((8, 11), int)
    for number, column in zip(numbers, (1, 5, 8), strict=False):
        cells[rng.integers(0, 3) : rng.integers(4, 8), column : column + 2] = number
    result = reference("separation_weights")(cells, 8.0, 3.0)
    shares = {True: np.mean(cells > 0), False: np.mean(cells == 0)}
    for place in np.ndindex(cells.shape):
        expected = 0.5 / shares[bool(cells[place])]
        if not cells[place]:
            distances = [
                min(np.hypot(*(np.array(place) - other)) for other in np.argwhere(cells == number))
                for number in numbers
            ]
            expected += 8 * np.exp(-(sum(sorted(distances)[:2]) ** 2) / 18)
        assert result[place] == pytest.approx(expected)


def test_the_class_weights_have_the_mean_1():
    cells = np.zeros((20, 30), int)
    cells[2:5, 3:9], cells[12:19, 20:28] = 1, 2
    assert reference("separation_weights")(cells, w0=0).mean() == pytest.approx(1)


def test_separation_weights_example():
    result = reference("separation_weights")(np.array([[1, 0, 2]]))
    np.testing.assert_allclose(result, [[0.75, 1.5 + 9.23116, 0.75]], rtol=1e-5)


@pytest.mark.parametrize(("mistake", "panels"), [("d1 only", 2), ("no class weight", 2)])
def test_weights_picture_shows_both(mistake, panels):
    figure = drawn(week6.separation_weights, mistake)
    assert [ax.get_title() for ax in figure.axes[:panels]] == ["yours", "expected"]
    plt.close(figure)
