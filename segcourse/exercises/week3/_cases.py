"""What several exercises of week 3 check with."""

import numpy as np

from segcourse.exercises.judging.compare import plain


def side_by_side(case, got, expected, titles=("yours", "expected")):
    """What came and what was expected, as two small maps.

    Where the numbers are the same and only their kind differs, the titles say so.
    """
    import matplotlib.pyplot as plt

    from segcourse import plots  # not needed, and slow to import, until an answer is wrong

    results = [np.asarray(plain(result)) for result in (got, expected)]
    if np.array_equal(*results):
        titles = [f"{title}, {result.dtype}" for title, result in zip(titles, results, strict=True)]
    figure, axes = plt.subplots(1, 2, figsize=(9, 4))
    for ax, title, result in zip(axes, titles, results, strict=True):
        if result.ndim == 2 and 0 < result.size and max(result.shape) <= 32:
            plots.numbers(result.astype("float64"), ax=ax, title=title)
        else:
            ax.set_title(f"{title}: shape {result.shape}")
            ax.axis("off")
    return figure


def distinct(rng, *shape):
    """Different whole numbers from 1 on, as floats, so that each says where it comes from."""
    return 1.0 + rng.permutation(int(np.prod(shape))).reshape(shape)


def signed(rng, *shape):
    """Different numbers above and below zero, none of them whole.

    They are odd multiples of 0.125, so float32 holds them and sums of their products exactly.
    """
    odd = 2 * rng.permutation(int(np.prod(shape))).reshape(shape) + 1
    return odd * rng.choice([-0.125, 0.125], shape)


def anything(rng, *shape, whole=False):
    """Small numbers of any kind: with ties and zeros, whole or not, sometimes all the same.

    Args:
        rng: a `numpy.random.Generator`.
        shape: ints.
        whole: whether an array of ints may come.
    """
    values = rng.integers(-6, 7, shape)
    kind = rng.integers(5)
    if kind == 0:
        return signed(rng, *shape)
    if kind == 1:
        values = np.full(shape, values.flat[0])
    if kind == 2 and whole:
        return values
    return (values / 4).astype(rng.choice(["float32", "float64"]))
