"""Training: one function, one recipe, and the device it runs on."""

from segcourse.training.caffe_sgd import CaffeSGD
from segcourse.training.device import Device, device
from segcourse.training.evaluate import evaluate, predict_labels
from segcourse.training.fit import fit
from segcourse.training.fit_head import fit_head
from segcourse.training.history import History
from segcourse.training.input_gradient import input_gradient
from segcourse.training.label_curve import label_curve
from segcourse.training.loss import PixelwiseLogisticLoss
from segcourse.training.recipe import Recipe

__all__ = [
    "CaffeSGD",
    "Device",
    "History",
    "PixelwiseLogisticLoss",
    "Recipe",
    "device",
    "evaluate",
    "fit",
    "fit_head",
    "input_gradient",
    "label_curve",
    "predict_labels",
]
