"""Exercise 7.1: Count the confusion matrix."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.exercises.week7 import _confusion_counters
from segcourse.exercises.week7._cases import VOID, any_maps, maps
from segcourse.texts import N_


def _cases(rng):
    few, many = int(rng.integers(3, 6)), int(rng.integers(17, 21))
    size = int(rng.integers(9, 12))
    higher = maps(rng, (size, size), few + 1)
    # The last class is only predicted.
    higher[0][higher[0] == few] = 0
    return [
        (*maps(rng, (size, size + 1), few), few),
        # class * n + predicted class passes 255.
        (*maps(rng, (24, 20 + size), many), many),
        # The last two classes are in neither map.
        (*maps(rng, (size, size + 2), few), few + 2),
        (*higher, few + 1),
        # class * n + predicted class passes 32767.
        (np.array([[189, 0, VOID]], "uint8"), np.array([[189, 5, 0]], "uint8"), 190),
        _one_large_count(rng),
    ]


def _one_large_count(rng):
    """Maps of one class but for a few pixels: no count below 65536 holds its number."""
    labels, predictions = np.zeros((2, 257, 257), "uint8")
    labels[int(rng.integers(257)), : int(rng.integers(2, 9))] = VOID
    predictions[0, :2] = labels[1, :3] = 1
    return labels, predictions, 2


def _space(rng):
    num_classes = int(rng.choice([1, 2, 3, 5, 16, 17, 30]))
    return Case(*any_maps(rng, num_classes), num_classes)


confusion = Exercise(
    id="7.1",
    title=N_("Count the confusion matrix"),
    function="confusion",
    hints=(
        N_(
            "First throw away the void pixels, from both maps. Then every pixel left is one pair "
            "(true class, predicted class). How often does each pair occur?"
        ),
        N_(
            "labels[kept] and predictions[kept] with kept = labels != 255 are the two lists. For a "
            "pixel with true class i and predicted class j, the entry [i, j] grows by one."
        ),
        N_(
            "A fast way: np.bincount counts whole numbers. Write each pair as the one number "
            "num_classes * i + j, as int64 (uint8 ends at 255), with minlength=num_classes**2; "
            "then reshape."
        ),
    ),
    cases=_cases,
    space=_space,
    compare=exact(),
    points=2,
)


@confusion.reference
def confusion(labels, predictions, num_classes):
    """Count how often each true class was predicted as each class.

    Pixels whose label is 255 are void. They do not count, whatever was
    predicted there.

    Args:
        labels: uint8 array [height, width], class ids and 255.
        predictions: uint8 array [height, width], class ids.
        num_classes: int, number of classes.

    Returns:
        Integer array [num_classes, num_classes]. Row i, column j: number of
        pixels of true class i that were predicted as class j. A count may be
        far larger than 255.

    Example:

    >>> labels = np.array([[0, 0, 1, 255]], "uint8")
    >>> confusion(labels, np.array([[0, 1, 1, 0]], "uint8"), num_classes=2)
    array([[1, 1], [0, 1]])
    """
    kept = labels != 255
    true = labels[kept].astype("int64")
    pairs = num_classes * true + predictions[kept]
    counts = np.bincount(pairs, minlength=num_classes**2)
    return counts.reshape(num_classes, num_classes)


@confusion.mistake(
    "void as an index",
    "255 is not a row of the matrix: it marks the void pixels. Leave them out first, with "
    "kept = labels != 255.",
)
def confusion(labels, predictions, num_classes):
    matrix = np.zeros((num_classes, num_classes), int)
    for true, predicted in zip(labels.ravel(), predictions.ravel(), strict=True):
        matrix[true, predicted] += 1
    return matrix


@confusion.mistake(
    "void in bincount",
    "There are more counts than num_classes². The void pixels (255) are among them: leave them "
    "out before you count.",
)
def confusion(labels, predictions, num_classes):
    pairs = num_classes * labels.astype("int64") + predictions
    counts = np.bincount(pairs.ravel(), minlength=num_classes**2)
    return counts.reshape(num_classes, num_classes)


@confusion.mistake(
    "void as the last class",
    "You counted the void pixels as the last class. Nobody knows the class of a void pixel: leave "
    "these pixels out.",
)
def confusion(labels, predictions, num_classes):
    labels = np.minimum(labels, num_classes - 1).astype("int64")
    counts = np.bincount((num_classes * labels + predictions).ravel(), minlength=num_classes**2)
    return counts.reshape(num_classes, num_classes)


@confusion.mistake(
    "void as class 0",
    "You counted the void pixels as class 0. Nobody knows the class of a void pixel: leave these "
    "pixels out.",
)
def confusion(labels, predictions, num_classes):
    labels = np.where(labels == 255, 0, labels).astype("int64")
    counts = np.bincount((num_classes * labels + predictions).ravel(), minlength=num_classes**2)
    return counts.reshape(num_classes, num_classes)


@confusion.mistake(
    "a row and a column for void",
    "You gave void a row and a column of its own. The matrix has num_classes rows and columns; "
    "void pixels are not counted at all.",
)
def confusion(labels, predictions, num_classes):
    matrix = np.zeros((num_classes + 1, num_classes + 1), int)
    labels = np.where(labels == 255, num_classes, labels)
    np.add.at(matrix, (labels, predictions), 1)
    return matrix


@confusion.mistake(
    "uint8 overflow",
    "`num_classes * labels` stays uint8, and uint8 ends at 255: larger numbers begin again at 0. "
    "With few classes nothing is seen. Convert first: labels.astype('int64').",
)
def confusion(labels, predictions, num_classes):
    kept = labels != 255
    pairs = num_classes * labels[kept] + predictions[kept]
    counts = np.bincount(pairs, minlength=num_classes**2)
    return counts.reshape(num_classes, num_classes)


@confusion.mistake(
    "predicted class in the rows",
    "Your matrix is transposed: its rows are the predicted classes. Here, and in segcourse, Keras "
    "and scikit-learn, the row is the true class.",
)
def confusion(labels, predictions, num_classes):
    kept = labels != 255
    pairs = num_classes * predictions[kept].astype("int64") + labels[kept]
    return np.bincount(pairs, minlength=num_classes**2).reshape(num_classes, num_classes)


@confusion.mistake(
    "each pair once",
    "matrix[i, j] += 1 with arrays i and j adds 1 only once for each pair, however often it "
    "occurs. np.add.at(matrix, (i, j), 1) counts every pixel.",
)
def confusion(labels, predictions, num_classes):
    matrix = np.zeros((num_classes, num_classes), int)
    kept = labels != 255
    matrix[labels[kept], predictions[kept]] += 1
    return matrix


@confusion.mistake(
    "a float matrix",
    "The counts are right, but they are floats: np.zeros makes floats. Write "
    "np.zeros((num_classes, num_classes), int).",
)
def confusion(labels, predictions, num_classes):
    matrix = np.zeros((num_classes, num_classes))
    kept = labels != 255
    np.add.at(matrix, (labels[kept], predictions[kept]), 1)
    return matrix


@confusion.mistake(
    "share of all pixels",
    "You divided by the number of pixels. The matrix holds counts; the scores divide later.",
)
def confusion(labels, predictions, num_classes):
    matrix = np.zeros((num_classes, num_classes), int)
    kept = labels != 255
    np.add.at(matrix, (labels[kept], predictions[kept]), 1)
    return matrix / matrix.sum()


@confusion.mistake(
    "rows divided by their sums",
    "You divided every row by its sum. The matrix holds counts; matrices of several images can be "
    "added only as counts.",
)
def confusion(labels, predictions, num_classes):
    matrix = np.zeros((num_classes, num_classes), int)
    kept = labels != 255
    np.add.at(matrix, (labels[kept], predictions[kept]), 1)
    return matrix / matrix.sum(axis=1, keepdims=True)


@confusion.mistake(
    "only right pixels counted",
    "You counted only the pixels that are right, so everything off the diagonal is 0. A wrong "
    "pixel counts too: at [true class, predicted class].",
)
def confusion(labels, predictions, num_classes):
    right = labels == predictions
    return np.diag(np.bincount(labels[right], minlength=num_classes))


@confusion.mistake(
    "size from the labels",
    "You took the number of classes from the maps. A class that is in neither map still has its "
    "row and its column: use `num_classes`.",
)
def confusion(labels, predictions, num_classes):
    kept = labels != 255
    size = max(labels[kept].max(), predictions[kept].max()) + 1
    matrix = np.zeros((size, size), int)
    np.add.at(matrix, (labels[kept], predictions[kept]), 1)
    return matrix


@confusion.mistake(
    "minlength forgotten",
    "np.bincount ends at the largest number it finds. If the last class is in neither map, there "
    "are too few counts: give it minlength=num_classes**2.",
)
def confusion(labels, predictions, num_classes):
    kept = labels != 255
    pairs = num_classes * labels[kept].astype("int64") + predictions[kept]
    return np.bincount(pairs).reshape(num_classes, num_classes)


@confusion.mistake(
    "void left in the predictions",
    "You took the void pixels out of the labels only, so the two lists have different lengths. "
    "Use the same mask for both: labels[kept] and predictions[kept].",
)
def confusion(labels, predictions, num_classes):
    matrix = np.zeros((num_classes, num_classes), int)
    np.add.at(matrix, (labels[labels != 255], predictions.ravel()), 1)
    return matrix


@confusion.mistake(
    "void left in the predictions, added",
    "You took the void pixels out of the labels only, so the two lists cannot be added. Use the "
    "same mask for both: labels[kept] and predictions[kept].",
)
def confusion(labels, predictions, num_classes):
    pairs = num_classes * labels[labels != 255].astype("int64") + predictions.ravel()
    return np.bincount(pairs, minlength=num_classes**2).reshape(num_classes, num_classes)


@confusion.mistake(
    "uint8 overflow without minlength",
    "`num_classes * labels` stays uint8, and uint8 ends at 255: larger numbers begin again at 0. "
    "Convert first, labels.astype('int64'), and give np.bincount minlength=num_classes**2.",
)
def confusion(labels, predictions, num_classes):
    kept = labels != 255
    pairs = num_classes * labels[kept] + predictions[kept]
    return np.bincount(pairs).reshape(num_classes, num_classes)


@confusion.mistake(
    "3 classes typed in",
    "Your matrix has 3 rows and 3 columns, as the one in the text, whatever `num_classes` is. Use "
    "`num_classes` in place of 3.",
)
def confusion(labels, predictions, num_classes):
    matrix = np.zeros((3, 3), int)
    kept = labels != 255
    np.add.at(matrix, (labels[kept], predictions[kept]), 1)
    return matrix


@confusion.mistake(
    "3 classes typed in, bincount",
    "You count 3 * 3 = 9 pairs, as in the text, whatever `num_classes` is. Use `num_classes` in "
    "place of 3, and num_classes**2 in place of 9.",
)
def confusion(labels, predictions, num_classes):
    kept = labels != 255
    pairs = 3 * labels[kept].astype("int64") + predictions[kept]
    return np.bincount(pairs, minlength=9).reshape(3, 3)


@confusion.mistake(
    "height and width exchanged",
    "Your loops leave the map wherever it is not square: height and width are exchanged. "
    "labels.shape is (height, width): the first index counts rows, up to the height.",
)
def confusion(labels, predictions, num_classes):
    matrix = np.zeros((num_classes, num_classes), int)
    width, height = labels.shape
    for y in range(height):
        for x in range(width):
            if labels[y, x] != 255:
                matrix[labels[y, x], predictions[y, x]] += 1
    return matrix


@confusion.mistake(
    "256 rows",
    "Your matrix has 256 rows, one of them for void. It needs num_classes rows and columns, and "
    "void pixels are not counted at all.",
)
def confusion(labels, predictions, num_classes):
    matrix = np.zeros((256, 256), int)
    np.add.at(matrix, (labels, predictions), 1)
    return matrix


@confusion.mistake(
    "256 rows without void",
    "Void is left out, as it must be, but your matrix has 256 rows and columns. It needs "
    "num_classes of them.",
)
def confusion(labels, predictions, num_classes):
    kept = labels != 255
    pairs = 256 * labels[kept].astype("int64") + predictions[kept]
    return np.bincount(pairs, minlength=256**2).reshape(256, 256)


@confusion.mistake(
    "return after one pixel",
    "You counted the first pixel only: your `return` stands in the inner loop. Move it to the "
    "left, behind both loops.",
)
def confusion(labels, predictions, num_classes):
    matrix = np.zeros((num_classes, num_classes), int)
    for y in range(labels.shape[0]):
        for x in range(labels.shape[1]):
            if labels[y, x] != 255:
                matrix[labels[y, x], predictions[y, x]] += 1
            return matrix


@confusion.mistake(
    "return after one row",
    "You counted the first row of the maps only: your `return` stands in the outer loop. Move it "
    "to the left, behind both loops.",
)
def confusion(labels, predictions, num_classes):
    matrix = np.zeros((num_classes, num_classes), int)
    for true, predicted in zip(labels, predictions, strict=True):
        kept = true != 255
        np.add.at(matrix, (true[kept], predicted[kept]), 1)
        return matrix


@confusion.mistake(
    "size from the labels alone",
    "You took the number of classes from the labels. A class may be predicted, or missing in both "
    "maps, and still it has its row and its column: use `num_classes`.",
)
def confusion(labels, predictions, num_classes):
    kept = labels != 255
    size = labels[kept].max() + 1
    matrix = np.zeros((size, size), int)
    np.add.at(matrix, (labels[kept], predictions[kept]), 1)
    return matrix


@confusion.mistake(
    "size from np.unique",
    "np.unique lists the classes that occur in the labels, and void with them. The matrix has "
    "`num_classes` rows and columns, whatever occurs.",
)
def confusion(labels, predictions, num_classes):
    kept, size = labels != 255, len(np.unique(labels))
    matrix = np.zeros((size, size), int)
    np.add.at(matrix, (labels[kept], predictions[kept]), 1)
    return matrix


@confusion.mistake(
    "np.zeros with two arguments",
    "The second argument of np.zeros is a dtype. The shape is one argument, in brackets of its "
    "own: np.zeros((num_classes, num_classes), int).",
)
def confusion(labels, predictions, num_classes):
    matrix = np.zeros(num_classes, num_classes)
    kept = labels != 255
    np.add.at(matrix, (labels[kept], predictions[kept]), 1)
    return matrix


@confusion.mistake(
    "counts not in rows and columns",
    "Your counts are right, but they stand in one long row. Bring them into a square: "
    "counts.reshape(num_classes, num_classes).",
)
def confusion(labels, predictions, num_classes):
    kept = labels != 255
    pairs = num_classes * labels[kept].astype("int64") + predictions[kept]
    return np.bincount(pairs, minlength=num_classes**2)


@confusion.mistake(
    "one row and column too many",
    "Your matrix has one row and one column too many. The classes are 0 to num_classes - 1, and "
    "void, which you left out rightly, needs no place.",
)
def confusion(labels, predictions, num_classes):
    matrix = np.zeros((num_classes + 1, num_classes + 1), int)
    kept = labels != 255
    np.add.at(matrix, (labels[kept], predictions[kept]), 1)
    return matrix


@confusion.mistake(
    "sum of the two classes",
    "You counted the sums of the two classes, and 0 + 1 is the same as 1 + 0. A pair needs a "
    "number of its own: num_classes * true class + predicted class.",
)
def confusion(labels, predictions, num_classes):
    kept = labels != 255
    pairs = labels[kept].astype("int64") + predictions[kept]
    return np.bincount(pairs, minlength=num_classes**2).reshape(num_classes, num_classes)


@confusion.also_right
def confusion(labels, predictions, num_classes):
    matrix = np.zeros((num_classes, num_classes), dtype=np.int32)
    height, width = labels.shape
    for y in range(height):
        for x in range(width):
            if labels[y, x] != 255:
                matrix[labels[y, x], predictions[y, x]] += 1
    return matrix


@confusion.also_right
def confusion(labels, predictions, num_classes):
    true = labels[..., None] == np.arange(num_classes)
    predicted = predictions[..., None] == np.arange(num_classes)
    return np.einsum("hwi,hwj->ij", true.astype(int), predicted.astype(int))


@confusion.also_right
def confusion(labels, predictions, num_classes):
    # Pairs of void pixels lie behind all others.
    pairs = num_classes * labels.astype(int) + predictions
    counts = np.bincount(pairs.ravel(), minlength=num_classes**2)[: num_classes**2]
    return counts.reshape(num_classes, num_classes)


@confusion.also_right
def confusion(labels, predictions, num_classes):
    matrix = np.zeros((num_classes, num_classes), int)
    for i in range(num_classes):
        for j in range(num_classes):
            matrix[i, j] = np.sum((labels == i) & (predictions == j))
    return matrix


_confusion_counters.register(confusion)
