"""Contestants take turns, and ratios are those of a round."""

import turns


def test_every_second_round_goes_backwards_and_the_first_does_not_count():
    calls = []
    works = {name: lambda name=name: calls.append(name) for name in "ab"}
    times = turns.in_turns(works, 3)
    assert "".join(calls) == "abbaabba"
    assert [len(found) for found in times.values()] == [3, 3]


def test_a_ratio_is_the_median_of_the_rounds():
    ours, theirs = [1.0, 2.0, 4.0], [2.0, 4.0, 4.0]
    assert turns.against(ours, theirs)["times as long"]["median"] == 0.5
    row = turns.against(ours, theirs, inverted=True)
    assert row == {"ms": 2000.0, "times as fast": {"median": 2.0, "low": 1.5, "high": 2.0}}
