import keras
import numpy as np
import pytest
from keras import ops

from segcourse.training import PixelwiseLogisticLoss, Recipe

RNG = np.random.default_rng(0)


def by_loop(labels, logits, void=255):
    losses = [
        np.log(np.exp(row - row.max()).sum()) + row.max() - row[label]
        for label, row in zip(labels.ravel(), logits.reshape(-1, logits.shape[-1]), strict=True)
        if label != void
    ]
    return np.mean(losses)


def a_batch():
    labels = RNG.integers(0, 3, (2, 4, 5))
    labels[RNG.random(labels.shape) < 0.3] = 255
    return labels.astype("uint8"), RNG.normal(size=(2, 4, 5, 3)).astype("float32") * 5


def test_mean_over_the_pixels_that_are_not_void():
    labels, logits = a_batch()
    loss = PixelwiseLogisticLoss()
    assert float(loss(labels, logits)) == pytest.approx(by_loop(labels, logits.astype(float)), 1e-5)
    assert float(loss(labels[..., None], logits)) == float(loss(labels, logits))


def test_what_stands_at_void_pixels_changes_nothing():
    labels, logits = a_batch()
    other = np.where(labels[..., None] == 255, np.float32(1e30), logits)
    loss = PixelwiseLogisticLoss()
    assert float(loss(labels, other)) == float(loss(labels, logits))


def test_all_void_is_zero():
    loss = PixelwiseLogisticLoss()
    assert float(loss(np.full((1, 2, 2), 255), np.ones((1, 2, 2, 3), "float32"))) == 0.0


def test_half_precision_logits_are_summed_in_float32():
    labels = np.zeros((1, 256, 256), "int32")
    logits = ops.cast(np.tile(np.array([1.0, 2.0]), (1, 256, 256, 1)), "float16")
    value = PixelwiseLogisticLoss()(labels, logits)
    assert keras.backend.standardize_dtype(value.dtype) == "float32"
    assert float(value) == pytest.approx(np.log1p(np.e), abs=1e-5)


def test_refuses_weights_of_images_and_label_maps_for_logits():
    labels, logits = a_batch()
    for weights in (np.ones(2), np.ones((2, 4, 1)), np.ones((2, 4, 5, 1))):
        with pytest.raises(ValueError, match="`sample_weight` must have a weight for every pixel"):
            PixelwiseLogisticLoss()(labels, logits, sample_weight=weights)
    with pytest.raises(ValueError, match="`y_pred` logits"):
        PixelwiseLogisticLoss()(labels, labels)


def test_config_comes_back():
    again = keras.losses.deserialize(keras.losses.serialize(PixelwiseLogisticLoss(void=7)))
    assert again.void == 7


@pytest.mark.parametrize("wrong", [3, -1])
def test_labels_that_are_no_class_give_nan_in_a_graph_too(wrong):
    labels, logits = a_batch()
    labels = labels.astype("int32")
    labels[1, 2, 3] = wrong
    loss = PixelwiseLogisticLoss()
    assert np.isnan(float(loss(labels, logits)))
    model = keras.Sequential([keras.Input((4, 5, 3)), keras.layers.Identity()])
    model.compile(loss=loss, jit_compile=False)
    assert np.isnan(model.evaluate(logits, labels, verbose=0))
    labels[1, 2, 3] = 0
    expected = by_loop(labels, logits.astype(float))
    assert model.evaluate(logits, labels, verbose=0) == pytest.approx(expected, 1e-5)


def test_refuses_labels_that_are_no_integers():
    labels, logits = a_batch()
    for wrong in (labels.astype("float32"), labels + 0.5, labels.astype("float16")):
        with pytest.raises(ValueError, match="`y_true` must be integer class ids.*float"):
            PixelwiseLogisticLoss()(wrong, logits)


def test_a_void_that_float32_does_not_hold():
    labels, logits = a_batch()
    void = 2**24 + 1
    far = np.where(labels == 255, void, labels.astype("int32"))
    one, other = PixelwiseLogisticLoss(void)(far, logits), PixelwiseLogisticLoss()(labels, logits)
    assert float(one) == float(other)


@pytest.mark.parametrize("void", ["x", 1.5, None, True])
def test_refuses_a_void_that_is_no_integer(void):
    with pytest.raises(ValueError, match="`void` must be an integer. Received: void="):
        PixelwiseLogisticLoss(void=void)


def test_weighted_mean_by_hand():
    """Losses log 2 and log 4 with weights 3 and 1; the void pixel's weight does not count."""
    labels = np.array([[[0, 1, 255]]])
    logits = np.log(np.array([[[[1, 1], [3, 1], [9, 1]]]], "float32"))
    weights = np.array([[[3.0, 1.0, 50.0]]])
    loss = PixelwiseLogisticLoss()
    expected = (3 * np.log(2) + np.log(4)) / 4
    assert float(loss(labels, logits, weights)) == pytest.approx(expected, 1e-6)
    assert float(loss(labels, logits, 2 * weights)) == pytest.approx(expected, 1e-6)
    assert float(loss(labels[..., None], logits, weights)) == pytest.approx(expected, 1e-6)
    assert float(loss(labels, logits, 0 * weights)) == 0


def test_weights_of_one_change_nothing():
    labels, logits = a_batch()
    loss = PixelwiseLogisticLoss()
    ones = np.ones(labels.shape)
    assert float(loss(labels, logits, ones)) == pytest.approx(float(loss(labels, logits)), 1e-6)


def test_class_weights_by_hand():
    labels = np.array([[[0, 1, 1, 255]]])
    logits = np.array([[[[1.0, 0.0], [0.0, 2.0], [3.0, 0.0], [9.0, 0.0]]]])
    each = [np.log1p(np.exp(-1.0)), np.log1p(np.exp(-2.0)), np.log1p(np.exp(3.0))]
    loss = PixelwiseLogisticLoss(class_weights=(3.0, 0.5))
    expected = (3.0 * each[0] + 0.5 * each[1] + 0.5 * each[2]) / 4.0
    assert float(loss(labels, logits)) == pytest.approx(expected, rel=1e-6)
    pixels = np.array([[[1.0, 2.0, 0.0, 7.0]]])
    expected = (3.0 * each[0] + 1.0 * each[1]) / 4.0
    assert float(loss(labels, logits, pixels)) == pytest.approx(expected, rel=1e-6)
    again = PixelwiseLogisticLoss.from_config(loss.get_config())
    assert float(again(labels, logits)) == float(loss(labels, logits))


def test_class_weights_for_other_classes_are_named():
    with pytest.raises(ValueError, match="`class_weights` must be a weight for each of the 2"):
        PixelwiseLogisticLoss(class_weights=(1, 1, 1))(
            np.zeros((1, 1, 1), int), np.zeros((1, 1, 1, 2))
        )


@pytest.mark.parametrize("shape", [(2, 1, 1), (2, 1, 4), (1, 4, 4), (2, 4, 1, 1), (2, 2, 2)])
def test_labels_of_another_size_are_not_spread(shape):
    loss, logits = PixelwiseLogisticLoss(), np.zeros((2, 4, 4, 3), "float32")
    with pytest.raises(ValueError, match="`y_true` must be label maps"):
        loss(np.zeros(shape, "int32"), logits)
    assert float(loss(np.zeros((2, 4, 4), "int32"), logits)) == pytest.approx(np.log(3))


def test_labels_beyond_32_bits_are_no_class():
    loss, logits = PixelwiseLogisticLoss(), np.zeros((1, 1, 2, 3), "float32")
    assert np.isnan(float(loss(np.array([[[0, 2**32]]]), logits)))
    with pytest.raises(ValueError, match="`y_true` must be a plain array"):
        loss(np.ma.masked_array([[[0, 1]]], True), logits)


@pytest.mark.parametrize("weights", [{0: 1.0, 1: 5.0}, {1.0, 5.0}, "12", (-1, 2), (), (0, 0),
                                     (1, np.nan), 3, ("a", 1)])  # fmt: skip
def test_class_weights_are_numbers_in_order(weights):
    with pytest.raises(ValueError, match="`class_weights` must be"):
        PixelwiseLogisticLoss(class_weights=weights)
    with pytest.raises(ValueError, match="`class_weights` must be"):
        Recipe(class_weights=weights)
