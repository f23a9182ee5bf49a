import subprocess

import pytest

from segcourse.command import environment, test


@pytest.mark.parametrize(
    ("codes", "status"),
    [([0, 0], 0), ([1, 0], 1), ([0, 2], 2), ([0, 5], 0), ([5, 1], 1), ([5, 5], 5), ([0, -9], 137)],
)
def test_status_is_the_worse_of_the_two(codes, status):
    assert test.worst(codes) == status


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
