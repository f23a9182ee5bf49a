import keras
import numpy as np
import pytest
from keras import ops

from segcourse.metrics import ConfusionMatrix, confusion_matrix, scores

RNG = np.random.default_rng(1)


def a_batch(num_classes=4, shape=(2, 7, 9)):
    labels = RNG.integers(0, num_classes, shape)
    labels[RNG.random(shape) < 0.2] = 255
    logits = RNG.normal(size=(*shape, num_classes)).astype("float32")
    return labels.astype("int32"), logits


def test_two_classes_by_hand():
    metric = ConfusionMatrix(2)
    metric.update_state([[0, 0, 1, 1, 255]], [[0, 1, 1, 1, 0]])
    np.testing.assert_array_equal(metric.matrix(), [[1, 1], [0, 2]])
    assert float(metric.result()) == pytest.approx((1 / 2 + 2 / 3) / 2)


def test_batches_add_up_to_what_arrays_give():
    metric, total = ConfusionMatrix(4), 0
    for _ in range(3):
        labels, logits = a_batch()
        metric.update_state(labels, logits)
        total = total + confusion_matrix(labels, logits.argmax(-1), 4)
    np.testing.assert_array_equal(metric.matrix(), total)
    expected = scores(total)
    assert float(metric.result()) == pytest.approx(expected["mean_iou"], abs=1e-6)
    for name, value in metric.scores().items():
        np.testing.assert_array_equal(value, expected[name])


def test_absent_classes_are_left_out_of_the_result():
    metric = ConfusionMatrix(5)
    metric.update_state([[0, 0, 1]], [[0, 1, 1]])
    assert float(metric.result()) == pytest.approx(0.5)


def test_counts_beyond_32_bits_are_exact():
    metric = ConfusionMatrix(2)
    metric.high.assign(np.array([2**20, 0, 0, 7, 0, 0], "int32"))
    metric.low.assign(np.array([2**24 - 1, 0, 0, 2**24 - 2, 0, 0], "int32"))
    metric.update_state([[0, 1, 1, 1]], [[0, 1, 1, 1]])
    np.testing.assert_array_equal(metric.matrix(), [[2**44 + 2**24, 0], [0, 8 * 2**24 + 1]])
    assert (ops.convert_to_numpy(metric.low) < 2**24).all()


def test_merge_adds_counts_with_their_carry():
    one, other = ConfusionMatrix(2), ConfusionMatrix(2)
    for metric in (one, other):
        metric.low.assign(np.array([2**24 - 1, 0, 1, 0, 0, 0], "int32"))
    one.merge_state([other])
    np.testing.assert_array_equal(one.matrix(), [[2**25 - 2, 0], [2, 0]])
    with pytest.raises(ValueError, match="same `num_classes`"):
        one.merge_state([ConfusionMatrix(3)])


def test_reset_and_all_void_are_nan():
    metric = ConfusionMatrix(2)
    metric.update_state([[0, 1]], [[0, 1]])
    metric.reset_state()
    assert metric.matrix().sum() == 0
    metric.update_state([[255, 255]], [[0, 1]])
    assert np.isnan(float(metric.result()))


def test_labels_out_of_range_are_not_passed_over():
    metric = ConfusionMatrix(2)
    metric.update_state([[0, 5, 1]], [[0, 1, 1]])
    assert np.isnan(float(metric.result()))
    with pytest.raises(ValueError, match="1 pixels with other values"):
        metric.scores()


def test_refuses_weights_and_wrong_shapes():
    metric = ConfusionMatrix(3)
    labels = np.zeros((1, 2, 2), "int32")
    with pytest.raises(ValueError, match="sample_weight"):
        metric.update_state(labels, labels, sample_weight=np.ones(1))
    with pytest.raises(ValueError, match="num_classes=3"):
        metric.update_state(labels, np.zeros((1, 2, 2, 4), "float32"))
    with pytest.raises(ValueError, match="`y_pred`"):
        metric.update_state(labels, np.zeros((1, 2, 2), "float32"))
    with pytest.raises(ValueError, match="same height and width"):
        metric.update_state(labels, np.zeros((1, 4, 2, 3), "float32"))
    with pytest.raises(ValueError, match="`y_true` must be integer class ids.*float"):
        metric.update_state(labels + 0.5, np.zeros((1, 2, 2, 3), "float32"))
    with pytest.raises(ValueError, match=r"`y_true` must hold at least one pixel.*\(0, 2, 2\)"):
        metric.update_state(labels[:0], np.zeros((0, 2, 2, 3), "float32"))


def test_config_comes_back():
    metric = ConfusionMatrix(6, void=-1, name="mine")
    again = keras.metrics.deserialize(keras.metrics.serialize(metric))
    assert (again.num_classes, again.void, again.name) == (6, -1, "mine")


@pytest.mark.parametrize("precision", ["float32", "mixed_bfloat16"])
def test_in_fit_it_counts_the_pixels_of_the_epoch(precision):
    x = RNG.random((5, 6, 6, 3)).astype("float32")
    labels = RNG.integers(0, 2, (5, 6, 6)).astype("uint8")
    labels[:, 0] = 255
    inputs = keras.Input((6, 6, 3))
    outputs = keras.layers.Conv2D(2, 1, dtype=precision)(inputs)
    model = keras.Model(inputs, outputs)
    metric = ConfusionMatrix(2)
    model.compile(
        "sgd",
        keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=255),
        metrics=[metric],
    )
    history = model.fit(x, labels, batch_size=2, epochs=2, verbose=0).history
    assert metric.matrix().sum() == (labels != 255).sum()
    assert history["mean_iou"][-1] == pytest.approx(metric.scores()["mean_iou"], abs=1e-6)
    if precision != "float32":
        return  # two compiled graphs may round a logit differently: predictions can differ
    model.evaluate(x, labels, verbose=0)
    predictions = model.predict(x, verbose=0).argmax(-1)
    np.testing.assert_array_equal(metric.matrix(), confusion_matrix(labels, predictions, 2))


@pytest.mark.parametrize(
    ("policy", "dtype"), [("float32", "int64"), ("mixed_bfloat16", "uint8"), ("bfloat16", "int32")]
)
def test_keras_hands_integer_labels_over_as_they_are(policy, dtype):
    x, labels = RNG.random((4, 3, 3, 3)).astype("float32"), RNG.integers(0, 2, (4, 3, 3))
    keras.config.set_dtype_policy(policy)
    try:
        model = keras.Sequential([keras.Input((3, 3, 3)), keras.layers.Conv2D(2, 1)])
        metric = ConfusionMatrix(2)
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        model.compile("sgd", loss, metrics=[metric], jit_compile=False)
        model.evaluate(x, labels.astype(dtype), batch_size=3, verbose=0)
    finally:
        keras.config.set_dtype_policy("float32")
    assert metric.matrix().sum() == labels.size
    with pytest.raises(ValueError, match="`y_true` must be integer class ids"):
        model.evaluate(x, labels.astype("float32"), verbose=0)


def test_logits_of_nan_are_no_prediction():
    metric = ConfusionMatrix(2)
    logits = np.zeros((1, 2, 2, 2), "float32")
    metric.update_state(np.zeros((1, 2, 2), int), logits)
    assert float(metric.result()) == 1.0
    logits[0, 1, 1, 1] = np.nan
    # Where the label is void nothing is counted.
    metric.update_state(np.array([[[0, 0], [0, 255]]]), logits)
    assert float(metric.result()) == 1.0
    metric.update_state(np.zeros((1, 2, 2), int), logits)
    assert np.isnan(float(metric.result()))
    with pytest.raises(ValueError, match="`y_pred` must be logits .* NaN at 1 pixels"):
        metric.scores()


@pytest.mark.parametrize("label", [2**32, 2**40 + 1, -(2**32)])
def test_labels_beyond_32_bits_are_no_class(label):
    metric = ConfusionMatrix(2)
    metric.update_state(np.full((1, 2, 2), label), np.zeros((1, 2, 2), int))
    assert np.isnan(float(metric.result()))
    with pytest.raises(ValueError, match="4 pixels with other values"):
        metric.matrix()


def test_masked_and_ragged_labels_are_refused():
    metric = ConfusionMatrix(2)
    with pytest.raises(ValueError, match="`y_true` must be a plain array"):
        metric.update_state(np.ma.masked_array([[[0]]], True), np.zeros((1, 1, 1), int))
    with pytest.raises(ValueError, match="`y_true` must be one array"):
        metric.update_state([[[0], [0, 1]]], np.zeros((1, 2, 2), int))
    assert np.isnan(float(metric.result()))
