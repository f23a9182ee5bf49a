"""Own pictures: its exercises, in the order of the notebook."""

ORDER = (
    "mask_to_ids",
    "colours_to_ids",
    "held_back",
)
