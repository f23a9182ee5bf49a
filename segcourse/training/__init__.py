"""Training: one function, one recipe, and the device it runs on."""

from segcourse.training.devices.device import Device, device
from segcourse.training.evaluate import evaluate, predict_labels
from segcourse.training.fit import fit
from segcourse.training.fit_head import fit_head
from segcourse.training.history import History
from segcourse.training.hosts.on_hosts import (
    evaluate_on_hosts,
    fit_on_hosts,
    join_hosts,
    predict_on_hosts,
)
from segcourse.training.input_gradient import input_gradient
from segcourse.training.label_curve import label_curve
from segcourse.training.losses.dice_loss import DiceLoss
from segcourse.training.losses.focal_loss import FocalLoss
from segcourse.training.losses.lovasz_softmax_loss import LovaszSoftmaxLoss
from segcourse.training.losses.pixelwise_logistic_loss import PixelwiseLogisticLoss
from segcourse.training.losses.sum_of_losses import SumOfLosses
from segcourse.training.measure.benchmark import Benchmark, Speed, benchmark
from segcourse.training.measure.flops import Flops, count_flops
from segcourse.training.measure.matrix_peak import matrix_peak
from segcourse.training.recipes.caffe_sgd import CaffeSGD
from segcourse.training.recipes.recipe import Recipe

__all__ = [
    "Benchmark",
    "CaffeSGD",
    "Device",
    "DiceLoss",
    "Flops",
    "FocalLoss",
    "History",
    "LovaszSoftmaxLoss",
    "PixelwiseLogisticLoss",
    "Recipe",
    "Speed",
    "SumOfLosses",
    "benchmark",
    "count_flops",
    "device",
    "evaluate",
    "evaluate_on_hosts",
    "fit",
    "fit_head",
    "fit_on_hosts",
    "input_gradient",
    "join_hosts",
    "label_curve",
    "matrix_peak",
    "predict_labels",
    "predict_on_hosts",
]
