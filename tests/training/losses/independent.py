"""The losses once more, written with loops and NumPy in float64, and a batch to try them on."""

import keras
import numpy as np

from segcourse.training import DiceLoss, FocalLoss, LovaszSoftmaxLoss, input_gradient

ALL = [DiceLoss, FocalLoss, LovaszSoftmaxLoss]
WEIGHTS = (1.0, 5.0, 0.5, 2.0)


def a_batch():
    """The batch of the stored numbers: class 3 has no true pixel, a fifth is void."""
    rng = np.random.default_rng(13)
    labels = rng.integers(0, 3, (2, 6, 7))
    labels[rng.random(labels.shape) < 0.2] = 255
    return labels, (3 * rng.normal(size=(2, 6, 7, 4))).astype("float32")


def gradient_of(loss, labels, logits, sample_weight=None):
    """The gradient of a loss by the logits, as a NumPy array."""
    found = input_gradient(lambda x: loss(labels, x, sample_weight), logits, np.float32(1))
    return keras.ops.convert_to_numpy(found)


def _pixels(labels, logits, weights):
    """Of the pixels that are not void: labels, logits, weights."""
    weights = np.ones(labels.shape) if weights is None else weights
    kept = labels != 255
    return labels[kept], logits[kept].astype("float64"), weights[kept]


def _softmax(logits):
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def dice(labels, logits, weights=None, smooth=0.0):
    """The Dice loss of each class, and whether the class has a weight in the mean."""
    labels, logits, weights = _pixels(labels, logits, weights)
    chances, losses = _softmax(logits), []
    for one in range(logits.shape[-1]):
        own, p = weights * (labels == one), chances[:, one]
        score = (own @ p + smooth) / ((weights @ p + own.sum()) / 2 + smooth)
        losses.append(1 - score if own.any() else 0.0)
    return np.array(losses), np.ones(len(losses))


def focal(labels, logits, weights=None, gamma=2.0, alpha=None):
    """The focal loss of each class, and its weight in the mean."""
    labels, logits, weights = _pixels(labels, logits, weights)
    losses = []
    for one in range(logits.shape[-1]):
        total = 0.0
        for label, logit, weight in zip(labels, logits[:, one], weights, strict=True):
            right = 1 / (1 + np.exp(-logit if label == one else logit))
            share = 1 if alpha is None else alpha if label == one else 1 - alpha
            total -= share * weight * (1 - right) ** gamma * np.log(right)
        losses.append(total / weights.sum())
    return np.array(losses), np.ones(len(losses))


def lovasz(labels, logits, weights=None):
    """The Lovász-softmax loss of each class, and whether it is there."""
    labels, logits, weights = _pixels(labels, logits, weights)
    chances, losses, there = _softmax(logits), [], []
    for one in range(logits.shape[-1]):
        own = labels == one
        errors = np.where(own, 1 - chances[:, one], chances[:, one])
        wrong, before, loss = np.zeros(len(own), bool), 0.0, 0.0
        for place in np.argsort(-errors):
            wrong[place] = True
            common, union = weights[own & ~wrong].sum(), weights[own | wrong].sum()
            after = 1 - common / union if union else 0.0
            loss, before = loss + errors[place] * (after - before), after
        losses.append(loss)
        there.append((own & (weights > 0)).any())
    return np.array(losses), np.array(there, float)


BY_HAND = {DiceLoss: dice, FocalLoss: focal, LovaszSoftmaxLoss: lovasz}


def mean(found, class_weights=None):
    """The mean over the classes."""
    losses, counted = found
    counted = counted * (1 if class_weights is None else np.array(class_weights))
    return (losses * counted).sum() / counted.sum()
