"""What would end the kernel, wait for a reader or start a process is an error in the cell."""

import os
import sys
import textwrap

import pytest
from IPython.core.interactiveshell import InteractiveShell

from segcourse.exercises.judging.judge import Outcome, judge
from segcourse.exercises.judging.safety.guard import guarded

FORBIDDEN = {
    "os._exit(0)": "`os._exit` would end the kernel",
    "os.abort()": "`os.abort` would end the kernel",
    "os.kill(os.getpid(), 9)": "`os.kill` would end the kernel",
    "signal.raise_signal(9)": "`signal.raise_signal` would end the kernel",
    "os.fork()": "`os.fork` starts another process",
    "os.system('true')": "`os.system` starts another process",
    "os.execv('/bin/true', ['true'])": "`os.execv` starts another process",
    "subprocess.run(['true'])": "`subprocess.Popen` starts another process",
    "multiprocessing.get_context('fork').Process(target=print).start()": "starts another process",
    "input('by? ')": "`input` waits for somebody to type",
    "ends(0)": "`os._exit` would end the kernel",
    "sys.exit(0)": "left Python with `sys.exit`",
    "exit()": "left Python with `sys.exit`",
}


@pytest.mark.parametrize("call", FORBIDDEN)
def test_it_is_an_error_in_the_cell(shift, student, call):
    source = "import multiprocessing, os, signal, subprocess\nfrom os import _exit as ends\n"
    function = student(f"{source}def shift(row, by):\n    {call}")
    verdict = judge(shift, function)
    assert verdict.outcome is Outcome.WRONG
    assert FORBIDDEN[call] in verdict.message, verdict.message
    assert function.__globals__["ends"] is os._exit


def test_standard_input_has_ended(shift, student):
    function = student(
        """
        def shift(row, by):
            assert sys.stdin.read() == sys.stdin.readline() == "" and list(sys.stdin) == []
            sys.stdin.close()
            return np.roll(row, by)
        """
    )
    before = sys.stdin
    assert judge(shift, function).outcome is Outcome.RIGHT
    assert sys.stdin is before


@pytest.mark.parametrize("limit", [1000, 10**8])
def test_deep_recursion_is_an_error(shift, student, limit):
    source = "def shift(row, by):\n    sys.setrecursionlimit(10**8)\n    return shift(row, by - 1)"
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, before))
    try:
        assert "raised RecursionError" in judge(shift, student(source)).message
        assert sys.getrecursionlimit() == max(limit, before)
    finally:
        sys.setrecursionlimit(before)


def test_the_objects_of_a_notebook_that_end_it(shift, monkeypatch, tmp_path):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    shell = InteractiveShell.instance()
    try:
        ended = []
        monkeypatch.setattr(InteractiveShell, "ask_exit", lambda *_: ended.append(1), raising=False)
        shell.run_cell("def shift(row, by):\n    exit()\n\ndef other(row, by):\n    quit()")
        for name in ("shift", "other"):
            assert "left Python" in judge(shift, shell.user_ns[name]).message
        assert not ended
        assert type(shell.user_ns["exit"]).__name__.endswith("Autocall")
    finally:
        InteractiveShell.clear_instance()


def test_names_of_the_cell_that_only_look_alike_stay():
    names = {"__name__": "cell"}
    exec(textwrap.dedent("exit = 3\nquit = print\ndef f():\n    return exit, quit"), names)
    with guarded(names["f"]):
        assert names["f"]() == (3, print)
