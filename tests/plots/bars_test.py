import matplotlib.pyplot as plt
import pytest

from segcourse.plots import bars


def test_one_series():
    ax = bars({"sliding window": 2.0, "one pass": 0.25}, "time (seconds)", title="cost")
    assert [patch.get_width() for patch in ax.patches] == [2.0, 0.25]
    assert [text.get_text() for text in ax.texts] == ["2", "0.25"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["sliding window", "one pass"]
    assert ax.get_xlabel() == "time (seconds)"
    assert ax.get_title() == "cost"
    assert ax.get_legend() is None
    # The first name stands on top, and every bar begins at zero.
    assert ax.yaxis_inverted()
    assert ax.get_xlim()[0] == 0


def test_models_side_by_side():
    ax = bars({"32s": {"cat": 0.4, "dog": 0.3}, "8s": {"dog": 0.5, "cat": 0.6}}, "IoU", fmt=".2f")
    assert [patch.get_width() for patch in ax.patches] == [0.4, 0.3, 0.6, 0.5]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["32s", "8s"]
    centers = [patch.get_y() + patch.get_height() / 2 for patch in ax.patches]
    assert centers == pytest.approx([-0.2, 0.8, 0.2, 1.2])
    assert ax.patches[0].get_hatch() != ax.patches[2].get_hatch()
    assert ax.patches[0].get_facecolor() != ax.patches[2].get_facecolor()


def test_an_absent_class_says_so():
    ax = bars({"cat": 0.5, "dog": float("nan")}, "IoU")
    assert [text.get_text() for text in ax.texts] == ["0.5", "absent"]
    ax.figure.canvas.draw()


def test_values_stay_inside_the_axes():
    ax = bars({"a": 1.0, "b": 123456.0}, "n", fmt=".0f")
    ax.figure.canvas.draw()
    assert all(t.get_window_extent().x1 <= ax.get_window_extent().x1 for t in ax.texts)


@pytest.mark.parametrize(
    "values",
    [
        {},
        [1, 2],
        {"a": -1.0},
        {"a": float("inf")},
        {"a": {}},
        {"a": 1.0, "b": {"c": 1.0}},
        {"a": {"c": 1.0}, "b": {"d": 1.0}},
        {str(k): {"c": 1.0} for k in range(7)},
    ],
)
def test_wrong_values(values):
    with pytest.raises(ValueError, match="`values`"):
        bars(values, "IoU")
    assert not plt.get_fignums()
