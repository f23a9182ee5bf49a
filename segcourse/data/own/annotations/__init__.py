"""Masks that are drawn from outlines: COCO's JSON, labelme's JSON."""
