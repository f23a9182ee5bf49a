"""Where a class is stuck."""

from segcourse.progress.stuck import rows, stuck
from segcourse.progress.summary import Counts


def test_each_row_counts_people(weeks, kim, lee):
    found = {row.entry.id: row for row in rows(weeks, [kim, lee, {}])}
    assert list(found) == ["1.1", "1.2", "B.1", "B.a"]
    assert found["1.1"].counts == Counts(1, 0, 2)
    assert found["1.2"].counts == Counts(0, 2, 1)
    assert (found["1.2"].attempts, found["1.2"].seconds) == (3, 1200)
    assert found["1.2"].met == [("<b>None</b>", 2)]  # people, not times
    assert (found["B.a"].attempts, found["B.a"].counts) == (None, Counts(0, 0, 3))


def test_the_worst_comes_first_and_what_nobody_tried_is_no_place(weeks, kim, lee):
    found = rows(weeks, [kim, lee])
    assert [row.entry.id for row in stuck(found)] == ["1.2", "B.1"]
    assert [row.entry.id for row in stuck(found, 1)] == ["1.2"]
    assert stuck(rows(weeks, [{}])) == []
