import numpy as np
import pytest

from segcourse.training import PixelwiseLogisticLoss, Recipe, evaluate
from segcourse.training.loop.compile_model import compile_model
from segcourse.training.loop.setup.setup import make_setup
from segcourse.training.loop.validation import Validation
from tests.training import runs


@pytest.mark.parametrize("size", [2, 5])
def test_loss_and_mean_iou_are_exact_whatever_the_batches(size):
    images, labels = runs.data(5)
    labels[0, 1:] = 255  # the first image has few valid pixels
    labels[0, 1, :2] = 0
    model = runs.model()
    setup = make_setup(model, runs.data(), (images, labels), Recipe())
    compile_model(setup, setup.plan)
    before = runs.weights(model)
    before = [np.array(value) for value in before]
    validation = Validation(setup, size)
    for _ in range(2):  # nothing is left over from the first
        found = validation.run()
        logits = model.predict_on_batch(images / np.float32(255))
        assert found["val_loss"] == pytest.approx(
            float(PixelwiseLogisticLoss()(labels, logits)), rel=1e-5
        )
        expected = evaluate(model, (images, labels))["mean_iou"]
        assert found["val_mean_iou"] == pytest.approx(expected, abs=1e-6)
    assert all(map(np.array_equal, before, runs.weights(model)))
