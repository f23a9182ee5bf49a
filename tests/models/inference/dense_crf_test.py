import numpy as np
import pytest

from segcourse.models import dense_crf

WIDTHS = dict(
    appearance_weight=2.5,
    appearance_distance=3.0,
    appearance_colour=40.0,
    smoothness_weight=1.5,
    smoothness_distance=1.2,
)


def case(height=5, width=6, classes=3, seed=0):
    rng = np.random.default_rng(seed)
    image = rng.integers(0, 256, (height, width, 3)).astype("uint8")
    probabilities = rng.dirichlet(np.ones(classes), (height, width))
    return image, probabilities


def by_loops(image, probabilities, iterations, **widths):
    """Algorithm 1 of the paper, one pair of pixels at a time, with the Potts model written out."""
    height, width, classes = probabilities.shape
    pixels = [(y, x) for y in range(height) for x in range(width)]
    n = len(pixels)
    kernels = {"appearance": np.zeros((n, n)), "smoothness": np.zeros((n, n))}
    for i, p in enumerate(pixels):
        for j, q in enumerate(pixels):
            far = (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2
            unlike = sum(
                (float(a) - float(b)) ** 2 for a, b in zip(image[p], image[q], strict=True)
            )
            kernels["appearance"][i, j] = np.exp(
                -far / (2 * widths["appearance_distance"] ** 2)
                - unlike / (2 * widths["appearance_colour"] ** 2)
            )
            kernels["smoothness"][i, j] = np.exp(-far / (2 * widths["smoothness_distance"] ** 2))
    k = np.zeros((n, n))
    for name, kernel in kernels.items():
        sums = kernel.sum(axis=1)
        k += widths[f"{name}_weight"] * kernel / np.sqrt(np.outer(sums, sums))
    unary = -np.log(probabilities.reshape(n, classes))
    q = np.exp(-unary)
    for _ in range(iterations):
        new = np.zeros_like(q)
        for i in range(n):
            for label in range(classes):
                cost = unary[i, label]
                for other in range(classes):
                    for j in range(n):
                        if j != i and other != label:
                            cost += k[i, j] * q[j, other]
                new[i, label] = np.exp(-cost)
            new[i] /= new[i].sum()
        q = new
    return q.reshape(probabilities.shape)


@pytest.mark.parametrize("iterations", [1, 3])
def test_equals_the_paper_by_loops(iterations):
    image, probabilities = case()
    expected = by_loops(image, probabilities, iterations, **WIDTHS)
    came = dense_crf(image, probabilities, iterations, **WIDTHS)
    assert came.dtype == "float32"
    assert np.abs(expected - probabilities).max() > 0.05
    np.testing.assert_allclose(came, expected, atol=2e-5)


@pytest.mark.parametrize("name", ["appearance", "smoothness"])
def test_each_kernel_alone(name):
    image, probabilities = case(seed=1)
    widths = {**WIDTHS, f"{name}_weight": 0.0}
    expected = by_loops(image, probabilities, 2, **widths)
    np.testing.assert_allclose(dense_crf(image, probabilities, 2, **widths), expected, atol=2e-5)


def test_blocks_and_kept_blocks_change_nothing(monkeypatch):
    import sys

    module = sys.modules["segcourse.models.inference.dense_crf"]
    image, probabilities = case(9, 11, 4)
    whole = dense_crf(image, probabilities, **WIDTHS)
    monkeypatch.setattr(module, "BLOCK", 13)
    np.testing.assert_allclose(dense_crf(image, probabilities, **WIDTHS), whole, atol=1e-5)
    monkeypatch.setattr(module, "KEPT", 0)
    np.testing.assert_allclose(dense_crf(image, probabilities, **WIDTHS), whole, atol=1e-5)


def test_float_images_are_the_same_pictures():
    image, probabilities = case()
    as_float = image.astype("float32") / 255
    np.testing.assert_allclose(
        dense_crf(as_float, probabilities), dense_crf(image, probabilities), atol=1e-5
    )


def test_probabilities_come_out():
    image, probabilities = case(20, 23, 5)
    refined = dense_crf(image, probabilities)
    assert refined.shape == probabilities.shape
    assert (refined >= 0).all()
    np.testing.assert_allclose(refined.sum(axis=-1), 1, atol=1e-5)


def test_no_weights_leave_the_network_its_word():
    image, probabilities = case()
    same = dense_crf(image, probabilities, appearance_weight=0, smoothness_weight=0)
    np.testing.assert_allclose(same, probabilities, atol=1e-6)


def test_a_zero_is_not_for_ever():
    image = np.zeros((8, 8, 3), "uint8")
    probabilities = np.zeros((8, 8, 2))
    probabilities[..., 0] = 1
    probabilities[4, 4] = 0, 1
    strong = dense_crf(image, probabilities, smoothness_weight=40.0)
    assert strong.argmax(axis=-1).sum() == 0


def test_an_edge_of_the_picture_wins_against_a_blurred_prediction():
    image = np.zeros((16, 24, 3), "uint8")
    image[:, 10:] = 200
    # The prediction changes at column 12, slowly.
    right = 1 / (1 + np.exp(-(np.arange(24) - 11.5) / 3))
    probabilities = np.dstack([np.tile(1 - right, (16, 1)), np.tile(right, (16, 1))])
    labels = dense_crf(image, probabilities).argmax(axis=-1)
    assert (probabilities.argmax(axis=-1)[:, 10:12] == 0).all()
    np.testing.assert_array_equal(labels, np.tile(np.arange(24) >= 10, (16, 1)))


@pytest.mark.parametrize("change, message", [
    (lambda i, p: (i[..., 0], p), "`image` must have the shape"),
    (lambda i, p: (i[None], p), "`image` must have the shape"),
    (lambda i, p: (i.astype("int32"), p), "`image` must be uint8 or float"),
    (lambda i, p: (i.astype("float32"), p), "`image` must be in 0..1 where they are float. Divide"),
    (lambda i, p: (np.full(i.shape, np.nan), p), "`image` must be in 0..1 where they are float"),
    (lambda i, p: (i[1:], p), "`probabilities` must have the shape"),
    (lambda i, p: (i, p[..., 0]), "`probabilities` must have the shape"),
    (lambda i, p: (i, p[..., :1]), "`probabilities` must have the shape"),
    (lambda i, p: (i, p.argmax(-1)[..., None].repeat(3, -1)), "`probabilities` must be floats"),
    (lambda i, p: (i, np.log(p)), "`probabilities` must be floats of at least 0: apply softmax"),
    (lambda i, p: (i, p * np.nan), "`probabilities` must be floats of at least 0"),
    (lambda i, p: (i, 2 * p), "`probabilities` must have the sum 1 .* Received: a sum of 2"),
    (lambda i, p: (i, p / 0.0), "`probabilities` must"),
])  # fmt: skip
def test_wrong_arrays(change, message):
    with np.errstate(divide="ignore"), pytest.raises(ValueError, match=message):
        dense_crf(*change(*case()))


@pytest.mark.parametrize("name, value", [
    ("iterations", 0),
    ("appearance_weight", -1),
    ("appearance_distance", 0),
    ("appearance_colour", float("nan")),
    ("smoothness_weight", "3"),
    ("smoothness_distance", -2.0),
])  # fmt: skip
def test_wrong_numbers(name, value):
    with pytest.raises(ValueError, match=f"`{name}` must be .* Received: {name}="):
        dense_crf(*case(), **{name: value})
