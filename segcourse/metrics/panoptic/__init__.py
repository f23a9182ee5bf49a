"""Panoptic quality: segments, their matches, the score, and COCO's files."""
