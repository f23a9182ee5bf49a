import base64
import io
from pathlib import Path

import numpy as np
from PIL import Image

from segcourse.notebook.smaller_pictures import slim

ROOT = Path(__file__).parents[2]


def encoded(array):
    file = io.BytesIO()
    Image.fromarray(array).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def decoded(text):
    image = Image.open(io.BytesIO(base64.b64decode(text)))
    return np.asarray(image.convert("RGB")).astype(int)


def grain():
    """A sky with the grain of a photograph, and a chart's white and black beside it."""
    rng = np.random.default_rng(0)
    sky = np.linspace(120, 220, 300)[:, None, None] * np.array([0.8, 0.9, 1.0])
    picture = np.clip(sky + rng.normal(0, 4, (300, 400, 3)), 0, 255)
    picture[:, :40], picture[:, 360:] = 255, 0
    return picture.astype("uint8")


def test_a_large_picture_becomes_a_smaller_file_that_looks_alike():
    before = grain()
    after = slim(encoded(before))
    assert len(after) < 0.7 * len(encoded(before))
    found = decoded(after)
    assert found.shape == before.shape
    assert np.abs(found - before).mean() < 4
    # Dithering keeps the mean of a place, so no bands appear.
    blocks = [array[:, 40:360].reshape(15, 20, 16, 20, 3).mean((1, 3)) for array in (found, before)]
    assert np.abs(blocks[0] - blocks[1]).max() < 3
    np.testing.assert_array_equal(slim(after), after)


def test_a_small_picture_and_one_of_few_colours_stay_as_they_are():
    small = encoded(grain()[:20, :20])
    assert slim(small) == small
    chart = np.random.default_rng(1).choice(np.array([0, 80, 255], "uint8"), (60, 60))
    chart = encoded(np.stack([chart, chart // 2, chart], axis=-1))
    np.testing.assert_array_equal(decoded(slim(chart, small=100)), decoded(chart))


def sky(height=400):
    """Many colours that go over into each other, as no chart has them."""
    rows, columns = np.mgrid[:height, :500] / 500
    return (255 * np.stack([rows, columns, (rows + columns) / 2], axis=-1)).astype("uint8")


def photograph():
    """A sky with grain."""
    noise = np.random.default_rng(3).normal(0, 6, (400, 500, 3))
    return np.clip(sky() + noise, 0, 255).astype("uint8")


def test_the_edges_of_letters_take_the_nearest_of_256_colours():
    chart = np.full((400, 500, 3), 255, "uint8")
    rng = np.random.default_rng(2)
    chart[50:60] = rng.integers(0, 256, (10, 1, 3)) // np.linspace(1, 8, 500)[:, None]
    before = encoded(chart)
    after = slim(before, small=100)
    assert Image.open(io.BytesIO(base64.b64decode(after))).mode == "P"
    found = decoded(after)
    assert np.abs(found - chart).max() <= 8
    np.testing.assert_array_equal(found[:50], chart[:50])
    np.testing.assert_array_equal(found[60:], chart[60:])


def test_a_sky_keeps_its_colours_until_it_is_large():
    for picture in (sky(), photograph()):
        before = encoded(picture)
        assert slim(before, small=100, large=len(before)) == before
    after = slim(before, large=len(before) // 2)
    assert Image.open(io.BytesIO(base64.b64decode(after))).mode == "P"


def test_the_colours_of_a_legend_stay():
    before = photograph()
    before[380:] = 255
    before[385:395, 5:25], before[385:395, 30:50] = (230, 130, 0), (150, 40, 150)
    found = decoded(slim(encoded(before)))
    assert np.abs(found - before)[385:395, 5:50].max() < 8


def test_the_notebooks_are_small_enough_to_clone():
    sizes = [path.stat().st_size for path in (ROOT / "notebooks").rglob("*.ipynb")]
    assert sum(sizes) < 14e6  # 13 and the Korean texts
