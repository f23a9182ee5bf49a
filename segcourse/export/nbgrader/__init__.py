"""The course as a folder that nbgrader hands out, collects and grades."""

from segcourse.export.nbgrader.course import write_course

__all__ = ["write_course"]
