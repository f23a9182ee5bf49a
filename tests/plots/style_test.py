"""What holds for every figure."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from segcourse import plots
from segcourse.plots.style import FONTS, RC

CLASSES = ("sky", "grass", "cat")
IMAGE = np.zeros((8, 8, 3), "uint8")
LABELS = np.arange(64).reshape(8, 8) % 3
HISTORY = SimpleNamespace(epochs=[{"epoch": 1, "loss": 1.0, "val_mean_iou": 0.5}])

SPEED = SimpleNamespace(
    work="training",
    images_per_second=80.0,
    seconds=0.1,
    memory=2**30,
    share_of_peak=0.4,
    waiting_share=0.01,
)


def layer(name, *shape):
    return SimpleNamespace(name=name, output=SimpleNamespace(shape=(None, *shape)))


UNET = SimpleNamespace(
    layers=[
        layer("images", 8, 8, 1),
        *[layer(f"down1_conv{i}", 8, 8, 4) for i in (1, 2)],
        layer("down1_pool", 4, 4, 4),
        *[layer(f"bottom_conv{i}", 4, 4, 8) for i in (1, 2)],
        layer("up1_upconv", 8, 8, 4),
        layer("up1_skip", 8, 8, 8),
        *[layer(f"up1_conv{i}", 8, 8, 4) for i in (1, 2)],
        layer("logits", 8, 8, 2),
    ]
)
ON_AXES = {
    "overlay": (IMAGE, LABELS, CLASSES),
    "heat_map": (IMAGE, np.eye(2)),
    "numbers": (np.eye(3),),
    "receptive_fields": (IMAGE, {"pool1": (2, 2, 4)}),
    "bars": ({"a": 1.0}, "n"),
    "spread": ({"a": {16: [0.1, 0.2], 32: [0.3]}}, "images", "mean IoU"),
    "stack": ([("a", 2, 2, 1), ("b", 1, 1, 1)],),
    "fcn_diagram": (),
    "matrix": (np.eye(2, dtype=int),),
    "overlaps": (3, 3, 2),
    "tents": ([1, 2], 2),
    "four_neighbours": ([[1, 2], [3, 4]], 0.25, 0.5),
    "two_grids": (2, 4),
    "boxes": (IMAGE, [(0, 0, 4, 4)], ["cat"]),
    "keypoints": (IMAGE, [(1, 1, 2), (3, 3, 1)], [(0, 1)]),
    "panoptic": (
        IMAGE,
        LABELS,
        [{"id": 1, "category_id": 0}, {"id": 2, "category_id": 2}],
        CLASSES,
        (2,),
    ),
    "instances": (IMAGE, LABELS, [{"id": i, "category_id": 1} for i in (1, 2)], (1,), "true"),
    "bent_grid": (IMAGE, np.eye(8), np.eye(8), 3),
    "tiles": (IMAGE, 4, 2),
    "unet_diagram": (UNET,),
    "dilated_stack": ((1, 2),),
    "atrous_taps": ((1, 2), 5),
    "strips": ({"a": [(0, 3, "A"), (3, 5, "B")]},),
    "attempts": (["a", "b"], [0.4, 0.6], "mean IoU", {"pass": 0.5}),
}
SEGMENTS = LABELS, [{"id": i, "category_id": 1} for i in np.unique(LABELS).tolist() if i]
ON_FIGURES = {
    "compare": (IMAGE[None], LABELS[None], LABELS[None], CLASSES),
    "curves": ({"a": HISTORY},),
    "matching": (SEGMENTS, SEGMENTS, {1: {"name": "cat", "isthing": 1}}),
    "patch_grid": ({"a": IMAGE[None, None]},),
    "speeds": ({"a": SimpleNamespace(speeds=(SPEED,))},),
    "scatter_steps": (np.eye(2), np.eye(3), 2),
    "transposed_steps": (2, 3),
}


@pytest.mark.parametrize("name", [*ON_AXES, *ON_FIGURES])
def test_nothing_is_left_behind(name, monkeypatch):
    monkeypatch.setattr(plt, "show", lambda *a, **k: pytest.fail("a figure shows itself"))
    before = dict(matplotlib.rcParams)
    made = getattr(plots, name)(*(ON_AXES | ON_FIGURES)[name])
    assert isinstance(made, Axes if name in ON_AXES else Figure)
    fig = made.figure if name in ON_AXES else made
    assert plt.get_fignums() == [fig.number]
    assert fig.dpi == 100
    assert dict(matplotlib.rcParams) == before
    fig.canvas.draw()


@pytest.mark.parametrize("name", ON_AXES)
def test_given_axes_make_no_figure(name):
    _, ax = plt.subplots()
    assert getattr(plots, name)(*ON_AXES[name], ax=ax) is ax
    assert len(plt.get_fignums()) == 1


@pytest.mark.parametrize("name", [*ON_AXES, *ON_FIGURES])
def test_a_dark_style_of_the_reader_does_not_reach_the_figure(name):
    function, arguments = getattr(plots, name), (ON_AXES | ON_FIGURES)[name]

    def pixels():
        made = function(*arguments)
        fig = made.figure if name in ON_AXES else made
        fig.canvas.draw()
        return np.asarray(fig.canvas.buffer_rgba()).copy()

    plain = pixels()
    with plt.style.context("dark_background"):
        np.testing.assert_array_equal(pixels(), plain)


def test_letters_that_the_first_font_lacks_are_taken_from_the_next(recwarn, caplog):
    assert RC["font.family"][0] == FONTS[0] and set(RC["font.family"]) <= set(FONTS)
    ax = plots.overlay(IMAGE, LABELS, ("하늘", "잔디", "고양이"), title="하늘 a")
    plots.legend(ax, ("하늘", "잔디", "고양이"))
    with matplotlib.rc_context(RC):
        ax.text(0, 0, "굵게 b", weight="bold")
    ax.figure.canvas.draw()
    assert not [str(one.message) for one in recwarn if "Glyph" in str(one.message)]
    assert not caplog.records


def test_every_public_figure_is_held_to_this():
    assert {*ON_AXES, *ON_FIGURES, "legend"} == set(plots.__all__) - {
        "MAX_CLASSES",
        "colors",
        "outline_segments",
        "overlapping_pairs",
        "slider",  # shows what another function draws
    }


def test_plots_need_neither_keras_nor_tensorflow():
    code = "import sys, segcourse.plots; print({'keras', 'tensorflow', 'jax'} & set(sys.modules))"
    root = Path(plots.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout.strip() == "set()"
