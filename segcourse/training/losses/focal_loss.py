"""The focal loss."""

import keras
from keras import ops

from segcourse.checks.sizes import number, number_from_zero
from segcourse.metrics import VOID
from segcourse.training.devices.distribute import sum_over_replicas
from segcourse.training.losses.class_means import mean_over_classes
from segcourse.training.losses.segmentation_loss import SegmentationLoss


@keras.saving.register_keras_serializable(package="segcourse")
class FocalLoss(SegmentationLoss):
    """Logistic loss of each class against all others, with less weight where it is easy.

    Each class has a probability of its own, `sigmoid(logit)`, as in the paper. With `q` the
    probability of what is right, `sigmoid(logit)` at pixels with the class's label and
    `1 - sigmoid(logit)` at the others, a pixel and a class have

        -(1 - q)^gamma log(q)

    times `alpha` at the class's own pixels and `1 - alpha` at the others, where `alpha` is given.
    The loss is the mean over the pixels that are not void, and over the classes. `gamma=0` leaves
    the logistic loss. Numbers are those of `segmentation_models_pytorch` 0.6.0 with
    `mode="multiclass"`. Computed in float32; a batch that is all void has loss 0.

    A label that is neither a class id nor `void` makes the loss NaN.

    Example: logits of 0 are probabilities of one half, and 0.5^2 log 2 is 0.1733.

    >>> import numpy as np
    >>> labels = np.array([[[0, 1, 255]]])
    >>> round(float(FocalLoss()(labels, np.zeros((1, 1, 3, 2)))), 4)
    0.1733

    Args:
        void: label of the pixels that do not count.
        class_weights: a weight for every class, that of its loss in the mean, or None.
        gamma: a number of at least 0: how much less easy pixels count. The paper has 2.
        alpha: a number from 0 to 1, the share of a class's own pixels, or None. The paper has
            0.25.
        name: name of the loss.

    Call arguments:
        y_true: integer label maps `[batch, height, width]`; a last axis of 1 is allowed.
        y_pred: logits `[batch, height, width, classes]`, no softmax.
        sample_weight: float `[batch, height, width]`, a weight of at least 0 for every pixel, or
            None: the mean over the pixels is weighted. That of a void pixel does not count.

    Raises:
        ValueError: as `PixelwiseLogisticLoss`, and if `gamma` or `alpha` is no such number.

    Reference: Lin, Goyal, Girshick, He, Dollár, "Focal loss for dense object detection" (2017),
    section 3.
    """

    def __init__(
        self, void=VOID, class_weights=None, gamma=2.0, alpha=None, name="focal_loss", **kwargs
    ):
        super().__init__(void, class_weights, name, **kwargs)
        self.gamma = number_from_zero("gamma", gamma)
        self.alpha = alpha if alpha is None else _share("alpha", alpha)

    def value(self, labels, logits, weights):
        num_classes = logits.shape[-1]
        is_label = ops.equal(labels[..., None], ops.arange(num_classes, dtype="int32"))
        # Times this, a logit says how far the class is on the wrong side.
        losses = _focal(logits * ops.where(is_label, -1.0, 1.0), self.gamma)
        if self.alpha is not None:
            losses = losses * ops.where(is_label, self.alpha, 1.0 - self.alpha)
        # A product of matrices is the quickest sum over the pixels.
        pixels = ops.reshape(weights, (1, -1))
        sums = ops.matmul(pixels, ops.reshape(losses, (-1, num_classes)))[0]
        count = sum_over_replicas(ops.sum(weights))
        means = sum_over_replicas(sums) / ops.where(count > 0, count, 1.0)
        mean = mean_over_classes(means, self.weights_of_classes(num_classes))
        return mean + self.nan_for_unknown(labels, num_classes)

    def get_config(self):
        return {**super().get_config(), "gamma": self.gamma, "alpha": self.alpha}


def _focal(wrong, gamma):
    """`sigmoid(wrong)^gamma * log(1 + exp(wrong))`.

    With a gradient by hand, which is finite for every gamma, and quicker.
    """

    @ops.custom_gradient
    def focal(wrong):
        missing = ops.sigmoid(wrong)
        found = 1.0 - missing
        # The larger of the two is never near 0, where its logarithm would be.
        logistic = ops.maximum(wrong, 0.0) - ops.log(ops.maximum(missing, found))
        power = ops.square(missing) if gamma == 2 else ops.power(missing, gamma)

        def gradient(*upstream):
            return upstream[0] * (power * (gamma * found * logistic + missing))

        return power * logistic, gradient

    return focal(wrong)


def _share(name, value):
    return number(name, value, lambda share: 0 <= share <= 1, "from 0 to 1, or None")
