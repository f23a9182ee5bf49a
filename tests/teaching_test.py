"""The page for whoever leads the seminar says what stands in the notebooks."""

import json
import re
from pathlib import Path

import nbformat
import pytest

from segcourse.exercises.judging import registry
from segcourse.notebook.reading_time import reading_minutes

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/teaching.md").read_text(encoding="utf-8")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WEEKS = range(1, 8)
ID = re.compile(r"(?<![\w.:/])(?:[1-7]|[BFP])\.(?:\d+|[a-z])(?!\w|\.\w)")
# What is no id although it looks like one: the number of a section.
SECTIONS = re.compile(r"\bsections? \d[\d., and]*\d|\bsections? \d")
EXERCISE = re.compile(r"### Exercise (\S+) .*?About (\d+) minutes?, level", re.DOTALL)
OPEN_TASK = re.compile(r"### Open task.*?About (\d+) minutes?", re.DOTALL)


def cells(path):
    return nbformat.read(path, as_version=4).cells


def texts(path):
    return "\n\n".join(cell.source for cell in cells(path) if cell.cell_type == "markdown")


def tagged(kind):
    """All ids with such a tag, in all notebooks."""
    return {
        tag.split(":", 1)[1]
        for path in NOTEBOOKS
        for cell in cells(path)
        for tag in cell.metadata.get("tags", [])
        if tag.startswith(kind + ":")
    }


def week(number):
    return next((ROOT / "notebooks").glob(f"week{number}_*.ipynb"))


def exercise_minutes(number):
    return {id: int(minutes) for id, minutes in EXERCISE.findall(texts(week(number)))}


def session(number):
    """(text of a session, its rows as (minutes, kind, what))."""
    text = re.search(rf"### Session {number} · .*?(?=\n### |\n## )", PAGE, re.DOTALL)[0]
    return text, rows(text)


def rows(text):
    found = re.findall(r"^\| (\d+) \| (show|work|meet) \| (.+) \|$", text, re.MULTILINE)
    return [(int(minutes), kind, what) for minutes, kind, what in found]


def ids(text):
    return ID.findall(SECTIONS.sub("", text))


def exercises(text):
    return [id for id in ids(text) if id.split(".")[1].isdigit()]


def at_home(text):
    """The paragraph for home, as one line."""
    return re.search(r"\*\*At home:\*\*(.*?)\n\n", text, re.DOTALL)[1].replace("\n", " ")


def in_the_room(rows):
    return [id for _minutes, kind, what in rows if kind == "work" for id in exercises(what)]


def test_every_id_is_in_a_notebook():
    there = tagged("exercise") | tagged("question")
    assert len(set(ids(PAGE))) > 60
    assert not set(ids(PAGE)) - there


@pytest.mark.parametrize("number", WEEKS)
class TestSession:
    def test_its_notebook_is_there(self, number):
        assert f"### Session {number} · `{week(number).stem}`" in PAGE

    def test_its_minutes_are_ninety(self, number):
        _text, rows = session(number)
        assert sum(minutes for minutes, _kind, _what in rows) == 90
        assert rows[-1][1] in ("meet", "work")

    def test_each_exercise_has_one_place(self, number):
        text, rows = session(number)
        room, home = in_the_room(rows), exercises(at_home(text))
        assert sorted(room + home) == sorted(exercise_minutes(number))

    def test_there_is_time_for_what_is_done_in_the_room(self, number):
        minutes = exercise_minutes(number)
        for given, kind, what in session(number)[1]:
            if kind == "work":
                assert given >= sum(minutes[id] for id in exercises(what)), what

    def test_each_question_has_one_place(self, number):
        text, rows = session(number)
        found = [
            id
            for one in [*(what for _m, _k, what in rows), at_home(text)]
            for id in ids(one)
            if not id.split(".")[1].isdigit()
        ]
        asked = [id for id in tagged("question") if id.startswith(f"{number}.")]
        assert sorted(found) == sorted(asked)

    def test_each_section_is_in_the_room_or_at_home(self, number):
        text, rows = session(number)
        named = [what for _m, _k, what in rows] + [at_home(text)]
        found = {n for one in named for part in SECTIONS.findall(one) for n in numbers(part)}
        headings = {int(n) for n in re.findall(r"(?m)^## (\d+) · ", texts(week(number)))}
        look_at = re.findall(r"a look at (\d)", text)
        assert headings == found | {int(n) for n in look_at}

    def test_reading_at_home_takes_what_it_says(self, number):
        home = at_home(session(number)[0])
        said = int(re.search(r"\((\d+) minutes\)", home)[1])
        by_section = reading(week(number))
        sections = numbers(re.search(r"read (sections [\d, ]+)", home)[1])
        assert abs(said - sum(by_section[n] for n in sections)) <= 5

    def test_stops_are_those_of_the_notebook(self, number):
        said = re.search(r"\*\*Stops:\*\*(.*?)\n\n", session(number)[0], re.DOTALL)[1]
        named = [int(float(n)) for n in re.findall(r"\d(?:\.\d)?", said)]
        assert named == stops(week(number))

    def test_extras_are_sections_or_exercises(self, number):
        text = session(number)[0]
        said = re.search(r"\*\*For the quick ones:\*\*(.*?)\n\n", text, re.DOTALL)[1]
        there = re.findall(r"(?m)^###? (\d\.\d) ", texts(week(number)))
        for one in re.findall(r"section (\d\.\d)", said):
            assert one in there

    def test_where_it_gets_stuck_is_in_the_catalogue(self, number):
        text = session(number)[0]
        lines = re.findall(r"(?m)^- \*\*(\d\.\d)\*\* ((?:\*[^*]+\*,? ?)+):", text)
        assert len(lines) == len(re.findall(r"(?m)^- ", text)) >= 7
        for id, named in lines:
            assert set(re.findall(r"\*([^*]+)\*", named)) <= catalogue(id), id

    def test_it_stands_in_the_summary(self, number):
        text, rows = session(number)
        minutes = exercise_minutes(number)
        room = sum(minutes[id] for id in in_the_room(rows))
        home = sum(minutes[id] for id in exercises(at_home(text)))
        tasks = sum(map(int, OPEN_TASK.findall(texts(week(number)))))
        read = int(re.search(r"\((\d+) minutes\)", at_home(text))[1])
        points = sum(registry.find(id).points for id in minutes)
        line = [sum(minutes.values()) + tasks, room, home + tasks, home + tasks + read, points]
        assert "| " + " | ".join(map(str, [number, *line])) + " |" in PAGE


def numbers(part):
    """The sections of "sections 1, 2 and 5", the whole ones of 4.4 too."""
    return [int(n.split(".")[0]) for n in re.findall(r"\d+(?:\.\d+)?", part)]


def reading(path):
    """Minutes of reading by the number of the section."""
    found, number = {}, 0
    for cell in cells(path):
        parts = re.split(r"(?m)^(?=## )", cell.source) if cell.cell_type == "markdown" else [None]
        for part in parts:
            one = cell if part is None else nbformat.v4.new_markdown_cell(part)
            heading = re.match(r"## (?:(\d+) · )?", part or "")
            number = (int(heading[1]) if heading[1] else 0) if heading else number
            found[number] = found.get(number, 0) + reading_minutes([one])
    return found


def stops(path):
    """The numbers of the sections that stand before each marked place to stop."""
    found, number = [], 0
    for line in texts(path).split("\n"):
        heading = re.match(r"#+ (\d+)[. ]", line)
        number = int(heading[1]) if heading else number
        found += [number] if "**A good place to stop.**" in line else []
    return found


def catalogue(id):
    """Names of the wrong answers of an exercise."""
    return {mistake.name for mistake in registry.find(id).mistakes}


class TestTwoDays:
    TEXT = PAGE[PAGE.index("## Two days") : PAGE.index("## What to show")]
    BLOCK = re.compile(r"^\| ([12]) \| (\d+):(\d+)–(\d+):(\d+) \| (\d+) \| (.+) \| (.+) \|$", re.M)

    def test_clock_and_minutes_agree(self):
        ends = {}
        blocks = self.BLOCK.findall(self.TEXT)
        assert len(blocks) == 8
        for day, *clock, minutes, _what, _exercises in blocks:
            h1, m1, h2, m2 = map(int, clock)
            assert 60 * h2 + m2 - 60 * h1 - m1 == int(minutes) == 90
            assert 60 * h1 + m1 > ends.get(day, 0)
            ends[day] = 60 * h2 + m2

    def test_each_block_is_its_session(self):
        blocks = [block[-2:] for block in self.BLOCK.findall(self.TEXT)]
        wanted = [(f"session {n}", ", ".join(in_the_room(session(n)[1]))) for n in WEEKS]
        assert blocks == [*wanted, ("the project", "none")]

    def test_the_project_fills_its_block(self):
        assert sum(minutes for minutes, _kind, _what in rows(self.TEXT)) == 90


def test_commands_that_are_named_are_there():
    lines = (ROOT / "segcourse/command/command_line.py").read_text(encoding="utf-8")
    for name in set(re.findall(r"python3 -m segcourse ([a-z-]+)", PAGE)):
        assert f'"{name}"' in lines, name


def test_the_readme_says_the_minutes_of_each_notebook():
    """Reading, exercises and computing, as the first cell of each notebook says them."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for path in NOTEBOOKS:
        first = json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"]
        said = re.findall(r"(?:about|less than) (\d+ \w+)", re.search("Time.*", "".join(first))[0])
        assert len(said) == 3
        line = next(line for line in readme.splitlines() if f"`{path.stem}`" in line)
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        assert cells[-3:] == [one.replace("minutes", "min") for one in said], path.stem
