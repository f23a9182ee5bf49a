"""Week 6 · U-Net: its exercises, in the order of the notebook."""

ORDER = (
    "unet_output",
    "crop_and_concatenate",
    "mirror_border",
    "predict_in_tiles",
    "deform",
    "separation_weights",
)
