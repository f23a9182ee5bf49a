"""`predict_in_tiles` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from scipy import ndimage

from segcourse.exercises.week6._tiles import filter_of
from segcourse.exercises.week6.predict_in_tiles import predict_in_tiles as exercise

predict_in_tiles = exercise.right.build()


@pytest.mark.parametrize("shape", [(6, 6), (7, 19), (23, 8), (12, 18)])
def test_predict_in_tiles_agrees_with_one_pass(shape):
    rng = np.random.default_rng(sum(shape))
    image, kernel = rng.normal(size=shape), rng.normal(size=(5, 3))
    seen = []

    def predict(part):
        seen.append(part.shape)
        whole = ndimage.correlate(part, kernel, mode="constant")
        return whole[2:-2, 2:-2]

    result = predict_in_tiles(image, 6, 2, predict)
    np.testing.assert_allclose(result, ndimage.correlate(image, kernel, mode="mirror"), atol=1e-12)
    assert set(seen) == {(10, 10)}
    assert len(seen) == -(-shape[0] // 6) * -(-shape[1] // 6)


def test_predict_in_tiles_example():
    begins = []

    def predict(part):
        begins.append(int(part[0, 0]))
        return part

    predict_in_tiles(np.tile(np.arange(10.0), (4, 1)), 4, 0, predict)
    assert begins == [0, 4, 6]


def test_the_network_of_the_cases_is_a_correlation():
    kernel = np.arange(9.0).reshape(3, 3)
    part = np.random.default_rng(0).normal(size=(6, 6))
    expected = ndimage.correlate(part, kernel)[1:-1, 1:-1]
    predict = filter_of(kernel, 4)
    np.testing.assert_allclose(predict(part), expected)
    with pytest.raises(ValueError, match=r"6 by 6 pixels; it got \(6, 5\)"):
        predict(part[:, :5])


def test_tiles_picture_marks_the_gap(drawn):
    figure = drawn(exercise, "last tiles left out")
    assert "wrong pixel" in figure.axes[0].get_title()


#: Answers as people write them, the mistake that is recognised, and what is said of the call.
WRITTEN = [
    (
        "w, h = image.shape\n"
        "out = np.zeros((h, w))\n"
        'p = np.pad(image, margin, mode="reflect")\n'
        "for y in range(0, h, tile):\n"
        "    for x in range(0, w, tile):\n"
        "        yy, xx = min(y, h - tile), min(x, w - tile)\n"
        "        out[yy : yy + tile, xx : xx + tile] = predict(\n"
        "            p[yy : yy + tile + 2 * margin, xx : xx + tile + 2 * margin]\n"
        "        )\n"
        "return out",
        "height and width exchanged",
        "",
    ),
    (
        "h, w = image.shape\n"
        "out = np.zeros(image.shape)\n"
        'p = np.pad(image, margin, mode="reflect")\n'
        "for y in range(0, h, tile):\n"
        "    for x in range(0, w, tile):\n"
        "        yy, xx = min(y, h - tile), min(x, w - tile)\n"
        "        out[yy : yy + tile, xx : xx + tile] = predict(\n"
        "            p[\n"
        "                yy + margin : yy + tile + 3 * margin,\n"
        "                xx + margin : xx + tile + 3 * margin,\n"
        "            ]\n"
        "        )\n"
        "return out",
        "part begins at top + margin",
        "",
    ),
    (
        'return predict(np.pad(image, margin, mode="reflect"))[\n'
        "    : image.shape[0], : image.shape[1]\n"
        "]",
        "whole image with its border",
        "",
    ),
    (
        "h, w = image.shape\n"
        "out = np.zeros(image.shape)\n"
        'p = np.pad(image, margin, mode="reflect")\n'
        "for y in range(0, h, tile):\n"
        "    for x in range(0, w, tile):\n"
        "        yy, xx = min(y, h - tile), min(x, w - tile)\n"
        "        out[yy : yy + tile, xx : xx + tile] = predict(\n"
        "            p[\n"
        "                None,\n"
        "                yy : yy + tile + 2 * margin,\n"
        "                xx : xx + tile + 2 * margin,\n"
        "                None,\n"
        "            ]\n"
        "        )[0]\n"
        "return out",
        "axes added",
        "",
    ),
    (
        "h, w = image.shape\n"
        'out = np.zeros(image.shape, dtype="int32")\n'
        'p = np.pad(image, margin, mode="reflect")\n'
        "for y in range(0, h, tile):\n"
        "    for x in range(0, w, tile):\n"
        "        yy, xx = min(y, h - tile), min(x, w - tile)\n"
        "        out[yy : yy + tile, xx : xx + tile] = predict(\n"
        "            p[yy : yy + tile + 2 * margin, xx : xx + tile + 2 * margin]\n"
        "        )\n"
        "return out",
        "whole numbers",
        "",
    ),
    (
        "h, w = image.shape\n"
        'p = np.pad(image, margin, mode="reflect")\n'
        "for y in range(0, h, tile):\n"
        "    for x in range(0, w, tile):\n"
        "        yy, xx = min(y, h - tile), min(x, w - tile)\n"
        "        image[yy : yy + tile, xx : xx + tile] = predict(\n"
        "            p[yy : yy + tile + 2 * margin, xx : xx + tile + 2 * margin]\n"
        "        )\n"
        "return image",
        None,
        "changed its input `image`",
    ),
    (
        "h, w = image.shape\n"
        "out = np.zeros(image.shape)\n"
        'p = np.pad(image, margin, mode="reflect")\n'
        "for i in range(h // tile):\n"
        "    for j in range(w // tile):\n"
        "        yy, xx = i * tile, j * tile\n"
        "        out[yy : yy + tile, xx : xx + tile] = predict(\n"
        "            p[yy : yy + tile + 2 * margin, xx : xx + tile + 2 * margin]\n"
        "        )\n"
        "return out",
        "last tiles left out",
        "",
    ),
    (
        "h, w = image.shape\n"
        "out = np.zeros(image.shape)\n"
        'p = np.pad(image, margin, mode="reflect")\n'
        "for i in range(-(-h // tile)):\n"
        "    for j in range(-(-w // tile)):\n"
        "        yy, xx = i * tile, j * tile\n"
        "        out[yy : yy + tile, xx : xx + tile] = predict(\n"
        "            p[yy : yy + tile + 2 * margin, xx : xx + tile + 2 * margin]\n"
        "        )\n"
        "return out",
        "last tile over the edge",
        "",
    ),
    (
        "h, w = image.shape\n"
        "out = np.zeros(image.shape)\n"
        "for y in range(0, h, tile):\n"
        "    for x in range(0, w, tile):\n"
        "        y0, x0 = max(y - margin, 0), max(x - margin, 0)\n"
        "        out[y : y + tile, x : x + tile] = predict(\n"
        "            image[y0 : y + tile + margin, x0 : x + tile + margin]\n"
        "        )\n"
        "return out",
        "no border, parts cut off at the edge",
        "",
    ),
    (
        "h, w = image.shape\n"
        "out = np.zeros(image.shape)\n"
        'p = np.pad(image, margin, mode="edge")\n'
        "for y in range(0, h, tile):\n"
        "    for x in range(0, w, tile):\n"
        "        yy, xx = min(y, h - tile), min(x, w - tile)\n"
        "        out[yy : yy + tile, xx : xx + tile] = predict(\n"
        "            p[yy : yy + tile + 2 * margin, xx : xx + tile + 2 * margin]\n"
        "        )\n"
        "return out",
        "edge pixel stretched",
        "",
    ),
    (
        "h, w = image.shape\n"
        "out = np.zeros(image.shape)\n"
        "for y in range(0, h, tile):\n"
        "    for x in range(0, w, tile):\n"
        "        part = np.zeros((tile + 2 * margin, tile + 2 * margin))\n"
        '        p = np.pad(image, margin + tile, mode="reflect")[\n'
        "            y + tile : y + 2 * tile + 2 * margin,\n"
        "            x + tile : x + 2 * tile + 2 * margin,\n"
        "        ]\n"
        "        res = predict(p)\n"
        "        hh, ww = min(tile, h - y), min(tile, w - x)\n"
        "        out[y : y + hh, x : x + ww] = res[:hh, :ww]\n"
        "return out",
        "padded below and right, not moved back",
        "",
    ),
    (
        "h, w = image.shape\n"
        "out, n = np.zeros(image.shape), np.zeros(image.shape)\n"
        'p = np.pad(image, margin, mode="reflect")\n'
        "for y in [*range(0, h - tile, tile), h - tile]:\n"
        "    for x in [*range(0, w - tile, tile), w - tile]:\n"
        "        out[y : y + tile, x : x + tile] += predict(\n"
        "            p[y : y + tile + 2 * margin, x : x + tile + 2 * margin]\n"
        "        )\n"
        "        n[y : y + tile, x : x + tile] += 1\n"
        "return out / n",
        "overlaps averaged",
        "",
    ),
    (
        "h, w = image.shape\n"
        "out = np.zeros(image.shape)\n"
        'p = np.pad(image, margin, mode="reflect")\n'
        "for y in [h - tile, *range(0, h - tile, tile)]:\n"
        "    for x in [w - tile, *range(0, w - tile, tile)]:\n"
        "        out[y : y + tile, x : x + tile] = predict(\n"
        "            p[y : y + tile + 2 * margin, x : x + tile + 2 * margin]\n"
        "        )\n"
        "return out",
        "earlier tile kept in the overlap",
        "",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)


RIGHT = [
    "h, w = image.shape\n"
    'out = np.zeros(image.shape, "float32")\n'
    'p = np.pad(image, margin, mode="reflect")\n'
    "for y in range(0, h, tile):\n"
    "    for x in range(0, w, tile):\n"
    "        yy, xx = min(y, h - tile), min(x, w - tile)\n"
    "        out[yy : yy + tile, xx : xx + tile] = predict(\n"
    "            p[yy : yy + tile + 2 * margin, xx : xx + tile + 2 * margin]\n"
    "        )\n"
    "return out",
]


@pytest.mark.parametrize("body", RIGHT)
def test_right_answers_in_other_forms(body, passes):
    passes(exercise, body)
