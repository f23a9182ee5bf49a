"""The resize of TensorFlow on the grid whose corner pixels stay at the corners."""


def resize_aligned(x, size, forward=None):
    """Interpolate by TensorFlow's operation, with its gradient, and with a gradient of that one.

    Compiled by XLA that operation reads at a wrong place where a place between the corners is a
    pixel and its fraction is not exact: 8 pixels to 64, output 9. For such sizes another way is
    handed over. The gradient is right for all sizes, and quicker than that of matrix products;
    TensorFlow has none of it, so it has one here: it is linear in what comes back, and its own
    gradient is the resize again.

    Args:
        x: float32 `[batch, height, width, channels]`.
        size: `(height, width)` of the output.
        forward: function of `x` that resizes it, or None for TensorFlow's operation.

    Returns: float32 `[batch, *size, channels]`.
    """
    # Two operations that `keras.ops` does not reach; without TensorFlow nobody comes here.
    import tensorflow as tf

    @tf.custom_gradient
    def enlarge(x):
        if forward is None:
            outputs = tf.raw_ops.ResizeBilinear(images=x, size=size, align_corners=True)
        else:
            outputs = forward(x)
        return outputs, add_up

    @tf.custom_gradient
    def add_up(gradient):
        summed = tf.raw_ops.ResizeBilinearGrad(grads=gradient, original_image=x, align_corners=True)
        return summed, enlarge

    return enlarge(x)
