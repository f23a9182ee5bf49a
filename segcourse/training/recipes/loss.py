"""The loss of a recipe: from its name, or as it was handed over."""

import keras

from segcourse.training.losses.dice_loss import DiceLoss
from segcourse.training.losses.focal_loss import FocalLoss
from segcourse.training.losses.lovasz_softmax_loss import LovaszSoftmaxLoss
from segcourse.training.losses.pixelwise_logistic_loss import PixelwiseLogisticLoss
from segcourse.training.losses.sum_of_losses import Combining

LOSSES = {
    "cross_entropy": PixelwiseLogisticLoss,
    "dice": DiceLoss,
    "focal": FocalLoss,
    "lovasz": LovaszSoftmaxLoss,
}


def make_loss(recipe):
    """The loss of a recipe, with its void and its class weights.

    Example:

    >>> from segcourse.training import Recipe
    >>> type(make_loss(Recipe(loss="dice"))).__name__
    'DiceLoss'
    """
    if isinstance(recipe.loss, str):
        return LOSSES[recipe.loss](recipe.void, recipe.class_weights)
    return recipe.loss


def is_loss(value):
    """Whether a value is the name of a loss, or a loss of the course."""
    return value in LOSSES if isinstance(value, str) else isinstance(value, Combining)


def loss_fingerprint(recipe):
    """The loss of a recipe as numbers and texts.

    None for the default: checkpoints written before there was a choice have no more.
    """
    loss = make_loss(recipe)
    if loss == PixelwiseLogisticLoss(recipe.void, recipe.class_weights):
        return None
    return keras.losses.serialize(loss)
