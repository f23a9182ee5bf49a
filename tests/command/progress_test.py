from types import SimpleNamespace

from segcourse.command import progress


def test_table_follows_the_course_and_names_the_untried():
    exercises = [
        SimpleNamespace(id="4.1", title="Crop"),
        SimpleNamespace(id="4.2", title="Output size"),
    ]
    outcomes = {"4.2": {"outcome": "right", "when": "2026-01-31T12:00:00+00:00", "attempts": 2}}
    assert progress.table(exercises, outcomes).splitlines() == [
        "  4.1  Crop         not tried",
        "  4.2  Output size  right      2026-01-31",
    ]


def test_reads_the_record(tmp_path, monkeypatch, capsys):
    record = tmp_path / "progress.json"
    record.write_text('{"4.1": {"outcome": "wrong", "when": "2026-01-31", "attempts": 1}}')
    monkeypatch.setenv("SEGCOURSE_PROGRESS_FILE", str(record))
    assert progress.main(None) == 0
    said = capsys.readouterr().out
    (line,) = (line for line in said.splitlines() if line.startswith("  4.1"))
    assert line.endswith("wrong      2026-01-31")
    assert str(record) in said


def test_questions_stand_below_the_exercises_of_their_week():
    entries = [SimpleNamespace(id=id) for id in ("4.1", "4.2", "B.1")]
    asked = [SimpleNamespace(id=id) for id in ("4.a", "B.a")]
    found = progress._by_week(entries, asked)
    assert [entry.id for entry in found] == ["4.1", "4.2", "4.a", "B.1", "B.a"]
