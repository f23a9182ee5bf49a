"""Week 5 · Transfer learning: its exercises, in the order of the notebook."""

ORDER = (
    "caffe_to_conv",
    "preprocess",
    "start_from",
    "count_weights",
    "freeze",
    "two_phases",
    "gain",
)
