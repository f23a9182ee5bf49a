import keras
import numpy as np
import pytest

from segcourse.layers import BilinearUpsampling2D
from tests.layers.harness import compiled, run_layer_test

X = np.random.default_rng(0).normal(size=(2, 3, 5, 2)).astype("float32")


def by_loops(x, size, align_corners):
    """Interpolate as the definitions say, one output pixel after the other."""
    batch, height, width, channels = x.shape
    output = np.empty((batch, *size, channels))
    for row in range(size[0]):
        for column in range(size[1]):
            y, up, down = neighbours(row, height, size[0], align_corners)
            z, left, right = neighbours(column, width, size[1], align_corners)
            top = (1 - z) * x[:, up, left] + z * x[:, up, right]
            bottom = (1 - z) * x[:, down, left] + z * x[:, down, right]
            output[:, row, column] = (1 - y) * top + y * bottom
    return output


def neighbours(i, n, m, align_corners):
    """Return where output `i` lies between two inputs, and the two."""
    if align_corners:
        place = i * (n - 1) / (m - 1) if m > 1 else 0.0
    else:
        place = min(max((i + 0.5) * n / m - 0.5, 0), n - 1)
    first = min(int(place + 1e-9), n - 1)
    return place - first, first, min(first + 1, n - 1)


SIZES = [(6, 10), (7, 11), (3, 5), (2, 3), (1, 1), (1, 9), (6, 1)]


@pytest.mark.parametrize(
    "arguments, size",
    [
        ({"size": (2, 3), "align_corners": False}, (6, 15)),
        ({"target_size": (4, 11), "align_corners": True}, (4, 11)),
    ],
)
def test_contract(arguments, size):
    run_layer_test(BilinearUpsampling2D, arguments, X, (2, *size, 2))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("align_corners", [False, True])
@pytest.mark.parametrize("x", [X, X[:, :1], X[:, :, :1]])
def test_agrees_with_loops(x, size, align_corners):
    output = BilinearUpsampling2D(target_size=size, align_corners=align_corners)(x)
    np.testing.assert_allclose(np.array(output), by_loops(x, size, align_corners), atol=1e-6)


@pytest.mark.parametrize("size", [*SIZES, (9, 15), (9, 25), (4, 11), (12, 20)])
def test_compiled_by_xla_it_is_the_same(size):
    layer = BilinearUpsampling2D(target_size=size)
    np.testing.assert_allclose(
        compiled(layer, X), by_loops(X, size, align_corners=False), atol=1e-6
    )


# With the corners aligned, of 8 pixels made 64, of 4 made 10 and of 11 made 21 some are read at a
# pixel between the corners; of the others none.
@pytest.mark.parametrize("n, m", [(12, 96), (5, 10), (16, 64), (8, 64), (4, 10), (11, 21), (9, 4)])
@pytest.mark.parametrize("open_size", [False, True])
@pytest.mark.parametrize("xla", [False, True])
def test_aligned_corners_forward_and_backward(n, m, open_size, xla):
    """Against the weights of the definition, whose transpose is the gradient."""
    if open_size and m % n:
        pytest.skip("no factor")
    rng = np.random.default_rng(0)
    x, weights = rng.normal(size=(2, n, 3, 2)), rng.normal(size=(2, m, 9, 2))
    x, weights = x.astype("float32"), weights.astype("float32")
    which = {"size": (m // n, 3)} if open_size else {"target_size": (m, 9)}
    layer = BilinearUpsampling2D(**which, align_corners=True)
    down, across = (
        by_loops(np.eye(k)[:, :, None, None], (j, 1), True)[:, :, 0, 0].T
        for k, j in ((n, m), (3, 9))
    )
    output, gradient = forward_and_backward(layer, x, weights, open_size, xla)
    expected = np.einsum("ih,bhwc,jw->bijc", down, x, across)
    np.testing.assert_allclose(output, expected, atol=5e-6)
    expected = np.einsum("ih,bijc,jw->bhwc", down, weights, across)
    np.testing.assert_allclose(gradient, expected, atol=2e-5)


def forward_and_backward(layer, x, weights, open_size, xla):
    """Compiled, the output and the gradient of its sum with weights."""
    if keras.config.backend() == "jax":
        import jax

        output, back = jax.vjp(jax.jit(layer), x)
        return np.array(output), np.array(back(weights)[0])
    import tensorflow as tf

    signature = [tf.TensorSpec((None, None, None, 2) if open_size else x.shape, "float32")]
    signature.append(tf.TensorSpec(None if open_size else weights.shape, "float32"))

    @tf.function(input_signature=signature, jit_compile=xla, autograph=False)
    def both(x, weights):
        with tf.GradientTape() as tape:
            tape.watch(x)
            output = layer(x)
        return output, tape.gradient(output, x, weights)

    return [array.numpy() for array in both(x, weights)]


@pytest.mark.skipif(keras.config.backend() != "tensorflow", reason="a gradient made by hand")
@pytest.mark.parametrize("n, m", [(5, 10), (4, 10)])
def test_aligned_corners_second_gradient(n, m):
    """The gradient is linear in what comes back: its own gradient is the resize again."""
    import tensorflow as tf

    x = tf.constant(np.random.default_rng(0).normal(size=(1, n, n, 2)).astype("float32"))
    layer = BilinearUpsampling2D(target_size=(m, m), align_corners=True)
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            half = tf.reduce_sum(layer(x) ** 2) / 2
        gradient = inner.gradient(half, x)
        total = tf.reduce_sum(gradient * x)
    np.testing.assert_allclose(outer.gradient(total, x), 2 * gradient, rtol=1e-4, atol=1e-5)


def test_half_pixel_is_keras_resize():
    for size in SIZES:
        expected = keras.ops.image.resize(X, size, interpolation="bilinear", antialias=False)
        output = BilinearUpsampling2D(target_size=size)(X)
        np.testing.assert_array_equal(np.array(output), np.array(expected))


# The map [[0, 3], [6, 9]] made 4 × 4: rows and columns step by 1/3 with the corners aligned; with
# half-pixel centres by 1/2, clamped at the border: 0, 1/4, 3/4, 1.
ALIGNED = [[0, 1, 2, 3], [2, 3, 4, 5], [4, 5, 6, 7], [6, 7, 8, 9]]
HALF_PIXEL = [
    [0, 0.75, 2.25, 3],
    [1.5, 2.25, 3.75, 4.5],
    [4.5, 5.25, 6.75, 7.5],
    [6, 6.75, 8.25, 9],
]


@pytest.mark.parametrize("align_corners, table", [(True, ALIGNED), (False, HALF_PIXEL)])
def test_by_hand(align_corners, table):
    x = np.array([[0, 3], [6, 9]], "float32").reshape(1, 2, 2, 1)
    output = BilinearUpsampling2D(2, align_corners=align_corners)(x)
    np.testing.assert_allclose(np.array(output)[0, :, :, 0], table, atol=1e-6)


def test_large_sides_are_not_rounded():
    """A ramp stays one with the corners aligned: 2,000 points made 2,999 lie every 1999/2998."""
    x = np.linspace(0, 1, 2000, dtype="float32").reshape(1, 1, 2000, 1)
    output = BilinearUpsampling2D(target_size=(1, 2999), align_corners=True)(x)
    np.testing.assert_allclose(np.array(output).ravel(), np.linspace(0, 1, 2999), atol=2e-7)


@pytest.mark.parametrize("align_corners", [False, True])
def test_every_size_through_one_model(align_corners):
    inputs = keras.Input((None, None, 2))
    outputs = BilinearUpsampling2D(2, align_corners=align_corners)(inputs)
    assert outputs.shape == (None, None, None, 2)
    model = keras.Model(inputs, outputs)
    for x in (X, X[:, :2, :3], X[:, :1]):
        size = (2 * x.shape[1], 2 * x.shape[2])
        expected = by_loops(x, size, align_corners)
        np.testing.assert_allclose(model.predict(x, verbose=0), expected, atol=1e-6)


@pytest.mark.parametrize("name", ["size", "target_size"])
@pytest.mark.parametrize("value", [0, -1, 2.0, 1.5, (2, 0), (2, 2, 2), "2", True, (2, 2.5)])
def test_wrong_size(name, value):
    with pytest.raises(ValueError, match=f"`{name}` must be a positive integer.*{name}="):
        BilinearUpsampling2D(**{name: value})


@pytest.mark.parametrize("arguments", [{}, {"size": 2, "target_size": (4, 4)}])
def test_one_of_two(arguments):
    with pytest.raises(ValueError, match="Exactly one of `size` and `target_size` .* Received"):
        BilinearUpsampling2D(**arguments)
