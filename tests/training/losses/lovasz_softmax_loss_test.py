import numpy as np
import pytest

from segcourse.metrics import confusion_matrix, scores
from segcourse.training import LovaszSoftmaxLoss
from tests.training.losses.independent import a_batch


def test_sure_predictions_give_1_minus_the_iou():
    labels, logits = a_batch()
    ious = scores(confusion_matrix(labels, logits.argmax(-1), 4))["iou"][:3]
    got = float(LovaszSoftmaxLoss()(labels, logits * 1e4))
    assert got == pytest.approx(1 - np.mean(ious), rel=1e-5)


def test_the_order_of_equal_errors_changes_nothing():
    labels, _ = a_batch()
    logits = np.zeros((*labels.shape, 4), "float32")
    turned = labels[::-1, ::-1, ::-1]
    one, other = (float(LovaszSoftmaxLoss()(each, logits)) for each in (labels, turned))
    assert one == pytest.approx(other, rel=1e-6)


def test_absent_classes_are_left_out_of_the_mean():
    labels = np.array([[[1, 1]]])
    logits = np.array([[[[0.0, 9e9, 0.0], [9e9, 0.0, 0.0]]]], "float32")
    assert float(LovaszSoftmaxLoss()(labels, logits)) == pytest.approx(0.5)
