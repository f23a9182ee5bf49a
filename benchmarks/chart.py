"""A plot of costs against work as SVG: two logarithmic axes, a line for each contestant.

The standard library alone; a plot takes some three kilobytes.
"""

import math
from html import escape

WIDTH, HEIGHT = 460, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 34, 34, 46
#: Dark enough on white, and different for colour-blind readers; markers differ as well.
COLOURS = ("#0072b2", "#d55e00", "#009e73")


def exponent(points):
    """By which power of the work the cost grows, over the larger half of the points.

    Example:

    >>> exponent([(1, 5.0), (10, 5.1), (100, 7.0), (1000, 70.0)])
    1.0
    """
    points = sorted(points)[-max(2, (len(points) + 1) // 2) :]
    xs, ys = ([math.log(pair[k]) for pair in points] for k in (0, 1))
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True))
    return round(slope / sum((a - x) ** 2 for a in xs), 2)


def chart(title, across, curves):
    """The text of an SVG file.

    Args:
        title: above the plot.
        across: what the work is, such as "pixels of a map".
        curves: dict from a name to its points (work, seconds), at least two of them.

    Raises:
        ValueError: if there is nothing to draw, or a number that has no logarithm.
    """
    points = [pair for curve in curves.values() for pair in curve]
    if not points or min(min(pair) for pair in points) <= 0:
        raise ValueError(f"`curves` must have points, all above 0. Received: {curves}")
    x = _axis([pair[0] for pair in points], LEFT, WIDTH - RIGHT)
    y = _axis([pair[1] for pair in points], HEIGHT - BOTTOM, TOP)
    parts = [_text(WIDTH / 2, 18, title, "middle", bold=True)]
    for k in x.decades:
        parts.append(_line(x(10**k), TOP, x(10**k), HEIGHT - BOTTOM, "#ddd"))
        parts.append(_text(x(10**k), HEIGHT - BOTTOM + 16, _count(k), "middle"))
    for k in y.decades:
        parts.append(_line(LEFT, y(10**k), WIDTH - RIGHT, y(10**k), "#ddd"))
        parts.append(_text(LEFT - 6, y(10**k) + 4, _seconds(k), "end"))
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, across, "middle"))
    for k, (name, curve) in enumerate(curves.items()):
        colour = COLOURS[k % len(COLOURS)]
        places = [(round(x(a), 1), round(y(b), 1)) for a, b in sorted(curve)]
        path = " ".join(f"{a},{b}" for a, b in places)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [_marker(k, a, b, colour) for a, b in places]
        parts.append(_marker(k, LEFT + 12, TOP + 12 + 17 * k, colour))
        parts.append(_text(LEFT + 22, TOP + 16 + 17 * k, name, "start", colour))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" font-family="sans-serif" font-size="12">\n'
        f"<title>{escape(title)}</title>\n"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n'
    )
    return head + "\n".join(parts) + "\n</svg>\n"


class _axis:
    """From a value to its place; whole decades around the values."""

    def __init__(self, values, start, end):
        first, last = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        last = max(last, first + 1)
        self.decades = range(first, last + 1)
        self._first, self._start, self._scale = first, start, (end - start) / (last - first)

    def __call__(self, value):
        return self._start + (math.log10(value) - self._first) * self._scale


def _line(x1, y1, x2, y2, colour):
    places = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {places} stroke="{colour}"/>'


def _text(x, y, words, anchor, colour="#222", bold=False):
    weight = ' font-weight="bold"' if bold else ""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"'
    return f"<text {place}{weight}>{escape(words)}</text>"


def _marker(k, x, y, colour):
    if k % 2:
        return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="{colour}"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'


def _count(k):
    for power, unit in ((6, " million"), (3, ",000")):
        if k >= power:
            return f"{10 ** (k - power):,}{unit}"
    return f"{10**k}"


def _seconds(k):
    units = ((0, "s"), (3, "ms"), (6, "µs"))
    return next(f"{10 ** (k + up):,} {unit}" for up, unit in units if k + up >= 0)
