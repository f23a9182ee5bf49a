"""Bonus · DeepLab: its exercises, in the order of the notebook."""

ORDER = (
    "dilate_kernel",
    "dilated_field",
    "poly_rate",
    "mean_field_step",
)
