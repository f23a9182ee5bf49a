"""The figures of the course. Each function returns its figure or axes and shows nothing itself.

End a notebook cell with `plt.show()`, so that the figure is stored once.
"""

from segcourse.plots.atrous_taps import atrous_taps
from segcourse.plots.attempts import attempts
from segcourse.plots.bars import bars
from segcourse.plots.bent_grid import bent_grid
from segcourse.plots.boxes import boxes
from segcourse.plots.compare import compare
from segcourse.plots.curves import curves
from segcourse.plots.dilated_stack import dilated_stack
from segcourse.plots.fcn_diagram import fcn_diagram
from segcourse.plots.four_neighbours import four_neighbours
from segcourse.plots.heat_map import heat_map
from segcourse.plots.instances import instances
from segcourse.plots.keypoints import keypoints
from segcourse.plots.legend import legend
from segcourse.plots.matching import matching, overlapping_pairs
from segcourse.plots.matrix import matrix
from segcourse.plots.numbers import numbers
from segcourse.plots.overlaps import overlaps
from segcourse.plots.overlay import outline_segments, overlay
from segcourse.plots.palette import MAX_CLASSES, colors
from segcourse.plots.panoptic import panoptic
from segcourse.plots.patch_grid import patch_grid
from segcourse.plots.receptive_fields import receptive_fields
from segcourse.plots.scatter_steps import scatter_steps
from segcourse.plots.slider import slider
from segcourse.plots.speeds import speeds
from segcourse.plots.spread import spread
from segcourse.plots.stack import stack
from segcourse.plots.strips import strips
from segcourse.plots.tents import tents
from segcourse.plots.tiles import tiles
from segcourse.plots.transposed_steps import transposed_steps
from segcourse.plots.two_grids import two_grids
from segcourse.plots.unet_diagram import unet_diagram

__all__ = [
    "MAX_CLASSES",
    "atrous_taps",
    "attempts",
    "bars",
    "bent_grid",
    "boxes",
    "colors",
    "compare",
    "curves",
    "dilated_stack",
    "fcn_diagram",
    "four_neighbours",
    "heat_map",
    "instances",
    "keypoints",
    "legend",
    "matching",
    "matrix",
    "numbers",
    "outline_segments",
    "overlapping_pairs",
    "overlaps",
    "overlay",
    "panoptic",
    "patch_grid",
    "receptive_fields",
    "scatter_steps",
    "slider",
    "speeds",
    "spread",
    "stack",
    "strips",
    "tents",
    "tiles",
    "transposed_steps",
    "two_grids",
    "unet_diagram",
]
