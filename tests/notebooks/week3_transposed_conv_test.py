"""What the text of week 3 says of its figures is so."""

import functools
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest

from segcourse.exercises.judging import registry
from tests.exercises.below.cells import cells_of, needed

BLOCK = ((0, 0), (0, 1), (1, 0), (1, 1))
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "week3_transposed_conv.ipynb"


@functools.cache
def after(line):
    """The names of the notebook after the cell in which a line stands, and what that cell needs."""
    cells = cells_of(NOTEBOOK)
    wanted = [cell for cell in cells if line in cell.source]
    assert len(wanted) == 1
    namespace = {}
    plt.switch_backend("agg")
    for cell in needed(cells, wanted):
        if id := cell.tagged("exercise"):
            registry.find(id).right.build(namespace)
        else:
            exec(compile(cell.source, line, "exec"), namespace)
    plt.close("all")
    return namespace


def test_the_three_views_give_whole_numbers_that_are_equal():
    views = after("plots.numbers(view, ax=axis")["views"]
    assert len(views) == 4
    for view in views.values():
        np.testing.assert_allclose(view, views["matrix"], atol=1e-4)


def test_the_border_is_dark_and_the_rest_is_equal():
    names = after('axes[3].set(title="difference')
    difference = np.abs(names["up"] - names["week2"]).max(-1)
    assert difference.shape == (128, 128)
    assert difference[4:-4, 4:-4].max() < 1e-5
    assert (names["up"][:4] < names["week2"][:4]).all()
    corners = difference[[0, 0, -1, -1], [0, -1, 0, -1]]
    assert difference.max() == pytest.approx(corners.max())


def test_one_filter_shows_a_grid_unless_the_image_is_resized_first():
    outputs = after("strength = {name")["outputs"]

    def grid(output):
        """How much neighbours differ, in the mean over blocks of two by two, against the rest."""
        inner = output[4:-4, 4:-4]
        kinds = np.array([[inner[i::2, j::2].mean() for j in (0, 1)] for i in (0, 1)])
        return np.ptp(kinds) / np.abs(inner).mean()

    one = {name: grid(output[..., 0]) for name, output in outputs.items()}
    assert one["resize, then convolve"] < 0.05
    assert one["kernel 3, stride 2"] > 0.5
    assert one["kernel 4, stride 2"] > 0.5


@pytest.fixture(scope="module")
def learned():
    return after("axis.imshow(maps[5, 40:88, 16:64, 0]")


def test_only_the_bilinear_start_ends_below_the_line(learned):
    fixed = learned["errors"]["kernel 4, bilinear start"][0]
    for name, errors in learned["errors"].items():
        assert len(errors) == 7
        assert errors[-1] > 1.05 * fixed if "random" in name else errors[-1] < fixed


def test_the_bilinear_start_ends_near_the_best_that_sixteen_weights_can_do(learned):
    small, large = learned["halved"](learned["unseen"])[..., 0], learned["unseen"][..., 0]
    squared = []
    for i in (0, 1):
        for j in (0, 1):
            seen = [small[:, 1 + a + i : 62 + a + i, 1 + b + j : 62 + b + j] for a, b in BLOCK]
            seen = np.stack(seen, -1).reshape(-1, 4)
            wanted = large[:, 4 + i : 126 + i : 2, 4 + j : 126 + j : 2].ravel()
            weights = np.linalg.lstsq(seen, wanted, rcond=None)[0]
            squared.append(np.mean((seen @ weights - wanted) ** 2))
    best = np.sqrt(np.mean(squared))
    assert 0.95 < best / learned["errors"]["kernel 4, bilinear start"][-1] < 1.02


def test_the_random_starts_leave_a_grid_in_the_figure(learned):
    shown = {name: maps[5, 40:88, 16:64, 0] for name, maps in learned["shown"].items()}
    image = shown.pop("the image")

    def grid(part):
        """How much worse than the best of the four kinds of pixels the worst one is."""
        wrong = part - image
        kinds = [np.mean(wrong[i::2, j::2] ** 2) ** 0.5 for i in (0, 1) for j in (0, 1)]
        return max(kinds) / min(kinds)

    smooth = grid(shown.pop("kernel 4, bilinear start"))
    assert all(grid(part) > 1.1 * smooth for part in shown.values())
