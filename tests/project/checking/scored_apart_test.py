"""A model scored by another process, here by small programs that stand in for it."""

import json
import os
import sys

import pytest

from segcourse import process_tree
from segcourse.project.checking import scored_apart as module
from segcourse.project.checking.scored_apart import child_environment, scored_apart


@pytest.fixture
def score(tmp_path, monkeypatch):
    """Scores with a program in the place of segcourse.project.scoring."""
    run = process_tree.run

    def start(code, minutes=1, memory_gb=4):
        seen = {}

        def instead(command, *arguments, **settings):
            seen["command"] = command
            return run([sys.executable, "-c", code], *arguments, **settings)

        monkeypatch.setattr(module.process_tree, "run", instead)
        env = dict(os.environ)
        scored = scored_apart("m.keras", "scenes", (4, 5), tmp_path, env, minutes, memory_gb)
        return scored, seen["command"]

    return start


def test_the_last_line_is_the_answer(score):
    answer = {"scores": {"mean_iou": 0.5}}
    scored, command = score(f"print('hello'); print({json.dumps(json.dumps(answer))})")
    assert scored.result == answer and scored.reason is None
    assert command[1:3] == ["-m", "segcourse.project.scoring"]
    assert command[3].endswith("m.keras") and os.path.isabs(command[3])
    assert command[4:] == ["scenes", "--size", "4", "5"]


@pytest.mark.parametrize(
    "code, reason",
    [
        ("import sys; print('noise\\nno model', file=sys.stderr); sys.exit(1)", "no model"),
        ("import os; os.abort()", "died"),
        ("print('no json')", "could not be scored"),
        ("print('[' * 10**5)", "could not be scored"),
        ("print('[1]')", "could not be scored"),
        ("print('x' * 10**7)", "could not be scored"),
        ("import sys; sys.stdout.buffer.write(b'\\xff')", "could not be scored"),
    ],
)
def test_whatever_goes_wrong_is_a_reason(score, code, reason):
    scored, _command = score(code)
    assert scored.result is None and reason in scored.reason and len(scored.reason) < 500


def test_limits(score):
    scored, _command = score("while True: pass", minutes=0.01)
    assert scored.reason == "scoring took more than 0.01 minutes"
    scored, _command = score("import time; a = b'1' * 10**8; time.sleep(60)", memory_gb=0.05)
    assert scored.reason == "scoring took more than 0.05 GB of memory"


def test_the_process_writes_into_its_folder_and_imports_nothing_from_there(tmp_path):
    env = child_environment({"PATH": "p", "SEGCOURSE_DATASET": "camvid"}, tmp_path)
    assert env["PATH"] == "p" and "SEGCOURSE_DATASET" not in env
    assert env["TMPDIR"] == str(tmp_path) and env["PYTHONSAFEPATH"] == "1"
