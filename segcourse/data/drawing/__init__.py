"""Drawing of the course's own pictures: NumPy only, everything from a seed."""

from segcourse.data.drawing.scene import CATEGORIES, CLASSES, KEYPOINTS, SIZE, Scene, draw

__all__ = ["CATEGORIES", "CLASSES", "KEYPOINTS", "SIZE", "Scene", "draw"]
