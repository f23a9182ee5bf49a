import keras
import numpy as np
import pytest

from segcourse.training import (
    DiceLoss,
    FocalLoss,
    LovaszSoftmaxLoss,
    PixelwiseLogisticLoss,
    SumOfLosses,
)
from tests.training.losses.independent import a_batch, gradient_of


def test_a_sum_is_the_sum_of_losses_and_of_gradients():
    labels, logits = a_batch()
    weights = np.random.default_rng(3).random(labels.shape)
    one, other = PixelwiseLogisticLoss(), LovaszSoftmaxLoss(class_weights=(1, 2, 3, 4))
    loss = one + 0.5 * other
    values, slopes = zip(
        *((float(x(labels, logits, weights)), gradient_of(x, labels, logits, weights))
          for x in (loss, one, other)),
        strict=True,
    )  # fmt: skip
    assert values[0] == pytest.approx(values[1] + 0.5 * values[2], rel=1e-6)
    np.testing.assert_allclose(slopes[0], slopes[1] + 0.5 * slopes[2], atol=1e-7)


def test_sums_of_sums_are_one_sum():
    one, other, third = DiceLoss(), FocalLoss(), LovaszSoftmaxLoss()
    found = 2 * ((one + other * 3) + third)
    assert found == SumOfLosses([one, other, third], [2, 6, 2])
    assert found != SumOfLosses([one, other, third]) and found != 3
    assert hash(found) == hash(SumOfLosses([DiceLoss(), other, third], [2, 6, 2]))
    assert (one + other) + third == one + (other + third)


def test_settings_come_back():
    loss = 2 * FocalLoss(gamma=3, void=9) + DiceLoss(void=9, class_weights=(1, 2, 0, 1))
    again = keras.losses.deserialize(keras.losses.serialize(loss))
    assert again == loss and again.void == 9
    assert again.without_class_weights() == 2 * FocalLoss(gamma=3, void=9) + DiceLoss(void=9)


def test_what_cannot_be_added():
    with pytest.raises(ValueError, match="`losses` must have the same `void`.*void="):
        DiceLoss() + FocalLoss(void=0)
    with pytest.raises(ValueError, match="`losses` must be losses of segcourse.training"):
        DiceLoss() + keras.losses.MeanSquaredError()
    with pytest.raises(ValueError, match="`losses` must be losses of segcourse.training"):
        SumOfLosses([])
    with pytest.raises(ValueError, match="`weights` must be a number for each of the 1 losses"):
        SumOfLosses([DiceLoss()], [1, 2])
    with pytest.raises(ValueError, match="`weights` must be a number from 0 on"):
        SumOfLosses([DiceLoss()], [-1])
    with pytest.raises(TypeError):
        DiceLoss() + 3


def test_sum_and_what_it_says():
    both = sum([DiceLoss(), FocalLoss(void=255)])
    assert both == DiceLoss() + FocalLoss()
    assert repr(both).startswith("1 * DiceLoss(void=255, class_weights=None")


@pytest.mark.parametrize("factor", [-1, "2", None, float("nan")])
def test_a_factor_is_a_number(factor):
    with pytest.raises(ValueError, match="multiplied by a number of at least 0"):
        DiceLoss() * factor
