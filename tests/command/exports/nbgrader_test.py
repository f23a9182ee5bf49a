import os

import pytest

from segcourse.command import command_line
from segcourse.command.environment import Stop


def export(*arguments):
    return command_line.parse(["export", "nbgrader", *arguments])()


def test_the_weeks_asked_for_are_written_and_named(tmp_path, capsys):
    target = tmp_path / "grading"
    assert export(str(target), "--weeks", "week2", "own_pictures") == 0
    assert sorted(os.listdir(target / "source")) == ["own_pictures", "week2"]
    said = capsys.readouterr().out
    assert " 12 points  week2\n" in said and f"Written: {target}" in said


def test_a_full_folder_stays_and_is_named(tmp_path):
    (tmp_path / "holiday.jpg").write_text("x")
    with pytest.raises(Stop, match="must be new or empty.*holiday.jpg") as stop:
        export(str(tmp_path), "--weeks", "week2")
    assert stop.value.status == 2
    assert os.listdir(tmp_path) == ["holiday.jpg"]


def test_an_unknown_week_and_a_foreign_notebook_are_named(tmp_path):
    with pytest.raises(Stop, match="WEEK must name one of"):
        export(str(tmp_path / "c"), "--weeks", "week99")
    other = tmp_path / "other.ipynb"
    other.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    with pytest.raises(Stop, match="other.ipynb is not a notebook of the course"):
        export(str(tmp_path / "c"), "--weeks", str(other))
    assert os.listdir(tmp_path) == ["other.ipynb"]
