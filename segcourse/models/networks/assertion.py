"""An error that a compiled graph of TensorFlow raises when it runs; `keras.ops` have none."""


def asserted(tensor, right, message, value):
    """Return `tensor`; the graph fails with `message` and `value` unless `right` is true.

    Args:
        tensor: what is computed with further on.
        right: bool tensor, a scalar.
        message: text.
        value: tensor that is shown behind it.

    Raises:
        tensorflow.errors.InvalidArgumentError: when the graph runs.
    """
    # Only here, and only on this backend: the others know every size when they compile.
    import tensorflow as tf

    with tf.control_dependencies([tf.debugging.Assert(right, [message, value])]):
        return tf.identity(tensor)
