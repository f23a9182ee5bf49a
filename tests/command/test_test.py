import os
import subprocess
import types

import pytest

from segcourse.command import environment, test

TWO = ["-n", "2", "--dist", "loadfile"]
LEFT_OUT = [f"--ignore={path}" for path in test.LONG]


@pytest.mark.parametrize(
    ("codes", "status"),
    [([0, 0], 0), ([1, 0], 1), ([0, 2], 2), ([0, 5], 0), ([5, 1], 1), ([5, 5], 5), ([0, -9], 137)],
)
def test_status_is_the_worse_of_the_two(codes, status):
    assert test.worst(codes) == status


class Started(list):
    """Stands in for `run`: keeps what is started, and gives the status that `status` says."""

    def __init__(self, status):
        self.status = status

    def __call__(self, command, cwd, env):
        self.append((command[3:], cwd, env["PYTHONPATH"].startswith(str(cwd))))
        return types.SimpleNamespace(returncode=self.status(command))


@pytest.fixture
def started(monkeypatch, tmp_path):
    def start(status):
        seen = Started(status)
        monkeypatch.setattr(environment, "root", lambda: tmp_path)
        monkeypatch.setattr(subprocess, "run", seen)
        monkeypatch.setattr(os, "cpu_count", lambda: 2)
        return seen

    return start


@pytest.mark.parametrize(
    ("given", "runs"),
    [
        (
            ["--lowest", "-x"],
            [["tests/", *TWO, "-x"], ["--nbval-lax", "notebooks/", "--both", *TWO, "-x"]],
        ),
        (["--quick"], [[*test.QUICK, *LEFT_OUT, *TWO]]),
        (["--lowest", "--quick", "-q"], [[*test.QUICK, *LEFT_OUT, *TWO, "-q"]]),
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
        (["tests/", *TWO, "-k", "fcn"], tmp_path, True),
        (["--nbval", "notebooks/", "--both", *TWO, "-k", "fcn"], tmp_path, True),
    ]


@pytest.mark.parametrize(("cores", "processes"), [(1, "1"), (None, "1"), (2, "2"), (64, "4")])
def test_as_many_processes_as_cores_and_at_most_four(monkeypatch, cores, processes):
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert test.in_processes()[1] == processes


def test_what_is_run_has_its_output_and_status(tmp_path, monkeypatch, capfd):
    (tmp_path / "a_test.py").write_text("def test_it():\n    assert False\n")
    monkeypatch.setattr(environment, "root", lambda: tmp_path)
    assert test._run(["a_test.py"]) == 1
    shown = capfd.readouterr().out
    assert shown.index("$ pytest a_test.py") < shown.index("1 failed")
