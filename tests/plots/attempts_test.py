import matplotlib.pyplot as plt
import pytest

from segcourse.plots import attempts


def test_the_best_one_is_marked():
    ax = attempts(["FCN", "U-Net", "FCN"], [0.4, 0.6, 0.5], "mean IoU", lines={"pass": 0.55})
    assert [patch.get_width() for patch in ax.patches] == [0.4, 0.6, 0.5]
    assert [patch.get_hatch() for patch in ax.patches] == ["", "///", ""]
    assert [text.get_text() for text in ax.texts] == ["0.400", "0.600 (best)", "0.500"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["FCN", "U-Net", "FCN"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["pass, 0.55"]
    assert ax.yaxis_inverted() and ax.get_xlim()[0] == 0


def test_long_names_and_many_trials_fit():
    names = [f"a long name that goes on and on, number {k}" for k in range(30)]
    ax = attempts(names, [0.0] * 30, "mean IoU", title="tried")
    ax.figure.canvas.draw()
    assert all(t.get_window_extent().x1 <= ax.get_window_extent().x1 for t in ax.texts)
    assert all(len(label.get_text()) <= 34 for label in ax.get_yticklabels())


@pytest.mark.parametrize(
    "arguments, name",
    [
        (dict(names=[], values=[]), "names"),
        (dict(names=["a"], values=[0.1, 0.2]), "names"),
        (dict(names="a", values=[0.1]), "names"),
        (dict(names=["a"], values=[1.5]), "values"),
        (dict(names=["a"], values=[float("nan")]), "values"),
        (dict(names=["a"], values=[None]), "values"),
        (dict(names=["a"], values=[0.5], lines=[0.5]), "lines"),
        (dict(names=["a"], values=[0.5], lines={"p": "0.5"}), "lines"),
        (dict(names=["a"], values=[0.5], lines=dict.fromkeys("abcd", 0.5)), "lines"),
    ],
)
def test_wrong_arguments(arguments, name):
    with pytest.raises(ValueError, match=f"`{name}`"):
        attempts(**arguments, label="mean IoU")
    assert not plt.get_fignums()
