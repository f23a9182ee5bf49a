"""Whether a model gives logits, and of how many classes."""

import keras


def count_classes(model, images, labels):
    """Number of classes a model gives logits for; builds it if it is not built.

    Args:
        model: the Keras model.
        images: shape of a batch of images, `[b, height, width, channels]`; sizes may be None.
        labels: shape of their labels, `[b, height, width]`.

    Raises:
        ValueError: if the model's output is not logits of the labels' size.

    Example:

    >>> model = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(5, 1)])
    >>> count_classes(model, (None, 8, 8, 3), (None, 8, 8))
    5
    """
    symbol = keras.KerasTensor((None, *images[1:]), dtype="float32")
    output = model.compute_output_spec(symbol) if model.built else model(symbol)
    shape = getattr(output, "shape", None)
    if shape is None or len(shape) != 4 or shape[-1] is None or not _same(shape, labels):
        raise ValueError(
            "`model` must give logits [batch, height, width, classes] of its images' size. "
            f"Received: output shape {shape} for images {images}"
        )
    return shape[-1]


def _same(output, labels):
    """Whether the sizes of logits and labels agree, as far as they are known."""
    pairs = zip(output[1:3], labels[1:3], strict=True)
    return all(one is None or other is None or one == other for one, other in pairs)
