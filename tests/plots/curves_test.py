from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
import pytest

from segcourse.plots import curves


def history(*rows):
    return SimpleNamespace(
        epochs=[dict(zip(("epoch", "loss", "val_mean_iou"), r, strict=True)) for r in rows]
    )


FINE = history((1, 2.0, 0.1), (2, 1.0, 0.4), (3, 0.5, 0.6))
COARSE = history((1, 2.5, 0.1), (2, 1.5, None), (3, 0.9, 0.3))


def test_lines():
    fig = curves({"FCN-32s": COARSE, "FCN-8s": FINE})
    loss, score = fig.axes
    np.testing.assert_array_equal(loss.lines[0].get_xydata(), [[1, 2.5], [2, 1.5], [3, 0.9]])
    np.testing.assert_array_equal(score.lines[0].get_xydata(), [[1, 0.1], [3, 0.3]])
    np.testing.assert_array_equal(score.lines[1].get_ydata(), [0.1, 0.4, 0.6])
    assert [ax.get_xlabel() for ax in fig.axes] == ["epoch", "epoch"]
    assert loss.get_ylabel() == "training loss (nats per pixel)"
    assert score.get_ylabel() == "validation mean IoU (0 to 1)"
    assert [t.get_text() for t in fig.legends[0].get_texts()] == ["FCN-32s", "FCN-8s"]


def test_lines_differ_in_colour_and_dash_and_marker():
    fig = curves({str(k): FINE for k in range(6)}, metrics="loss")
    for what in ("get_color", "get_marker"):
        assert len({str(getattr(line, what)()) for line in fig.axes[0].lines}) == 6
    assert len({str(line._dash_pattern) for line in fig.axes[0].lines}) == 6


def test_a_long_run_marks_its_last_epoch():
    rows = [(k + 1, 1.0, 0.5) for k in range(100)]
    (line,) = curves({"long": history(*rows)}, metrics="loss").axes[0].lines
    start, step = line.get_markevery()
    marked = np.arange(100)[start::step]
    assert marked[-1] == 99
    assert len(marked) <= 24


def test_a_history_without_validation():
    rows = [{"epoch": 1, "loss": 1.0}, {"epoch": 2, "loss": 0.5}]
    plain = SimpleNamespace(epochs=rows)
    fig = curves({"plain": plain, "FCN-8s": FINE})
    assert [len(ax.lines) for ax in fig.axes] == [2, 1]
    # One colour a history, in every panel.
    assert str(fig.axes[0].lines[1].get_color()) == str(fig.axes[1].lines[0].get_color())
    with pytest.raises(ValueError, match=r"\['epoch', 'loss'\].*Received: 'val_mean_iou'"):
        curves({"plain": plain})


def test_wrong_arguments():
    with pytest.raises(ValueError, match="`histories`"):
        curves({})
    with pytest.raises(ValueError, match="`histories`"):
        curves({str(k): FINE for k in range(7)})
    with pytest.raises(ValueError, match="`histories`"):
        curves(FINE)
    with pytest.raises(ValueError, match="`metrics`"):
        curves({"a": FINE}, metrics=())
    assert not plt.get_fignums()
