"""The elastic field, under the name by which week 6 imports it."""

from segcourse.data.batching.elastic import displacements

__all__ = ["displacements"]
