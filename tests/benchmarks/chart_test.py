"""A plot is a well-formed picture whose lines lie where the numbers are."""

import xml.etree.ElementTree as ElementTree

import chart
import pytest

SVG = "{http://www.w3.org/2000/svg}"


def test_a_tenfold_cost_rises_a_decade():
    text = chart.chart("Costs & more", "pixels", {"ours": [(10, 0.01), (100, 0.1), (1000, 1.0)]})
    picture = ElementTree.fromstring(text)
    (line,) = picture.iter(f"{SVG}polyline")
    (x0, y0), (x1, y1), (x2, y2) = (
        map(float, pair.split(",")) for pair in line.get("points").split()
    )
    assert x1 - x0 == pytest.approx(x2 - x1, abs=0.2) and y0 - y1 == pytest.approx(y1 - y2, abs=0.2)
    assert x0 == chart.LEFT and y2 == chart.TOP
    said = [one.text for one in picture.iter(f"{SVG}text")]
    assert said[0] == "Costs & more" and {"ours", "pixels", "10 ms", "1 s", "1,000"} <= set(said)
    assert len(text) < 10_000


@pytest.mark.parametrize("power", [0.5, 1, 2])
def test_the_power_is_that_of_the_larger_half(power):
    points = [(n, 1 + 0 * n) for n in (1, 2, 4)] + [(n, n**power) for n in (10, 100, 1000)]
    assert chart.exponent(points) == power


@pytest.mark.parametrize("curves", [{}, {"a": []}, {"a": [(1, 0.0), (2, 1.0)]}])
def test_what_cannot_be_drawn_is_refused(curves):
    with pytest.raises(ValueError, match="`curves` must have points, all above 0"):
        chart.chart("title", "work", curves)
