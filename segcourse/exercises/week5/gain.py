"""Exercise 5.7: A gain and its spread."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.texts import N_


def _cases(rng):
    cases = []
    for seeds, counts in ((3, 4), (5, 2)):
        scratch = rng.uniform(0.2, 0.5, (seeds, counts)) + rng.normal(0, 0.05, (seeds, 1))
        tuned = scratch + rng.uniform(0.02, 0.2, (seeds, counts))
        # In one column tuning loses, as on CamVid; in another one it wins in all seeds but one.
        tuned[:, 0] = scratch[:, 0] - rng.uniform(0.02, 0.1, seeds)
        tuned[0, 1] = scratch[0, 1] - rng.uniform(0.02, 0.1)
        cases.append((scratch, tuned))
    # Two seeds that say the contrary.
    high, low = rng.uniform(0.9, 1, (2, 3)), rng.uniform(0, 0.1, (2, 3))
    cases.append((np.stack([high[0], low[0]]), np.stack([low[1], high[1]])))
    return cases


def _allowed(rng):
    """Two seeds or many, one column or many, as many rows as columns; gains of zero."""
    shape = int(rng.integers(2, 9)), int(rng.integers(1, 7))
    scratch, tuned = rng.uniform(0, 1, (2, *shape))
    if rng.random() < 0.3:
        scratch, tuned = np.round(scratch, 1), np.round(tuned, 1)
    if rng.random() < 0.2:
        tuned[:, 0] = scratch[:, 0]
    return Case(scratch, tuned)


gain = Exercise(
    id="5.7",
    title=N_("A gain and its spread"),
    function="gain",
    hints=(
        N_(
            "In one row both networks were trained on the same images. So take the difference "
            "first, row by row, and only then the mean."
        ),
        N_("The axis of the seeds is the first one: axis=0. One number is left for each column."),
        N_(
            "The differences are a sample of 3 or 5 seeds. NumPy divides by the number of values; "
            "for a sample divide by one less: np.std(..., axis=0, ddof=1)."
        ),
    ),
    cases=_cases,
    space=_allowed,
    compare=close(1e-6, parts=(N_("the mean gain"), N_("the standard deviation"))),
)


@gain.reference
def gain(scratch, tuned):
    """Tell how much pretraining gains, and how much this changes from seed to seed.

    Row i of both arrays was trained with seed i, on the same images. A column belongs to
    one number of labelled images.

    Args:
        scratch: float array [seeds, columns], mean IoU of networks trained from scratch.
        tuned: float array [seeds, columns], mean IoU of fine-tuned networks.

    Returns:
        Two float arrays [columns]: the mean over the seeds of the gain (tuned - scratch),
        and its sample standard deviation (divided by the number of seeds less one).

    Example:

    >>> gain(np.array([[0.2], [0.4], [0.3]]), np.array([[0.3], [0.6], [0.6]]))
    (array([0.2]), array([0.1]))

    The gains are 0.1, 0.2, 0.3: mean 0.2. Their distances from it are -0.1, 0, 0.1, and
    sqrt((0.01 + 0 + 0.01) / (3 - 1)) = 0.1.
    """
    difference = tuned - scratch
    return difference.mean(axis=0), difference.std(axis=0, ddof=1)


@gain.mistake(
    "divided by the number of seeds",
    "NumPy's `std` divides by the number of values. For a sample of few seeds that is too small: "
    "divide by one less, with ddof=1.",
)
def gain(scratch, tuned):
    difference = tuned - scratch
    return difference.mean(axis=0), difference.std(axis=0)


@gain.mistake(
    "difference of the deviations",
    "You subtracted one standard deviation from the other. That is not the spread of the gain: "
    "take the differences first, then their standard deviation.",
)
def gain(scratch, tuned):
    spread = tuned.std(axis=0, ddof=1) - scratch.std(axis=0, ddof=1)
    return (tuned - scratch).mean(axis=0), spread


@gain.mistake(
    "not paired",
    "You added the variances, as for networks that have nothing in common. Both networks of "
    "a row share seed and images, so some of the spread is common: subtract row by row first.",
)
def gain(scratch, tuned):
    spread = np.sqrt(tuned.var(axis=0, ddof=1) + scratch.var(axis=0, ddof=1))
    return (tuned - scratch).mean(axis=0), spread


@gain.mistake(
    "mean over the columns",
    "You averaged over the numbers of images (axis 1). The seeds are the rows: average over "
    "axis 0, so that one number for each column is left.",
)
def gain(scratch, tuned):
    difference = tuned - scratch
    return difference.mean(axis=1), difference.std(axis=1, ddof=1)


@gain.mistake(
    "mean over everything",
    "You averaged over seeds and columns together. The gain depends on the number of labelled "
    "images, so keep the columns apart: axis=0.",
)
def gain(scratch, tuned):
    difference = tuned - scratch
    return difference.mean(), difference.std(ddof=1)


@gain.mistake(
    "sign turned",
    "You subtracted the fine-tuned networks from those from scratch. A gain is positive when "
    "fine-tuning is better: tuned - scratch.",
)
def gain(scratch, tuned):
    difference = scratch - tuned
    return difference.mean(axis=0), difference.std(axis=0, ddof=1)


@gain.mistake(
    "best seeds compared",
    "You compared the best seed of each. The best of many is luck, and more seeds make it larger: "
    "compare the means.",
)
def gain(scratch, tuned):
    spread = (tuned - scratch).std(axis=0, ddof=1)
    return tuned.max(axis=0) - scratch.max(axis=0), spread


@gain.mistake(
    "relative gain",
    "You divided by the score from scratch. The gain asked for is a difference of mean IoU.",
)
def gain(scratch, tuned):
    difference = (tuned - scratch) / scratch
    return difference.mean(axis=0), difference.std(axis=0, ddof=1)


@gain.mistake(
    "standard error",
    "You divided by the root of the number of seeds. That says how well the mean is known. The "
    "exercise asks how much one seed differs from the next.",
)
def gain(scratch, tuned):
    difference = tuned - scratch
    spread = difference.std(axis=0, ddof=1) / np.sqrt(len(difference))
    return difference.mean(axis=0), spread


@gain.mistake(
    "variance",
    "Your second value is the variance. The standard deviation is its square root, and has the "
    "unit of the scores.",
)
def gain(scratch, tuned):
    difference = tuned - scratch
    return difference.mean(axis=0), difference.var(axis=0, ddof=1)


@gain.mistake(
    "two less",
    "You divided by the number of seeds less two. One less is asked for: ddof=1.",
)
def gain(scratch, tuned):
    difference = tuned - scratch
    return difference.mean(axis=0), difference.std(axis=0, ddof=2)


@gain.mistake(
    "spread of the tuned networks",
    "Your second value is how much the fine-tuned networks differ among themselves. Asked for is "
    "the spread of the gain: the standard deviation of tuned - scratch.",
)
def gain(scratch, tuned):
    return (tuned - scratch).mean(axis=0), tuned.std(axis=0, ddof=1)


@gain.mistake(
    "spread of the networks from scratch",
    "Your second value is how much the networks from scratch differ among themselves. Asked for is "
    "the spread of the gain: the standard deviation of tuned - scratch.",
)
def gain(scratch, tuned):
    return (tuned - scratch).mean(axis=0), scratch.std(axis=0, ddof=1)


@gain.mistake(
    "largest minus smallest",
    "Your second value is the largest gain less the smallest one. Two seeds alone decide that; the "
    "standard deviation uses all of them: std(axis=0, ddof=1).",
)
def gain(scratch, tuned):
    difference = tuned - scratch
    return difference.mean(axis=0), difference.max(axis=0) - difference.min(axis=0)


@gain.mistake(
    "mean distance",
    "Your second value is the mean distance from the mean gain. The standard deviation squares the "
    "distances first, and takes the root in the end: std(axis=0, ddof=1).",
)
def gain(scratch, tuned):
    difference = tuned - scratch
    mean = difference.mean(axis=0)
    return mean, np.abs(difference - mean).mean(axis=0)


@gain.mistake(
    "the mean alone",
    "You gave back the mean gain alone. Two arrays are asked for: `return mean, spread`.",
)
def gain(scratch, tuned):
    return (tuned - scratch).mean(axis=0)


@gain.mistake(
    "spread before mean",
    "The two results are exchanged: the mean gain comes first, then its standard deviation.",
)
def gain(scratch, tuned):
    difference = tuned - scratch
    return difference.std(axis=0, ddof=1), difference.mean(axis=0)


@gain.mistake(
    "gain without sign",
    "You took the absolute value. A gain can be negative, when fine-tuning is worse than training "
    "from scratch: leave the sign.",
)
def gain(scratch, tuned):
    difference = np.abs(tuned - scratch)
    return difference.mean(axis=0), difference.std(axis=0, ddof=1)


@gain.mistake(
    "mean without sign",
    "You took the absolute value of the mean. A gain can be negative, when fine-tuning is worse "
    "than training from scratch: leave the sign.",
)
def gain(scratch, tuned):
    difference = tuned - scratch
    return np.abs(difference.mean(axis=0)), difference.std(axis=0, ddof=1)


@gain.mistake(
    "median",
    "Your first value is the median, the gain in the middle. The mean is asked for.",
)
def gain(scratch, tuned):
    difference = tuned - scratch
    return np.median(difference, axis=0), difference.std(axis=0, ddof=1)


@gain.mistake(
    "spread over everything",
    "Your mean is right. For the standard deviation you took all columns together: it needs axis=0 "
    "as well, so that each column has its own.",
)
def gain(scratch, tuned):
    difference = tuned - scratch
    return difference.mean(axis=0), difference.std(ddof=1)


@gain.mistake(
    "gains of the seeds",
    "Your first value is the gain of every seed. Their mean over the seeds is asked for: "
    "mean(axis=0).",
)
def gain(scratch, tuned):
    difference = tuned - scratch
    return difference, difference.std(axis=0, ddof=1)


@gain.also_right
def gain(scratch, tuned):
    means, deviations = [], []
    for one, other in zip(scratch.T, tuned.T, strict=True):
        differences = [b - a for a, b in zip(one, other, strict=True)]
        mean = sum(differences) / len(differences)
        squares = sum((d - mean) ** 2 for d in differences)
        means.append(mean)
        deviations.append((squares / (len(differences) - 1)) ** 0.5)
    return np.array(means), np.array(deviations)


@gain.also_right
def gain(scratch, tuned):
    seeds = scratch.shape[0]
    mean = tuned.mean(axis=0) - scratch.mean(axis=0)
    distance = tuned - scratch - mean
    return np.array([mean, np.sqrt(np.sum(distance**2, axis=0) / (seeds - 1))])


@gain.also_right
def gain(scratch, tuned):
    difference = np.subtract(tuned, scratch)
    return np.mean(difference, 0), np.sqrt(
        np.var(difference, 0) * len(scratch) / (len(scratch) - 1)
    )
