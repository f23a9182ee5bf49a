"""A VGG small enough to train from nothing in a minute on a laptop."""

from segcourse.models.networks.vgg import VGGConfig, vgg
from segcourse.models.weights.shipped_weights import load_shipped

SMALL = VGGConfig(
    kernels=((3,), (3,), (3, 3), (3, 3), (3, 3)),
    filters=(16, 32, 64, 96, 128),
    dense=192,
    dense_kernel=3,
    dropout=0.1,
    normalization="batch",
)


def small_vgg(input_shape=None, include_top=True, num_classes=10, weights=None, name=None):
    """Build a VGG of under a million parameters, with random or with pretrained weights.

    Five blocks and the layer names of `vgg`, with few channels where the picture is large and batch
    normalisation before every activation.

    Args:
        input_shape: `(height, width, channels)`. Defaults to (96, 96, 3), which gives fc6 a map
            of 3×3, and without the top to (None, None, 3).
        include_top: whether fc6, fc7 and fc8 follow; without them the output is that of pool5.
        num_classes: number of units of fc8.
        weights: None, or "objects" for the weights in `data/small_vgg/`, trained to classify
            `segcourse.data.objects`, in the order of `OBJECT_CLASSES`. With another number of
            classes fc8 stays random.
        name: the model's name.

    Returns: a functional `keras.Model` from float32 images in 0..1 to logits
    `(batch, num_classes)`, or to features `(batch, height / 32, width / 32, 128)`.

    Raises:
        ValueError: if an argument is none of the above, the top is wanted for an open size, or
            pretrained weights are missing, damaged, or of another shape than the model's.

    Example:
        >>> from segcourse.models import small_vgg
        >>> small_vgg(num_classes=5).output_shape
        (None, 5)

    Reference: after Simonyan, Zisserman (2015). Weeks 4 and 5.
    """
    if weights not in (None, "objects"):
        raise ValueError(f'`weights` must be None or "objects". Received: weights={weights!r}')
    model = vgg(SMALL, input_shape, include_top, num_classes, name=name)
    if weights is not None:
        load_shipped(model, "small_vgg", weights, lambda classes: vgg(SMALL, num_classes=classes))
    return model
