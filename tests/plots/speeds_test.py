from types import SimpleNamespace

import matplotlib.pyplot as plt
import pytest

from segcourse.plots import speeds


def speed(work, rate=80.0):
    return SimpleNamespace(
        work=work,
        images_per_second=rate,
        seconds=0.05,
        memory=3 * 2**29,
        share_of_peak=0.42,
        waiting_share=0.015,
    )


def measured(rate=80.0):
    return SimpleNamespace(speeds=(speed("training", rate), speed("inference", 3 * rate)))


def test_a_panel_a_quantity_and_a_bar_a_model_and_work():
    fig = speeds({"FCN-8s": measured(), "U-Net": measured(40.0)}, title="on a laptop")
    panels = [ax for ax in fig.axes if ax.axison]
    assert [ax.get_xlabel().split()[0] for ax in panels] == [
        "images", "time", "peak", "share", "time",
    ]  # fmt: skip
    assert [patch.get_width() for patch in panels[0].patches] == [80, 240, 40, 120]
    shown = [[text.get_text() for text in ax.texts][0] for ax in panels]
    assert shown == ["80", "50", "1.50", "42.0", "1.5"]
    legend = fig.axes[-1].get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["FCN-8s", "U-Net"]
    assert fig.get_suptitle() == "on a laptop"
    assert not any(ax.get_legend() for ax in panels)


def test_one_model_needs_no_legend():
    fig = speeds({"FCN-8s": measured()})
    assert not any(ax.get_legend() for ax in fig.axes)


@pytest.mark.parametrize(
    "benchmarks",
    [
        {},
        [measured()],
        {str(k): measured() for k in range(7)},
        {"a": measured(), "b": SimpleNamespace(speeds=(speed("training"),))},
    ],
)
def test_wrong_benchmarks(benchmarks):
    with pytest.raises(ValueError, match="`benchmarks` must"):
        speeds(benchmarks)
    assert not plt.get_fignums()
