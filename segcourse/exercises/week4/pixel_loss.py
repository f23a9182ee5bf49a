"""Exercise 4.6: Loss per pixel. Wrong answers about the softmax and its logarithm."""

import keras
import numpy as np
from keras import ops

from segcourse.exercises.week4._pixel_loss_pixels import pixel_loss


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
    "The loss of one pixel is infinite. If you took the softmax first, a very small probability "
    "became 0; if you subtracted the label's logit, exp() became too large. Subtract the largest "
    "logit, then take log(sum(exp)) - logit.",
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
    "An array [h, w] does not fit logits [h, w, classes]. If it is a max or a sum over the "
    "classes, keep that axis with keepdims=True. If it is the mask, use it as an index: "
    "logits[labels != 255].",
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
    "mean of the probabilities",
    "You took the mean of the probabilities and then the log. Each pixel has its own loss: first "
    "the log, then the mean.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities = powers / powers.sum(axis=-1, keepdims=True)
    return float(-np.log(probabilities[np.arange(len(classes)), classes].mean()))


@pixel_loss.mistake(
    "largest logit over the pixels",
    "You subtracted the largest logit of each class (axis 0). The loss stays the same only if all "
    "logits of a pixel get the same change: subtract the largest of each pixel, axis=-1.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=0)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "largest logit over the rows of the map",
    "You subtracted the largest logits over the rows of the map (axis 0). Take the largest logit "
    "of each pixel, over the classes: axis=-1, keepdims=True.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    logits = logits - logits.max(axis=0)
    scores, classes = logits[kept], labels[kept]
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "divided by the largest logit",
    "You divided the logits by the largest one. That changes the probabilities: subtract the "
    "largest logit of each pixel instead.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores / scores.max(axis=-1, keepdims=True)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "divided by the largest logit of the map",
    "You divided all logits by the largest one of the map. Division changes the probabilities; "
    "subtract, and take the largest logit of each pixel.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores / scores.max()
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "math.exp",
    "math.exp stops at numbers above 709. Subtract the largest logit of the pixel from all its "
    "logits before exp: the loss stays the same.",
)
def pixel_loss(logits, labels):
    import math

    losses = []
    for scores, label in zip(logits.reshape(-1, logits.shape[-1]), labels.ravel(), strict=True):
        if label != 255:
            losses.append(math.log(sum(math.exp(z) for z in scores)) - scores[label])
    return sum(losses) / len(losses)


@pixel_loss.mistake(
    "largest logit added again to one side only",
    "You subtracted the largest logit before exp() and did not add it again, or added it once too "
    "often. log(sum(exp(z))) is m + log(sum(exp(z - m))), with the largest logit m.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    largest = scores.max(axis=-1, keepdims=True)
    scores = scores - largest
    log_sums = largest[:, 0] + np.log(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "largest logit added, never subtracted",
    "You added the largest logit to the log of the sum, but exp() got the logits as they are. "
    "Subtract the largest logit inside exp() first.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    log_sums = scores.max(axis=-1) + np.log(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "1e-8 added to the probability",
    "You added a small number to the probability before the log, so a very wrong pixel costs at "
    "most about 18. Compute log softmax from the logits; then nothing can become log(0).",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities = powers / powers.sum(axis=-1, keepdims=True)
    return float(-np.log(probabilities[np.arange(len(classes)), classes] + 1e-8).mean())


@pixel_loss.mistake(
    "1e-10 added to the probability",
    "With a small number added to the probability, a very wrong pixel costs at most about 23. "
    "Compute log softmax from the logits: logit minus log of the sum of exp.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities = powers / powers.sum(axis=-1, keepdims=True)
    return float(-np.log(probabilities[np.arange(len(classes)), classes] + 1e-10).mean())


@pixel_loss.mistake(
    "1e-12 added to the probability",
    "With a small number added to the probability, a very wrong pixel costs at most about 28. "
    "Compute log softmax from the logits: logit minus log of the sum of exp.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities = powers / powers.sum(axis=-1, keepdims=True)
    return float(-np.log(probabilities[np.arange(len(classes)), classes] + 1e-12).mean())


@pixel_loss.mistake(
    "0 times an infinite log",
    "You multiplied the log of all probabilities by a one-hot array. Where a probability is 0 "
    "this is 0 * inf, which is no number. Compute log softmax from the logits directly.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities = powers / powers.sum(axis=-1, keepdims=True)
    one_hot = np.eye(logits.shape[-1])[classes]
    return float(-(one_hot * np.log(probabilities)).sum(axis=-1).mean())


@pixel_loss.mistake(
    "log10",
    "You used log10 of the probability. The logistic loss takes the natural logarithm, np.log, "
    "and log softmax is the logit minus the log of the sum of exp.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities = powers / powers.sum(axis=-1, keepdims=True)
    return float(-np.log10(probabilities[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "log10 in the sum only",
    "You used log10 of the sum of exp. exp belongs to the natural logarithm: np.log.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log10(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "sum over all pixels and classes",
    "Your sum of exp runs over all pixels and classes. Each pixel has its own sum, over its "
    "classes: sum(axis=-1).",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sum = np.log(np.exp(scores).sum())
    return float((log_sum - scores[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "probabilities of all pixels together",
    "All your probabilities together add up to 1. The probabilities of each pixel add up to 1: "
    "divide by the sum over its classes, sum(axis=-1, keepdims=True).",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities = powers / powers.sum()
    return float(-np.log(probabilities[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "no sum of exp",
    "You took minus the logit of the label alone. The log of the sum of exp over the classes "
    "belongs to the loss, too: log(sum(exp(z))) - z[y].",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    return float(-scores[np.arange(len(classes)), classes].mean())


@pixel_loss.mistake(
    "no sum of exp, largest logit subtracted",
    "Your loss is only the largest logit minus the logit of the label. Add the log of the sum of "
    "exp over the classes.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    return float(-scores[np.arange(len(classes)), classes].mean())


@pixel_loss.mistake(
    "sigmoid",
    "You used the sigmoid of the label's logit. The classes of a pixel compete with each other: "
    "use the softmax, which looks at all logits of the pixel.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    chosen = scores[np.arange(len(classes)), classes]
    return float(np.log(1 + np.exp(-chosen)).mean())


@pixel_loss.mistake(
    "exp of the loss",
    "You took exp() of the mean loss. Return the mean loss itself.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return float(np.exp((log_sums - scores[np.arange(len(classes)), classes]).mean()))
