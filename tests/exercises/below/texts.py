"""What a cell shows, as text, and whether two cells show the same."""

import math
import re

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.text import Text

NUMBER = re.compile(r"(?<![\w.])[-+]?\d[\d,_]*(?:\.\d*)?(?:e[-+]?\d+)?|(?<![\w.])[-+]?\.\d+")
ADDRESS = re.compile(r"\bat 0x[0-9a-f]+")
NOISE = 1e-5  # what rounding leaves where the exact result is 0


def same(one, other, numbers=True):
    """Whether two texts agree, their numbers up to the last digit that is printed.

    Without `numbers` all numbers count as the same: for cells that say how long they took.
    """
    words = ["".join(NUMBER.sub("#", ADDRESS.sub("", text)).split()) for text in (one, other)]
    if words[0] != words[1]:  # without spaces: NumPy sets as many as its numbers are wide
        return False
    pairs = zip(NUMBER.findall(one), NUMBER.findall(other), strict=False)
    return not numbers or all(_same_number(a, b) for a, b in pairs)


def _same_number(one, other):
    if one == other:
        return True
    a, b = (float(text.replace(",", "").replace("_", "")) for text in (one, other))
    digit = max(_last_digit(one), _last_digit(other))
    return abs(a - b) <= 1.01 * digit or (digit > 0 and max(abs(a), abs(b)) < NOISE)


def _last_digit(text):
    """What one more in the last digit is worth: 0.01 for `2.50`, nothing for a whole number."""
    mantissa, _, exponent = text.partition("e")
    if "." not in mantissa:
        return 0.0
    digits = len(mantissa.partition(".")[2])
    return math.pow(10, int(exponent or 0) - min(digits, 6))


def figures():
    """What the open figures hold, as lines of text: their words, images and curves. Closes them."""
    lines = []
    for number in plt.get_fignums():
        figure = plt.figure(number)
        lines += [f"text {t.get_text()}" for t in figure.findobj(Text) if t.get_text()]
        lines += [_values("image", image.get_array()) for image in figure.findobj(AxesImage)]
        lines += [_values("line", line.get_ydata()) for line in figure.findobj(Line2D)]
    plt.close("all")
    return "\n".join(lines)


def _values(kind, values):
    values = np.ma.filled(np.ma.asarray(values, "float64"), np.nan).ravel()
    turning = np.cos(np.arange(values.size))  # tells apart what has the same values elsewhere
    sums = np.nanmean(values), np.nanmean(values * turning)
    return f"{kind} " + " ".join(f"{value:.4f}" for value in sums) if values.size else kind
