"""Losses of segmentation, a file each; what they have in common is in `segmentation_loss`."""
