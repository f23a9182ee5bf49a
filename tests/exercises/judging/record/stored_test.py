"""The record as text, whole and damaged."""

import json

import pytest

from segcourse.exercises.judging.record.stored import DamagedError, parse, rescue, text_of

ENTRY = {"outcome": "right", "when": "2026-01-31T12:00:00+00:00", "attempts": 1, "met": {"4.1": 1}}
RECORD = {"4.1": ENTRY, "4.a": ENTRY, "B.2": ENTRY}


def test_what_is_written_is_read():
    assert parse(text_of(RECORD).encode()) == RECORD
    assert parse(b"\xef\xbb\xbf" + text_of(RECORD).encode()) == RECORD  # saved by an editor


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xd8\xff", b"[" * 100_000, b'{"a": 1}'])
def test_what_is_none(data):
    with pytest.raises(DamagedError):
        parse(data)
    assert rescue(data) == {}


def test_whatever_is_cut_off_the_entries_before_it_are_read():
    whole = json.dumps(RECORD).encode()
    ends = [whole.index(b'"4.a"'), whole.index(b'"B.2"'), len(whole) + 1]
    for end in range(len(whole)):
        number = sum(end >= stop - 2 for stop in ends)
        assert rescue(whole[:end]) == dict(list(RECORD.items())[:number])


def test_entries_on_both_sides_of_a_damage_are_read():
    data = text_of(RECORD).encode()
    place = data.index(b'"4.a"') + 20
    assert rescue(data[:place] + b"\xff\x00\xff" + data[place + 3 :]).keys() == {"4.1", "B.2"}
