"""No wrong answer passes and no right one is refused: the audit, of each exercise and of itself."""

import importlib
import pkgutil
import signal
import time

import keras
import pytest

from segcourse.exercises.judging.registry import LETTERS, all_exercises
from tests.exercises.audit import unchanged
from tests.exercises.audit.__main__ import PAGE, main
from tests.exercises.audit.findings import audit
from tests.exercises.audit.made_up import clamp_exercise, deadly, filling
from tests.exercises.audit.report import details, put_into, row, table
from tests.exercises.audit.unchanged import week1
from tests.exercises.audit.workshop import Workshop
from tests.exercises.backend import touches_backend
from tests.thorough import sample

TENSORFLOW = keras.backend.backend() == "tensorflow"
#: Fewer than the thousand of the command, and fewer still where each shape is compiled: here
#: nothing else is left out.
DRAWS = sample(50 if TENSORFLOW else 10, all=200 if TENSORFLOW else 25)
IDS = [exercise.id for exercise in all_exercises()]
#: Those without a backend in them are audited once.
AUDITED = [e.id for e in all_exercises() if TENSORFLOW or touches_backend(e)]


@pytest.fixture(scope="module")
def workshop():
    with Workshop() as workshop:
        yield workshop


@pytest.mark.timeout(600)
@pytest.mark.parametrize("id", AUDITED)
def test_no_wrong_answer_passes_and_no_right_one_is_refused(workshop, id):
    found = workshop.audit(id, draws=DRAWS)
    assert found.drawn, "no `space`"
    assert not found.accepted_wrong and not found.refused, details([found])
    if TENSORFLOW:  # the page counts there; elsewhere a mistake or two do not exist
        page = PAGE.read_text(encoding="utf-8")
        assert row(found) in page.splitlines(), "python -m tests.exercises.audit --save"


def test_the_last_line_of_the_page_is_the_sum():
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    *rows, last = lines[2:]
    assert [cells[0].split()[0] for cells in rows] == IDS
    assert last[0] == f"all {len(IDS)}"
    for column in range(1, 6):
        assert int(last[column]) == sum(int(cells[column]) for cells in rows)


def test_what_is_unchanged_has_a_reason_and_belongs_to_an_exercise():
    for module in pkgutil.iter_modules(unchanged.__path__):
        entries = importlib.import_module(f"{unchanged.__name__}.{module.name}").UNCHANGED
        letters = {folder: letter for letter, folder in LETTERS.items()}
        week = letters.get(module.name, module.name.removeprefix("week"))
        assert set(entries) <= {id for id in IDS if id.startswith(f"{week}.")}
        assert all(len(reason) > 10 for names in entries.values() for reason in names.values())


def test_an_entry_may_count_on_one_backend_only(monkeypatch):
    here, there = "jax", "tensorflow"
    if keras.backend.backend() == there:
        here, there = there, here
    entries = {"a": "always the same", "b": f"on {here}: cut", "c": f"on {there}: not cut"}
    monkeypatch.setitem(week1.UNCHANGED, "1.1", entries)
    assert list(unchanged.unchanged(all_exercises()[0])) == ["a", "b"]


# The audit itself


def test_weak_cases_are_found():
    found = audit(clamp_exercise(lambda rng: [(5,), (int(rng.integers(3, 9)),)]))
    assert found.accepted["reference: max(n, 0) → n"].startswith("clamp(n=-")
    assert found.holes["n without its sign"].startswith("clamp(n=-")
    assert found.mistakes == ["the number"]
    assert not found.refused
    text = details([found])
    assert "accepted, but it differs: reference: max(n, 0) → n\n    clamp(n=-" in text


def test_good_cases_leave_what_changes_nothing_and_only_that():
    exercise = clamp_exercise(lambda rng: [(5,), (-2,), (0,), (1,)])
    found = audit(exercise)
    assert not found.holes and not found.mistakes and not found.refused
    name = "also right 1: n if n > 0 else 0 → n if n >= 0 else 0"
    assert found.accepted == {name: None, name.replace(">= 0", "> -1"): None}
    assert f'"{name}": ' in details([found])
    known = dict.fromkeys(found.accepted, "0 is 0 either way, and so is all below 1")
    assert audit(exercise, known=known).accepted_wrong == 0


def test_wrong_entries_of_unchanged_are_found():
    known = {"no such": "?", "reference: max(n, 0) → n": "?", "reference: max(n, 0) → 0": "?"}
    found = audit(clamp_exercise(lambda rng: [(5,)]), known=known)
    assert found.stale["no such"] == "there is no such mutant"
    assert found.stale["reference: max(n, 0) → n"].startswith("it differs: clamp(n=-")
    assert found.stale["reference: max(n, 0) → 0"] == "the check refuses it"


def test_a_right_answer_that_is_refused_is_found():
    exercise = clamp_exercise(lambda rng: [(5,)])

    @exercise.also_right
    def clamp(n):
        return n

    found = audit(exercise)
    assert list(found.refused) == ["also right 2"]
    assert found.refused["also right 2"].startswith("clamp(n=-")


def test_without_a_space_the_cases_must_do():
    exercise = clamp_exercise(lambda rng: [(5,), (-2,), (0,), (1,)])
    exercise.space = None
    found = audit(exercise)
    assert not found.drawn and not found.holes
    assert "no `space`" in details([found])


def test_a_loop_without_end_is_refused(week90):
    exercise = clamp_exercise(lambda rng: [(5,), (-2,)])

    @exercise.also_right
    def clamp(n):
        while n < 0:
            n += 1
        return n

    begun = time.monotonic()
    assert not [name for name in audit(exercise).accepted if "n += 1" in name]
    assert time.monotonic() - begun < 30


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals are those of POSIX")
def test_what_ends_the_process_or_hangs_counts_as_refused():
    with Workshop(deadly, silent=5) as workshop:
        found = workshop.audit("90.9")
    assert found.lost[0] == "also right 2: n and [] and os._exit(3) → n and os._exit(3)"
    assert len(found.lost) == 2 and found.lost[1].startswith("also right 3: n and [] and ")
    assert not set(found.lost) & set(found.accepted)
    assert "ended its process, so it was not tried" in details([found])


def test_what_a_full_process_dies_of_is_tried_in_a_new_one():
    with Workshop(filling) as workshop:
        assert not workshop.audit("90.8").lost
        found = workshop.audit("90.9")
    assert not found.refused and "also right 2" not in found.lost


def test_the_table_is_put_in_the_place_of_the_old_one():
    found = audit(clamp_exercise(lambda rng: [(5,), (-2,), (0,), (1,)]))
    lines = table([found]).splitlines()
    assert lines[2] == row(found)
    assert lines[2].startswith("| 90.9 `clamp` | 2 | 1 | ") and lines[2].endswith(" | 2 | 0 |")
    assert lines[3].startswith("| all 1 | 2 | 1 | ")
    page = "# Title\n\n| old |\n| rows |\n\nText.\n"
    assert put_into(page, "| new |") == "# Title\n\n| new |\n\nText.\n"


@pytest.mark.parametrize("arguments", [["9.9"], ["1.5", "--save"]])
def test_the_command_says_what_it_does_not_know(arguments):
    with pytest.raises(SystemExit):
        main(arguments)
