import matplotlib.pyplot as plt
import pytest

from segcourse import models
from segcourse.plots import unet_diagram

KEY = {"3×3 convolution, ReLU", "2×2 max pooling", "2×2 up-convolution", "1×1 convolution"}


def built(*args, **settings):
    with models.without_weights():
        return models.unet(*args, **settings)


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_the_paper_s_figure():
    drawn = texts(unet_diagram(built(2, (572, 572, 1), padding="valid"), title="U-Net"))
    sizes = [text.removesuffix("²") for text in drawn if text.endswith("²") and "→" not in text]
    # Every size of figure 1, row by row: the way down and, from the same level, the way up.
    assert sizes == [
        *["572", "570", "568", "392", "390", "388"],
        *["284", "282", "280", "200", "198", "196"],
        *["140", "138", "136", "104", "102", "100"],
        *["68", "66", "64", "56", "54", "52"],
        *["32", "30", "28", "388"],
    ]
    channels = [int(text) for text in drawn if text.isdecimal()]
    assert channels == [
        *[1, 64, 64, 128, 64, 64],
        *[64, 128, 128, 256, 128, 128],
        *[128, 256, 256, 512, 256, 256],
        *[256, 512, 512, 1024, 512, 512],
        *[512, 1024, 1024, 2],
    ]
    crops = [text for text in drawn if "→" in text]
    assert crops == ["568² → 392²", "280² → 200²", "136² → 104²", "64² → 56²"]
    assert KEY | {"skip: crop, concatenate"} <= set(drawn)


@pytest.mark.parametrize(
    ("skips", "key", "hatched"),
    [("concatenate", "skip: concatenate", 2), ("add", "skip: add", 0), ("none", None, 0)],
)
def test_kinds_of_skip(skips, key, hatched):
    ax = unet_diagram(built(3, (24, 32, 3), depth=2, base_channels=4, skips=skips))
    drawn = texts(ax)
    assert [text for text in drawn if text.startswith("skip")] == ([key] if key else [])
    assert drawn.count("+") == (2 if skips == "add" else 0)
    assert sum(patch.get_hatch() is not None for patch in ax.patches) == hatched
    assert "24×32" in drawn and "6×8" in drawn
    assert not any("→" in text for text in drawn)


def test_batch_norm_changes_nothing():
    plain = built(2, (16, 16, 1), depth=1, base_channels=4)
    normalised = built(2, (16, 16, 1), depth=1, base_channels=4, batch_norm=True)
    assert texts(unet_diagram(plain)) == texts(unet_diagram(normalised))


def test_higher_maps_and_more_channels_are_larger_boxes():
    ax = unet_diagram(built(2, (32, 32, 1), depth=1, base_channels=8, skips="none"))
    images, *_ = boxes = [patch for patch in ax.patches if hasattr(patch, "get_width")]
    bottom = min(boxes, key=lambda box: box.get_y())
    assert images.get_height() > bottom.get_height()
    assert images.get_width() < bottom.get_width()


@pytest.mark.parametrize("model", [None, "open", "other"])
def test_what_cannot_be_drawn(model):
    if model == "open":
        model = built(2, (None, None, 1), depth=1, base_channels=4)
    elif model == "other":
        model = models.small_vgg()
    with pytest.raises(ValueError, match="`model` must"):
        unet_diagram(model)
    assert not plt.get_fignums()
