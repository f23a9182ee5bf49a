"""`separation_weights` against independent implementations, and the example of its text."""

import numpy as np
import pytest

from segcourse.exercises.week6.separation_weights import separation_weights as exercise

separation_weights = exercise.right.build()


@pytest.mark.parametrize("numbers", [(1, 2), (4, 1, 9)])
def test_separation_weights_agree_with_a_loop(numbers):
    rng = np.random.default_rng(len(numbers))
    cells = np.zeros((8, 11), int)
    for number, column in zip(numbers, (1, 5, 8), strict=False):
        cells[rng.integers(0, 3) : rng.integers(4, 8), column : column + 2] = number
    result = separation_weights(cells, 8.0, 3.0)
    shares = {True: np.mean(cells > 0), False: np.mean(cells == 0)}
    for place in np.ndindex(cells.shape):
        expected = 0.5 / shares[bool(cells[place])]
        if not cells[place]:
            distances = [
                min(np.hypot(*(np.array(place) - other)) for other in np.argwhere(cells == number))
                for number in numbers
            ]
            expected += 8 * np.exp(-(sum(sorted(distances)[:2]) ** 2) / 18)
        assert result[place] == pytest.approx(expected)


def test_the_class_weights_have_the_mean_1():
    cells = np.zeros((20, 30), int)
    cells[2:5, 3:9], cells[12:19, 20:28] = 1, 2
    assert separation_weights(cells, w0=0).mean() == pytest.approx(1)


def test_separation_weights_example():
    result = separation_weights(np.array([[1, 0, 2]]))
    np.testing.assert_allclose(result, [[0.75, 1.5 + 9.23116, 0.75]], rtol=1e-5)


@pytest.mark.parametrize(("mistake", "panels"), [("d1 only", 2), ("no class weight", 2)])
def test_weights_picture_shows_both(mistake, panels, drawn):
    figure = drawn(exercise, mistake)
    assert [ax.get_title() for ax in figure.axes[:panels]] == ["yours", "expected"]


#: Answers as people write them, the mistake that is recognised, and what is said of the call.
WRITTEN = [
    (
        "from scipy import ndimage\n"
        "cells, n = ndimage.label(cells > 0)\n"
        "d = np.sort(\n"
        "    [ndimage.distance_transform_edt(cells != i) for i in range(1, n + 1)],\n"
        "    axis=0,\n"
        ")\n"
        "fg = cells > 0\n"
        "wc = np.where(fg, cells.size / (2 * fg.sum()), cells.size / (2 * (~fg).sum()))\n"
        "return wc + (~fg) * w0 * np.exp(-((d[0] + d[1]) ** 2) / (2 * sigma**2))",
        "cells numbered anew",
        "",
    ),
    (
        "from scipy import ndimage\n"
        "lab, n = ndimage.label(cells)\n"
        "d = np.sort(\n"
        "    [ndimage.distance_transform_edt(lab != i) for i in np.unique(lab) if i],\n"
        "    axis=0,\n"
        ")\n"
        "fg = cells > 0\n"
        "wc = np.where(fg, cells.size / (2 * fg.sum()), cells.size / (2 * (~fg).sum()))\n"
        "return wc + (~fg) * w0 * np.exp(-((d[0] + d[1]) ** 2) / (2 * sigma**2))",
        "cells numbered anew",
        "",
    ),
    (
        "from scipy import ndimage\n"
        "d = []\n"
        "for i in range(1, cells.max() + 1):\n"
        "    d.append(ndimage.distance_transform_edt(cells != i))\n"
        "d = np.sort(np.array(d), axis=0)\n"
        "fg = cells > 0\n"
        "wc = np.where(fg, cells.size / (2 * fg.sum()), cells.size / (2 * (~fg).sum()))\n"
        "return wc + (~fg) * w0 * np.exp(-((d[0] + d[1]) ** 2) / (2 * sigma**2))",
        "all numbers up to the largest",
        "",
    ),
    (
        "from scipy import ndimage\n"
        "d = np.sort(\n"
        "    [\n"
        "        ndimage.distance_transform_edt(cells != i)\n"
        "        for i in np.unique(cells)\n"
        "        if i\n"
        "    ],\n"
        "    axis=0,\n"
        ")\n"
        "out = np.ones(cells.shape)\n"
        "bg = cells == 0\n"
        "out[bg] += w0 * np.exp(-((d[0] + d[1]) ** 2) / (2 * sigma**2))[bg]\n"
        "return out",
        "class weight 1",
        "",
    ),
    (
        "from scipy import ndimage\n"
        "d = np.sort(\n"
        "    [\n"
        "        ndimage.distance_transform_edt(cells != i)\n"
        "        for i in np.unique(cells)\n"
        "        if i\n"
        "    ],\n"
        "    axis=0,\n"
        ")\n"
        "fg = cells > 0\n"
        "wc = np.where(\n"
        "    fg, cells.size / (2 * (~fg).sum()), cells.size / (2 * (fg).sum())\n"
        ")\n"
        "return wc + (~fg) * w0 * np.exp(-((d[0] + d[1]) ** 2) / (2 * sigma**2))",
        "class weights exchanged",
        "",
    ),
    (
        "from scipy import ndimage\n"
        "d = np.sort(\n"
        "    np.stack(\n"
        "        [\n"
        "            ndimage.distance_transform_edt(cells != i)\n"
        "            for i in np.unique(cells)\n"
        "            if i\n"
        "        ]\n"
        "    )\n"
        ")\n"
        "fg = cells > 0\n"
        "wc = np.where(fg, cells.size / (2 * fg.sum()), cells.size / (2 * (~fg).sum()))\n"
        "return wc + (~fg) * w0 * np.exp(-((d[0] + d[1]) ** 2) / (2 * sigma**2))",
        "sorted along the width",
        "",
    ),
    (
        "from scipy import ndimage\n"
        "d = sorted(\n"
        "    [\n"
        "        ndimage.distance_transform_edt(cells != i)\n"
        "        for i in np.unique(cells)\n"
        "        if i\n"
        "    ]\n"
        ")\n"
        "fg = cells > 0\n"
        "wc = np.where(fg, cells.size / (2 * fg.sum()), cells.size / (2 * (~fg).sum()))\n"
        "return wc + (~fg) * w0 * np.exp(-((d[0] + d[1]) ** 2) / (2 * sigma**2))",
        "maps sorted with sorted()",
        "",
    ),
    (
        "from scipy import ndimage\n"
        "d = np.sort(\n"
        "    np.stack(\n"
        "        [\n"
        "            ndimage.distance_transform_edt(cells != i)\n"
        "            for i in np.unique(cells)\n"
        "        ],\n"
        "        axis=-1,\n"
        "    ),\n"
        "    axis=-1,\n"
        ")\n"
        "fg = cells > 0\n"
        "wc = np.where(fg, cells.size / (2 * fg.sum()), cells.size / (2 * (~fg).sum()))\n"
        "return wc + (~fg) * w0 * np.exp(\n"
        "    -((d[..., 0] + d[..., 1]) ** 2) / (2 * sigma**2)\n"
        ")",
        "d1 only",
        "",
    ),
    (
        "from scipy import ndimage\n"
        "d = np.sort(\n"
        "    np.stack(\n"
        "        [\n"
        "            ndimage.distance_transform_edt(cells != i)\n"
        "            for i in np.unique(cells)[1:]\n"
        "        ],\n"
        "        axis=-1,\n"
        "    ),\n"
        "    axis=-1,\n"
        ")\n"
        "fg = cells > 0\n"
        "wc = np.where(fg, 0.5 / fg.mean(), 0.5 / (~fg).mean())\n"
        "return wc + (~fg) * w0 * np.exp(\n"
        "    (-(d[..., 0] + d[..., 1])) ** 2 / (2 * sigma**2)\n"
        ")",
        "minus forgotten",
        "",
    ),
    (
        "from scipy import ndimage\n"
        "d = np.sort(\n"
        "    np.stack(\n"
        "        [\n"
        "            ndimage.distance_transform_edt(cells != i)\n"
        "            for i in np.unique(cells)[1:]\n"
        "        ],\n"
        "        axis=-1,\n"
        "    ),\n"
        "    axis=-1,\n"
        ")\n"
        "fg = cells > 0\n"
        "wc = np.where(fg, 0.5 / fg.mean(), 0.5 / (~fg).mean())\n"
        "return np.where(\n"
        "    fg, wc, w0 * np.exp(-((d[..., 0] + d[..., 1]) ** 2) / (2 * sigma**2))\n"
        ")",
        "one term or the other",
        "",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)


RIGHT = [
    "from scipy import ndimage\n"
    "d = np.sort(\n"
    "    np.stack(\n"
    "        [\n"
    "            ndimage.distance_transform_edt(cells != i)\n"
    "            for i in np.unique(cells)[1:]\n"
    "        ],\n"
    "        axis=-1,\n"
    "    ),\n"
    "    axis=-1,\n"
    ")\n"
    "fg = cells > 0\n"
    "wc = np.where(fg, cells.size / (2 * fg.sum()), cells.size / (2 * (~fg).sum()))\n"
    "return wc + (~fg) * w0 * np.exp(\n"
    "    -((d[..., 0] + d[..., 1]) ** 2) / (2 * sigma**2)\n"
    ")",
]


@pytest.mark.parametrize("body", RIGHT)
def test_right_answers_in_other_forms(body, passes):
    passes(exercise, body)
