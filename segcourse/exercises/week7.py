"""Week 7 · Metrics: the exercises, each with its reference and the wrong answers people give.

A reference's docstring is the text of the notebook's exercise cell. Its body runs in a notebook
that has `import numpy as np`, `import keras` and `from keras import ops`. Each wrong answer is
complete, and the cases are built so that no two answers of one exercise agree on all of them.
"""

import numpy as np

from segcourse.exercises.compare import plain
from segcourse.exercises.exercise import Exercise, close, exact

# 7.1 ---------------------------------------------------------------------------------------------


def _maps(rng, shape, num_classes):
    """A label map with every class and some void, and predictions that are right half the time."""
    pixels = int(np.prod(shape))
    labels = np.concatenate([np.arange(num_classes), rng.integers(0, num_classes, pixels)])[:pixels]
    labels = rng.permutation(labels).astype("uint8")
    guess = rng.integers(0, num_classes, pixels).astype("uint8")
    predictions = np.where(rng.random(pixels) < 0.5, labels, guess)
    # Ties of single counts hide mistakes: a few pixels say one thing for certain.
    labels[:4], predictions[:4] = 0, [0, 0, 1, 1]
    labels[4:7], predictions[4:7] = num_classes - 1, [num_classes - 1, 0, 0]
    labels[7:12] = 255
    predictions[7:12] = rng.integers(0, num_classes, 5)
    return labels.reshape(shape), predictions.reshape(shape)


def _confusion_cases(rng):
    few, many = int(rng.integers(3, 6)), int(rng.integers(17, 21))
    size = int(rng.integers(9, 12))
    cases = [(*_maps(rng, (size, size + 1), few), few)]
    # class * n + predicted class passes 255.
    cases.append((*_maps(rng, (24, 20 + size), many), many))
    # The last two classes are in neither map.
    cases.append((*_maps(rng, (size, size + 2), few), few + 2))
    return cases


confusion = Exercise(
    id="7.1",
    title="Count the confusion matrix",
    function="confusion",
    hints=(
        "First throw away the void pixels, from both maps. Then every pixel left is one pair "
        "(true class, predicted class). How often does each pair occur?",
        "labels[kept] and predictions[kept] with kept = labels != 255 are the two lists. For a "
        "pixel with true class i and predicted class j, the entry [i, j] grows by one.",
        "A fast way: np.bincount counts whole numbers. Write each pair as the one number "
        "num_classes * i + j, as int64 (uint8 ends at 255), with minlength=num_classes**2; then "
        "reshape.",
    ),
    cases=_confusion_cases,
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
        pixels of true class i that were predicted as class j.

    Example: labels = [[0, 0, 1, 255]], predictions = [[0, 1, 1, 0]] and
        num_classes = 2 give [[1, 1], [0, 1]].
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


# 7.2 ---------------------------------------------------------------------------------------------


def _matrix_with_gaps(rng, classes):
    """Counts in which one class is absent, one is never predicted, one only predicted."""
    # Rows of very different size, and columns too, so that no two weightings agree.
    matrix = rng.integers(3, 20, (classes, classes)) * (1 + np.arange(classes))[:, None]
    matrix += np.diag(rng.integers(40, 90, classes) + 30 * np.arange(classes)[::-1])
    absent, missed, invented = rng.permutation(classes)[:3]
    matrix[absent] = matrix[:, absent] = 0
    matrix[:, missed] = 0
    matrix[invented] = 0
    return matrix


def _matrix_cases(rng):
    full = rng.integers(2, 30, (3, 3)) * np.array([[1], [2], [4]])
    full += np.diag(rng.integers(20, 60, 3))
    return [
        (full,),
        (_matrix_with_gaps(rng, 6),),
        (_matrix_with_gaps(rng, int(rng.integers(7, 9))),),
    ]


iou = Exercise(
    id="7.2",
    title="IoU of each class, and the mean IU",
    function="iou",
    hints=(
        "For class i: TP is the number on the diagonal. The rest of row i are its FN, the rest of "
        "column i its FP.",
        "The sum of row i is TP + FN and the sum of column i is TP + FP. Together they hold TP "
        "twice, so the union is row + column − TP.",
        "Where the union is 0 the class is absent: NaN. np.nanmean leaves NaN out of a mean.",
    ),
    cases=_matrix_cases,
    compare=close(1e-6, parts=("the IoU per class", "the mean IU")),
    points=2,
)


@iou.reference
def iou(matrix):
    """The IoU of every class, and their mean, from a confusion matrix.

    A class without a pixel in either map is absent: its IoU is NaN, and the
    mean leaves it out.

    Args:
        matrix: integer array [classes, classes], rows true, columns predicted.

    Returns:
        Two values: a float array [classes], and a float, the mean IU.

    Example: [[3, 1, 0],      class 0: TP 3, FN 1, FP 2, IoU 3 / 6 = 0.5
              [2, 4, 0],      class 1: TP 4, FN 2, FP 1, IoU 4 / 7 = 0.571
              [0, 0, 0]]      class 2: absent, NaN
        The mean IU is (0.5 + 0.571) / 2 = 0.536.
    """
    correct = np.diag(matrix)
    union = matrix.sum(axis=1) + matrix.sum(axis=0) - correct
    per_class = np.full(len(matrix), np.nan)
    present = union > 0
    per_class[present] = correct[present] / union[present]
    return per_class, per_class[present].mean()


@iou.mistake(
    "absent as 0",
    "You gave absent classes the IoU 0. Nothing was there and nothing was predicted, so nothing "
    "was done wrong: give NaN, and leave them out of the mean.",
)
def iou(matrix):
    correct = np.diag(matrix)
    union = matrix.sum(axis=1) + matrix.sum(axis=0) - correct
    per_class = correct / np.maximum(union, 1)
    return per_class, per_class.mean()


@iou.mistake(
    "absent as 0 in the mean",
    "Your IoUs are right, but the mean divides by all classes. Divide by the number of classes "
    "that are present: np.nanmean does it.",
)
def iou(matrix):
    correct = np.diag(matrix)
    per_class = correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)
    return per_class, np.nansum(per_class) / len(per_class)


@iou.mistake(
    "absent as 1",
    "You gave absent classes the IoU 1. Then every class that is not in the data lifts the mean: "
    "give NaN, and leave them out.",
)
def iou(matrix):
    correct = np.diag(matrix)
    union = matrix.sum(axis=1) + matrix.sum(axis=0) - correct
    per_class = np.where(union == 0, 1.0, correct / np.maximum(union, 1))
    return per_class, per_class.mean()


@iou.mistake(
    "NaN in the mean",
    "One NaN makes the whole mean NaN. Leave the absent classes out: np.nanmean, or the mean of "
    "the present classes.",
)
def iou(matrix):
    correct = np.diag(matrix)
    per_class = correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)
    return per_class, per_class.mean()


@iou.mistake(
    "precision",
    "You divided by the columns alone: TP / (TP + FP) is the precision. A class that misses half "
    "of its pixels must lose too: the FN belong below the line.",
)
def iou(matrix):
    per_class = np.diag(matrix) / matrix.sum(axis=0)
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "recall",
    "You divided by the rows alone: TP / (TP + FN) is the recall, the accuracy of the class. "
    "Painting everything with one class would get 1: the FP belong below the line.",
)
def iou(matrix):
    per_class = np.diag(matrix) / matrix.sum(axis=1)
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "Dice",
    "2 TP / (2 TP + FP + FN) is the Dice score, the next exercise but one. IoU counts the TP once "
    "above and once below the line.",
)
def iou(matrix):
    per_class = 2 * np.diag(matrix) / (matrix.sum(axis=1) + matrix.sum(axis=0))
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "TP twice in the union",
    "Row sum plus column sum counts the TP twice. Subtract the diagonal once: the union is "
    "TP + FP + FN.",
)
def iou(matrix):
    per_class = np.diag(matrix) / (matrix.sum(axis=1) + matrix.sum(axis=0))
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "TP not in the union",
    "You left the TP out of the union. It holds all pixels that are in one map or in the other: "
    "TP + FP + FN.",
)
def iou(matrix):
    correct = np.diag(matrix)
    per_class = correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - 2 * correct)
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "absent where no true pixel is",
    "You left out a class that has no true pixel but was predicted. It is present in one of the "
    "maps: all its pixels are FP, so its IoU is 0, and it counts in the mean.",
)
def iou(matrix):
    correct, true = np.diag(matrix), matrix.sum(axis=1)
    per_class = correct / (true + matrix.sum(axis=0) - correct)
    per_class[true == 0] = np.nan
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "zeros left out of the mean",
    "You left every class with IoU 0 out of the mean. A class that was missed altogether is "
    "present, and its 0 counts; only NaN is left out.",
)
def iou(matrix):
    correct = np.diag(matrix)
    per_class = correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)
    return per_class, per_class[per_class > 0].mean()


@iou.mistake(
    "absent classes cut away",
    "You dropped the absent classes from the array, so the places no longer tell which class is "
    "which. Keep one entry for each class, NaN for an absent one.",
)
def iou(matrix):
    correct = np.diag(matrix)
    union = matrix.sum(axis=1) + matrix.sum(axis=0) - correct
    per_class = correct[union > 0] / union[union > 0]
    return per_class, per_class.mean()


@iou.mistake(
    "sums before the ratio",
    "You divided the sum of all TP by the sum of all unions. Then large classes decide alone. The "
    "mean IU is the mean of the IoUs of the classes.",
)
def iou(matrix):
    correct = np.diag(matrix)
    union = matrix.sum(axis=1) + matrix.sum(axis=0) - correct
    return correct / union, correct.sum() / union.sum()


@iou.mistake(
    "pixel accuracy as the mean",
    "Your second value is the pixel accuracy: all right pixels over all pixels. The mean IU is the "
    "mean of the IoUs of the classes.",
)
def iou(matrix):
    correct = np.diag(matrix)
    per_class = correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)
    return per_class, correct.sum() / matrix.sum()


@iou.mistake(
    "weighted mean",
    "You weighted the IoUs by how often each class occurs. That is the frequency weighted IU; in "
    "the mean IU every class has the same weight.",
)
def iou(matrix):
    correct, true = np.diag(matrix), matrix.sum(axis=1)
    per_class = correct / (true + matrix.sum(axis=0) - correct)
    return per_class, np.nansum(true * per_class) / true.sum()


@iou.mistake(
    "the mean first",
    "Your two values are in the wrong order: first the IoU per class, then the mean.",
)
def iou(matrix):
    correct = np.diag(matrix)
    per_class = correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)
    return np.nanmean(per_class), per_class


@iou.mistake(
    "only the IoU per class",
    "You returned the IoU per class alone. Return two values: return per_class, mean.",
)
def iou(matrix):
    correct = np.diag(matrix)
    return correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)


@iou.mistake(
    "only the mean",
    "You returned the mean alone. Return two values: return per_class, mean.",
)
def iou(matrix):
    correct = np.diag(matrix)
    return np.nanmean(correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct))


@iou.also_right
def iou(matrix):
    with np.errstate(invalid="ignore"):
        per_class = np.diag(matrix) / (matrix.sum(1) + matrix.sum(0) - np.diag(matrix))
    return per_class, np.nanmean(per_class)


@iou.also_right
def iou(matrix):
    per_class = []
    for i in range(len(matrix)):
        tp = matrix[i, i]
        fn = sum(matrix[i]) - tp
        fp = sum(matrix[:, i]) - tp
        per_class.append(tp / (tp + fp + fn) if tp + fp + fn else float("nan"))
    present = [value for value in per_class if value == value]
    return np.array(per_class), float(sum(present) / len(present))


# 7.3 ---------------------------------------------------------------------------------------------


def _logit_cases(rng):
    cases = []
    for classes, absent in ((3, 0), (4, 1)):
        height, width = int(rng.integers(8, 10)), int(rng.integers(11, 14))
        labels, predictions = _maps(rng, (height, width), classes)
        # Class 1 is small, and often predicted, so that frequencies of both maps differ.
        labels[(labels == 1) & (rng.random(labels.shape) < 0.7)] = 2
        logits = rng.normal(size=(height, width, classes + absent)).astype("float32")
        # An absent class: neither in the labels nor ever the largest.
        logits[..., classes:] -= 30
        chosen = np.where(rng.random(labels.shape) < 0.3, 1, predictions)
        np.put_along_axis(logits, chosen[..., None].astype(int), 4, axis=-1)
        cases.append((logits, labels))
    return cases


accuracies = Exercise(
    id="7.3",
    title="From logits to three scores",
    function="accuracies",
    hints=(
        "A network answers with one logit per class and pixel. Which class does it mean? Only then "
        "the counting begins, as in exercise 7.1.",
        "predictions = logits.argmax(axis=-1). Build the confusion matrix n of the pixels that are "
        "not void. Its row sums are t, its diagonal holds the right pixels.",
        "pixel accuracy: diagonal.sum() / t.sum(). Mean accuracy: the mean of diagonal / t over "
        "the classes with t > 0. Frequency weighted IU: the sum of t · IoU over t.sum().",
    ),
    cases=_logit_cases,
    compare=close(
        1e-6, parts=("the pixel accuracy", "the mean accuracy", "the frequency weighted IU")
    ),
    points=2,
)


@accuracies.reference
def accuracies(logits, labels):
    """Pixel accuracy, mean accuracy and frequency weighted IU of logits.

    Void pixels (label 255) do not count. Classes without a true pixel are
    left out of the mean accuracy; in the frequency weighted IU their weight
    is 0.

    Args:
        logits: float array [height, width, classes].
        labels: uint8 array [height, width], class ids and 255.

    Returns:
        Three floats: pixel accuracy, mean accuracy, frequency weighted IU.

    Example: the largest logits of four pixels belong to the classes 0, 0, 1, 1,
        and the labels are [[0, 0, 0, 1]]. Pixel accuracy: 3/4. Class accuracies:
        2/3 and 1, mean 5/6. IoUs: 2/3 and 1/2, weights 3/4 and 1/4: 0.625.
    """
    classes = logits.shape[-1]
    kept = labels != 255
    true, predicted = labels[kept].astype(int), logits.argmax(axis=-1)[kept]
    n = np.bincount(classes * true + predicted, minlength=classes**2).reshape(classes, classes)
    n, there = n.astype(float), n.sum(axis=1) > 0
    right, t = np.diag(n)[there], n.sum(axis=1)[there]
    union = t + n.sum(axis=0)[there] - right
    return right.sum() / t.sum(), (right / t).mean(), (t * right / union).sum() / t.sum()


@accuracies.mistake(
    "argmax forgotten",
    "Your predictions are still logits: one number per class and pixel. Take the class with the "
    "largest logit first: logits.argmax(axis=-1).",
)
def accuracies(logits, labels):
    classes = logits.shape[-1]
    kept = labels != 255
    n = np.bincount(classes * labels[kept].astype(int) + logits[kept], minlength=classes**2)
    n = n.reshape(classes, classes)
    right, t = np.diag(n), n.sum(axis=1)
    iou = right / (t + n.sum(axis=0) - right)
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "argmax forgotten, compared",
    "You compared the logits with the labels. Logits are scores, one per class and pixel: take "
    "the class with the largest one first, logits.argmax(axis=-1).",
)
def accuracies(logits, labels):
    right = (logits == labels)[labels != 255]
    return right.mean(), right.mean(), right.mean()


@accuracies.mistake(
    "argmax over the rows",
    "argmax(axis=0) looks for the row with the largest logit. The classes are the last axis: "
    "axis=-1.",
)
def accuracies(logits, labels):
    classes = logits.shape[-1]
    kept = labels != 255
    true, predicted = labels[kept].astype(int), logits.argmax(axis=0)[kept]
    n = np.bincount(classes * true + predicted, minlength=classes**2).reshape(classes, classes)
    right, t = np.diag(n), n.sum(axis=1)
    iou = right / (t + n.sum(axis=0) - right)
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "argmax over the columns",
    "argmax(axis=1) looks for the column with the largest logit. The classes are the last axis: "
    "axis=-1.",
)
def accuracies(logits, labels):
    classes = logits.shape[-1]
    kept = labels != 255
    true, predicted = labels[kept].astype(int), logits.argmax(axis=1)[kept]
    n = np.bincount(classes * true + predicted, minlength=classes**2).reshape(classes, classes)
    right, t = np.diag(n), n.sum(axis=1)
    iou = right / (t + n.sum(axis=0) - right)
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "argmax without an axis",
    "argmax without an axis gives one position in the whole array. You need one class per pixel: "
    "logits.argmax(axis=-1).",
)
def accuracies(logits, labels):
    classes = logits.shape[-1]
    kept = labels != 255
    true, predicted = labels[kept].astype(int), logits.argmax()[kept]
    n = np.bincount(classes * true + predicted, minlength=classes**2).reshape(classes, classes)
    right, t = np.diag(n), n.sum(axis=1)
    iou = right / (t + n.sum(axis=0) - right)
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "smallest logit",
    "You took the class with the smallest logit. The network means the class with the largest "
    "one: argmax.",
)
def accuracies(logits, labels):
    classes = logits.shape[-1]
    kept = labels != 255
    true, predicted = labels[kept].astype(int), logits.argmin(axis=-1)[kept]
    n = np.bincount(classes * true + predicted, minlength=classes**2).reshape(classes, classes)
    right, t = np.diag(n), n.sum(axis=1)
    iou = right / (t + n.sum(axis=0) - right)
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "void counted as wrong",
    "Your pixel accuracy counts the void pixels, and no prediction is ever 255, so all of them "
    "are wrong. Leave them out above and below the line.",
)
def accuracies(logits, labels):
    classes = logits.shape[-1]
    kept = labels != 255
    predictions = logits.argmax(axis=-1)
    true, predicted = labels[kept].astype(int), predictions[kept]
    n = np.bincount(classes * true + predicted, minlength=classes**2).reshape(classes, classes)
    right, t = np.diag(n), n.sum(axis=1)
    iou = right / (t + n.sum(axis=0) - right)
    return (predictions == labels).mean(), np.nanmean(right / t), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "predicted frequencies",
    "You weighted the IoUs by how often each class was predicted. The weights are the true "
    "frequencies, the row sums t.",
)
def accuracies(logits, labels):
    classes = logits.shape[-1]
    kept = labels != 255
    true, predicted = labels[kept].astype(int), logits.argmax(axis=-1)[kept]
    n = np.bincount(classes * true + predicted, minlength=classes**2).reshape(classes, classes)
    right, t = np.diag(n), n.sum(axis=1)
    iou = right / (t + n.sum(axis=0) - right)
    weights = n.sum(axis=0)
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(weights * iou) / t.sum()


@accuracies.mistake(
    "weights not divided",
    "You multiplied by the number of pixels of each class, but did not divide by the number of "
    "all pixels. The weights of a mean have the sum 1.",
)
def accuracies(logits, labels):
    classes = logits.shape[-1]
    kept = labels != 255
    true, predicted = labels[kept].astype(int), logits.argmax(axis=-1)[kept]
    n = np.bincount(classes * true + predicted, minlength=classes**2).reshape(classes, classes)
    right, t = np.diag(n), n.sum(axis=1)
    iou = right / (t + n.sum(axis=0) - right)
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou)


@accuracies.mistake(
    "mean IU",
    "Your third value is the mean IU, in which every class has the same weight. Weight each IoU by "
    "the share of the true pixels of its class.",
)
def accuracies(logits, labels):
    classes = logits.shape[-1]
    kept = labels != 255
    true, predicted = labels[kept].astype(int), logits.argmax(axis=-1)[kept]
    n = np.bincount(classes * true + predicted, minlength=classes**2).reshape(classes, classes)
    right, t = np.diag(n), n.sum(axis=1)
    iou = right / (t + n.sum(axis=0) - right)
    return right.sum() / t.sum(), np.nanmean(right / t), np.nanmean(iou)


@accuracies.mistake(
    "mean precision",
    "Your mean accuracy divides by the predicted pixels of each class. The accuracy of a class is "
    "the share of its true pixels that are right: divide by the row sums.",
)
def accuracies(logits, labels):
    classes = logits.shape[-1]
    kept = labels != 255
    true, predicted = labels[kept].astype(int), logits.argmax(axis=-1)[kept]
    n = np.bincount(classes * true + predicted, minlength=classes**2).reshape(classes, classes)
    right, t = np.diag(n), n.sum(axis=1)
    iou = right / (t + n.sum(axis=0) - right)
    precision = right / n.sum(axis=0)
    return right.sum() / t.sum(), np.nanmean(precision), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "true negatives in the class accuracy",
    "You counted the TN of each class as right, (TP + TN) / all. Then a class that is never found "
    "still gets nearly 1. The accuracy of a class here is TP / t.",
)
def accuracies(logits, labels):
    classes = logits.shape[-1]
    kept = labels != 255
    true, predicted = labels[kept].astype(int), logits.argmax(axis=-1)[kept]
    n = np.bincount(classes * true + predicted, minlength=classes**2).reshape(classes, classes)
    right, t = np.diag(n), n.sum(axis=1)
    union = t + n.sum(axis=0) - right
    iou = right / union
    both = (t.sum() - union + right) / t.sum()
    return right.sum() / t.sum(), both.mean(), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "absent as 0 in the mean accuracy",
    "You counted a class without true pixels as accuracy 0. There was nothing to find: leave it "
    "out of the mean accuracy.",
)
def accuracies(logits, labels):
    classes = logits.shape[-1]
    kept = labels != 255
    true, predicted = labels[kept].astype(int), logits.argmax(axis=-1)[kept]
    n = np.bincount(classes * true + predicted, minlength=classes**2).reshape(classes, classes)
    right, t = np.diag(n), n.sum(axis=1)
    iou = right / (t + n.sum(axis=0) - right)
    return right.sum() / t.sum(), np.nansum(right / t) / classes, np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "NaN for the absent class",
    "A class without true pixels gives 0 / 0, which is NaN, and NaN spreads to the whole mean. "
    "Leave the class out: np.nanmean, np.nansum, or only the classes with t > 0.",
)
def accuracies(logits, labels):
    classes = logits.shape[-1]
    kept = labels != 255
    true, predicted = labels[kept].astype(int), logits.argmax(axis=-1)[kept]
    n = np.bincount(classes * true + predicted, minlength=classes**2).reshape(classes, classes)
    right, t = np.diag(n), n.sum(axis=1)
    iou = right / (t + n.sum(axis=0) - right)
    return right.sum() / t.sum(), (right / t).mean(), (t * iou).sum() / t.sum()


@accuracies.mistake(
    "pixel and mean accuracy swapped",
    "Your first two values are in the wrong order: first the pixel accuracy (all pixels alike), "
    "then the mean accuracy (all classes alike).",
)
def accuracies(logits, labels):
    classes = logits.shape[-1]
    kept = labels != 255
    true, predicted = labels[kept].astype(int), logits.argmax(axis=-1)[kept]
    n = np.bincount(classes * true + predicted, minlength=classes**2).reshape(classes, classes)
    right, t = np.diag(n), n.sum(axis=1)
    iou = right / (t + n.sum(axis=0) - right)
    return np.nanmean(right / t), right.sum() / t.sum(), np.nansum(t * iou) / t.sum()


@accuracies.also_right
def accuracies(logits, labels):
    predictions = ops.convert_to_numpy(ops.argmax(ops.softmax(logits), axis=-1))  # noqa: F821
    kept = labels != 255
    class_accuracy, weighted = [], 0.0
    for label in np.unique(labels[kept]):
        true, predicted = labels[kept] == label, predictions[kept] == label
        class_accuracy.append(predicted[true].mean())
        weighted += true.mean() * (true & predicted).sum() / (true | predicted).sum()
    pixel_accuracy = (predictions == labels)[kept].mean()
    return pixel_accuracy, np.mean(class_accuracy), weighted


# 7.4 ---------------------------------------------------------------------------------------------

dice = Exercise(
    id="7.4",
    title="The Dice score of each class",
    function="dice",
    hints=(
        "Dice is twice the common pixels over the sum of the sizes of the two regions. Where in "
        "the matrix are the sizes?",
        "The size of the true region of class i is the sum of row i, the size of the predicted "
        "region the sum of column i. Their sum is 2 TP + FP + FN.",
        "2 * np.diag(matrix) / (matrix.sum(axis=1) + matrix.sum(axis=0)), and NaN where the class "
        "is absent.",
    ),
    cases=_matrix_cases,
    compare=close(1e-6),
)


@dice.reference
def dice(matrix):
    """The Dice score of every class: 2 TP / (2 TP + FP + FN).

    Args:
        matrix: integer array [classes, classes], rows true, columns predicted.

    Returns:
        Float array [classes]; NaN for a class without a pixel in either map.

    Example: [[3, 1, 0],      class 0: TP 3, FN 1, FP 2, Dice 6 / 9 = 0.667
              [2, 4, 0],      class 1: TP 4, FN 2, FP 1, Dice 8 / 11 = 0.727
              [0, 0, 0]]      class 2: absent, NaN
    """
    sizes = matrix.sum(axis=1) + matrix.sum(axis=0)
    result = np.full(len(matrix), np.nan)
    present = sizes > 0
    result[present] = 2 * np.diag(matrix)[present] / sizes[present]
    return result


@dice.mistake(
    "IoU",
    "TP / (TP + FP + FN) is the IoU. Dice counts the TP twice, above and below the line.",
)
def dice(matrix):
    correct = np.diag(matrix)
    return correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)


@dice.mistake(
    "factor 2 forgotten",
    "Above the line the factor 2 is missing: even a perfect class would get ½.",
)
def dice(matrix):
    return np.diag(matrix) / (matrix.sum(axis=1) + matrix.sum(axis=0))


@dice.mistake(
    "factor 2 above the line only",
    "Below the line the TP are counted once, so a perfect class would get 2. The sum of the two "
    "sizes is 2 TP + FP + FN.",
)
def dice(matrix):
    correct = np.diag(matrix)
    return 2 * correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)


@dice.mistake(
    "precision",
    "You divided by the predicted pixels alone, which is the precision. Dice asks for both "
    "regions: the sum of the row and the sum of the column.",
)
def dice(matrix):
    return np.diag(matrix) / matrix.sum(axis=0)


@dice.mistake(
    "recall",
    "You divided by the true pixels alone, which is the recall. Dice asks for both regions: the "
    "sum of the row and the sum of the column.",
)
def dice(matrix):
    return np.diag(matrix) / matrix.sum(axis=1)


@dice.mistake(
    "arithmetic mean of precision and recall",
    "You took the plain mean of precision and recall. Dice is their harmonic mean, "
    "2PR / (P + R), which is smaller unless both are the same.",
)
def dice(matrix):
    correct = np.diag(matrix)
    precision, recall = correct / matrix.sum(axis=0), correct / matrix.sum(axis=1)
    return (precision + recall) / 2


@dice.mistake(
    "harmonic mean with 0 / 0",
    "With precision and recall, a class that was missed altogether gives 0 / 0, which is NaN. It "
    "is present and its Dice score is 0: use 2 TP / (2 TP + FP + FN).",
)
def dice(matrix):
    correct = np.diag(matrix)
    precision, recall = correct / matrix.sum(axis=0), correct / matrix.sum(axis=1)
    return 2 * precision * recall / (precision + recall)


@dice.mistake(
    "absent as 0",
    "You gave absent classes 0. Nothing was there and nothing was predicted: the score is not "
    "known, NaN.",
)
def dice(matrix):
    return 2 * np.diag(matrix) / np.maximum(matrix.sum(axis=1) + matrix.sum(axis=0), 1)


@dice.mistake(
    "absent as 1",
    "You gave absent classes 1. Then every class that is not in the data lifts the mean: give NaN.",
)
def dice(matrix):
    sizes = matrix.sum(axis=1) + matrix.sum(axis=0)
    return np.where(sizes == 0, 1.0, 2 * np.diag(matrix) / np.maximum(sizes, 1))


@dice.mistake(
    "smoothed",
    "You added 1 above and below the line. That is done in Dice losses, to avoid 0 / 0; a score is "
    "not smoothed, and an absent class is NaN.",
)
def dice(matrix):
    return (2 * np.diag(matrix) + 1) / (matrix.sum(axis=1) + matrix.sum(axis=0) + 1)


@dice.mistake(
    "over all pixels",
    "You divided by the number of all pixels. The TN do not belong below the line: only the two "
    "regions of the class count.",
)
def dice(matrix):
    return 2 * np.diag(matrix) / (2 * matrix.sum())


@dice.mistake(
    "one number for all classes",
    "You summed over the classes before dividing, and got one number (it is the pixel accuracy). "
    "One score for each class is asked for.",
)
def dice(matrix):
    return 2 * np.diag(matrix).sum() / (matrix.sum(axis=1) + matrix.sum(axis=0)).sum()


@dice.mistake(
    "mean of the classes",
    "You returned the mean over the classes. One score for each class is asked for.",
)
def dice(matrix):
    return np.nanmean(2 * np.diag(matrix) / (matrix.sum(axis=1) + matrix.sum(axis=0)))


@dice.also_right
def dice(matrix):
    correct = np.diag(matrix)
    iou = correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)
    return 2 * iou / (1 + iou)


@dice.also_right
def dice(matrix):
    result = []
    for i in range(len(matrix)):
        sizes = matrix[i].sum() + matrix[:, i].sum()
        result.append(2 * matrix[i, i] / sizes if sizes else np.nan)
    return np.array(result)


# 7.5 ---------------------------------------------------------------------------------------------


def _iou_matrix(rng, shape, matches):
    """IoUs of segments: `matches` is a dict of places and values; all others are below a quarter.

    Returns the matrix, and the rows and the columns without a match.
    """
    matrix = np.round(rng.uniform(0.03, 0.24, shape), 2)
    matrix[rng.random(shape) < 0.3] = 0
    for place, value in matches.items():
        matrix[place] = value
    rows, columns = zip(*matches, strict=True)
    return matrix, np.setdiff1d(range(shape[0]), rows), np.setdiff1d(range(shape[1]), columns)


def _match_cases(rng):
    low, high = (float(np.round(rng.uniform(*span), 2)) for span in ((0.55, 0.7), (0.8, 0.95)))
    middle = float(np.round(rng.uniform(0.76, 0.79), 2))
    # The orders of the rows, of the columns and of the IoUs are three different ones.
    rows = np.sort(rng.permutation(5)[:3]).tolist()
    columns = np.sort(rng.permutation(6)[:3])[[0, 2, 1]].tolist()
    places = zip(rows, columns, strict=True)
    matches = dict(zip(places, (low, high, middle), strict=True))
    # One true segment split exactly in half; one left with nothing above ½.
    split, rows, columns = _iou_matrix(rng, (5, 6), matches)
    split[rows[0], columns[:2]] = 0.5
    split[rows[1], columns[2]] = round(float(rng.uniform(0.3, 0.45)), 2)
    # Two true segments covered by one prediction, each exactly half of it; 0.45 stays alone.
    same = int(rng.integers(1, 3))
    matches = {(int(rng.integers(same)), 3): low, (same, same): high}
    joined, rows, columns = _iou_matrix(rng, (6, 4), matches)
    joined[rows[:2], columns[0]] = 0.5
    joined[rows[2], columns[1]] = 0.45
    none = np.round(rng.uniform(0.05, 0.4, (2, 3)), 2)
    return [(split,), (joined,), (none,)]


def _match_picture(case, got, expected):
    """The matrix with the pairs that match and the pairs that were returned."""
    from segcourse import plots  # not needed, and slow to import, until an answer is wrong

    (matrix,) = case.args
    groups = np.full(matrix.shape, -1)
    for value, pairs in ((1, plain(expected)), (2, plain(got))):
        for pair in pairs:
            i, j = (int(n) for n in pair)
            if 0 <= i < matrix.shape[0] and 0 <= j < matrix.shape[1]:
                groups[i, j] = max(groups[i, j], 0) + value
    groups = np.where(groups > 0, groups - 1, groups)
    names = ("asked for", "yours", "both")
    return plots.numbers(
        matrix, title="IoU: rows true, columns predicted", highlight=groups, names=names
    ).figure


match = Exercise(
    id="7.5",
    title="Match true and predicted segments",
    function="match",
    hints=(
        "A pair matches when its IoU is above ½; strictly: 0.5 is not enough. Go through the rows "
        "and look for such an entry.",
        "You need no search for the best partner: no row and no column has two entries above ½. "
        "Two loops and one `if` are enough.",
        "np.argwhere(iou > 0.5) lists the positions, row by row.",
    ),
    cases=_match_cases,
    compare=exact(),
    picture=_match_picture,
    points=2,
)


@match.reference
def match(iou):
    """Match the true and the predicted segments of one class.

    A true and a predicted segment match when their IoU is larger than 0.5.

    Args:
        iou: float array [true segments, predicted segments]. Row i, column j:
            the IoU of true segment i and predicted segment j.

    Returns:
        List of pairs (i, j), one for each match, in the order of i.

    Example: iou = [[0.0, 0.8],
                    [0.5, 0.1]]  gives [(0, 1)]: 0.8 is a match, 0.5 is none.
    """
    pairs = []
    for i in range(iou.shape[0]):
        for j in range(iou.shape[1]):
            if iou[i, j] > 0.5:
                pairs.append((i, j))
    return pairs


@match.mistake(
    "≥ for >",
    "An IoU of exactly 0.5 is no match. With ≥, one true segment can match two predictions at "
    "once: use >.",
)
def match(iou):
    return [(i, j) for i in range(len(iou)) for j in range(iou.shape[1]) if iou[i, j] >= 0.5]


@match.mistake(
    "best prediction without a threshold",
    "You gave every true segment its best prediction, however bad. A pair matches only when its "
    "IoU is above 0.5; the other segments stay unmatched.",
)
def match(iou):
    return [(i, int(iou[i].argmax())) for i in range(len(iou))]


@match.mistake(
    "best true segment for each prediction",
    "You went through the predictions and took the best true segment for each. A pair needs an IoU "
    "above 0.5, and the pairs are ordered by the true segment.",
)
def match(iou):
    return [(int(iou[:, j].argmax()), j) for j in range(iou.shape[1])]


@match.mistake(
    "best prediction with ≥",
    "Your threshold lets 0.5 through: `>=` is no `>`. An IoU of exactly 0.5 is no match.",
)
def match(iou):
    best = iou.argmax(axis=1)
    return [(i, int(j)) for i, j in enumerate(best) if iou[i, j] >= 0.5]


@match.mistake(
    "predicted segment first",
    "Your pairs are (predicted, true). The true segment comes first: (row, column).",
)
def match(iou):
    return [(int(j), int(i)) for i, j in np.argwhere(iou > 0.5)]


@match.mistake(
    "order of the predictions",
    "The pairs are right, but ordered by the predicted segment. Order them by the true segment: "
    "go through the rows first.",
)
def match(iou):
    return [(int(i), int(j)) for j, i in np.argwhere(iou.T > 0.5)]


@match.mistake(
    "order of the IoU",
    "The pairs are right, but ordered by their IoU. Order them by the true segment, the row.",
)
def match(iou):
    pairs = [(int(i), int(j)) for i, j in np.argwhere(iou > 0.5)]
    return sorted(pairs, key=lambda pair: -iou[pair])


@match.mistake(
    "threshold 0.75",
    "Your threshold is 0.75. Panoptic quality asks for more than 0.5: that is the smallest "
    "threshold at which a match is unique.",
)
def match(iou):
    return [(int(i), int(j)) for i, j in np.argwhere(iou > 0.75)]


@match.mistake(
    "any overlap",
    "You matched every pair that overlaps at all, so one segment has many partners. The IoU must "
    "be above 0.5.",
)
def match(iou):
    return [(int(i), int(j)) for i, j in np.argwhere(iou > 0)]


@match.mistake(
    "np.where as it is",
    "np.where gives two arrays: all rows and all columns. Pairs are asked for: np.argwhere, or "
    "zip of the two.",
)
def match(iou):
    return np.where(iou > 0.5)


@match.mistake(
    "a mask",
    "You returned a mask of True and False. The positions of the True entries are asked for, as "
    "pairs (i, j).",
)
def match(iou):
    return iou > 0.5


@match.mistake(
    "the IoUs",
    "You returned the IoUs of the matches. Their positions are asked for, as pairs (i, j).",
)
def match(iou):
    return iou[iou > 0.5]


@match.mistake(
    "same number",
    "You compared true segment 0 with prediction 0, 1 with 1, and so on. The numbering of the "
    "predictions means nothing: every pair must be tried.",
)
def match(iou):
    return [(i, i) for i in range(min(iou.shape)) if iou[i, i] > 0.5]


@match.mistake(
    "only the best pair",
    "You returned one pair only. Every pair with an IoU above 0.5 is a match: do not leave the "
    "loop at the first.",
)
def match(iou):
    for i in range(iou.shape[0]):
        for j in range(iou.shape[1]):
            if iou[i, j] > 0.5:
                return [(i, j)]
    return []


@match.mistake(
    "counted from 1",
    "You count the segments from 1. Rows and columns of an array are counted from 0.",
)
def match(iou):
    return [(int(i) + 1, int(j) + 1) for i, j in np.argwhere(iou > 0.5)]


@match.mistake(
    "loops over a square",
    "Both of your loops run over the rows. There are iou.shape[1] predictions, and their number "
    "may differ from the number of true segments.",
)
def match(iou):
    pairs = []
    for i in range(len(iou)):
        for j in range(len(iou)):
            if iou[i, j] > 0.5:
                pairs.append((i, j))
    return pairs


@match.also_right
def match(iou):
    return np.argwhere(iou > 0.5)


@match.also_right
def match(iou):
    return [(i, int(row.argmax())) for i, row in enumerate(iou) if row.max() > 0.5]


@match.also_right
def match(iou):
    return list(zip(*np.where(iou > 0.5), strict=True))


# 7.6 ---------------------------------------------------------------------------------------------


def _quality_cases(rng):
    def ious(count):
        return [round(float(v), 3) for v in rng.uniform(0.55, 0.95, count)]

    tp = int(rng.integers(3, 6))
    fp = int(rng.integers(1, 4))
    return [
        (ious(tp), tp + fp + 2, tp + fp),  # more missed than invented
        (ious(tp + 1), tp + 2, tp + fp + 4),  # more invented than missed
        ([], fp, fp + 1),  # nothing matched
        ([], 0, 0),  # the class is absent
    ]


panoptic_quality = Exercise(
    id="7.6",
    title="Panoptic quality",
    function="panoptic_quality",
    hints=(
        "Each match is a TP. A true segment without a match is an FN, a predicted one without a "
        "match an FP. How many are there of each?",
        "TP = len(ious), FN = num_true − TP, FP = num_pred − TP. SQ is the mean of the IoUs of the "
        "matches; RQ = TP / (TP + ½ FP + ½ FN); PQ = SQ · RQ.",
        "Treat two cases before the rest: no segments at all (three NaN), and no match (three "
        "zeros).",
    ),
    cases=_quality_cases,
    compare=close(1e-6, parts=("PQ", "SQ", "RQ")),
    points=2,
)


@panoptic_quality.reference
def panoptic_quality(ious, num_true, num_pred):
    """PQ, SQ and RQ of one class.

    SQ is the mean IoU of the matches (0 if there are none), and
    RQ = TP / (TP + FP / 2 + FN / 2), and PQ = SQ * RQ.
    A class without any segment, true or predicted, gives three NaN.

    Args:
        ious: list of floats, the IoUs of the matched pairs.
        num_true: int, number of true segments, matched or not.
        num_pred: int, number of predicted segments, matched or not.

    Returns:
        Three floats: PQ, SQ, RQ.

    Example: ious = [0.8, 0.6], num_true = 3, num_pred = 4: TP 2, FN 1, FP 2.
        SQ = 1.4 / 2 = 0.7, RQ = 2 / (2 + 1 + 0.5) = 0.571, PQ = 0.4.
    """
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    fp, fn = num_pred - tp, num_true - tp
    sq = sum(ious) / tp if tp else 0.0
    rq = tp / (tp + fp / 2 + fn / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "FP and FN not halved",
    "FP and FN count half each. In full, one segment that is missed by a little is punished twice, "
    "once as FN and once as FP.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    fp, fn = num_pred - tp, num_true - tp
    sq = sum(ious) / tp if tp else 0.0
    rq = tp / (tp + fp + fn)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "unmatched segments ignored",
    "Your PQ is the mean IoU of the matches alone. Segments that were missed or invented must cost "
    "something: PQ = SQ · RQ.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    fp, fn = num_pred - tp, num_true - tp
    sq = sum(ious) / tp if tp else 0.0
    return sq, sq, tp / (tp + fp / 2 + fn / 2)


@panoptic_quality.mistake(
    "SQ over all true segments",
    "You divided the sum of the IoUs by the number of true segments. SQ tells how well the matches "
    "fit, so divide by their number; missed segments belong to RQ.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    fp, fn = num_pred - tp, num_true - tp
    sq = sum(ious) / num_true
    rq = tp / (tp + fp / 2 + fn / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "SQ over all segments",
    "You divided the sum of the IoUs by the number of all segments, matched or not. SQ is the mean "
    "over the matches; what has no match belongs to RQ.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    fp, fn = num_pred - tp, num_true - tp
    sq = sum(ious) / (tp + fp + fn)
    rq = tp / (tp + fp / 2 + fn / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "SQ as a sum",
    "Your SQ is the sum of the IoUs. It is their mean: divide by the number of matches.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    rq = tp / (num_true / 2 + num_pred / 2)
    return sum(ious) * rq, sum(ious), rq


@panoptic_quality.mistake(
    "mean of SQ and RQ",
    "You took the mean of SQ and RQ. PQ is their product.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    fp, fn = num_pred - tp, num_true - tp
    sq = sum(ious) / tp if tp else 0.0
    rq = tp / (tp + fp / 2 + fn / 2)
    return (sq + rq) / 2, sq, rq


@panoptic_quality.mistake(
    "matches not subtracted",
    "num_true and num_pred hold the matched segments too. FN = num_true − TP and "
    "FP = num_pred − TP.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    sq = sum(ious) / tp if tp else 0.0
    rq = tp / (tp + num_pred / 2 + num_true / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "only the missed segments",
    "Your RQ is TP / num_true, the recall. Predictions that match nothing must cost something too: "
    "½ FP belongs below the line.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    sq = sum(ious) / tp if tp else 0.0
    rq = tp / num_true
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "only the invented segments",
    "Your RQ is TP / num_pred, the precision. True segments that were missed must cost something "
    "too: ½ FN belongs below the line.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    sq = sum(ious) / tp if tp else 0.0
    rq = tp / num_pred
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "only FN halved",
    "You halved the FN and not the FP. Both count half: then a class has the same RQ when true and "
    "predicted segments change sides.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    fp, fn = num_pred - tp, num_true - tp
    sq = sum(ious) / tp if tp else 0.0
    rq = tp / (tp + fp + fn / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "only FP halved",
    "You halved the FP and not the FN. Both count half: then a class has the same RQ when true and "
    "predicted segments change sides.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    fp, fn = num_pred - tp, num_true - tp
    sq = sum(ious) / tp if tp else 0.0
    rq = tp / (tp + fp / 2 + fn)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "divided by no match",
    "Without a match, len(ious) is 0, and nothing can be divided by it. There SQ, RQ and PQ are 0; "
    "a class without any segment gives three NaN.",
)
def panoptic_quality(ious, num_true, num_pred):
    tp = len(ious)
    sq = sum(ious) / tp
    rq = tp / (tp + (num_pred - tp) / 2 + (num_true - tp) / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "no match is NaN",
    "The mean of an empty list is NaN. A class with segments of which none matched is not absent: "
    "everything went wrong there, so its SQ and PQ are 0.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    sq = np.mean(ious)
    rq = tp / (num_true / 2 + num_pred / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "no match treated as absent",
    "You gave three NaN wherever no pair matched. A class that has segments is present: without a "
    "match it gets 0. Only a class without any segment gets NaN.",
)
def panoptic_quality(ious, num_true, num_pred):
    if not ious:
        return np.nan, np.nan, np.nan
    sq = np.mean(ious)
    rq = len(ious) / (num_true / 2 + num_pred / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "absent as 0",
    "You gave 0 to a class without any segment. Nothing was there and nothing was predicted: give "
    "NaN, so that the mean over the classes can leave it out.",
)
def panoptic_quality(ious, num_true, num_pred):
    tp = len(ious)
    if tp == 0:
        return 0.0, 0.0, 0.0
    sq = sum(ious) / tp
    rq = tp / (num_true / 2 + num_pred / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "absent divided by 0",
    "A class without any segment has 0 below the line. Return three NaN before you divide.",
)
def panoptic_quality(ious, num_true, num_pred):
    tp = len(ious)
    sq = sum(ious) / tp if tp else 0.0
    rq = tp / (tp + (num_pred - tp) / 2 + (num_true - tp) / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "PQ last",
    "Your values are in the wrong order. They are asked for as PQ, SQ, RQ.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    sq = sum(ious) / tp if tp else 0.0
    rq = tp / (num_true / 2 + num_pred / 2)
    return sq, rq, sq * rq


@panoptic_quality.mistake(
    "only PQ",
    "You returned PQ alone. Three values are asked for: return pq, sq, rq.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan
    return 2 * sum(ious) / (num_true + num_pred)


@panoptic_quality.also_right
def panoptic_quality(ious, num_true, num_pred):
    if num_true == 0 and num_pred == 0:
        return (float("nan"),) * 3
    rq = 2 * len(ious) / (num_true + num_pred)
    pq = 2 * float(np.sum(ious)) / (num_true + num_pred)
    sq = float(np.mean(ious)) if ious else 0.0
    return pq, sq, rq
