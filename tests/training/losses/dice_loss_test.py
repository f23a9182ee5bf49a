import numpy as np
import pytest

from segcourse.metrics import confusion_matrix
from segcourse.training import DiceLoss
from tests.training.losses.independent import a_batch, dice, mean


def test_sure_predictions_give_1_minus_the_dice_score():
    labels, logits = a_batch()
    labels[0, 0, 0] = 3
    counts = confusion_matrix(labels, logits.argmax(-1), 4)
    scores = 2 * np.diag(counts) / (counts.sum(0) + counts.sum(1))
    assert float(DiceLoss()(labels, logits * 1e4)) == pytest.approx(1 - scores.mean(), rel=1e-5)


def test_smooth():
    labels, logits = a_batch()
    wanted = mean(dice(labels, logits, smooth=3.0))
    assert float(DiceLoss(smooth=3.0)(labels, logits)) == pytest.approx(wanted, rel=1e-5)


def test_a_class_without_a_pixel_has_loss_0_and_counts():
    labels, logits = a_batch()
    without = mean(tuple(one[:3] for one in dice(labels, logits)))
    assert float(DiceLoss()(labels, logits)) == pytest.approx(without * 3 / 4, rel=1e-5)
