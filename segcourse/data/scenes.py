"""What an animal of `scenes` consists of, under the name by which week 1 imports it."""

from segcourse.data.drawing import KEYPOINTS

__all__ = ["KEYPOINTS"]
