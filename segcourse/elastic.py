"""The elastic field, under the name by which week 6 imports it."""

from segcourse.data.pipeline.elastic import displacements

__all__ = ["displacements"]
