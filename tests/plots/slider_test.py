import base64

import IPython
import IPython.display
import ipywidgets
import matplotlib.pyplot as plt
import pytest

from segcourse.plots import slider
from segcourse.plots.slider import WIDGET


@pytest.fixture
def shown(monkeypatch):
    """What is displayed in a notebook, a list."""
    monkeypatch.delenv("SEGCOURSE_QUIET", raising=False)
    found = []
    monkeypatch.setattr(IPython, "get_ipython", lambda: "a notebook")
    monkeypatch.setattr(IPython.display, "display", lambda bundle, raw: found.append(bundle))
    yield found
    plt.close("all")


@pytest.fixture
def drawn(monkeypatch):
    """The arguments of every drawing, and "shown" for every figure that was shown."""
    found = []
    monkeypatch.setattr(plt, "show", lambda: found.append("shown"))
    yield found
    plt.close("all")


def recorder(drawn):
    def draw(kernel=4, pool4=True, part=0.5):
        plt.figure()
        drawn.append((kernel, pool4, part))

    return draw


RANGES = {"kernel": (1, 8), "pool4": (False, True), "part": (0.0, 1.0, 0.25)}


def test_a_still_picture_and_a_line_where_outputs_are_stored(monkeypatch, drawn, capsys):
    monkeypatch.setenv("SEGCOURSE_QUIET", "1")
    assert slider(recorder(drawn), **RANGES) is None
    assert drawn == [(4, True, 0.5), "shown"]
    said = capsys.readouterr().out
    assert "kernel = 4, pool4 = on, part = 0.5" in said and "Jupyter or Colab" in said


def test_the_same_without_a_notebook_or_without_widgets(monkeypatch, drawn, capsys):
    monkeypatch.delenv("SEGCOURSE_QUIET", raising=False)
    monkeypatch.setattr(IPython, "get_ipython", lambda: None)
    slider(lambda step: drawn.append(step), step=(1, 4))
    assert drawn == [1, "shown"]
    monkeypatch.setitem(__import__("sys").modules, "ipywidgets", None)
    slider(lambda step=3: drawn.append(step), step=(1, 4))
    assert drawn[2:] == [3, "shown"] and "step = 3" in capsys.readouterr().out


def test_widgets_with_a_still_picture_for_programs_that_have_none(shown, drawn, monkeypatch):
    made = []
    box = ipywidgets.VBox
    monkeypatch.setattr(ipywidgets, "VBox", lambda children: made.append(children) or box(children))
    slider(recorder(drawn), **RANGES)
    (bundle,) = shown
    assert bundle[WIDGET]["model_id"]
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    kernel, pool4, part, output = made[0]
    assert isinstance(output, ipywidgets.Output)
    assert (kernel.min, kernel.max, kernel.value) == (1, 8, 4)
    assert isinstance(pool4, ipywidgets.Checkbox) and pool4.value is True
    assert (part.min, part.max, part.step, part.value) == (0, 1, 0.25, 0.5)
    assert [one.description for one in (kernel, pool4, part)] == ["kernel", "pool4", "part"]
    assert len(plt.get_fignums()) == 1  # the one in the output below the sliders


def test_each_place_of_a_slider_draws(shown, drawn, monkeypatch):
    made = []
    box = ipywidgets.VBox
    monkeypatch.setattr(ipywidgets, "VBox", lambda children: made.append(children) or box(children))
    slider(recorder(drawn), **RANGES)
    drawn.clear()
    kernel, pool4, _, _ = made[0]
    kernel.value = 5
    pool4.value = False
    assert drawn == [(5, True, 0.5), "shown", (5, False, 0.5), "shown"]


@pytest.mark.parametrize(
    "ranges",
    [{}, {"part": (1,)}, {"part": [0, 1]}, {"part": (1, 0)}, {"part": (0, 1, 0)}, {"part": "ab"}],
)
def test_a_wrong_range_is_an_error(drawn, ranges):
    with pytest.raises(ValueError, match="Received"):
        slider(recorder(drawn), **ranges)
    assert not drawn


def test_a_slider_begins_inside_its_range(drawn):
    with pytest.raises(ValueError, match="`kernel` must begin between 5 and 8. Received: 4"):
        slider(recorder(drawn), kernel=(5, 8))
