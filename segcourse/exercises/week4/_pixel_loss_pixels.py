"""Exercise 4.6: Loss per pixel. Wrong answers about pixels, labels, void and the mean."""

import keras
import numpy as np
from keras import ops

from segcourse.exercises.week4.asked.pixel_loss import pixel_loss


@pixel_loss.mistake(
    "void counted as a class",
    "You counted void pixels as pixels of the last class. Nobody knows what they are, so the "
    "network must not be trained on them: leave them out.",
)
def pixel_loss(logits, labels):
    labels = np.minimum(labels, logits.shape[-1] - 1)
    scores = logits - logits.max(axis=-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return float(-np.take_along_axis(log_p, labels[..., None], axis=-1).mean())


@pixel_loss.mistake(
    "void counted as class 0",
    "You turned void into class 0. Class 0 is a class like the others, so this teaches the "
    "network something wrong: leave void pixels out.",
)
def pixel_loss(logits, labels):
    labels = np.where(labels == 255, 0, labels)
    scores = logits - logits.max(axis=-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return float(-np.take_along_axis(log_p, labels[..., None], axis=-1).mean())


@pixel_loss.mistake(
    "divided by all pixels",
    "You gave void pixels a loss of 0 but still divided by the number of all pixels, so the loss "
    "is too small. Divide by the number of pixels that are not void.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    losses = log_sums - scores[np.arange(len(classes)), classes]
    return float(losses.sum() / labels.size)


@pixel_loss.mistake(
    "void not removed",
    "The label 255 has no logit: there are only as many logits as classes. Remove the void pixels "
    "before you look up the logit of each label.",
)
def pixel_loss(logits, labels):
    scores = logits - logits.max(axis=-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return float(-np.take_along_axis(log_p, labels[..., None], axis=-1).mean())


@pixel_loss.mistake(
    "sum in place of mean",
    "You summed the losses of the pixels. The mean is asked for, so that a large image does not "
    "count more than a small one: divide by the number of pixels that are not void.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).sum())


@pixel_loss.mistake(
    "averaged over the classes too",
    "You took the mean over pixels and classes, so the loss is too small by the number of "
    "classes. Each pixel has one loss, that of its own class: sum over the classes first.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    one_hot = np.eye(logits.shape[-1])[classes]
    return float(-(one_hot * log_p).mean())


@pixel_loss.mistake(
    "positions of all pixels",
    "You counted the positions of all pixels, but the void ones are removed: there are fewer "
    "rows. Use np.arange(len(classes)) with the labels that are left.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(labels.size), classes]).mean())


@pixel_loss.mistake(
    "rows and columns of the map counted",
    "Your index arrays have different lengths, so they give no pairs of a pixel and its label. "
    "Take scores[labels != 255], which is [n, classes], and index it with [np.arange(n), y], y "
    "being the labels that are left.",
)
def pixel_loss(logits, labels):
    height, width, _ = logits.shape
    scores = logits - logits.max(axis=-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    losses = -log_p[np.arange(height), np.arange(width), labels]
    return float(losses[labels != 255].mean())


@pixel_loss.mistake(
    "every label for every pixel",
    "`[:, labels]` takes the labels of all pixels for every pixel. One value a pixel is needed: "
    "index with the pair [np.arange(n), labels].",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return float(-log_p[:, classes].mean())


@pixel_loss.mistake(
    "void not removed, with keras.ops",
    "You looked up the logit of label 255, and there is none: void is no class. Keep only the "
    "pixels with labels != 255.",
)
def pixel_loss(logits, labels):
    log_p = ops.log_softmax(logits)
    return -ops.mean(ops.take_along_axis(log_p, labels[..., None], axis=-1))


@pixel_loss.mistake(
    "void not removed, flattened",
    "Label 255 has no logit: there are only as many logits as classes. Keep the pixels with "
    "labels != 255, in the logits and in the labels, and leave out the others.",
)
def pixel_loss(logits, labels):
    scores, classes = logits.reshape(-1, logits.shape[-1]), labels.ravel()
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return float(-log_p[np.arange(len(classes)), classes].mean())


@pixel_loss.mistake(
    "void not removed, in loops",
    "The label 255 is void and has no logit. In the loop, leave such a pixel out before you look "
    "up the logit of its label: if label != 255.",
)
def pixel_loss(logits, labels):
    losses = []
    for scores, label in zip(logits.reshape(-1, logits.shape[-1]), labels.ravel(), strict=True):
        scores = scores - scores.max()
        losses.append(np.log(np.exp(scores).sum()) - scores[label])
    return float(np.mean(losses))


@pixel_loss.mistake(
    "void kept, the others left out",
    "You kept the void pixels and left out all others. Keep those with labels != 255.",
)
def pixel_loss(logits, labels):
    kept = labels == 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "labels without void, logits with it",
    "You removed the void pixels from the labels, but not from the logits, so the two no longer "
    "fit together. Use the mask for both: logits[kept], labels[kept].",
)
def pixel_loss(logits, labels):
    scores, classes = logits.reshape(-1, logits.shape[-1]), labels[labels != 255]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "labels without void, first logits",
    "You removed the void pixels from the labels only, so labels and logits of different pixels "
    "came together. Use the mask for both: logits[kept], labels[kept].",
)
def pixel_loss(logits, labels):
    scores, classes = logits.reshape(-1, logits.shape[-1]), labels[labels != 255]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return float(-log_p[np.arange(len(classes)), classes].mean())


@pixel_loss.mistake(
    "class 0 left out too",
    "You left out the pixels of class 0. Class 0 is a class like the others; only 255 is void.",
)
def pixel_loss(logits, labels):
    kept = (labels != 255) & (labels > 0)
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "not averaged",
    "You returned the loss of each pixel. One number is asked for: their mean.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return log_sums - scores[np.arange(len(classes)), classes]


@pixel_loss.mistake(
    "a map of losses",
    "You returned a map with a loss for each pixel. Take the mean over the pixels that are not "
    "void.",
)
def pixel_loss(logits, labels):
    losses = np.zeros(labels.shape)
    for y, x in np.argwhere(labels != 255):
        scores = logits[y, x] - logits[y, x].max()
        losses[y, x] = np.log(np.exp(scores).sum()) - scores[labels[y, x]]
    return losses


@pixel_loss.mistake(
    "returned after the first pixel",
    "You returned the loss of the first pixel. Put the `return` after the loops, and divide by "
    "the number of pixels that count.",
)
def pixel_loss(logits, labels):
    for y in range(labels.shape[0]):
        for x in range(labels.shape[1]):
            if labels[y, x] != 255:
                scores = logits[y, x] - logits[y, x].max()
                return float(np.log(np.exp(scores).sum()) - scores[labels[y, x]])


@pixel_loss.mistake(
    "returned after the first row",
    "You returned the mean loss of the first row. Put the `return` after both loops.",
)
def pixel_loss(logits, labels):
    losses = []
    for y in range(labels.shape[0]):
        for x in range(labels.shape[1]):
            if labels[y, x] != 255:
                scores = logits[y, x] - logits[y, x].max()
                losses.append(np.log(np.exp(scores).sum()) - scores[labels[y, x]])
        return float(np.mean(losses))


@pixel_loss.mistake(
    "mean of the row means",
    "You took the mean of each row and then the mean of these. Rows with many void pixels then "
    "count too much: sum over all pixels first, and divide once.",
)
def pixel_loss(logits, labels):
    rows = []
    for row, classes in zip(logits, labels, strict=True):
        scores, classes = row[classes != 255], classes[classes != 255]
        if len(classes) > 0:
            scores = scores - scores.max(axis=-1, keepdims=True)
            log_sums = np.log(np.exp(scores).sum(axis=-1))
            rows.append((log_sums - scores[np.arange(len(classes)), classes]).mean())
    return float(np.mean(rows))


@pixel_loss.mistake(
    "x before y",
    "Your loops leave the map: rows and columns are swapped. labels.shape is (h, w), and the row "
    "comes first in the index: labels[y, x], logits[y, x].",
)
def pixel_loss(logits, labels):
    height, width = labels.shape
    losses = []
    for y in range(height):
        for x in range(width):
            if labels[x, y] != 255:
                scores = logits[x, y] - logits[x, y].max()
                losses.append(np.log(np.exp(scores).sum()) - scores[labels[x, y]])
    return float(np.mean(losses))


@pixel_loss.mistake(
    "labels not used",
    "You took the loss of the class with the largest logit, the one the network says. The label "
    "tells which class is right: use its logit.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores = logits[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    return float(np.log(np.exp(scores).sum(axis=-1)).mean())


@pixel_loss.mistake(
    "labels as row numbers",
    "`scores[labels]` takes whole rows, those of other pixels. One logit of each pixel is needed: "
    "scores[np.arange(n), labels].",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return float(-log_p[classes].mean())


@pixel_loss.mistake(
    "labels as row numbers, subtracted",
    "`z[labels]` takes whole rows of z, and they do not fit the log of the sum. One logit of each "
    "pixel is needed: z[np.arange(n), labels].",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    return float((np.log(np.exp(scores).sum(axis=-1)) - scores[classes]).mean())


@pixel_loss.mistake(
    "labels as row numbers of the map",
    "`z[labels]` takes whole rows of the map, and there is no row 255. Leave void out first, "
    "kept = labels != 255; then one logit of each pixel: z[kept][np.arange(n), labels[kept]].",
)
def pixel_loss(logits, labels):
    scores = logits - logits.max(axis=-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return float(-log_p[labels].mean())


@pixel_loss.mistake(
    "labels multiplied",
    "You multiplied by the class numbers. They are names, not amounts: use a label as an index "
    "that picks one class.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return float(-(log_p * classes[:, None]).sum(axis=-1).mean())


@pixel_loss.mistake(
    "all classes summed",
    "You summed -log(p) over all classes. Only the class of the label counts for a pixel.",
)
def pixel_loss(logits, labels):
    scores = logits[labels != 255]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return float(-log_p.sum(axis=-1).mean())


# With JAX such a label costs nothing, and the answer is "divided by all pixels".
if keras.backend.backend() == "tensorflow":

    @pixel_loss.mistake(
        "void given to Keras' loss",
        "Keras' loss does not know that 255 is void. Remove those pixels first, or tell it: "
        "ignore_class=255.",
    )
    def pixel_loss(logits, labels):
        loss = keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)
        return float(ops.mean(loss))
