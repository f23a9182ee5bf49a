"""A backbone of keras-cv, where it is installed, behind the same builder."""

import numpy as np
import pytest

from segcourse.models import fcn


def test_a_residual_network():
    pytest.importorskip("keras_cv")
    from keras_cv.models import ResNetV2Backbone

    # Two blocks a stack: with one, keras-cv gives two layers the same name.
    backbone = ResNetV2Backbone(
        stackwise_filters=[8, 8, 8, 8],
        stackwise_blocks=[2, 2, 2, 2],
        stackwise_strides=[1, 2, 2, 2],
        include_rescaling=False,
        input_shape=(None, None, 3),
    )
    levels = backbone.pyramid_level_inputs
    maps = {"top": levels["P5"], "pool4": levels["P4"], "pool3": levels["P3"]}
    model = fcn(backbone, 3, 8, maps=maps)
    assert model(np.zeros((1, 70, 45, 3))).shape == (1, 70, 45, 3)
