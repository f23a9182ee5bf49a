"""Exercise 7.3: From logits to three scores."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, close
from segcourse.exercises.week7._cases import maps
from segcourse.texts import N_


def _cases(rng):
    cases = []
    for classes, absent in ((3, 0), (4, 1)):
        height, width = int(rng.integers(8, 10)), int(rng.integers(11, 14))
        labels, predictions = maps(rng, (height, width), classes)
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
            "over the classes with t > 0. Frequency weighted IU: the sum of t · IoU over t.sum()."
        ),
    ),
    cases=_cases,
    compare=close(
        1e-6,
        parts=(N_("the pixel accuracy"), N_("the mean accuracy"), N_("the frequency weighted IU")),
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
