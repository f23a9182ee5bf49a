"""Invalid input into public functions: a ValueError that names the argument.

One row for each function, and in it what each argument must not be.
"""

from functools import partial

import keras
import numpy as np
import pytest

from segcourse import data, layers, metrics, models, project, training
from segcourse.training.losses.pixelwise_logistic_loss import PixelwiseLogisticLoss

CATEGORIES = {k: {"name": f"c{k}", "isthing": k % 2} for k in range(4)}
MODEL = keras.Sequential([keras.Input((None, None, 3)), keras.layers.Identity()])
IMAGES = np.random.default_rng(0).random((2, 4, 4, 3)).astype("float32")
LABELS = np.arange(32).reshape(2, 4, 4) % 2
NO_COUNT = [0, -1, 1.5, "3", None, True, float("nan"), [2], np.float32(2), 2j]
NO_INTEGER = [1.5, "3", None, True, float("nan"), [2], {}]
NO_SPACING = [0, -1, "a", None, (1, 2, 3), (1, 0)]
NO_NUMBER = ["3", float("nan"), float("inf"), [2], {}, True, -1]
NO_LABELS = [
    LABELS + 0.5,
    LABELS.astype(str),
    np.ma.masked_array(LABELS, LABELS > 0),
    [[[0]], [[0, 1]]],
    LABELS[:, :3],
    LABELS[0],
    LABELS - 5,
    LABELS + 400,
    np.zeros((0, 4, 4), int),
    np.array([None, 3]),
    "labels",
    None,
]
NO_IMAGES = [
    IMAGES * 255,
    IMAGES - 1,
    IMAGES * np.nan,
    np.where(IMAGES > 0.5, np.inf, IMAGES).astype("float32"),
    (IMAGES * 255).astype("int32"),
    (IMAGES * 255).astype("uint16"),
    IMAGES[..., 0],
    IMAGES[:0],
    [IMAGES[0], IMAGES[0][:3]],
    np.ma.masked_array(IMAGES, IMAGES > 0.5),
    "images",
    None,
]
NO_IMAGE = [one[0] if isinstance(one, np.ndarray) and len(one) else one for one in NO_IMAGES]
SPLIT = data.Split("s", ("a", "b"), 2, lambda n: {"image": np.uint8(255 * IMAGES), "label": LABELS})
MASK = np.array([[0, 1], [1, 0]])
PAIR = np.array([[1, 1]]), [{"id": 1, "category_id": 1}]
CHANCES = np.full((4, 4, 2), 0.5)
NO_MODEL = [None, "model", 3, keras.layers.Identity()]

# function, valid arguments by name, and for a name what it must not be.
CALLS = {
    "confusion_matrix": (
        metrics.confusion_matrix,
        dict(labels=LABELS, predictions=LABELS, num_classes=2, void=255),
        dict(labels=NO_LABELS, predictions=NO_LABELS, num_classes=NO_COUNT, void=[*NO_INTEGER, 1]),
    ),
    "ConfusionMatrix": (
        metrics.ConfusionMatrix,
        dict(num_classes=2, void=255),
        dict(num_classes=NO_COUNT, void=[*NO_INTEGER, 0]),
    ),
    "scores": (
        metrics.scores,
        dict(matrix=np.eye(2)),
        dict(matrix=[np.eye(3)[:2], -np.eye(2), np.eye(2) * np.nan, [[1], [1, 2]], "m", None, []]),
    ),
    "panoptic_map": (
        metrics.panoptic_map,
        dict(classes=LABELS[0], instances=LABELS[0], categories=CATEGORIES, void=255),
        dict(
            classes=[LABELS, LABELS[0] + 0.5, LABELS[0] + 7, [[1], [1, 2]], None],
            instances=[LABELS, LABELS[0] + 0.5, LABELS[0] - 3, [[1], [1, 2]], None],
            categories=[None, {}, [1], {"a": {}}, {1: {}}],
            void=[*NO_INTEGER, 1],
        ),
    ),
    "from_semantic": (
        metrics.from_semantic,
        dict(labels=LABELS[0], categories=CATEGORIES, min_area=1, void=255),
        dict(labels=[LABELS, LABELS[0] + 0.5, LABELS[0] + 7], min_area=NO_COUNT, void=NO_INTEGER),
    ),
    "panoptic_quality": (
        metrics.panoptic_quality,
        dict(true=PAIR, pred=PAIR, categories=CATEGORIES),
        dict(
            true=[None, PAIR[0], (PAIR[0] + 0.5, PAIR[1]), (PAIR[0], []), ([[1], [1, 1]], PAIR[1])],
            pred=[None, PAIR[0], (PAIR[0], None), (PAIR[0], [{"id": 1}])],
            categories=[None, {}, 3],
        ),
    ),
    **{
        error.__name__: (
            error,
            dict(labels=MASK, predictions=MASK / 1.0, thresholds=0.5),
            dict(
                labels=[MASK * 255, MASK + 0.5, MASK[0], [[1], [0, 1]], None, "m"],
                predictions=[MASK * 255, MASK * np.nan, MASK[:1], [[1], [0, 1]], None],
                thresholds=[1, -0.1, "a", None, [], float("nan")],
            ),
        )
        for error in (metrics.pixel_error, metrics.rand_error, metrics.warping_error)
    },
    "augment": (
        data.augment,
        dict(crop=(2, 2), scale=(0.5, 1), color=0.1, rotation=1, shift=1, elastic=1, seed=0),
        dict(
            crop=[3, (0, 2), (1.5, 2), (1, 2, 3), "ab"],
            scale=[1, (2, 1), (0, 1), (np.nan, 1), "ab", (1, np.inf)],
            color=[*NO_NUMBER, 1.1, None],
            rotation=[*NO_NUMBER, None],
            shift=[*NO_NUMBER, None],
            elastic=[*NO_NUMBER, None],
            seed=[-1, *NO_INTEGER],
        ),
    ),
    "Augment": (
        data.augment(crop=(3, 3), elastic=1.0),
        dict(images=IMAGES, labels=LABELS, draws=None, weights=None),
        dict(
            images=NO_IMAGES,
            labels=NO_LABELS,
            draws=[np.zeros((2, 3)), 3, "d"],
            weights=[np.zeros((2, 3)), 3, "d"],
        ),
    ),
    "pipeline": (
        lambda images, labels, **others: data.pipeline((images, labels), **others),
        dict(images=IMAGES, labels=LABELS, batch_size=2, repeats=1, seed=0, epoch=0, augment=None),
        dict(
            images=NO_IMAGES,
            labels=NO_LABELS,
            batch_size=NO_COUNT,
            repeats=NO_COUNT,
            seed=[-1, *NO_INTEGER],
            epoch=[-1, *NO_INTEGER],
            augment=[3, "flip", len],
            weights=[np.zeros((2, 3)), LABELS, LABELS - 0.5, LABELS * np.nan, "w"],
        ),
    ),
    "patches": (
        data.patches,
        dict(split=SPLIT, count=2, size=1, seed=0),
        dict(
            split=[None, (IMAGES, LABELS), "train"],
            count=NO_COUNT,
            size=[*NO_COUNT, 5],
            seed=[-1, *NO_INTEGER],
        ),
    ),
    "objects": (
        data.objects,
        dict(count=1, seed=0, size=32),
        dict(count=NO_COUNT, size=NO_COUNT, seed=[-1, *NO_INTEGER]),
    ),
    "cells": (
        data.cells,
        dict(count=1, seed=0, size=64),
        dict(count=NO_COUNT, size=NO_COUNT, seed=[-1, *NO_INTEGER]),
    ),
    "take": (SPLIT.take, dict(count=1), dict(count=NO_COUNT)),
    "without_void": (
        data.without_void,
        dict(labels=LABELS[0]),
        dict(labels=[LABELS, LABELS[0] + 0.5, LABELS[0] * 0 + 255, [[1], [1, 2]], None]),
    ),
    "separation_weights": (
        data.separation_weights,
        dict(instances=MASK, w0=1, sigma=1, class_weights=None, void=None),
        dict(
            instances=[MASK + 0.5, -MASK, MASK[0], MASK > 0, [[1], [0, 1]], None, "m"],
            w0=[*NO_NUMBER, None],
            sigma=[*NO_NUMBER, None, 0],
            class_weights=[1, (1,), (1, -1), (1, np.nan), "ab"],
            void=["none", 1.5, [2], True],
        ),
    ),
    "loss": (
        lambda y_true, y_pred: PixelwiseLogisticLoss()(y_true, y_pred),
        dict(y_true=LABELS, y_pred=IMAGES),
        dict(y_true=[LABELS[:, :1], LABELS[:1], LABELS[0], LABELS + 0.5, [[0], [0, 1]]]),
    ),
    **{
        kind.__name__: (
            lambda y_true, y_pred, kind=kind, **settings: kind(**settings)(y_true, y_pred),
            dict(y_true=LABELS, y_pred=IMAGES),
            dict(
                y_true=[LABELS[:, :1], LABELS[:1], LABELS[0], LABELS + 0.5, [[0], [0, 1]]],
                void=[*NO_INTEGER, None],
                class_weights=[(1, 2), "abc", (1, -1, 1), {0: 1}],
                **others,
            ),
        )
        for kind, others in (
            (training.DiceLoss, dict(smooth=[*NO_NUMBER, None])),
            (training.FocalLoss, dict(gamma=[*NO_NUMBER, None], alpha=[*NO_NUMBER, 2])),
            (training.LovaszSoftmaxLoss, {}),
        )
    },
    "Recipe": (
        training.Recipe,
        {},
        dict(
            learning_rate=[*NO_NUMBER, 0, None],
            epochs=NO_COUNT,
            batch_size=NO_COUNT,
            repeats=NO_COUNT,
            void=[*NO_INTEGER, -1, 256],
            seed=[*NO_INTEGER, -1],
            optimizer=["sgdw", None, 3, [1]],
            schedule=["steps", None, [1]],
            loss=["hinge", None, [1], keras.losses.MeanSquaredError()],
            precision=["float16", None, [1]],
            checkpoint=["", 3, [1]],
            class_weights=["12", {0: 1}, (-1, 1), 3, ()],
            ema=[0, 1, "a", np.nan],
            minutes=[0, -1, "a", np.nan],
            augment=[3, "flip", len],
            pixel_weights=[3, "w"],
        ),
    ),
    **{
        function.__name__: (
            function,
            dict(labels=MASK, predictions=MASK),
            dict(
                labels=[MASK + 1, MASK + 0.5, MASK[0], MASK[None], [[1], [0, 1]], "m", None],
                predictions=[MASK + 254, MASK + 0.5, MASK[:1], MASK[None], "m", None],
                **others,
            ),
        )
        for function, others in (
            (metrics.boundary_f_score, dict(tolerance=[*NO_NUMBER, None], spacing=NO_SPACING)),
            (metrics.boundary_iou, dict(width=[0, -1, 1.5, "a", np.nan])),
            (metrics.surface_distance, dict(spacing=NO_SPACING)),
        )
    },
    "predict_labels": (
        training.predict_labels,
        dict(model=MODEL, images=IMAGES, batch_size=2),
        dict(model=NO_MODEL, images=[*NO_IMAGES, IMAGES[..., :2]], batch_size=NO_COUNT),
    ),
    "evaluate": (
        lambda images, labels, **others: training.evaluate(data=(images, labels), **others),
        dict(model=MODEL, images=IMAGES, labels=LABELS, num_classes=3, batch_size=2),
        dict(
            model=NO_MODEL,
            images=NO_IMAGES,
            labels=NO_LABELS,
            num_classes=[one for one in NO_COUNT if one is not None],
            batch_size=NO_COUNT,
        ),
    ),
    "fit": (
        lambda images, labels, **others: training.fit(train=(images, labels), **others),
        dict(model=MODEL, images=IMAGES, labels=LABELS, recipe=training.Recipe(epochs=1)),
        dict(model=NO_MODEL, images=NO_IMAGES, labels=NO_LABELS, recipe=[None, {}, "unet"]),
    ),
    "overlap_tile_predict": (
        models.overlap_tile_predict,
        dict(model=MODEL, image=IMAGES[0], tile=4, margin=0, overlap=0, batch_size=2),
        dict(
            model=NO_MODEL,
            image=[
                one[0] if isinstance(one, np.ndarray) and len(one) else one for one in NO_IMAGES
            ],
            tile=[*NO_COUNT, (1, 2, 3), (0, 1)],
            margin=[-1, 1.5, "3", True],
            overlap=[-1, 1.5, "3", True, None],
            batch_size=NO_COUNT,
        ),
    ),
    "dense_crf": (
        models.dense_crf,
        dict(image=IMAGES[0], probabilities=CHANCES, iterations=1),
        dict(
            image=[
                one[0] if isinstance(one, np.ndarray) and len(one) else one for one in NO_IMAGES
            ],
            probabilities=[CHANCES * 2, CHANCES * np.nan, CHANCES[1:], -CHANCES, CHANCES > 0, "p"],
            iterations=NO_COUNT,
            appearance_weight=[*NO_NUMBER, None],
            appearance_distance=[*NO_NUMBER, None, 0],
            appearance_colour=[*NO_NUMBER, None, 0],
            smoothness_weight=[*NO_NUMBER, None],
            smoothness_distance=[*NO_NUMBER, None, 0],
        ),
    ),
    **{
        function.__name__: (
            function,
            dict(labels=LABELS, predictions=LABELS, **others),
            dict(labels=NO_LABELS, predictions=NO_LABELS, void=NO_INTEGER, **wrong),
        )
        for function, others, wrong in (
            (project.worst, {}, dict(count=NO_COUNT)),
            (project.near_borders, {}, dict(widths=[*map(list, zip(NO_COUNT)), [], 3, None, "2"])),
            (
                project.by_size,
                dict(class_ids=[1]),
                dict(class_ids=[*map(list, zip(NO_INTEGER)), [], 3, None, "1", {}]),
            ),
        )
    },
    "confusions": (
        project.confusions,
        dict(matrix=np.eye(2), classes=("a", "b"), count=1),
        dict(
            matrix=[np.eye(3)[:2], -np.eye(2), np.eye(2) * np.nan, [[1], [1, 2]], "m", None, []],
            classes=[("a",), "ab", None, (1, 2), {"a": 1, "b": 2}],
            count=NO_COUNT,
        ),
    ),
    "bar": (project.bar, dict(name="scenes"), dict(name=["", None, 3, ["scenes"], True])),
    "judge": (
        project.Bar(0.5, 0.6, 2.0).judge,
        dict(mean_iou=0.5),
        dict(mean_iou=[*NO_NUMBER, None, 1.5]),
    ),
    "hint": (project.hint, dict(number=1), dict(number=[0, -1, 1.5, "3", 99, True])),
    "project_solution": (project.solution, {}, dict(anyway=[1, 0, "yes", None, [True]])),
    "Project": (
        project.Project,
        dict(dataset=None),
        dict(dataset=[None, "scenes", 3, SPLIT, {"train": SPLIT}, (IMAGES, LABELS)]),
    ),
    "unet_output_size": (
        models.unet_output_size,
        dict(size=572, depth=4),
        dict(size=[*NO_COUNT, 571], depth=NO_COUNT),
    ),
    "unet_input_size": (
        models.unet_input_size,
        dict(output_size=388, depth=4),
        dict(output_size=NO_COUNT, depth=NO_COUNT),
    ),
    "unet": (
        models.unet,
        dict(num_classes=2, input_shape=(8, 8, 1), depth=1, base_channels=1, padding="same"),
        dict(
            num_classes=NO_COUNT,
            input_shape=[3, (8, 8), (0, 8, 1), "abc", (8.0, 8, 1)],
            depth=NO_COUNT,
            base_channels=NO_COUNT,
            padding=["full", None, 1, [1]],
            skips=["all", None, 1, [1]],
            dropout=[*NO_NUMBER, None, 1],
        ),
    ),
    "fcn": (
        partial(models.fcn, "small_vgg"),
        dict(num_classes=2, stride=32),
        dict(num_classes=NO_COUNT, stride=[*NO_COUNT, 4, 8.0], geometry=["x", None, [1]]),
    ),
    "export": (
        models.export,
        dict(model=MODEL, path="no folder/model", format=None),
        dict(
            model=NO_MODEL,
            path=["", "model.h5", "no folder/model", None, 3, ["model"]],
            format=["h5", "", 3, ["onnx"], True],
        ),
    ),
    "receptive_field": (models.receptive_field, dict(model=MODEL), dict(model=NO_MODEL)),
    "input_gradient": (
        training.input_gradient,
        dict(function=lambda x: x, x=np.ones(2), vector=np.ones(2)),
        dict(vector=[np.ones(3), [[1], [1, 2]]], x=[[[1], [1, 2]], "x", None]),
    ),
    **{
        layer.__name__: (layer, {}, {name: wrong})
        for layer, name, wrong in (
            (layers.BilinearUpsampling2D, "size", [*NO_COUNT, (1, 2, 3)][:-1]),
            (layers.PadToMultiple, "multiple", NO_COUNT),
            (layers.CropToMatch, "offset", [-1, 1.5, "a", (1,), True, {}]),
            (layers.MaxPooling2DWithIndices, "pool_size", [0, -1, 1.5, "a", (1, 2, 3), True]),
            (layers.RandomElasticDeformation, "sigma", [*NO_NUMBER, None]),
            (layers.LocalResponseNormalization, "size", [*NO_COUNT, 2]),
            (layers.CaffePreprocessing, "mean", [None, 3, (1, 2), "abc", (1, 2, None)]),
        )
    },
    "transpose_map": (
        layers.transpose_map,
        dict(y=np.ones((2, 2)), kernel=np.ones((3, 3))),
        dict(
            y=[np.ones(3), [[1], [1, 2]], "y", None, np.ones((0, 2))],
            kernel=[np.ones(3), np.ones((2, 3)), "kernel", None],
        ),
    ),
    "shift_and_stitch": (
        layers.shift_and_stitch,
        dict(fn=lambda x: x, images=IMAGES, stride=1),
        dict(stride=NO_COUNT, images=[IMAGES[0], LABELS[0]]),
    ),
}


@pytest.mark.parametrize(
    "call, name",
    [(call, name) for call, (_, _, wrong) in CALLS.items() for name in wrong],
)
def test_what_is_invalid_is_named(call, name):
    function, valid, wrong = CALLS[call]
    unnamed = []
    for value in wrong[name]:
        try:
            function(**{**valid, name: value})
        except ValueError as error:
            if f"`{name}" in str(error) or f"the {name} of `" in str(error):
                continue
            came = f"a ValueError without the name: {error}"
        except Exception as error:
            came = f"{type(error).__name__}: {error}"
        else:
            came = "no error"
        unnamed.append(f"{call}({name}={str(value)[:60]!r}): {came[:160]}")
    assert not unnamed, "\n".join(unnamed)
