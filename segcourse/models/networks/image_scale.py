"""Finding preprocessing that is missing or done twice."""

import keras
import numpy as np

from segcourse.layers import CaffePreprocessing, PadToMultiple
from segcourse.models.graph import steps

PREPROCESSING = (keras.layers.Rescaling, keras.layers.Normalization, CaffePreprocessing)
# From white less black of 1, 2 or 255, or of some deviations, far more or less is a mistake.
SMALLEST, LARGEST = 0.25, 1024


def check_scale(images, features):
    """Raise if black and white, 0 and 1, come out of the preprocessing too close or too far.

    Preprocessing are the layers at the bottom that rescale or normalize. A model that divides by
    255 itself wants images in 0..255; one that is preprocessed twice gets values beyond measure.
    It costs one picture of 1×1 when the network is built, and nothing later.
    """
    black_and_white = np.ones((2, 1, 1, images.shape[-1]), "float32") * [[[[0]]], [[[1]]]]
    values = {id(images): black_and_white}
    for step in steps(keras.Model(images, features)):
        if isinstance(step.layer, PREPROCESSING) and id(step.inputs[0]) in values:
            values[id(step.output)] = step.layer(values[id(step.inputs[0])])
        if isinstance(step.layer, PadToMultiple) and id(step.inputs[0]) in values:
            values[id(step.output)] = values.pop(id(step.inputs[0]))  # no value changes
    black, white = np.array(keras.ops.convert_to_numpy(list(values.values())[-1]))
    spread = np.abs(white - black).max()
    if not SMALLEST <= spread <= LARGEST:
        raise ValueError(
            "`preprocessing` must turn images in 0..1 into what the backbone expects, once. "
            f"Received: what makes {black.ravel().tolist()} of black and {white.ravel().tolist()} "
            "of white, with the backbone's own layers"
        )
