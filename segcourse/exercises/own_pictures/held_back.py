"""Exercise P.3: A split by groups."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.texts import N_

_NAMES = ("park", "wood", "yard", "path", "lake", "hill", "road", "field", "gate", "bank")


def _groups(rng, number, pictures):
    """Groups of unlike size, in no order of their names; each has an image."""
    names = rng.permutation(_NAMES)[:number]
    dealt = np.concatenate([np.arange(number), rng.integers(0, number, pictures - number)])
    return [str(names[i]) for i in rng.permutation(dealt)]


def _cases(rng):
    seed = int(rng.integers(1, 1000))
    return [
        Case(_groups(rng, 6, 14), 2, seed),
        Case(_groups(rng, 8, 20), 3, seed + 1),
        Case(_groups(rng, 10, 24), 5, seed + 2),
        Case(_groups(rng, 7, 7), 2, seed + 3),
        Case(_groups(rng, 5, 12), 0, seed + 4),
        Case(_groups(rng, 4, 9), 4, seed + 5),
        Case(_groups(rng, 6, 11), 3, 3),
        Case(["park"] * 3, 1, 0),
    ]


def _any(rng):
    number = int(rng.integers(1, len(_NAMES) + 1))
    pictures = number + int(rng.choice([0, 1, int(rng.integers(2, 30))]))
    groups = _groups(rng, number, pictures)
    if rng.random() < 0.3:  # any text will do, as numbers written out
        groups = [str(7 * _NAMES.index(name)) for name in groups]
    return Case(groups, int(rng.integers(0, number + 1)), int(rng.choice([0, rng.integers(10**6)])))


held_back = Exercise(
    id="P.3",
    title=N_("A split by groups"),
    function="held_back",
    hints=(
        N_("First decide which groups are val. Only then look at the images."),
        N_(
            "names = sorted(set(groups)) are the groups, each once. rng.permutation(len(names)) "
            "are their places, shuffled."
        ),
        N_(
            "chosen = [names[i] for i in order[:count]], with order from the generator; then ask "
            "for each image: group in chosen."
        ),
    ),
    cases=_cases,
    space=_any,
    compare=exact(),
    points=2,
)


@held_back.reference
def held_back(groups, count, seed):
    """Choose images for val, whole groups at a time.

    1. List the groups, each one once, sorted by name.
    2. Shuffle this list with `np.random.default_rng(seed).permutation(...)`.
    3. The first `count` groups are val, with all their images.

    Args:
        groups: list of str, the group of each image. Images of one group, such as
            photos of the same place, must not be in train and in val.
        count: int, how many groups val gets: 0 … number of groups.
        seed: int.

    Returns:
        bool array with one place for each image: True where it is in val.

    Example:

    >>> held_back(["wood", "park", "wood", "yard"], count=1, seed=5)
    array([True, False, True, False])

    Sorted, the groups are park, wood, yard; shuffled with this seed wood, yard, park. The
    first one is val, with both of its images.
    """
    names = sorted(set(groups))
    order = np.random.default_rng(seed).permutation(len(names))
    chosen = [names[i] for i in order[:count]]
    return np.array([group in chosen for group in groups])


@held_back.mistake(
    "images shuffled in place of groups",
    "You shuffled the images, so a group can be in train and in val. Shuffle the groups, each "
    "one once: sorted(set(groups)).",
)
def held_back(groups, count, seed):
    order = np.random.default_rng(seed).permutation(len(groups))
    return np.isin(np.arange(len(groups)), order[:count])


@held_back.mistake(
    "groups listed once for each image",
    "You shuffled the list with one entry for each image, so a group can be drawn twice. Take "
    "each group once: sorted(set(groups)).",
)
def held_back(groups, count, seed):
    names = sorted(groups)
    order = np.random.default_rng(seed).permutation(len(names))
    chosen = [names[i] for i in order[:count]]
    return np.array([group in chosen for group in groups])


@held_back.mistake(
    "groups not sorted",
    "You took the groups in the order of the images. With another order of the files the split "
    "would be another one. Sort the names first. (The order of a set alone is not the same in the "
    "next process.)",
)
def held_back(groups, count, seed):
    names = list(dict.fromkeys(groups))
    order = np.random.default_rng(seed).permutation(len(names))
    chosen = [names[i] for i in order[:count]]
    return np.array([group in chosen for group in groups])


@held_back.mistake(
    "not shuffled",
    "You took the first groups in alphabetical order. Names often say when or where an image was "
    "taken, so such a val is unlike train. Shuffle them first.",
)
def held_back(groups, count, seed):
    chosen = sorted(set(groups))[:count]
    return np.array([group in chosen for group in groups])


@held_back.mistake(
    "seed not used",
    "You shuffled without the argument `seed`: np.random.default_rng(seed).",
)
def held_back(groups, count, seed):
    names = sorted(set(groups))
    order = np.random.default_rng(0).permutation(len(names))
    chosen = [names[i] for i in order[:count]]
    return np.array([group in chosen for group in groups])


@held_back.mistake(
    "the older random numbers",
    "You shuffled with np.random.seed or RandomState, which give other random numbers. The text "
    "asks for np.random.default_rng(seed).permutation.",
)
def held_back(groups, count, seed):
    names = sorted(set(groups))
    order = np.random.RandomState(seed).permutation(len(names))
    chosen = [names[i] for i in order[:count]]
    return np.array([group in chosen for group in groups])


@held_back.mistake(
    "choice in place of permutation",
    "You drew with rng.choice, which uses its random numbers in another way. That is a good split, "
    "too, but not the one that is asked for: take permutation and the first `count`.",
)
def held_back(groups, count, seed):
    names = sorted(set(groups))
    chosen = np.random.default_rng(seed).choice(names, count, replace=False)
    return np.array([group in chosen for group in groups])


@held_back.mistake(
    "the last groups",
    "You took the last groups of the shuffled list. The first `count` are val: order[:count].",
)
def held_back(groups, count, seed):
    names = sorted(set(groups))
    order = np.random.default_rng(seed).permutation(len(names))
    chosen = [names[i] for i in order[len(names) - count :]]
    return np.array([group in chosen for group in groups])


@held_back.mistake(
    "the last groups, with [-count:]",
    "You took the last groups of the shuffled list. The first `count` are val: order[:count]. (And "
    "order[-0:] is the whole list.)",
)
def held_back(groups, count, seed):
    names = sorted(set(groups))
    order = np.random.default_rng(seed).permutation(len(names))
    chosen = [names[i] for i in order[-count:]]
    return np.array([group in chosen for group in groups])


@held_back.mistake(
    "train in place of val",
    "Your True marks the images of train. True is asked for where an image is in val.",
)
def held_back(groups, count, seed):
    names = sorted(set(groups))
    order = np.random.default_rng(seed).permutation(len(names))
    chosen = [names[i] for i in order[:count]]
    return np.array([group not in chosen for group in groups])


@held_back.mistake(
    "the first is left out",
    "You skipped the first group of the shuffled list. Python counts from 0: order[:count].",
)
def held_back(groups, count, seed):
    names = sorted(set(groups))
    order = np.random.default_rng(seed).permutation(len(names))
    chosen = [names[i] for i in order[1 : count + 1]]
    return np.array([group in chosen for group in groups])


@held_back.mistake(
    "one group more",
    "You took one group too many. order[:count] are the places 0 to count - 1, `count` of them.",
)
def held_back(groups, count, seed):
    names = sorted(set(groups))
    order = np.random.default_rng(seed).permutation(len(names))
    chosen = [names[i] for i in order[: count + 1]]
    return np.array([group in chosen for group in groups])


@held_back.mistake(
    "one group only",
    "You took one group, the one at the place `count`. All before it are asked for: order[:count].",
)
def held_back(groups, count, seed):
    names = sorted(set(groups))
    order = np.random.default_rng(seed).permutation(len(names))
    return np.array([group == names[order[count - 1]] for group in groups])


@held_back.mistake(
    "order read the wrong way round",
    "order[0] is the place, in the sorted list, of the group that comes first. You read order[k] "
    "as the new place of group k. The groups of val are names[i] for the i in order[:count].",
)
def held_back(groups, count, seed):
    names, numbers = np.unique(groups, return_inverse=True)
    order = np.random.default_rng(seed).permutation(len(names))
    return order[numbers] < count


@held_back.mistake(
    "places compared with names",
    "`order` holds places, and `groups` holds names: no name is among the places. Take the names "
    "at these places, names[i].",
)
def held_back(groups, count, seed):
    names = sorted(set(groups))
    order = np.random.default_rng(seed).permutation(len(names))
    return np.array([group in order[:count].tolist() for group in groups])


@held_back.mistake(
    "places of groups taken for places of images",
    "You took the places of groups for places of images. Take the names at these places, and "
    "mark every image whose group is among them.",
)
def held_back(groups, count, seed):
    order = np.random.default_rng(seed).permutation(len(set(groups)))
    held = np.zeros(len(groups), bool)
    held[order[:count]] = True
    return held


@held_back.mistake(
    "one image of each group",
    "You marked one image of each chosen group. All its images are in val, or the group is on "
    "both sides.",
)
def held_back(groups, count, seed):
    names = sorted(set(groups))
    order = np.random.default_rng(seed).permutation(len(names))
    held = np.zeros(len(groups), bool)
    held[[groups.index(names[i]) for i in order[:count]]] = True
    return held


@held_back.mistake(
    "count taken for images",
    "You stopped when val had `count` images. `count` is a number of groups.",
)
def held_back(groups, count, seed):
    names = sorted(set(groups))
    held = np.zeros(len(groups), bool)
    for i in np.random.default_rng(seed).permutation(len(names)):
        if held.sum() < count:
            held |= np.array(groups) == names[i]
    return held


@held_back.mistake(
    "names of the groups returned",
    "You returned the names of the chosen groups. One True or False for each image is asked for: "
    "group in chosen.",
)
def held_back(groups, count, seed):
    names = sorted(set(groups))
    order = np.random.default_rng(seed).permutation(len(names))
    return np.array([names[i] for i in order[:count]])


@held_back.mistake(
    "places of the images returned",
    "You returned the places of the images in val. One True or False for each image is asked for.",
)
def held_back(groups, count, seed):
    names = sorted(set(groups))
    order = np.random.default_rng(seed).permutation(len(names))
    chosen = [names[i] for i in order[:count]]
    return np.array([k for k, group in enumerate(groups) if group in chosen], int)


@held_back.mistake(
    "0 and 1",
    "Your 0 and 1 are in the right places, but as an index an int array takes images 0 and 1. "
    "Return True and False: .astype(bool).",
)
def held_back(groups, count, seed):
    names = sorted(set(groups))
    order = np.random.default_rng(seed).permutation(len(names))
    chosen = [names[i] for i in order[:count]]
    return np.array([int(group in chosen) for group in groups])


@held_back.also_right
def held_back(groups, count, seed):
    names = np.random.default_rng(seed).permutation(np.unique(groups))
    return np.isin(groups, names[:count])


@held_back.also_right
def held_back(groups, count, seed):
    names, numbers = np.unique(groups, return_inverse=True)
    order = np.random.default_rng(seed).permutation(len(names))
    return np.isin(numbers, order[:count])


@held_back.also_right
def held_back(groups, count, seed):
    shuffled = np.random.default_rng(seed).permutation(sorted(set(groups))).tolist()
    val = set(shuffled[:count])
    return np.array([group in val for group in groups], bool)


@held_back.also_right
def held_back(groups, count, seed):
    names = sorted(dict.fromkeys(groups))
    held = np.zeros(len(groups), bool)
    for i in np.random.default_rng(seed).permutation(len(names))[:count]:
        held |= np.array(groups) == names[i]
    return held
