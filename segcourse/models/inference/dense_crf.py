"""A fully connected CRF that sharpens a prediction along the edges of its picture."""

import numpy as np

from segcourse.checks.arrays import as_array
from segcourse.checks.pictures import picture
from segcourse.checks.sizes import number, number_from_zero, positive_integer

# Side of the blocks in which the kernel between all pairs of pixels is computed. Products with
# larger ones NumPy's library splits over threads, which costs more than it gains, and very much
# more on a machine that is busy.
BLOCK = 224
# Blocks are kept from one iteration to the next up to this many bytes, else computed again.
KEPT = 600 * 2**20
# Less than this is lost in the sums, whatever the number of pixels. Products of such numbers are
# too small for float32 to have all its digits, and a processor takes a hundred times as long.
NOTHING = 1e-20


def dense_crf(
    image,
    probabilities,
    iterations=10,
    appearance_weight=4.0,
    appearance_distance=60.0,
    appearance_colour=10.0,
    smoothness_weight=3.0,
    smoothness_distance=3.0,
):
    """Refine the probabilities of a picture's pixels by mean-field inference in a dense CRF.

    A labelling `x` of the picture costs `sum_i u_i(x_i) + sum_{i<j} [x_i != x_j] k_ij`. The unary
    cost `u` is minus the logarithm of the network's probability. Every pair of pixels pays `k_ij`
    if the two are labelled differently (the Potts model), where, with the places `p` in pixels and
    the colours `c` in 0..255,

        k_ij = appearance_weight * a_ij + smoothness_weight * s_ij
        a_ij = exp(-|p_i - p_j|² / (2 appearance_distance²) - |c_i - c_j|² / (2 appearance_colour²))
        s_ij = exp(-|p_i - p_j|² / (2 smoothness_distance²))

    and each kernel is normalised symmetrically, as in the authors' program: `a_ij` is divided by
    the roots of `sum_j a_ij` and of `sum_i a_ij`. Each iteration sets all pixels at once to
    `q_i(l) ∝ exp(-u_i(l) + sum_{j != i} k_ij q_j(l))`.

    The sums are exact: no pair is left out, nothing is approximated by a lattice. So the time
    grows with the square of the number of pixels: it is meant for pictures of up to some 128×128,
    for which the kernel takes 0.5 GiB; above 17,000 pixels it is computed in every iteration anew.

    Args:
        image: `[height, width, 3]`, uint8 0..255 or float 0..1.
        probabilities: `[height, width, classes]`, at least 0, with sum 1 at every pixel.
        iterations: how often all pixels are updated.
        appearance_weight, appearance_distance, appearance_colour: weight and widths of the kernel
            that joins near pixels of like colour.
        smoothness_weight, smoothness_distance: weight and width of the kernel that joins
            neighbours, whatever their colour. A weight of 0 leaves its kernel out.

    Returns: float32 array `[height, width, classes]` of probabilities.

    Raises:
        ValueError: for arrays of another shape or kind, with values that are not numbers, for
            probabilities that do not add up to 1, for a negative weight and a width that is not
            above 0.

    Example:
        >>> import numpy as np
        >>> from segcourse.models import dense_crf
        >>> image = np.zeros((2, 8, 3), "uint8")
        >>> image[:, 4:] = 255
        >>> unsure = np.full((2, 8, 2), 0.5)
        >>> unsure[:, :3] = 0.9, 0.1
        >>> unsure[:, 4:] = 0.1, 0.9
        >>> dense_crf(image, unsure).argmax(axis=-1)[0].tolist()
        [0, 0, 0, 0, 1, 1, 1, 1]

    Reference: Krähenbühl, Koltun, "Efficient Inference in Fully Connected CRFs with Gaussian Edge
    Potentials" (2011), sections 2 and 3; the widths and weights are of the kind that Chen et al.
    (2015), section 4.3, found. Bonus notebook.
    """
    image, probabilities = _image(image), _probabilities(probabilities, image)
    iterations = positive_integer("iterations", iterations)
    appearance_weight = number_from_zero("appearance_weight", appearance_weight)
    smoothness_weight = number_from_zero("smoothness_weight", smoothness_weight)
    colour = image / _width("appearance_colour", appearance_colour)
    height, width, classes = probabilities.shape
    kernels = []
    if appearance_weight:
        distance = _width("appearance_distance", appearance_distance)
        kernels.append((appearance_weight, _Appearance(colour, distance)))
    if smoothness_weight:
        distance = _width("smoothness_distance", smoothness_distance)
        kernels.append((smoothness_weight, _Smoothness(height, width, distance)))
    # A probability of 0 would cost infinitely much, and no neighbour could make up for it.
    unary = np.log(np.maximum(probabilities.reshape(-1, classes), 1e-8))
    q = probabilities.reshape(-1, classes)
    kernels = [(weight, _normalised(kernel)) for weight, kernel in kernels]
    for _ in range(iterations):
        q = _softmax(unary + sum(weight * message(q) for weight, message in kernels))
    return q.reshape(probabilities.shape)


def _normalised(kernel):
    """Return the function from `q` to its sums over all other pixels, with the kernel scaled."""
    ones = np.ones((kernel.pixels, 1), "float32")
    scale = 1 / np.sqrt(kernel.sums(ones))

    def message(q):
        # Every pixel is its own neighbour in `sums`, with kernel 1; here it is taken out.
        return scale * kernel.sums(scale * np.where(q < NOTHING, 0, q)) - scale**2 * q

    return message


class _Smoothness:
    """The Gaussian of the distance: one along the rows times one along the columns."""

    def __init__(self, height, width, distance):
        self.pixels = height * width
        self.down, self.across = _gaussian(height, distance), _gaussian(width, distance)

    def sums(self, q):
        maps = q.reshape(len(self.down), len(self.across), -1)
        maps = np.einsum("yi,ixc->yxc", self.down, maps, optimize=True)
        return np.einsum("xj,yjc->yxc", self.across, maps, optimize=True).reshape(q.shape)


def _gaussian(n, distance):
    places = np.arange(n, dtype="float32") / distance
    return np.exp(-0.5 * (places[:, None] - places) ** 2).astype("float32")


class _Appearance:
    """The Gaussian of place and colour together, block by block of its symmetric matrix."""

    def __init__(self, colour, distance):
        height, width = colour.shape[:2]
        rows, columns = np.mgrid[:height, :width] / distance
        features = np.dstack([rows, columns, colour]).reshape(-1, 5).astype("float32")
        # Around their mean the features are small, and the products below lose no digits.
        self.features = features - features.mean(axis=0)
        self.halves = 0.5 * (self.features**2).sum(axis=1)
        self.pixels = len(features)
        starts = range(0, self.pixels, BLOCK)
        self.places = [(i, j) for i in starts for j in starts if j >= i]
        keep = 2 * self.pixels**2 <= KEPT
        self.blocks = [self._block(*place) for place in self.places] if keep else None

    def sums(self, q):
        total = np.zeros_like(q)
        for place, (i, j) in enumerate(self.places):
            block = self.blocks[place] if self.blocks else self._block(i, j)
            total[i : i + BLOCK] += block @ q[j : j + BLOCK]
            if i != j:
                total[j : j + BLOCK] += block.T @ q[i : i + BLOCK]
        return total

    def _block(self, i, j):
        one, other = slice(i, i + BLOCK), slice(j, j + BLOCK)
        # -|f - g|² / 2 = f·g - |f|² / 2 - |g|² / 2
        block = self.features[one] @ self.features[other].T
        block -= self.halves[one, None]
        block -= self.halves[other]
        np.exp(np.minimum(block, 0, out=block), out=block)
        block[block < NOTHING] = 0
        return block


def _softmax(scores):
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    return (scores / scores.sum(axis=1, keepdims=True)).astype("float32")


def _image(image):
    """Return the picture as float32 0..255."""
    array = as_array("`image`", image)
    if array.ndim != 3 or array.shape[-1] != 3 or 0 in array.shape:
        raise ValueError(
            f"`image` must have the shape (height, width, 3). Received: shape={array.shape}"
        )
    array = picture("`image`", array)
    return array.astype("float32") if array.dtype == np.uint8 else 255 * array.astype("float32")


def _probabilities(probabilities, image):
    array = as_array("`probabilities`", probabilities)
    if array.ndim != 3 or array.shape[:2] != image.shape[:2] or array.shape[2] < 2:
        raise ValueError(
            "`probabilities` must have the shape (height, width, classes) with the image's height "
            f"and width, {image.shape[:2]}. Received: shape={array.shape}"
        )
    if array.dtype.kind != "f" or not (array >= 0).all():
        raise ValueError(
            "`probabilities` must be floats of at least 0: apply softmax to logits first. "
            f"Received: dtype={array.dtype}, lowest {array.min()}"
        )
    sums = array.sum(axis=-1, dtype="float64")
    wrong = np.abs(sums - 1)
    if not wrong.max() <= 1e-3:
        raise ValueError(
            "`probabilities` must have the sum 1 at every pixel. "
            f"Received: a sum of {sums.flat[wrong.argmax()]:.4g}"
        )
    return array.astype("float32")


def _width(name, value):
    return number(name, value, lambda value: value > 0, "above 0")
