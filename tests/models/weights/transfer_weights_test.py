import keras
import numpy as np
import pytest

from segcourse.models import VGGConfig, convolutionalize, fcn, transfer_weights, vgg

TINY = VGGConfig(((3,),) * 5, (2, 3, 4, 5, 6), dense=7, dense_kernel=3)


def randomize(model, seed=0):
    rng = np.random.default_rng(seed)
    for weight in model.weights:
        weight.assign(rng.normal(size=weight.shape))
    return model


def test_staged_training_starts_from_the_coarser_scores():
    coarse = randomize(fcn(TINY, 3, 32))
    fine = fcn(TINY, 3, 16)
    moved = transfer_weights(coarse, fine)
    assert moved == [f"conv{block}_1" for block in range(1, 6)] + ["fc6", "fc7", "score_fr"]
    for name in moved:
        pairs = zip(
            coarse.get_layer(name).get_weights(), fine.get_layer(name).get_weights(), strict=True
        )
        assert all(np.array_equal(given, got) for given, got in pairs)
    assert not np.any(fine.get_layer("score_pool4").get_weights()[0])


def test_new_skips_change_nothing_until_they_are_trained():
    coarse = randomize(fcn(TINY, 3, 32))
    fine = fcn(TINY, 3, 16, weights_from=coarse)
    images = np.random.default_rng(1).uniform(size=(1, 70, 64, 3))
    scores, enlarged, fused = (
        np.array(keras.Model(model.input, model.get_layer(name).output)(images))
        for model, name in [(fine, "score_fr"), (fine, "upscore2c"), (fine, "fuse_pool4")]
    )
    expected = keras.Model(coarse.input, coarse.get_layer("score_fr").output)(images)
    assert scores.std() > 0.1
    np.testing.assert_allclose(scores, np.array(expected), rtol=1e-5)
    np.testing.assert_array_equal(fused, enlarged)


def test_a_classifiers_dense_layers_go_into_convolutions():
    classifier = randomize(vgg(TINY, num_classes=5))
    model = fcn(TINY, 3, 8, geometry="original", weights_from=classifier)
    converted = convolutionalize(classifier)
    for name in ("conv1_1", "fc6", "fc7"):
        for got, want in zip(
            model.get_layer(name).get_weights(),
            converted.get_layer(name).get_weights(),
            strict=True,
        ):
            np.testing.assert_array_equal(got, want)


def test_layers_of_other_shapes_keep_their_weights():
    source, target = randomize(fcn(TINY, 4, 32)), fcn(TINY, 3, 32)
    assert "score_fr" not in transfer_weights(source, target)
    assert not np.any(target.get_layer("score_fr").get_weights()[0])


def test_nothing_in_common():
    source = vgg(VGGConfig(((3,),), (9,), dense=7), include_top=False)
    target = vgg(VGGConfig(((3,),), (8,), dense=7), include_top=False)
    with pytest.raises(ValueError, match="`source` must share at least one layer"):
        transfer_weights(source, target)


def test_what_is_no_model_is_named():
    model = fcn("small_vgg", 2, 32)
    with pytest.raises(ValueError, match="`source` must be a keras.Model. Received: source='x'"):
        transfer_weights("x", model)
    with pytest.raises(ValueError, match="`target` must be a keras.Model"):
        transfer_weights(model, None)
