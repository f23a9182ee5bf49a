"""`fit` with each loss."""

import keras
import numpy as np
import pytest

from segcourse.training import DiceLoss, PixelwiseLogisticLoss, Recipe, fit


def _model():
    start = keras.initializers.GlorotUniform(1)
    return keras.Sequential(
        [keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 1, kernel_initializer=start)]
    )


def _images():
    rng = np.random.default_rng(0)
    labels = (rng.random((4, 8, 8)) < 0.3).astype("uint8")
    images = np.stack([labels * 150 + rng.integers(0, 80, labels.shape)] * 3, -1).astype("uint8")
    labels[:, 0] = 255
    return images, labels


@pytest.mark.parametrize(
    "loss", ["dice", "focal", "lovasz", PixelwiseLogisticLoss() + 0.5 * DiceLoss()], ids=str
)
def test_it_learns_and_validates_with_the_loss(loss, tmp_path):
    recipe = Recipe(
        loss=loss,
        epochs=3,
        batch_size=4,
        learning_rate=0.02,
        checkpoint=tmp_path,
        pixel_weights=lambda labels: 1.0 + labels % 2,
    )
    model = _model()
    history = fit(model, _images(), _images(), recipe)
    assert history.epochs[-1]["val_loss"] < history.epochs[0]["val_loss"]
    # Resumed, there is nothing left to do; and another loss is refused.
    assert fit(_model(), _images(), _images(), recipe).resumed_from == 3
    other = Recipe(epochs=3, batch_size=4, learning_rate=0.02, checkpoint=tmp_path,
                   pixel_weights=recipe.pixel_weights)  # fmt: skip
    with pytest.raises(ValueError, match="differs in recipe loss"):
        fit(_model(), _images(), _images(), other)


def test_the_loss_of_validation_is_without_class_weights():
    recipe = Recipe(loss="dice", class_weights=(1, 9), epochs=1, batch_size=4)
    model, (images, labels) = _model(), _images()
    history = fit(model, (images, labels), (images, labels), recipe)
    logits = model.predict(images / np.float32(255), verbose=0)
    wanted = float(DiceLoss()(labels, logits))
    assert history.epochs[0]["val_loss"] == pytest.approx(wanted, rel=1e-4)


def test_class_weights_of_another_number_are_named():
    for recipe in (
        Recipe(loss="dice", class_weights=(1, 2, 3)),
        Recipe(loss=PixelwiseLogisticLoss() + DiceLoss(class_weights=(1, 2, 3))),
    ):
        with pytest.raises(ValueError, match="`class_weights` must be a weight for each of the m"):
            fit(_model(), _images(), recipe=recipe)
