"""The process in which students' answers run: a request a line on stdin, a verdict a line back.

An IPython shell stands in it, as in a kernel, so that a cell is what it is in the notebook.
"""

import json
import os
import sys


def main():
    """Answer requests until there are no more."""
    questions, answers = _own_streams()
    from IPython.core.interactiveshell import InteractiveShell

    from segcourse.exercises.judging.exercise import PREAMBLE

    exec(PREAMBLE, {})  # Keras is loaded before the clock of the first answer runs
    sys.path.append(os.getcwd())  # last, so that no file there hides a package
    InteractiveShell.history_load_length = 0
    shell = InteractiveShell.instance()
    shell.history_manager.enabled = False
    _say(answers, {"ready": True})
    for line in questions:
        _say(answers, _verdict(shell, json.loads(line)))


def _own_streams():
    """The pipes to the grader; what a student prints or reads meets neither."""
    questions = os.fdopen(os.dup(0), encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return questions, answers


def _say(stream, answer):
    stream.write(json.dumps(answer) + "\n")
    stream.flush()


def _verdict(shell, request):
    from segcourse.exercises.check import check
    from segcourse.exercises.judging import registry
    from segcourse.exercises.judging.exercise import PREAMBLE
    from segcourse.exercises.judging.judge import ExerciseError, bind_reference

    shell.reset(new_session=True)
    names = shell.user_ns
    for source in [*PREAMBLE.splitlines(), *request["imports"]]:
        _try(source, names)
    for id in request["references"]:
        bind_reference(registry.find(id), names)
    for source in request["definitions"]:
        _try(source, names)
    ran = shell.run_cell(request["cell"], store_history=True)
    os.environ["SEGCOURSE_STRICT"] = "1"  # the cell may have said otherwise
    try:
        check(request["id"])
    except ExerciseError as error:
        return {"passed": False, "message": _shown(str(error), ran.error_in_exec)}
    except Exception as error:
        said = f"Exercise {request['id']}: the check failed, {type(error).__name__}: {error}"
        return {"passed": False, "message": said}
    return {"passed": True, "message": ""}


def _try(source, names):
    """Run what may not be there on this computer; who needs it then says so."""
    try:
        exec(compile(source, "<above>", "exec"), names)
    except Exception:
        return


def _shown(message, error):
    """In one line: what helps, what came and was expected; the line on the notebook is left out.

    Where the cell itself stopped, also the error it stopped with.
    """
    lines = message.splitlines()
    said = " ".join(lines[: max(1, len(lines) - 1)])
    return said if error is None else f"{said} ({type(error).__name__}: {error})"


if __name__ == "__main__":
    main()
