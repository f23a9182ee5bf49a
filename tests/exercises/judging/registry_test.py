import subprocess
import sys

import pytest

from segcourse.exercises.judging import registry


def test_found_by_id(week90):
    assert registry.find("90.1").function == "shift"
    assert registry.find("90.2").function == "half"


def test_all_in_order(week90, monkeypatch):
    ids = [exercise.id for exercise in registry.all_exercises()]
    last_week = ids.index("90.1")
    assert ids[last_week : last_week + 2] == ["90.1", "90.2"]
    # What has a letter in place of a number stands behind all weeks.
    behind = [id[0] for id in ids[last_week + 2 :]]
    with_exercises = [letter for letter in registry.LETTERS if letter != "F"]  # questions alone
    assert list(dict.fromkeys(behind)) == with_exercises and behind == sorted(behind)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("id", [90.1, "90.1 ", "b.1", "B.1", "p.3"])
def test_understood(week90, id):
    assert registry.find(id).id == str(id).strip().upper()


@pytest.mark.parametrize(
    "id, near",
    [
        ("90.3", '"90.1", "90.2"'),
        (90, '"90.1", "90.2"'),
        ("week90.1", '"90.1", '),
        ("../90.2", '"90.2", '),
        ("hafl", '"90.2", '),
        ("", '"'),
        (None, '"'),
    ],
)
def test_unknown_id_names_the_nearest(week90, id, near):
    with pytest.raises(registry.UnknownExercise) as caught:
        registry.find(id)
    said = f"`id` must be an exercise; the nearest are {near}"
    assert str(caught.value).startswith(said), caught.value
    assert str(caught.value).endswith(f". Received: id={id!r}")
    assert caught.value._render_traceback_() == [str(caught.value)]


def test_an_exercise_out_of_its_place(week90, monkeypatch):
    monkeypatch.setattr(week90[1], "id", "90.1")
    with pytest.raises(ValueError, match="week90.half is exercise 90.2 .*Received: exercise 90.1"):
        registry.find("90.1")


def test_a_file_without_its_exercise(week90, monkeypatch):
    import segcourse.exercises.week90.half as module

    monkeypatch.delattr(module, "half")
    with pytest.raises(ValueError, match="must hold an `Exercise` named `half`. Received: None"):
        registry.find("90.1")


def test_light_until_used():
    program = (
        "import sys, segcourse\n"
        "assert not {'keras', 'numpy', 'tensorflow'} & set(sys.modules)\n"
        "from segcourse import check, hint, solution\n"
        "assert callable(check) and callable(hint) and callable(solution)\n"
        "assert not {'keras', 'tensorflow', 'IPython', 'matplotlib'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
