"""A figure that the reader moves."""

import base64
import inspect
import io
import os

import matplotlib.pyplot as plt

from segcourse.texts import _

WIDGET = "application/vnd.jupyter.widget-view+json"


def slider(draw, **ranges):
    """Show a figure with a slider, or a box to tick, for each of its arguments.

    The arrow keys move a slider, the space bar ticks a box, the tab key goes on to the next one;
    the figure is drawn anew at once. Where there are no widgets the figure stands still, at the
    place where the sliders begin. So it is where outputs are stored or compared
    (`SEGCOURSE_QUIET=1`; a line below the figure then says what can be moved), in a file that was
    saved with the widget and is shown by a program without widgets, and without ipywidgets.

    Args:
        draw: function that draws one figure; its arguments are named as in `ranges`. The default
            of an argument is where its slider begins; without one it begins at the lowest value.
            Drawing must be quick, under 0.3 seconds: nothing is trained or predicted in it.
        ranges: for each argument (low, high) or (low, high, step), whole numbers or floats; or
            (False, True) for a box to tick.

    Raises:
        ValueError: no ranges, a range of another form, or a default outside its range.

    Example:

        plots.slider(lambda step: plots.scatter_steps(y, kernel, 2, steps=[step]), step=(0, 3))
    """
    starts = _starts(draw, ranges)
    ipywidgets = None if os.environ.get("SEGCOURSE_QUIET") == "1" else _ipywidgets()
    if ipywidgets is None:
        draw(**starts)
        plt.show()
        place = ", ".join(f"{_label(name)} = {_value(starts[name])}" for name in starts)
        print(_("This picture stands still, at {place}.").format(place=place))
        print(_("Run the cell in Jupyter or Colab: there you move it yourself."))
        return
    from IPython.display import display  # only a notebook needs it

    draw(**starts)
    still = io.BytesIO()
    plt.gcf().savefig(still, format="png", bbox_inches="tight")
    plt.close(plt.gcf())  # or the notebook would show it above the sliders, too

    def show(**numbers):
        draw(**numbers)
        plt.show()

    controls = {
        name: _control(ipywidgets, name, allowed, starts[name]) for name, allowed in ranges.items()
    }
    moved = ipywidgets.interactive_output(show, controls)
    box = ipywidgets.VBox([*controls.values(), moved])
    picture = base64.b64encode(still.getvalue()).decode()
    view = {"version_major": 2, "version_minor": 0, "model_id": box.model_id}
    display({WIDGET: view, "image/png": picture, "text/plain": "A figure to move"}, raw=True)


def _ipywidgets():
    """The package; None where it is missing, or where no notebook shows anything."""
    try:
        import ipywidgets
        from IPython import get_ipython
    except ImportError:
        return None
    return ipywidgets if get_ipython() is not None else None


def _starts(draw, ranges):
    """Argument → the value its slider begins at; a wrong range is an error."""
    if not ranges:
        raise ValueError("`ranges` must name at least one argument of `draw`. Received: none")
    parameters = inspect.signature(draw).parameters
    starts = {}
    for name, allowed in ranges.items():
        low, high, *step = _checked(name, allowed)
        default = parameters[name].default if name in parameters else inspect.Parameter.empty
        starts[name] = low if default is inspect.Parameter.empty else default
        if not low <= starts[name] <= high:
            raise ValueError(
                f"`{name}` must begin between {low} and {high}. Received: {starts[name]!r}"
            )
    return starts


def _checked(name, allowed):
    """`allowed` if it is a range, else an error that says what a range is."""
    numbers = isinstance(allowed, tuple) and all(isinstance(one, int | float) for one in allowed)
    if numbers and len(allowed) in (2, 3) and allowed[0] < allowed[1] and 0 not in allowed[2:]:
        return allowed
    raise ValueError(
        f"`{name}` must be (low, high), (low, high, step) or (False, True). Received: {allowed!r}"
    )


def _control(ipywidgets, name, allowed, start):
    """The slider of one argument, or its box to tick."""
    look = {"description": _label(name), "style": {"description_width": "initial"}}
    if allowed == (False, True) and isinstance(allowed[0], bool):
        return ipywidgets.Checkbox(value=bool(start), indent=False, **look)
    low, high, *step = allowed
    kind = ipywidgets.IntSlider
    if any(isinstance(one, float) for one in (*allowed, start)):
        kind = ipywidgets.FloatSlider
    step = {"step": step[0]} if step else {}
    return kind(value=start, min=low, max=high, **step, **look)


def _label(name):
    return name.replace("_", " ")


def _value(start):
    if isinstance(start, bool):
        return _("on") if start else _("off")
    return f"{start:g}"
