import subprocess
import types

import pytest

from segcourse.command import environment, test

LEFT_OUT = [f"--ignore={path}" for path in test.LONG]


@pytest.mark.parametrize(
    ("codes", "status"),
    [([0, 0], 0), ([1, 0], 1), ([0, 2], 2), ([0, 5], 0), ([5, 1], 1), ([5, 5], 5), ([0, -9], 137)],
)
def test_status_is_the_worse_of_the_two(codes, status):
    assert test.worst(codes) == status


class Started(list):
    """Stands in for `Popen`: keeps what is started, and gives the status that `status` says."""

    def __init__(self, status):
        self.status = status

    def __call__(self, command, cwd, env, **streams):
        self.append((command[3:], cwd, env["PYTHONPATH"].startswith(str(cwd))))
        return types.SimpleNamespace(wait=lambda: self.status(command), terminate=lambda: None)


@pytest.fixture
def started(monkeypatch, tmp_path):
    def start(status):
        seen = Started(status)
        monkeypatch.setattr(environment, "root", lambda: tmp_path)
        monkeypatch.setattr(subprocess, "Popen", seen)
        return seen

    return start


@pytest.mark.parametrize(
    ("given", "runs"),
    [
        (["--lowest", "-x"], [["tests/", "-x"], ["--nbval-lax", "notebooks/", "-x"]]),
        (["--quick"], [[*test.QUICK, *LEFT_OUT]]),
        (["--lowest", "--quick", "-q"], [[*test.QUICK, *LEFT_OUT, "-q"]]),
    ],
)
def test_options_of_its_own_choose_what_is_run(started, given, runs):
    seen = started(lambda command: 0)
    assert test.main(given) == 0
    assert [what for what, *_ in seen] == runs


def test_what_is_quick_is_there():
    assert all((environment.root() / folder).is_dir() for folder in test.QUICK)
    assert all((environment.root() / path).is_file() for path in test.LONG)


def test_runs_both_also_when_the_first_fails(started, tmp_path):
    seen = started(lambda command: int("tests/" in command))
    assert test.main(["-k", "fcn"]) == 1
    assert seen == [
        (["tests/", "-k", "fcn"], tmp_path, True),
        (["--nbval", "notebooks/", "-k", "fcn"], tmp_path, True),
    ]


def test_the_two_run_at_the_same_time_and_one_after_the_other_is_shown(
    tmp_path, monkeypatch, capfd
):
    """The first can pass only while the second runs."""
    wait = "import pathlib, time\ndef test_it():\n    pathlib.Path('{own}').touch()\n"
    wait += "    end = time.monotonic() + 60\n    while not pathlib.Path('{other}').exists():\n"
    wait += "        assert time.monotonic() < end\n        time.sleep(0.05)\n"
    for own, other in ("ab", "ba"):
        (tmp_path / f"{own}_test.py").write_text(wait.format(own=own, other=other))
    (tmp_path / "b_test.py").write_text((tmp_path / "b_test.py").read_text() + "    assert False\n")
    monkeypatch.setattr(environment, "root", lambda: tmp_path)
    assert test._side_by_side([["a_test.py"], ["b_test.py"]]) == [0, 1]
    shown = capfd.readouterr().out
    places = [shown.index(text) for text in ("$ pytest a", "1 passed", "$ pytest b", "1 failed")]
    assert places == sorted(places)
