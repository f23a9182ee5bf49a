import matplotlib.pyplot as plt
import pytest
from matplotlib.patches import FancyArrowPatch, Rectangle

from segcourse.plots import stack

LAYERS = [("image", 64, 96, 3), ("pool1", 32, 48, 16), ("pool2", 16, 24, 32), ("up", 64, 96, 5)]


def boxes(ax):
    return [patch for patch in ax.patches if isinstance(patch, Rectangle)]


def arrows(ax):
    return [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch)]


def test_boxes_and_names():
    ax = stack(LAYERS, title="net")
    texts = [text.get_text() for text in ax.texts]
    assert texts[::2] == ["image", "pool1", "pool2", "up"]
    assert texts[1::2] == ["64×96×3", "32×48×16", "16×24×32", "64×96×5"]
    heights = [box.get_height() for box in boxes(ax)]
    assert heights[0] == heights[3] > heights[1] > heights[2]
    widths = [box.get_width() for box in boxes(ax)]
    assert widths[2] > widths[1] > widths[3] > widths[0]
    assert len(arrows(ax)) == 3
    assert ax.get_title() == "net"


def test_skips_that_overlap_run_at_different_heights():
    skips = [("image", "up", "outer"), ("pool1", "up", "inner")]
    ax = stack(LAYERS, skips=skips)
    assert len(arrows(ax)) == 5
    labels = {t.get_text(): t.get_position()[1] for t in ax.texts if t.get_text()[-2:] == "er"}
    assert labels["outer"] > labels["inner"]


@pytest.mark.parametrize(
    "name, arguments",
    [
        ("layers", ([],)),
        ("layers", ([("a", 1, 1)],)),
        ("layers", ([("a", 0, 1, 1)],)),
        ("layers", ([("a", 1, 1, 1), ("a", 1, 1, 1)],)),
        ("skips", (LAYERS, [("image", "nowhere", "")])),
        ("skips", (LAYERS, [("image", "up")])),
    ],
)
def test_wrong_arguments(name, arguments):
    with pytest.raises(ValueError, match=f"`{name}`"):
        stack(*arguments)
    assert not plt.get_fignums()
