"""The losses against segmentation_models_pytorch 0.6.0, whose numbers are stored here.

They are of `DiceLoss`, `FocalLoss` and `LovaszLoss` with mode="multiclass" and ignore_index=255, of
torch 2.13.0 on a CPU, for `a_batch()`, which NumPy draws from the seed 13: the loss, the sum of the
absolute values of its gradient by the logits, and four values of the gradient, [1, 2:4, 3:5, 1].
`benchmarks/losses.py` computes both sides anew where both are installed.
"""

import numpy as np
import pytest

from segcourse.training import DiceLoss, FocalLoss, LovaszSoftmaxLoss
from tests.training.losses.independent import WEIGHTS, a_batch, gradient_of

STORED = {
    "dice": (
        DiceLoss(),
        0.6083849668502808,
        0.1226392313838005,
        (0.000349908, 0.000676833, 3.346e-06, -8.1e-08),
    ),
    "dice, smooth=1": (
        DiceLoss(smooth=1.0),
        0.5803578495979309,
        0.11763782054185867,
        (0.000375113, 0.000645436, 3.722e-06, -7.8e-08),
    ),
    "dice, class_weights": (
        DiceLoss(class_weights=WEIGHTS),
        0.6153495907783508,
        0.12877535820007324,
        (0.00072917, 0.000503265, 7.396e-06, -1.78e-07),
    ),
    "focal": (
        FocalLoss(),
        1.3194141387939453,
        0.5282045006752014,
        (0.003811562, 0.003800186, 1.0962e-05, -0.003578955),
    ),
    "focal, alpha=0.25, gamma=1.5": (
        FocalLoss(alpha=0.25, gamma=1.5),
        0.8306403756141663,
        0.32809269428253174,
        (0.002752929, 0.002752339, 2.1334e-05, -0.000880398),
    ),
    "focal, class_weights": (
        FocalLoss(class_weights=WEIGHTS),
        1.432797908782959,
        0.5427606105804443,
        (0.008968381, 0.008941614, 2.5794e-05, -0.00842107),
    ),
    "lovasz": (
        LovaszSoftmaxLoss(),
        0.8766408562660217,
        0.11838279664516449,
        (0.000324568, 0.001000468, 2.61e-07, -1.91e-07),
    ),
}


@pytest.mark.parametrize("name", STORED)
def test_the_numbers_are_those_of_smp(name):
    loss, value, size, slopes = STORED[name]
    labels, logits = a_batch()
    assert float(loss(labels, logits)) == pytest.approx(value, rel=1e-6)
    found = gradient_of(loss, labels, logits)
    assert np.abs(found).sum() == pytest.approx(size, rel=1e-5)
    np.testing.assert_allclose(found[1, 2:4, 3:5, 1].ravel(), slopes, rtol=1e-5, atol=1e-9)
