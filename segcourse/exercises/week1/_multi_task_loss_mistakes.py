"""Further wrong answers to 1.6: how large logits are met, other classes, other box losses."""

import keras
import numpy as np


def add_mistakes(multi_task_loss):
    """Puts them into the exercise's catalogue."""

    @multi_task_loss.mistake(
        "exp overflows, without a division",
        "exp of a logit above 709 is infinite, and so is the logarithm of the sum; below -746 it "
        "is 0. Subtract the largest logit from all logits first, in the sum and in logits[label].",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        cross_entropy = np.log(np.sum(np.exp(logits))) - logits[label]
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "logit of the true class subtracted",
        "You subtracted the logit of the true class from all logits. Another one can be 1000 "
        "larger, and exp(1000) is infinite. Subtract the largest logit: then no exponent is above "
        "0.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        cross_entropy = np.log(np.sum(np.exp(logits - logits[label])))
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "mean logit subtracted",
        "You subtracted the mean of the logits. The largest can still be 1000 above it, and "
        "exp(1000) is infinite. Subtract the largest logit: then no exponent is above 0.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        shifted = logits - np.mean(logits)
        cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "1e-7 added",
        "You added 1e-7 to the probability, so the loss is at most about 16, however wrong "
        "the network is. No small number is needed: -log(p) is log(sum of exp) - logits[label], "
        "with the largest logit subtracted in both.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        powers = np.exp(logits - np.max(logits))
        cross_entropy = -np.log(powers[label] / powers.sum() + 1e-7)
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "1e-8 added",
        "You added 1e-8 to the probability, so the loss is at most about 18, however wrong "
        "the network is. No small number is needed: -log(p) is log(sum of exp) - logits[label], "
        "with the largest logit subtracted in both.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        powers = np.exp(logits - np.max(logits))
        cross_entropy = -np.log(powers[label] / powers.sum() + 1e-8)
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "1e-10 added",
        "You added 1e-10 to the probability, so the loss is at most about 23, however wrong "
        "the network is. No small number is needed: -log(p) is log(sum of exp) - logits[label], "
        "with the largest logit subtracted in both.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        powers = np.exp(logits - np.max(logits))
        cross_entropy = -np.log(powers[label] / powers.sum() + 1e-10)
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "1e-12 added",
        "You added 1e-12 to the probability, so the loss is at most about 28, however wrong "
        "the network is. No small number is needed: -log(p) is log(sum of exp) - logits[label], "
        "with the largest logit subtracted in both.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        powers = np.exp(logits - np.max(logits))
        cross_entropy = -np.log(powers[label] / powers.sum() + 1e-12)
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "1e-15 added",
        "You added 1e-15 to the probability, so the loss is at most about 35, however wrong "
        "the network is. No small number is needed: -log(p) is log(sum of exp) - logits[label], "
        "with the largest logit subtracted in both.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        powers = np.exp(logits - np.max(logits))
        cross_entropy = -np.log(powers[label] / powers.sum() + 1e-15)
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "Keras without from_logits",
        "Keras took your logits for probabilities. Tell it what they are: "
        "keras.losses.SparseCategoricalCrossentropy(from_logits=True).",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        cross_entropy = keras.losses.SparseCategoricalCrossentropy()
        first = float(cross_entropy(np.array([label]), logits[None]))
        return first + weight * float(np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "log10",
        "You took the logarithm to base 10. The natural logarithm is asked for: np.log.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        shifted = logits - np.max(logits)
        log_p = shifted[label] / np.log(10) - np.log10(np.sum(np.exp(shifted)))
        return float(-log_p + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "log10 of the softmax",
        "You took the logarithm to base 10: np.log is the natural one. And a very small "
        "probability becomes 0, and its logarithm infinite: take log(sum of exp) - logit, after "
        "the largest logit is subtracted.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        powers = np.exp(logits - np.max(logits))
        cross_entropy = -np.log10(powers[label] / powers.sum())
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "log10 of the softmax, overflow",
        "You took the logarithm to base 10: np.log is the natural one. And exp of a large logit "
        "is infinite: subtract the largest logit from all of them first.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        powers = np.exp(logits)
        cross_entropy = -np.log10(powers[label] / powers.sum())
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "log10 of the sum",
        "You took the logarithm of the sum to base 10. exp belongs to the natural logarithm: "
        "np.log.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        shifted = logits - np.max(logits)
        cross_entropy = np.log10(np.sum(np.exp(shifted))) - shifted[label]
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "log2",
        "You took the logarithm to base 2. The natural logarithm is asked for: np.log.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        shifted = logits - np.max(logits)
        log_p = shifted[label] / np.log(2) - np.log2(np.sum(np.exp(shifted)))
        return float(-log_p + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "largest logit taken for the true class",
        "You took the class with the largest logit, which the network says. The loss looks at the "
        "true class: `label`.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        label = np.argmax(logits)
        shifted = logits - np.max(logits)
        cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "logits clipped",
        "You clipped the logits, and then very wrong answers cost all the same. Subtract the "
        "largest logit from all in place of it: that changes nothing in p.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        logits = np.clip(logits, -500, 500)
        shifted = logits - np.max(logits)
        cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "logits clipped near 0",
        "You clipped the logits, and so the loss has a limit. It has none: subtract the largest "
        "logit from all, which keeps all differences.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        logits = np.clip(logits, -100, 100)
        shifted = logits - np.max(logits)
        cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "logits divided by the largest",
        "You divided the logits by the largest one. That changes p. Subtract the largest: only "
        "differences count in the softmax.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        logits = logits / np.max(logits)
        shifted = logits - np.max(logits)
        cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "logits divided by the largest absolute value",
        "You made the logits smaller by a division. That changes p. Subtract the largest logit: "
        "only differences count in the softmax.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        logits = logits / np.max(np.abs(logits))
        shifted = logits - np.max(logits)
        cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "logarithm of the logit",
        "You took the logarithm of the logit itself, which can be negative. First softmax makes a "
        "probability out of the logits, then comes -log.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        cross_entropy = -np.log(logits[label])
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "share of the logit",
        "You divided the logit by the sum of the logits. Softmax takes exp first: "
        "exp(logits[label]) / (sum of exp(logits)).",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        cross_entropy = -np.log(logits[label] / np.sum(logits))
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "label multiplied",
        "You multiplied by the number `label`, as if it were a one-hot target. It is the place of "
        "the true class: take the one term at logits[label].",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        shifted = logits - np.max(logits)
        log_p = shifted - np.log(np.sum(np.exp(shifted)))
        cross_entropy = -np.sum(label * log_p)
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "all classes summed",
        "You summed -log p over all classes. Only the true class counts: log_p[label].",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        shifted = logits - np.max(logits)
        cross_entropy = -np.sum(shifted - np.log(np.sum(np.exp(shifted))))
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "other classes as well",
        "You added -log(1 - p) of the other classes, as for yes or no questions. The classes "
        "exclude each other: only -log p of the true class counts.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        powers = np.exp(logits - np.max(logits))
        p = powers / powers.sum()
        cross_entropy = -np.log(p[label]) - np.sum(np.log(1 - np.delete(p, label)))
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "mean over the classes",
        "You divided the cross-entropy by the number of classes. It is -log p of the true class, "
        "and no mean.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        shifted = logits - np.max(logits)
        cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
        cross_entropy = cross_entropy / len(logits)
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "mean of exp",
        "You took the mean of exp(logits). The probabilities have to sum up to 1: divide by the "
        "sum.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        shifted = logits - np.max(logits)
        cross_entropy = np.log(np.mean(np.exp(shifted))) - shifted[label]
        return float(cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "weight inside the square",
        "You multiplied the differences by `weight` before you squared them, so it counts twice. "
        "Square and sum first, then multiply.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        shifted = logits - np.max(logits)
        cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
        return float(cross_entropy + np.sum((weight * (box - true_box)) ** 2))

    @multi_task_loss.mistake(
        "weight and 1 - weight",
        "You multiplied the cross-entropy by 1 - weight. It counts fully; only the box loss is "
        "multiplied.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        shifted = logits - np.max(logits)
        cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
        return float((1 - weight) * cross_entropy + weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "divided by weight",
        "You divided the box loss by `weight`. Multiply it: a larger weight means that the box "
        "counts more.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        shifted = logits - np.max(logits)
        cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
        return float(cross_entropy + np.sum((box - true_box) ** 2) / weight)

    @multi_task_loss.mistake(
        "box loss subtracted",
        "You subtracted the box loss. Both losses shall become small, so they are added.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        shifted = logits - np.max(logits)
        cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
        return float(cross_entropy - weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "weight added",
        "You added `weight`. It says how much the box counts: multiply the box loss by it.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        shifted = logits - np.max(logits)
        cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
        return float(cross_entropy + weight + np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "losses multiplied",
        "You multiplied the two losses. Then one of them is enough to make the product 0: add "
        "them.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        shifted = logits - np.max(logits)
        cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
        return float(cross_entropy * weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "difference of squares",
        "You squared the boxes and subtracted then. Subtract first, then square: (box - true_box) "
        "** 2.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        shifted = logits - np.max(logits)
        cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
        return float(cross_entropy + weight * np.sum(box**2 - true_box**2))

    @multi_task_loss.mistake(
        "differences without a square",
        "You summed the differences themselves, and those of opposite sign cancel. Square each of "
        "them.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        shifted = logits - np.max(logits)
        cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
        return float(cross_entropy + weight * np.sum(box - true_box))

    @multi_task_loss.mistake(
        "box loss only",
        "The logits do not appear in your loss. Add the cross-entropy of the true class.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        return float(weight * np.sum((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "four numbers",
        "You returned four numbers, one for each coordinate. Sum the squared differences: one "
        "number is asked for.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        shifted = logits - np.max(logits)
        cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
        return cross_entropy + weight * (box - true_box) ** 2

    @multi_task_loss.mistake(
        "an array with one number",
        "Your result is an array with one number in it, as Keras gives it for a batch of one "
        "image. One number is asked for: take its [0], or float(...) of it.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        cross_entropy = keras.losses.sparse_categorical_crossentropy(
            np.array([label]), logits[None], from_logits=True
        )
        return np.array(cross_entropy) + weight * np.sum((box - true_box) ** 2)

    @multi_task_loss.mistake(
        "naive, mean of the squares",
        "Two things: exp of a logit above 709 is infinite, so subtract the largest logit first. "
        "And the box loss is the sum of the four squares, not their mean.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        powers = np.exp(logits)
        cross_entropy = -np.log(powers[label] / np.sum(powers))
        return float(cross_entropy + weight * np.mean((box - true_box) ** 2))

    @multi_task_loss.mistake(
        "naive, L1",
        "Two things: exp of a logit above 709 is infinite, so subtract the largest logit first. "
        "And the box loss sums squares, not absolute differences.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        powers = np.exp(logits)
        cross_entropy = -np.log(powers[label] / np.sum(powers))
        return float(cross_entropy + weight * np.sum(np.abs(box - true_box)))

    @multi_task_loss.mistake(
        "naive, square root",
        "Two things: exp of a logit above 709 is infinite, so subtract the largest logit first. "
        "And the box loss is the sum of the squares, without a square root.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        powers = np.exp(logits)
        cross_entropy = -np.log(powers[label] / np.sum(powers))
        return float(cross_entropy + weight * np.sqrt(np.sum((box - true_box) ** 2)))

    @multi_task_loss.mistake(
        "naive, weight left out",
        "Two things: exp of a logit above 709 is infinite, so subtract the largest logit first. "
        "And the box loss is multiplied by `weight`.",
    )
    def multi_task_loss(logits, label, box, true_box, weight):
        powers = np.exp(logits)
        cross_entropy = -np.log(powers[label] / np.sum(powers))
        return float(cross_entropy + np.sum((box - true_box) ** 2))
