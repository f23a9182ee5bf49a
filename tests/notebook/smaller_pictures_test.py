import base64
import io

import numpy as np
from PIL import Image

from segcourse.notebook.smaller_pictures import slim


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
    np.testing.assert_array_equal(decoded(slim(chart, large=100)), decoded(chart))
