"""Week 1 · Tasks overview: its exercises, in the order of the notebook."""

ORDER = (
    "one_hot",
    "semantic_map",
    "instance_map",
    "tight_box",
    "box_iou",
    "multi_task_loss",
    "repeated_work",
)
