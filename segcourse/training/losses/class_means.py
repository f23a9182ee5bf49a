"""The mean over the classes of the loss of each."""

from keras import ops

from segcourse.training.devices.distribute import number_of_replicas


def mean_over_classes(losses, weights):
    """`sum(weights * losses) / sum(weights)`, 0 where all weights are 0.

    On several replicas of TensorFlow each gives its share of it: Keras adds them up.
    """
    total = ops.sum(weights)
    mean = ops.sum(weights * losses) / ops.where(total > 0, total, 1.0)
    return mean / number_of_replicas()
