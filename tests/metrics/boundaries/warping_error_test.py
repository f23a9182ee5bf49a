import itertools

import numpy as np
import pytest

from segcourse.metrics import warping_error
from segcourse.metrics.boundaries.warping_error import _SIMPLE, changes_cells, warp


def pieces(pixels, corners):
    """How many connected pieces a set of pixels has."""
    steps = [(0, 1), (1, 0), (0, -1), (-1, 0)]
    steps += [(1, 1), (1, -1), (-1, 1), (-1, -1)] if corners else []
    left, count = set(pixels), 0
    while left:
        edge, count = [left.pop()], count + 1
        while edge:
            i, j = edge.pop()
            near = {(i + a, j + b) for a, b in steps} & left
            left -= near
            edge.extend(near)
    return count


def topology(foreground):
    """Cells (by edges), and pieces of background (also by corners) with a frame around all."""
    padded = np.pad(foreground, 1)
    return (
        pieces(zip(*np.nonzero(padded), strict=True), corners=False),
        pieces(zip(*np.nonzero(~padded), strict=True), corners=True),
    )


def flipped(foreground, place):
    other = foreground.copy()
    other[place] ^= True
    return other


def test_a_pixel_is_simple_if_its_flip_keeps_the_topology():
    rng = np.random.default_rng(0)
    for foreground in rng.random((30, 6, 6)) < 0.6:
        padded = np.pad(foreground, 1)
        before = topology(foreground)
        for i, j in np.ndindex(6, 6):
            ring = padded[[i, i, i + 1, i + 2, i + 2, i + 2, i + 1, i],
                          [j + 1, j + 2, j + 2, j + 2, j + 1, j, j, j]]  # fmt: skip
            code = int("".join(str(int(one)) for one in ring), 2)
            after = topology(flipped(foreground, (i, j)))
            assert _SIMPLE[code] == (after == before)


def test_splits_and_mergers_change_the_number_of_cells():
    rng = np.random.default_rng(1)
    for foreground in rng.random((20, 7, 7)) < 0.6:
        cells = topology(foreground)[0]
        found = changes_cells(foreground)
        for place in np.ndindex(7, 7):
            change = topology(flipped(foreground, place))[0] - cells
            assert found[place] == (change > 0 if foreground[place] else change < 0)


def best_of_all(truth, target):
    """The fewest pixels in which any warping of `truth` differs from `target`.

    All maps that can be reached by flips that keep the topology are tried, also those that lead
    away from the target first.
    """
    wanted, seen, edge = topology(truth), {truth.tobytes()}, [truth]
    best = np.count_nonzero(truth != target)
    while edge:
        current = edge.pop()
        for place in np.ndindex(*truth.shape):
            after = flipped(current, place)
            if after.tobytes() not in seen and topology(after) == wanted:
                seen.add(after.tobytes())
                edge.append(after)
                best = min(best, np.count_nonzero(after != target))
    return best


def test_the_warping_keeps_the_topology_and_ends_where_no_flip_helps():
    rng = np.random.default_rng(2)
    pixels = []
    for _ in range(15):
        truth, target = rng.random((2, 3, 3)) < 0.6
        warped = warp(truth, target, np.zeros(truth.shape))
        assert topology(warped) == topology(truth)
        left = warped != target
        assert not (left & (truth == target)).any()  # only pixels that differed were flipped
        for place in zip(*np.nonzero(left), strict=True):
            assert topology(flipped(warped, place)) != topology(truth)
        best = best_of_all(truth, target)
        assert left.sum() >= best
        pixels.append((left.sum(), best))
    # On maps as wild as these, more often than not the minimum found is the least there is.
    assert sum(found == best for found, best in pixels) > len(pixels) / 2


CELLS = np.array([[1, 1, 1, 0, 1, 1, 1]] * 5)


def changed(**pixels):
    predictions = CELLS.copy()
    for value, places in (("on", 1), ("off", 0)):
        for place in pixels.get(value, ()):
            predictions[place] = places
    return predictions


@pytest.mark.parametrize(
    ("predictions", "counted", "pixels"),
    [
        (CELLS, "all", 0),
        # The membrane lies one pixel further right, or is three pixels wide: moved borders.
        (np.roll(CELLS, 1, axis=1) | (np.arange(7) == 0), "all", 0),
        (changed(off=[(i, j) for i in range(5) for j in (2, 4)]), "all", 0),
        # One gap, and the membrane missing altogether: a pixel of membrane is left of each row.
        (changed(on=[(2, 3)]), "splits and mergers", 1),
        (changed(on=[(2, 3)]), "all", 1),
        (np.ones_like(CELLS), "splits and mergers", 5),
        # A line of membrane through a cell: one pixel of it would part the cell.
        (changed(off=[(2, 0), (2, 1), (2, 2)]), "splits and mergers", 1),
        (changed(off=[(2, 0), (2, 1), (2, 2)]), "all", 1),
        # A hole in a cell is a change of topology, but neither split nor merger.
        (changed(off=[(2, 1)]), "all", 1),
        (changed(off=[(2, 1)]), "splits and mergers", 0),
        # Nothing predicted: a pixel of each cell stays, and is no split.
        (np.zeros_like(CELLS), "all", 2),
        (np.zeros_like(CELLS), "splits and mergers", 0),
    ],
)
def test_by_hand(predictions, counted, pixels):
    assert warping_error(CELLS, predictions, counted=counted) == pytest.approx(pixels / 35)


def test_the_mean_over_pictures_and_the_least_over_thresholds():
    probabilities = np.where(CELLS == 1, 0.9, 0.1)
    probabilities[1, 3] = 0.6
    assert warping_error(CELLS, probabilities) == pytest.approx(1 / 35)
    assert warping_error(CELLS, probabilities, thresholds=[0.5, 0.7]) == 0.0
    both = np.stack([probabilities, np.ones_like(probabilities)])
    assert warping_error(np.stack([CELLS] * 2), both, [0.5, 0.7]) == pytest.approx(5 / 70)


def test_the_surest_pixels_are_flipped_first():
    """One of two pixels has to be refused; which one is decided by the probabilities."""
    truth = np.array([[1, 0, 0, 1]], bool)
    target = np.ones((1, 4), bool)
    for sure, left in (([0, 2, 1, 0], 2), ([0, 1, 2, 0], 1)):
        warped = warp(truth, target, np.array([sure], float))
        assert np.flatnonzero(~warped[0]).tolist() == [left]


def test_bad_choice():
    with pytest.raises(ValueError, match="`counted` must be one of 'splits and mergers', 'all'"):
        warping_error(CELLS, CELLS, counted="holes")


def test_every_neighbourhood_has_an_answer():
    assert len(_SIMPLE) == 256 and sum(_SIMPLE) == 116
    # Turning or mirroring the neighbourhood changes nothing.
    for ring in itertools.product([0, 1], repeat=8):
        code = int("".join(map(str, ring)), 2)
        for other in (ring[2:] + ring[:2], ring[:1] + ring[:0:-1]):
            assert _SIMPLE[int("".join(map(str, other)), 2)] == _SIMPLE[code]
