"""Shapes as signed distances: negative inside, in pixels, 0 on the outline.

One distance serves twice. `coverage` turns it into the soft edge the picture is painted
with, and `distance < 0` is the label: the two can never disagree.
"""

import numpy as np


def coverage(distance):
    """Share of each pixel that lies inside, 0..1."""
    return np.clip(0.5 - distance, 0.0, 1.0)


def capsule(x, y, start, end, radius_start, radius_end):
    """A bone: a line from `start` to `end`, as thick as its radii, round at both ends."""
    ax, ay = start
    bx, by = end[0] - ax, end[1] - ay
    px, py = x - ax, y - ay
    along = np.clip((px * bx + py * by) / (bx * bx + by * by + 1e-9), 0.0, 1.0)
    radius = radius_start + along * (radius_end - radius_start)
    return np.sqrt((px - along * bx) ** 2 + (py - along * by) ** 2) - radius


def chain(x, y, points, radius_start, radius_end):
    """Capsules one after the other through `points`, thinning evenly: a tail, a stem."""
    radii = np.linspace(radius_start, radius_end, len(points))
    distance = np.inf
    for i in range(len(points) - 1):
        bone = capsule(x, y, points[i], points[i + 1], radii[i], radii[i + 1])
        distance = np.minimum(distance, bone)
    return distance


def ellipse(x, y, centre, radius_x, radius_y):
    """An upright ellipse; its distance is exact on the outline and close near it."""
    px, py = (x - centre[0]) / radius_x, (y - centre[1]) / radius_y
    near = np.sqrt(px**2 + py**2)
    slope = np.sqrt((px / radius_x) ** 2 + (py / radius_y) ** 2) + 1e-6
    return near * (near - 1.0) / slope


def polygon(x, y, corners):
    """A convex polygon, corners in either order."""
    corners = np.asarray(corners, "float64")
    nxt = np.roll(corners, -1, axis=0)
    area = np.sum(corners[:, 0] * nxt[:, 1] - nxt[:, 0] * corners[:, 1])
    distance = -np.inf
    for (ax, ay), (bx, by) in zip(corners, nxt, strict=True):
        ex, ey = bx - ax, by - ay
        length = np.hypot(ex, ey) + 1e-9
        side = ((x - ax) * ey - (y - ay) * ex) / length
        distance = np.maximum(distance, side if area > 0 else -side)
    return distance


def smooth_union(first, second, blend):
    """The union of two shapes, with the seam rounded over `blend` pixels."""
    mix = np.maximum(blend - np.abs(first - second), 0.0) / blend
    return np.minimum(first, second) - mix * mix * blend * 0.25
