"""Feature maps and where they lie in the picture."""

from dataclasses import dataclass

import keras

from segcourse.models.insight.receptive_field import receptive_field


@dataclass(frozen=True)
class FeatureMap:
    """A map of a network: cell `i` looks at the pixels around `centre + stride * i`."""

    tensor: keras.KerasTensor
    stride: int
    centre: float
    name: str = ""


def feature_map(images, tensor, stride=None):
    """Locate a tensor of the graph that starts at `images`.

    The centre is that of its receptive field. With `stride`, a map whose field cannot be computed
    is taken to have cells in the middle of `stride` pixels.
    """
    try:
        field = receptive_field(keras.Model(images, tensor))
    except ValueError:
        if stride is None:
            raise
        return FeatureMap(tensor, stride, (stride - 1) / 2)
    return FeatureMap(tensor, field.stride, field.centre)
