"""Exercise 4.6: Loss per pixel. The wrong answers that people give."""

import keras
import numpy as np
from keras import ops

from segcourse.exercises.week4._pixel_loss import pixel_loss


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
    "exp overflows",
    "exp() of a large logit is infinite, and the loss is no longer a number. Subtract each "
    "pixel's largest logit before exp(): softmax stays the same.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    powers = np.exp(scores)
    probabilities = powers / powers.sum(axis=-1, keepdims=True)
    return float(-np.log(probabilities[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "log of the sum overflows",
    "The sum of exp() of large logits is infinite, and so is its log. Subtract each pixel's "
    "largest logit from all its logits first: the loss stays the same.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "largest logit of the whole map",
    "You subtracted one largest logit from the whole map. Where all logits are far below it every "
    "exp() becomes 0, so take the largest logit of each pixel (axis=-1, keepdims=True).",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max()
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "log of 0",
    "You took the softmax first and then its log. A very small probability becomes 0 and its log "
    "infinite: write log softmax as the logit minus the log of the sum of exp.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities = powers / powers.sum(axis=-1, keepdims=True)
    return float(-np.log(probabilities[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "probability clipped",
    "You clipped the probability before the log, so a very wrong pixel costs at most about 16. "
    "Nothing must be clipped when you compute log softmax from the logits directly.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities = powers / powers.sum(axis=-1, keepdims=True)
    probabilities = np.clip(probabilities, 1e-7, 1)
    return float(-np.log(probabilities[np.arange(len(classes)), classes]).mean())


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
    "softmax over the wrong axis",
    "You took the softmax over the pixels. The classes of one pixel compete with each other, so "
    "the sum runs over the last axis, the classes.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=0, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=0, keepdims=True))
    return float(-log_p[np.arange(len(classes)), classes].mean())


@pixel_loss.mistake(
    "log left out",
    "You averaged 1 - p, with the probability p of the right class. The logistic loss is -log(p), "
    "which grows without limit when p goes to 0.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities = powers / powers.sum(axis=-1, keepdims=True)
    return float((1 - probabilities[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "minus sign forgotten",
    "Your loss is negative: the log of a probability is never above 0. Put a minus before it, so "
    "that a smaller loss is a better one.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return float((scores[np.arange(len(classes)), classes] - log_sums).mean())


@pixel_loss.mistake(
    "pixel accuracy",
    "You returned the share of pixels where argmax is right. That is an accuracy and has no "
    "useful gradient; the loss looks at the probability of the right class.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    return float((logits[kept].argmax(axis=-1) == labels[kept]).mean())


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
    "np.arange(h) and np.arange(w) do not pair up to all pixels. Take scores[labels != 255], which "
    "is [n, classes], and index it with [np.arange(n), labels].",
)
def pixel_loss(logits, labels):
    height, width, _ = logits.shape
    scores = logits - logits.max(axis=-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    losses = -log_p[np.arange(height), np.arange(width), labels]
    return float(losses[labels != 255].mean())


@pixel_loss.mistake(
    "largest logit subtracted in the sum only",
    "You subtracted the largest logit inside exp(), but not from the logit of the label. Use the "
    "same shifted logits in both places, or add the largest logit to the log of the sum again.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    shifted = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log(np.exp(shifted).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).mean())


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
    "keepdims missing",
    "A max or a sum over the classes drops the last axis, so it no longer fits the logits. Keep "
    "the axis with keepdims=True.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "keepdims missing, on the map",
    "A max or a sum over the classes turns [h, w, classes] into [h, w], which does not fit the "
    "logits. Keep the axis with keepdims=True.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores = logits - logits.max(axis=-1)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return float(-log_p[kept][np.arange(kept.sum()), labels[kept]].mean())


@pixel_loss.mistake(
    "Keras' loss on probabilities",
    "Keras' loss takes your logits for probabilities. Say that they are logits: from_logits=True.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    loss = keras.losses.sparse_categorical_crossentropy(labels[kept], logits[kept])
    return float(ops.mean(loss))


@pixel_loss.mistake(
    "log2",
    "You used log2, so the loss is too large by the factor 1 / log(2) = 1.44. The logistic loss "
    "takes the natural logarithm: np.log.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    losses = log_sums - scores[np.arange(len(classes)), classes]
    return float(losses.mean() / np.log(2))


@pixel_loss.mistake(
    "log2 in the sum only",
    "You used log2 of the sum of exp. exp belongs to the natural logarithm, so take np.log.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log2(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "log2 of the probability",
    "You used log2 of the probability, and it becomes log2(0) where the probability is very "
    "small. Use the natural logarithm, and write log softmax as the logit minus the log of the "
    "sum of exp.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities = powers / powers.sum(axis=-1, keepdims=True)
    return float(-np.log2(probabilities[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "void not removed, with keras.ops",
    "You looked up the logit of label 255, and there is none: void is no class. Keep only the "
    "pixels with labels != 255.",
)
def pixel_loss(logits, labels):
    log_p = ops.log_softmax(logits)
    return -ops.mean(ops.take_along_axis(log_p, labels[..., None], axis=-1))


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
