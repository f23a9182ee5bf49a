"""Week 4 · FCN: its exercises, in the order of the notebook."""

ORDER = (
    "dense_to_conv",
    "output_size",
    "receptive_field",
    "fuse",
    "interlace",
    "pixel_loss",
    "sgd_step",
    "skip_head",
)
