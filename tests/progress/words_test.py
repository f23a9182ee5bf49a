"""Progress as text."""

from segcourse.progress.words import TIME, class_lines, met_words, own_lines


def test_weeks_then_what_was_looked_at(kim, weeks):
    lines = own_lines(kim, weeks)
    numbers = [line.split()[1:] for line in lines if line.startswith("Bonus  ")]
    assert numbers == [["0", "0", "1", "0", "0", "1", "1", "min"]]
    (line,) = (line for line in lines if line.startswith("  1.1"))
    assert line.split("  ")[1:2] == ["1.1"] and line.endswith("off by one (2)")
    assert "right" in line and "3 attempts" in line and "10 min" in line and "2026-01-31" in line
    assert not [line for line in lines if line.startswith("  B.1")]  # nobody looked
    assert "Time in all: 31 min." in lines and TIME in lines and lines[-1] == "Next: Week 1."


def test_an_empty_record_says_where_to_begin(weeks):
    lines = own_lines({}, weeks)
    assert lines[-1] == "Next: Week 1." and TIME not in lines


def test_an_old_record_has_its_day_and_no_time(lee, weeks):
    (line,) = (line for line in own_lines(lee, weeks) if line.startswith("  B.1"))
    assert line.split() == ["B.1", "Rate", "tried", "2026-01-31", "1", "attempt"]


def test_a_class(weeks, kim, lee):
    lines = class_lines({"kim": kim, "lee": lee}, weeks)
    assert lines[0] == "2 records: kim, lee"
    assert lines[1] == (
        "Stuck at 1.2 IoU: 2 of 2 tried and are not right yet. Most often: <b>None</b> (2)."
    )
    (line,) = (line for line in lines if line.startswith("  1.2"))
    assert line.split() == ["1.2", "IoU", "0", "2", "0", "3", "20", "min", "<b>None</b>", "(2)"]
    assert "Untouched by all: B.a" in lines


def test_met_words():
    met = [("a", 3), ("b", 1), ("c", 1)]
    assert met_words(met) == "a (3), b, c" and met_words(met, 1) == "a (3)"
    assert met_words([]) == ""
