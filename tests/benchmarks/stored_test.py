"""Rows are kept with when and where they were measured, and replaced one by one."""

import sys

import pytest
import stored


def run(date):
    return {"date": date, "command": "python benchmarks/x.py", "machine": {"processor": "a CPU"}}


def test_a_short_run_keeps_the_rows_it_does_not_measure(tmp_path):
    stored.keep("x", {"ours": {"ms": 1.0}, "torch": {"ms": 2.0}}, run("2026-01-01"), tmp_path)
    stored.keep("x", {"ours": {"ms": 3.0}}, run("2026-02-02"), tmp_path)
    rows = stored.read(tmp_path)["x"]
    assert list(rows) == ["ours", "torch"]
    assert rows["ours"] == {"values": {"ms": 3.0}, "run": run("2026-02-02")}
    assert rows["torch"]["run"]["date"] == "2026-01-01"
    assert [path.name for path in tmp_path.iterdir()] == ["x.json"]


def test_the_command_line_measures_prints_and_keeps(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    words = ["/somewhere/x.py", "--quick", "--results", str(tmp_path), "--rounds", "2"]
    monkeypatch.setattr(sys, "argv", words)

    def measure(options):
        yield "ours", {"times as fast": stored.spread(range(1, 2 * options.rounds + 2))}

    stored.command_line(
        "One line.\n", measure, lambda parser: parser.add_argument("--rounds", type=int)
    )
    assert capsys.readouterr().out == "ours: times as fast: 3 (2–4)\n"
    row = stored.read(tmp_path)["x"]["ours"]
    assert row["values"] == {"times as fast": {"median": 3.0, "low": 2.0, "high": 4.0}}
    assert row["run"]["command"] == "KERAS_BACKEND=jax python benchmarks/x.py --quick --rounds 2"
    assert row["run"]["quick"] and row["run"]["machine"]["cores"] >= 1
    assert row["run"]["versions"]["keras"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"median": 3.456, "low": 3.1, "high": 3.789}, "3.46 (3.1–3.79)"),
        (12603.0, "12,603"),
        (0, "0"),
        ("`cell`, 2 s", "`cell`, 2 s"),
    ],
)
def test_how_a_value_is_shown(value, said):
    assert stored.shown(value) == said


def test_no_stored_row_names_a_folder_of_the_machine():
    for path in stored.RESULTS.glob("*.json"):
        text = path.read_text("utf-8")
        assert "/home/" not in text and "/work/" not in text and "/tmp/" not in text
