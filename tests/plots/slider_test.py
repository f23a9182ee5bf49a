import ipywidgets
import matplotlib.pyplot as plt

from segcourse.plots import slider


def test_nothing_but_a_line_where_outputs_are_stored(monkeypatch, capsys):
    monkeypatch.setenv("SEGCOURSE_QUIET", "1")
    slider(None, step=(0, 3))
    assert "step" in capsys.readouterr().out


def test_each_place_of_the_slider_draws(monkeypatch):
    monkeypatch.delenv("SEGCOURSE_QUIET", raising=False)
    made, drawn, shown = [], [], []
    monkeypatch.setattr(ipywidgets, "interact", lambda show, **ranges: made.append((show, ranges)))
    monkeypatch.setattr(plt, "show", lambda: shown.append(True))
    assert slider(lambda step: drawn.append(step), step=(0, 3)) is None
    show, ranges = made[0]
    assert ranges == {"step": (0, 3)}
    show(step=2)
    assert drawn == [2] and shown == [True]
