"""Exercise 7.3: From logits to three scores."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, close
from segcourse.exercises.week7 import _accuracies_precision
from segcourse.exercises.week7._cases import any_logits, logits_cases
from segcourse.texts import N_

accuracies = Exercise(
    id="7.3",
    title=N_("From logits to three scores"),
    function="accuracies",
    hints=(
        N_(
            "A network answers with one logit per class and pixel. Which class does it mean? Only "
            "then the counting begins, as in exercise 7.1."
        ),
        N_(
            "predictions = logits.argmax(axis=-1). Build the confusion matrix n of the pixels that "
            "are not void. Its row sums are t, its diagonal holds the right pixels."
        ),
        N_(
            "pixel accuracy: diagonal.sum() / t.sum(). Mean accuracy: the mean of diagonal / t "
            "over the classes with t > 0. Frequency weighted IoU: the sum of t · IoU over t.sum(). "
            "An absent class has the IoU NaN, and 0 · NaN is NaN: np.nansum leaves it out."
        ),
    ),
    cases=logits_cases,
    space=any_logits,
    compare=close(
        1e-6,
        parts=(N_("the pixel accuracy"), N_("the mean accuracy"), N_("the frequency weighted IoU")),
    ),
    points=2,
)


@accuracies.reference
def accuracies(logits, labels):
    """Pixel accuracy, mean accuracy and frequency weighted IoU of logits.

    Void pixels (label 255) do not count. Classes without a true pixel are
    left out of the mean accuracy; in the frequency weighted IoU their weight
    is 0.

    Args:
        logits: float array [height, width, classes].
        labels: uint8 array [height, width], class ids and 255; not all are 255.

    Returns:
        Three floats: pixel accuracy, mean accuracy, frequency weighted IoU.

    Example:

    >>> logits = np.array([[[9.0, 2.0], [5.0, 1.0], [0.0, 3.0], [2.0, 4.0]]])
    >>> accuracies(logits, np.array([[0, 0, 0, 1]], "uint8"))
    (0.75, 0.833, 0.625)

    The largest logits belong to the classes 0, 0, 1, 1: 3 of 4 pixels are right.
    Class accuracies: 2/3 and 1. IoUs: 2/3 and 1/2, with the weights 3/4 and 1/4.
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
    classes, kept = logits.shape[-1], labels != 255
    n = np.bincount(classes * labels[kept].astype(int) + logits[kept], minlength=classes**2)
    n = n.reshape(classes, classes)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "argmax forgotten, compared",
    "You compared the logits with the labels. Logits are scores, one per class and pixel: take the "
    "class with the largest one first, logits.argmax(axis=-1).",
)
def accuracies(logits, labels):
    right = (logits == labels)[labels != 255]
    return right.mean(), right.mean(), right.mean()


@accuracies.mistake(
    "max for argmax",
    "max gives the largest logit itself. You need its position, which is the class: "
    "logits.argmax(axis=-1).",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.max(axis=-1)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "argmax over the rows",
    "argmax(axis=0) looks for the row with the largest logit. The classes are the last axis: "
    "axis=-1.",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmax(axis=0)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "argmax over the columns",
    "argmax(axis=1) looks for the column with the largest logit. The classes are the last axis: "
    "axis=-1.",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmax(axis=1)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "argmax over the rows, compared",
    "Your predictions have another shape than the labels: argmax(axis=0) looks for the row with "
    "the largest logit. The classes are the last axis: axis=-1.",
)
def accuracies(logits, labels):
    right = (logits.argmax(axis=0) == labels)[labels != 255]
    return right.mean(), right.mean(), right.mean()


@accuracies.mistake(
    "argmax over the columns, compared",
    "Your predictions have another shape than the labels: argmax(axis=1) looks for the column with "
    "the largest logit. The classes are the last axis: axis=-1.",
)
def accuracies(logits, labels):
    right = (logits.argmax(axis=1) == labels)[labels != 255]
    return right.mean(), right.mean(), right.mean()


@accuracies.mistake(
    "argmax without an axis",
    "argmax without an axis gives one position in the whole array. You need one class per pixel: "
    "logits.argmax(axis=-1).",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmax()[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "smallest logit",
    "You took the class with the smallest logit. The network means the class with the largest one: "
    "argmax.",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmin(axis=-1)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "void not left out",
    "255 is not a class: it marks the void pixels. Leave them out of both maps, with kept = labels "
    "!= 255.",
)
def accuracies(logits, labels):
    n = np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels, logits.argmax(axis=-1)), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "void not left out, bincount",
    "There are more counts than classes². The void pixels (255) are among them: leave them out "
    "before you count.",
)
def accuracies(logits, labels):
    classes, predicted = logits.shape[-1], logits.argmax(axis=-1)
    pairs = classes * labels.astype(int) + predicted
    n = np.bincount(pairs.ravel(), minlength=classes**2).reshape(classes, classes)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "void counted as wrong",
    "Your pixel accuracy counts the void pixels, and no prediction is ever 255, so all of them are "
    "wrong. Leave them out of the numerator and of the denominator.",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmax(axis=-1)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    pixel = (logits.argmax(axis=-1) == labels).mean()
    return pixel, np.nanmean(right / t), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "divided by all pixels",
    "You divided by the number of all pixels of the map, and the void pixels are among them. "
    "Divide by the number of those that count, t.sum().",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmax(axis=-1)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    size = labels.size
    return right.sum() / size, np.nanmean(right / t), np.nansum(t * iou) / size


@accuracies.mistake(
    "frequencies with void",
    "The weights of your third value are shares of all pixels, void too, so their sum is below 1. "
    "Divide by the number of pixels that count, t.sum().",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmax(axis=-1)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou) / labels.size


@accuracies.mistake(
    "void among the classes",
    "np.unique(labels) lists 255 too, and your mean takes it for a class of which no pixel is "
    "right. Leave out the void pixels first.",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmax(axis=-1)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    predicted, ids = logits.argmax(axis=-1), np.unique(labels)
    accuracy = [(predicted[labels == i] == i).mean() for i in ids]
    return right.sum() / t.sum(), np.mean(accuracy), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "number of classes from the labels",
    "You took the number of classes from the labels. The network may predict a class that no label "
    "has: the number is logits.shape[-1].",
)
def accuracies(logits, labels):
    predicted, kept = logits.argmax(axis=-1), labels != 255
    n = np.zeros([labels[kept].max() + 1] * 2)
    np.add.at(n, (labels[kept], predicted[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "number of classes from the labels, bincount",
    "You took the number of classes from the labels. Where the network predicts a higher class, "
    "the counts do not fit into the matrix: take logits.shape[-1].",
)
def accuracies(logits, labels):
    kept = labels != 255
    true, predicted = labels[kept].astype(int), logits.argmax(axis=-1)[kept]
    classes = true.max() + 1
    n = np.bincount(classes * true + predicted, minlength=classes**2).reshape(classes, classes)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "3 classes typed in",
    "You count with 3 classes, as in the text. The number of classes is that of the logits: "
    "logits.shape[-1].",
)
def accuracies(logits, labels):
    kept = labels != 255
    pairs = 3 * labels[kept].astype(int) + logits.argmax(axis=-1)[kept]
    n = np.bincount(pairs, minlength=9).reshape(3, 3)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "uint8 overflow",
    "`classes * labels` stays uint8, and uint8 ends at 255: larger numbers begin again at 0. "
    "Convert first: labels.astype('int64').",
)
def accuracies(logits, labels):
    classes, kept = logits.shape[-1], labels != 255
    pairs = classes * labels[kept] + logits.argmax(axis=-1)[kept]
    n = np.bincount(pairs, minlength=classes**2).reshape(classes, classes)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "NaN for the absent class",
    "A class without true pixels gives 0 / 0, which is NaN, and NaN spreads to the whole mean. "
    "Leave the class out: np.nanmean, np.nansum, or only the classes with t > 0.",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmax(axis=-1)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), (right / t).mean(), (t * iou).sum() / t.sum()


@accuracies.mistake(
    "NaN in the mean accuracy",
    "Your mean accuracy is NaN: a class without true pixels gives 0 / 0 there. Leave it out of the "
    "mean, with np.nanmean or with the classes that have t > 0.",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmax(axis=-1)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), (right / t).mean(), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "0 times NaN",
    "Your third value is NaN: the IoU of an absent class is NaN, and its weight 0 does not help, "
    "since 0 · NaN is NaN. Take np.nansum, or only the classes with t > 0.",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmax(axis=-1)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), np.nanmean(right / t), (t * iou).sum() / t.sum()


@accuracies.mistake(
    "absent as 0 in the mean accuracy",
    "You counted a class without true pixels as accuracy 0. There was nothing to find: leave it "
    "out of the mean accuracy.",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmax(axis=-1)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), np.nan_to_num(right / t).mean(), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "predicted only as 0",
    "Your mean accuracy counts a class that was predicted and has no true pixel. There was nothing "
    "to find: leave out every class with t = 0.",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmax(axis=-1)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    mean = np.nan_to_num(right / t)[iou >= 0].mean()
    return right.sum() / t.sum(), mean, np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "predicted frequencies",
    "You weighted the IoUs by how often each class was predicted. The weights are the true "
    "frequencies, the row sums t.",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmax(axis=-1)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(n.sum(0) * iou) / t.sum()


@accuracies.mistake(
    "weights not divided",
    "You multiplied by the number of pixels of each class, but did not divide by the number of all "
    "pixels. The weights of a mean have the sum 1.",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmax(axis=-1)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou)


@accuracies.mistake(
    "mean for the sum",
    "You weighted the IoUs with t / t.sum() and took the mean. The weights have the sum 1, so the "
    "weighted IoUs are added: that is the mean already.",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmax(axis=-1)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), np.nanmean(right / t), np.nanmean(t / t.sum() * iou)


@accuracies.mistake(
    "mean IoU",
    "Your third value is the mean IoU, in which every class has the same weight. Weight each IoU "
    "by the share of the true pixels of its class.",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmax(axis=-1)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), np.nanmean(right / t), np.nanmean(iou)


@accuracies.mistake(
    "weighted accuracies",
    "You weighted the accuracies of the classes, and that gives the pixel accuracy once more. The "
    "third value weights the IoUs: right / (t + columns - right).",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmax(axis=-1)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / n.sum(1)
    return right.sum() / t.sum(), np.nanmean(right / t), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "true negatives in the class accuracy",
    "You counted the TN of each class as right, (TP + TN) / all. Then a class that is never found "
    "still gets nearly 1. The accuracy of a class here is TP / t.",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmax(axis=-1)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    mean = 1 - (n.sum(0) + t - 2 * right).mean() / t.sum()
    return right.sum() / t.sum(), mean, np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "pixel and mean accuracy swapped",
    "Your first two values are in the wrong order: first the pixel accuracy (all pixels alike), "
    "then the mean accuracy (all classes alike).",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmax(axis=-1)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return np.nanmean(right / t), right.sum() / t.sum(), np.nansum(t * iou) / t.sum()


@accuracies.mistake(
    "frequency weighted IoU second",
    "Your last two values are in the wrong order: first the mean accuracy, then the frequency "
    "weighted IoU.",
)
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], logits.argmax(axis=-1)[kept]), 1)
    right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    return right.sum() / t.sum(), np.nansum(t * iou) / t.sum(), np.nanmean(right / t)


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


@accuracies.also_right
def accuracies(logits, labels):
    kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
    np.add.at(n, (labels[kept], np.argmax(logits, -1)[kept]), 1)
    per_class = np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
    recall = [n[i, i] / n[i].sum() for i in range(len(n)) if n[i].any()]
    share = n.sum(1) / n.sum()
    return [n.trace() / n.sum(), sum(recall) / len(recall), np.nansum(share * per_class)]


_accuracies_precision.register(accuracies)
