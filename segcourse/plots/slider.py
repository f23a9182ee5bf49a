"""A figure that the reader moves."""

import os

import matplotlib.pyplot as plt


def slider(draw, **ranges):
    """Show a figure with a slider for each of its numbers.

    Where outputs are stored or compared nobody can move a slider, and its state must not be kept:
    with `SEGCOURSE_QUIET=1` one line says so instead. What the slider shows must also stand in a
    figure that does not move.

    Args:
        draw: function that draws one figure; its arguments are named as in `ranges`.
        ranges: for each argument (low, high) or (low, high, step), whole numbers or floats.

    Example:

        plots.slider(lambda step: plots.scatter_steps(y, kernel, 2, steps=[step]), step=(0, 3))
    """
    if os.environ.get("SEGCOURSE_QUIET") == "1":
        print("In Jupyter or Colab this cell shows a slider for", " and ".join(ranges) + ".")
        return
    import ipywidgets  # only a notebook needs it

    def show(**numbers):
        draw(**numbers)
        plt.show()

    ipywidgets.interact(show, **ranges)
