import keras
import numpy as np
import pytest

from segcourse.layers import convolution_matrix
from tests.layers import harness


def correlate(x, kernel, strides, margins):
    """Slide the kernel over the map with zeros `((top, bottom), (left, right))` around it."""
    x = np.pad(x, margins)
    k = len(kernel)
    rows, columns = ((n - k) // s + 1 for n, s in zip(x.shape, strides, strict=True))
    output = np.empty((rows, columns))
    for i, j in np.ndindex(rows, columns):
        window = x[i * strides[0] : i * strides[0] + k, j * strides[1] : j * strides[1] + k]
        output[i, j] = np.sum(window * kernel)
    return output


def scatter(y, kernel, strides, margins, size):
    """Let every value scale the kernel, add up what overlaps, and cut the margins off."""
    k, ((top, bottom), (left, right)) = len(kernel), margins
    output = np.zeros((size[0] + top + bottom, size[1] + left + right))
    for i, j in np.ndindex(y.shape):
        row, column = i * strides[0], j * strides[1]
        output[row : row + k, column : column + k] += y[i, j] * kernel
    return output[top : top + size[0], left : left + size[1]]


def vector_jacobian_product(y, kernel, strides, margins, size):
    """Return the gradient of `sum(y * convolution(x))` with respect to `x`."""

    def loss(x):
        padded = keras.ops.pad(x, ((0, 0), *margins, (0, 0)))
        output = keras.ops.conv(
            padded, kernel[:, :, None, None], strides, "valid", data_format="channels_last"
        )
        return keras.ops.sum(output * y[None, :, :, None])

    return harness.gradient(loss, np.zeros((1, *size, 1), "float32"))[0, :, :, 0]


def keras_layer(y, kernel, strides, padding):
    """Return what `keras.layers.Conv2DTranspose` makes of `y`."""
    layer = keras.layers.Conv2DTranspose(1, len(kernel), strides, padding, use_bias=False)
    layer.build((1, *y.shape, 1))
    layer.set_weights([kernel[:, :, None, None]])
    return np.array(layer(y[None, :, :, None]))[0, :, :, 0]


def margins_of(padding, size, k, strides):
    """Return `((top, bottom), (left, right))`, from the definitions."""
    sides = {"valid": 0, "half": k // 2, "full": k - 1}
    if padding == "same":
        totals = [max(-(-n // s) * s - s + k - n, 0) for n, s in zip(size, strides, strict=True)]
        return tuple((total // 2, total - total // 2) for total in totals)
    pair = sides.get(padding, padding)
    pair = pair if isinstance(pair, tuple) else (pair, pair)
    return tuple((n, n) for n in pair)


def cases(count):
    """Draw kernel sizes, strides, sizes of the output and paddings."""
    rng = np.random.default_rng(0)
    for _ in range(count):
        k = int(rng.integers(1, 6))
        strides = tuple(int(s) for s in rng.integers(1, 4, 2))
        outputs = tuple(int(n) for n in rng.integers(1, 5, 2))
        number = int(rng.integers(0, k))
        yield k, strides, outputs, ["valid", "same", "half", "full", number][rng.integers(5)]


# JAX compiles every new shape, so only some are held against Keras there.
WITH_KERAS = 200 if keras.config.backend() == "tensorflow" else 8


def test_three_views_of_the_transposed_convolution():
    """The transposed matrix, the scatter and the gradient are what the Keras layer gives.

    The layer knows two paddings. Every other is its `"valid"` output without the margins.
    """
    rng = np.random.default_rng(1)
    for number, (k, strides, outputs, padding) in enumerate(cases(200)):
        kernel = rng.normal(size=(k, k)).astype("float32")
        y = rng.normal(size=outputs).astype("float32")
        if padding == "same":
            size = tuple(n * s for n, s in zip(outputs, strides, strict=True))
        else:
            margin = margins_of(padding, None, k, strides)[0][0]
            # Up to stride - 1 rows more give the same outputs: the "odd" case.
            odd = [int(rng.integers(0, s)) for s in strides]
            size = tuple(
                (n - 1) * s + k - 2 * margin + extra
                for n, s, extra in zip(outputs, strides, odd, strict=True)
            )
            if min(size) < 1:
                size = tuple(n + 2 * margin for n in size)
                padding = "valid"
        margins = margins_of(padding, size, k, strides)
        matrix = convolution_matrix(kernel, size, strides, padding)
        assert matrix.shape == (y.size, size[0] * size[1])
        transposed = (matrix.T @ y.ravel()).reshape(size)
        scattered = scatter(y, kernel, strides, margins, size)
        np.testing.assert_allclose(transposed, scattered, atol=1e-5)
        x = rng.normal(size=size).astype("float32")
        expected = correlate(x, kernel, strides, margins)
        np.testing.assert_allclose((matrix @ x.ravel()).reshape(y.shape), expected, atol=1e-5)
        if number >= WITH_KERAS:
            continue
        product = vector_jacobian_product(y, kernel, strides, margins, size)
        np.testing.assert_allclose(transposed, product, atol=1e-5)
        layer = keras_layer(y, kernel, strides, "same" if padding == "same" else "valid")
        if padding != "same":
            # What is asked for beyond the layer's output has no input and stays zero.
            layer = np.pad(layer, [(0, s) for s in strides])
            (top, _), (left, _) = margins
            layer = layer[top : top + size[0], left : left + size[1]]
        np.testing.assert_allclose(transposed, layer, atol=1e-5)


def test_by_hand():
    """A 2 × 2 kernel over a 2 × 3 map: two outputs, six inputs."""
    matrix = convolution_matrix(np.array([[1, 2], [3, 4]]), (2, 3))
    np.testing.assert_array_equal(matrix, [[1, 2, 0, 3, 4, 0], [0, 1, 2, 0, 3, 4]])


# Section 4 of the guide, with its numbers: input, kernel, stride, padding, output.
@pytest.mark.parametrize(
    "size, k, stride, padding, output",
    [
        (4, 3, 1, "valid", 2),
        (5, 4, 1, 2, 6),
        (5, 3, 1, "half", 5),
        (5, 3, 1, "full", 7),
        (5, 3, 2, "valid", 2),
        (5, 3, 2, 1, 3),
        (6, 3, 2, 1, 3),
    ],
)
def test_the_seven_cases(size, k, stride, padding, output):
    matrix = convolution_matrix(np.ones((k, k)), (size, size), stride, padding)
    assert matrix.shape == (output**2, size**2)


def test_takes_tensors_and_keeps_the_dtype():
    kernel = keras.ops.ones((2, 2), "float32")
    assert convolution_matrix(kernel, 3).dtype == "float32"
    assert convolution_matrix(np.ones((2, 2)), (3, 3)).dtype == "float64"
    np.testing.assert_array_equal(convolution_matrix([[2]], 2), 2 * np.eye(4))


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"kernel": np.ones((2, 3))}, r"`kernel` must be square, .* Received: shape=\(2, 3\)"),
        ({"kernel": np.ones(4)}, r"`kernel` must be square, .* Received: shape=\(4,\)"),
        ({"kernel": np.ones((5, 5))}, "`kernel` must not be larger than the padded map"),
        ({"padding": "sane"}, '`padding` must be "valid", "same", .* Received: padding=\'sane\''),
        ({"padding": -1}, "`padding` must be .* Received: padding=-1"),
        ({"padding": 0.5}, "`padding` must be .* Received: padding=0.5"),
        ({"strides": 0}, "`strides` must be a positive integer .* Received: strides=0"),
        ({"strides": 1.5}, "`strides` must be a positive integer .* Received: strides=1.5"),
        ({"input_shape": (4, 0)}, r"`input_shape` must be .* Received: input_shape=\(4, 0\)"),
        ({"input_shape": (4, 4, 1)}, "`input_shape` must be a positive integer or a pair"),
    ],
)
def test_bad_input(arguments, message):
    with pytest.raises(ValueError, match=message):
        convolution_matrix(**{"kernel": np.ones((3, 3)), "input_shape": (4, 4), **arguments})
