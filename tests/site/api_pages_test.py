"""The sources of the API pages."""

import sys
from types import ModuleType

import pytest

from segcourse.site.api_pages import room_page


def double(x):
    """Twice x."""


class Pair:
    """Two of them."""


@pytest.fixture
def room(monkeypatch):
    module = ModuleType("a_room", "A room.")
    module.__all__ = ["double", "Pair", "LIMIT"]
    module.double, module.Pair, module.LIMIT = double, Pair, 7
    monkeypatch.setitem(sys.modules, "a_room", module)
    return "a_room"


def test_every_public_name_has_its_entry(room):
    page = room_page(room)
    assert ".. autofunction:: a_room.double\n" in page
    assert ".. autoclass:: a_room.Pair\n   :members:\n" in page
    assert ".. py:data:: LIMIT\n   :value: 7\n" in page


def test_the_table_names_what_has_a_docstring(room):
    table = room_page(room).split(".. autosummary::")[1].split("..")[0]
    assert table.split() == [":nosignatures:", "double", "Pair"]
