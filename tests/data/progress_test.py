import sys

from segcourse.data import progress


def test_a_notebook_shows_progress_as_output_for_stderr_is_red_there(monkeypatch):
    from ipykernel.iostream import OutStream

    assert progress.stream() is sys.stderr
    out = OutStream.__new__(OutStream)  # without the threads of a kernel
    monkeypatch.setattr(sys, "stdout", out)
    assert progress.stream() is out
    monkeypatch.undo()


def test_what_is_caught_in_a_notebook_gets_no_bar(monkeypatch, capsys):
    """As in a check, which reads what an answer prints."""
    monkeypatch.setattr(progress, "_SECONDS", 0)
    monkeypatch.delenv("SEGCOURSE_QUIET", raising=False)
    assert list(progress.bar([1, 2], "counting")) == [1, 2]
    caught = capsys.readouterr()
    assert caught.out == "" and "counting" in caught.err
