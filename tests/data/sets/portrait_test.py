import matplotlib
import numpy as np
import pytest
from scipy import ndimage

from segcourse import data


@pytest.fixture(scope="module")
def drawn():
    return data.portrait()


def test_every_pixel_has_a_class(drawn):
    image, label, classes = drawn
    assert image.shape == (600, 512, 3) and image.dtype == np.uint8
    assert label.shape == (600, 512) and label.dtype == np.uint8
    assert np.unique(label).tolist() == list(range(len(classes)))


def test_the_outlines_lie_where_the_photograph_has_them(drawn):
    image, label, classes = drawn
    person, flag, wall = (label == classes.index(name) for name in ("person", "flag", "wall"))
    # The wall is blue and even; the flag and the uniform are darker or more colourful.
    blue = (image[..., 2] > 150) & (image[..., 0] < 140) & (image[..., 1] > 80)
    assert blue[wall].mean() > 0.95
    assert blue[person].mean() < 0.03
    assert blue[flag].mean() < 0.1
    # The uniform: nearly black, and nothing of it outside of the person below the shoulders.
    black = image[450:].max(axis=-1) < 40
    assert black[person[450:]].mean() > 0.7
    assert black[~person[450:]].mean() < 0.05
    for mask in (person, flag):
        assert ndimage.label(mask)[1] == 1


def test_a_matplotlib_without_its_sample_data_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(matplotlib, "get_data_path", lambda: str(tmp_path))
    with pytest.raises(data.DataError, match="comes with Matplotlib"):
        data.portrait()
