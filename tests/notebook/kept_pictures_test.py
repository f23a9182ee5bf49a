import base64
import io

import nbformat
import numpy as np
import pytest
from PIL import Image

from segcourse.notebook.kept_pictures import keep_pictures, look_the_same


def png(pixels, **options):
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", **options)
    return base64.b64encode(file.getvalue()).decode()


@pytest.fixture
def pixels():
    return np.random.default_rng(0).integers(0, 256, (20, 30, 3)).astype("uint8")


def changed(pixels, by, rows=slice(None), columns=slice(None)):
    new = pixels.astype(int)
    new[rows, columns] = np.clip(new[rows, columns] + by, 0, 255)
    return new.astype("uint8")


def test_the_same_pixels_in_other_bytes(pixels):
    one, other = png(pixels, compress_level=1), png(pixels, compress_level=9)
    assert one != other and look_the_same(one, other)


def test_grain_is_not_seen(pixels):
    grain = np.random.default_rng(1).integers(-6, 7, pixels.shape)
    assert look_the_same(png(pixels), png(changed(pixels, grain)))


@pytest.mark.parametrize(
    "new",
    [
        lambda old: changed(old, 40),
        lambda old: changed(old // 2, 127, 5, slice(4, 9)),  # a stroke of a digit
        lambda old: old[:-1],
        lambda old: old[::-1],
    ],
)
def test_what_is_seen(pixels, new):
    assert not look_the_same(png(pixels), png(np.ascontiguousarray(new(pixels))))


def notebook(*pictures, id="a"):
    cell = nbformat.v4.new_code_cell("show()", id=id)
    for picture in pictures:
        data = {"text/plain": "<Figure>"} | ({"image/png": picture} if picture else {})
        cell.outputs.append(nbformat.v4.new_output("display_data", data))
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("text"), cell])


def test_pictures_that_look_the_same_are_put_back(pixels):
    old = [png(pixels, compress_level=1), png(pixels)]
    new = [png(pixels, compress_level=9), png(changed(pixels, 60))]
    run = notebook(*new)
    assert keep_pictures(run, notebook(*old)) == 1
    assert [output.data["image/png"] for output in run.cells[1].outputs] == [old[0], new[1]]


@pytest.mark.parametrize("stored", [notebook(), notebook(None), notebook("x", id="b")])
def test_without_one_before_the_new_one_stays(pixels, stored):
    run = notebook(png(pixels))
    assert keep_pictures(run, stored) == 0
    assert run.cells[1].outputs[0].data["image/png"] == png(pixels)
