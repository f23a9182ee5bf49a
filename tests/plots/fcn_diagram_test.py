import matplotlib.pyplot as plt
import pytest

from segcourse.plots import fcn_diagram


def texts(ax):
    return {text.get_text() for text in ax.texts}


def test_all_three():
    ax = fcn_diagram(title="FCN")
    assert {
        "pool3", "pool4", "pool5", "fc7",
        "score_fr", "score_pool4", "score_pool3",
        "upscore", "upscore2", "upscore16", "upscore_pool4", "upscore8",
        "FCN-32s", "FCN-16s", "FCN-8s",
    } <= texts(ax)  # fmt: skip
    assert ax.get_title() == "FCN"


def test_each_network_has_its_own_layers_and_no_others():
    names = {
        "score_pool4",
        "score_pool3",
        "upscore",
        "upscore2",
        "upscore16",
        "upscore_pool4",
        "upscore8",
    }
    layers = {
        32: {"upscore"},
        16: {"score_pool4", "upscore2", "upscore16"},
        8: {"score_pool4", "upscore2", "score_pool3", "upscore_pool4", "upscore8"},
    }
    for stride, expected in layers.items():
        drawn = texts(fcn_diagram(stride))
        assert drawn & names == expected
        assert {t for t in drawn if t.startswith("FCN")} == {f"FCN-{stride}s"}


@pytest.mark.parametrize("strides", [(), (4,), 64])
def test_wrong_strides(strides):
    with pytest.raises(ValueError, match="`strides`"):
        fcn_diagram(strides)
    assert not plt.get_fignums()
