import subprocess

import pytest

from segcourse.command import environment, test

LEFT_OUT = [f"--ignore={path}" for path in test.LONG]


@pytest.mark.parametrize(
    ("codes", "status"),
    [([0, 0], 0), ([1, 0], 1), ([0, 2], 2), ([0, 5], 0), ([5, 1], 1), ([5, 5], 5), ([0, -9], 137)],
)
def test_status_is_the_worse_of_the_two(codes, status):
    assert test.worst(codes) == status


@pytest.mark.parametrize(
    ("given", "runs"),
    [
        (["--lowest", "-x"], [["tests/", "-x"], ["--nbval-lax", "notebooks/", "-x"]]),
        (["--quick"], [[*test.QUICK, *LEFT_OUT]]),
        (["--lowest", "--quick", "-q"], [[*test.QUICK, *LEFT_OUT, "-q"]]),
    ],
)
def test_options_of_its_own_choose_what_is_run(monkeypatch, tmp_path, given, runs):
    seen = []
    monkeypatch.setattr(environment, "root", lambda: tmp_path)
    monkeypatch.setattr(subprocess, "call", lambda command, **_: seen.append(command[3:]) or 0)
    assert test.main(given) == 0
    assert seen == runs


def test_what_is_quick_is_there():
    assert all((environment.root() / folder).is_dir() for folder in test.QUICK)
    assert all((environment.root() / path).is_file() for path in test.LONG)


def test_runs_both_also_when_the_first_fails(monkeypatch, tmp_path, capsys):
    seen = []

    def call(command, cwd, env):
        seen.append((command[3:], cwd, env["PYTHONPATH"].startswith(str(tmp_path))))
        return 1 if "tests/" in command else 0

    monkeypatch.setattr(environment, "root", lambda: tmp_path)
    monkeypatch.setattr(subprocess, "call", call)
    assert test.main(["-k", "fcn"]) == 1
    assert seen == [
        (["tests/", "-k", "fcn"], tmp_path, True),
        (["--nbval", "notebooks/", "-k", "fcn"], tmp_path, True),
    ]
