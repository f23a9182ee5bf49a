"""Week 2 · Bilinear interpolation and unpooling: its exercises, in the order of the notebook."""

ORDER = (
    "linear",
    "sample",
    "resize",
    "resize_mask",
    "bed_of_nails",
    "max_pool",
    "max_unpool",
)
