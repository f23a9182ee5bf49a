"""Week 3 · Transposed convolution: its exercises, in the order of the notebook."""

ORDER = (
    "conv_matrix",
    "scatter",
    "transposed_output_size",
    "as_convolution",
    "bilinear_kernel",
    "overlap_count",
)
