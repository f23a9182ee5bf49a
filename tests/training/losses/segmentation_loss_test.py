"""What holds for all losses: void, weights, gradients, errors, saving."""

import keras
import numpy as np
import pytest
from keras import ops

from segcourse.training import DiceLoss, FocalLoss
from tests.training.losses.independent import BY_HAND, WEIGHTS, a_batch, gradient_of, mean


def test_the_loss_is_that_of_loops_over_the_pixels(kind):
    labels, logits = a_batch()
    for class_weights in (None, WEIGHTS):
        wanted = mean(BY_HAND[kind](labels, logits), class_weights)
        got = kind(class_weights=class_weights)(labels, logits)
        assert float(got) == pytest.approx(wanted, rel=1e-5)


def test_weights_of_pixels_are_those_of_loops_over_the_pixels(kind):
    labels, logits = a_batch()
    weights = np.random.default_rng(1).random(labels.shape) * (labels != 1)
    wanted = mean(BY_HAND[kind](labels, logits, weights))
    assert float(kind()(labels, logits, weights)) == pytest.approx(wanted, rel=1e-5)
    assert float(kind()(labels, logits, 3 * weights)) == pytest.approx(wanted, rel=1e-5)


def test_a_pixel_of_weight_2_is_two_pixels(kind):
    labels, logits = a_batch()
    weights = np.random.default_rng(2).integers(1, 3, labels.shape)
    again = np.concatenate([labels, np.where(weights == 2, labels, 255)])
    wanted = float(kind()(again, np.concatenate([logits, logits])))
    assert float(kind()(labels, logits, weights)) == pytest.approx(wanted, rel=1e-5)


def test_what_stands_at_void_pixels_changes_nothing_and_gets_no_gradient(kind):
    labels, logits = a_batch()
    void = labels == 255
    other = np.where(void[..., None], np.float32(1e30), logits)
    weights = np.where(void, np.nan, 1.0)
    wanted = float(kind()(labels, logits))
    assert float(kind()(labels, other)) == wanted
    assert float(kind()(labels, logits, weights)) == wanted
    assert float(kind()(labels[..., None], logits)) == wanted
    assert float(kind(void=7)(np.where(void, 7, labels), logits)) == wanted
    slopes = gradient_of(kind(), labels, logits)
    assert not slopes[void].any() and slopes[~void].all(axis=-1).any()


def test_the_gradient_is_that_of_small_steps(kind):
    labels, logits = a_batch()
    logits = logits / 3
    found = gradient_of(kind(), labels, logits)
    for place in [(0, 1, 2, 0), (1, 3, 4, 1), (1, 5, 0, 3)]:
        step = np.zeros(logits.shape)
        step[place] = 1e-5
        ahead, behind = (
            mean(BY_HAND[kind](labels, logits.astype("float64") + sign * step)) for sign in (1, -1)
        )
        assert found[place] == pytest.approx((ahead - behind) / 2e-5, rel=1e-3, abs=1e-7)


@pytest.mark.parametrize("scale", [0.0, 1.0, 1e4, 1e30])
def test_loss_and_gradient_are_finite(kind, scale):
    labels, logits = a_batch()
    only_one = np.where(labels == 255, 255, 2)
    for those in (labels, only_one, np.full_like(labels, 255)):
        loss = kind()(those, logits * np.float32(scale))
        slopes = gradient_of(kind(), those, logits * np.float32(scale))
        assert np.isfinite(float(loss)) and np.isfinite(slopes).all()


def test_all_void_and_weights_of_zero_are_zero(kind):
    labels, logits = a_batch()
    assert float(kind()(np.full_like(labels, 255), logits)) == 0
    assert float(kind()(labels, logits, np.zeros(labels.shape))) == 0


def test_half_precision_logits_are_computed_in_float32(kind):
    labels, logits = a_batch()
    value = kind()(labels, ops.cast(logits, "float16"))
    assert keras.backend.standardize_dtype(value.dtype) == "float32"
    rounded = logits.astype("float16").astype("float32")
    assert float(value) == pytest.approx(float(kind()(labels, rounded)), rel=1e-6)


@pytest.mark.parametrize("wrong", [4, -1])
def test_labels_that_are_no_class_give_nan_in_a_graph_too(kind, wrong):
    labels, logits = a_batch()
    model = keras.Sequential([keras.Input((6, 7, 4)), keras.layers.Identity()])
    model.compile(loss=kind(), jit_compile=False)
    found = model.evaluate(logits, labels, verbose=0)
    assert found == pytest.approx(float(kind()(labels, logits)), rel=1e-5)
    labels[1, 2, 3] = wrong
    assert np.isnan(float(kind()(labels, logits)))
    assert np.isnan(model.evaluate(logits, labels, verbose=0))


def test_a_graph_of_open_sizes_and_xla(kind):
    labels, logits = a_batch()
    inputs = keras.Input((None, None, 4))
    for jit_compile in (False, True):
        model = keras.Model(inputs, keras.layers.Conv2D(4, 1)(inputs))
        model.compile("sgd", loss=kind(), jit_compile=jit_compile)
        before = float(kind()(labels, model.predict(logits, verbose=0)))
        history = model.fit(logits, labels, batch_size=2, verbose=0)
        assert history.history["loss"][0] == pytest.approx(before, rel=1e-4)
        assert float(kind()(labels, model.predict(logits, verbose=0))) < before


def test_errors_name_the_argument(kind):
    labels, logits = a_batch()
    with pytest.raises(ValueError, match="`void` must be an integer"):
        kind(void="x")
    with pytest.raises(ValueError, match="`class_weights` must be a weight for each of the 4"):
        kind(class_weights=(1, 2))(labels, logits)
    with pytest.raises(ValueError, match="`class_weights` must be"):
        kind(class_weights=(1, -2))
    with pytest.raises(ValueError, match="`y_true` must be label maps"):
        kind()(labels[:, :1], logits)
    with pytest.raises(ValueError, match="`y_true` must be integer class ids"):
        kind()(labels + 0.5, logits)
    with pytest.raises(ValueError, match="`sample_weight` must have a weight for every pixel"):
        kind()(labels, logits, np.ones(2))
    with pytest.raises(ValueError, match="`smooth` must be a number from 0 on"):
        DiceLoss(smooth=-1)
    with pytest.raises(ValueError, match="`gamma` must be a number from 0 on"):
        FocalLoss(gamma="2")
    with pytest.raises(ValueError, match="`alpha` must be a number from 0 to 1"):
        FocalLoss(alpha=2)


def test_settings_come_back_and_tell_losses_apart(kind):
    loss = kind(void=7, class_weights=WEIGHTS)
    again = keras.losses.deserialize(keras.losses.serialize(loss))
    assert again == loss and hash(again) == hash(loss) and again is not loss
    assert again != kind(void=7) and kind() != "dice"
    assert loss.without_class_weights() == kind(void=7)


def test_a_model_is_saved_with_its_loss(kind, tmp_path):
    model = keras.Sequential([keras.Input((6, 7, 4)), keras.layers.Conv2D(4, 1)])
    model.compile("sgd", loss=kind(class_weights=WEIGHTS))
    model.save(tmp_path / "model.keras")
    assert keras.saving.load_model(tmp_path / "model.keras").loss == kind(class_weights=WEIGHTS)
