"""The rules that the course's notebooks keep, each one a small function.

A rule takes the cells and the exercises there are, and yields the problems it finds. What the rules
keep out makes `pytest --nbval` fail for no reason, breaks the checks or grading, or leaves a
reader alone: long cells, pictures without a word, training whose outcome nothing compares.
"""

import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat

from segcourse.notebook.address import of_course
from segcourse.notebook.badge import faults as faults_of_address
from segcourse.notebook.first_cell import is_first_cell
from segcourse.notebook.numbers import unheld
from segcourse.notebook.orientation import faults
from segcourse.notebook.slide_types import SLIDE_TYPES, slide_type

IGNORE = "nbval-ignore-output"
MOST_LINES = 15
MOST_LINES_OF_AN_EXERCISE = 30  # with an example that runs
MOST_LINES_OF_THE_FIRST_CELL = 18  # no helper is there before it
# A path from the root of a file system, at the start of a word or a string.
ABSOLUTE_PATH = re.compile(
    r"(?:^|[\s'\"(=])(/(?:[\w.-]+/)+[\w.-]*)|\b([A-Za-z]:\\+\w+)", re.MULTILINE
)
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{8,}")
WARNING = re.compile(r"\w*Warning:|\bWARNING\b")
HELPERS = "from segcourse import check, failed, hint, solution"
TRAINS = re.compile(r"\bfit\(")


@dataclass(frozen=True)
class Problem:
    """A rule broken: by which cell (counted from 0; None: the whole notebook), and what to do."""

    index: int | None
    id: str
    wrong: str
    advice: str

    def __str__(self):
        place = "" if self.index is None else f"cell {self.index} ({self.id}): "
        return f"{place}{self.wrong}. {self.advice}."


def lint(path, exercises=None):
    """Check one notebook.

    Args:
        path: of the .ipynb file.
        exercises: dict from id to `Exercise`; default those of the course.

    Returns:
        list of `Problem`, in the order of the rules.
    """
    try:
        notebook = nbformat.v4.reads(Path(path).read_text(encoding="utf-8"))
        cells = notebook.cells
    except (json.JSONDecodeError, AttributeError, KeyError, UnicodeDecodeError) as error:
        return [Problem(None, "", f"not a notebook of format 4: {error}", "Restore the file")]
    if exercises is None:
        from segcourse.exercises.judging import registry

        exercises = {exercise.id: exercise for exercise in registry.all_exercises()}
    found = list(valid(notebook))
    if not cells:
        return [*found, Problem(None, "", "no cells", "Write some")]
    found += [problem for rule in RULES for problem in rule(cells, exercises)]
    return found + list(one_address(path, cells))


def valid(notebook):
    """The file follows the notebook format."""
    # nbformat before 5.11 goes on with the lenient validator that somebody asked for once.
    nbformat.validator.validators.clear()
    for error in nbformat.validator.iter_validate(notebook):
        where = ".".join(str(part) for part in error.absolute_path)
        yield Problem(
            None, "", f"format: {error.message[:200]} at {where or 'top'}", "Save it in Jupyter"
        )


def one_address(path, cells, address=None):
    """The first cell and the badge lead to the repository that pyproject.toml names."""
    address = address or of_course()
    for fault in faults_of_address(Path(path).stem, cells, address) if address else ():
        yield _problem(cells, *fault)


# The frame


def title_first(cells, exercises):
    first = cells[0]
    if first.cell_type != "markdown" or not first.source.startswith("# "):
        yield _problem(cells, 0, "is not a title", "Begin with a markdown cell '# Week …'")
        return
    if not re.search(r"\bneeds?\b", first.source, re.IGNORECASE):
        yield _problem(cells, 0, "does not say what it needs", "Say 'Needs: …'")


def summary_last(cells, exercises):
    last = cells[-1]
    if last.cell_type != "markdown" or not last.source.startswith("## Summary"):
        where = len(cells) - 1
        yield _problem(cells, where, "is no summary", "End with a markdown cell '## Summary'")


def orientation(cells, exercises):
    for index, wrong, advice in faults(cells):
        yield _problem(cells, index, wrong, advice)


def unique_ids(cells, exercises):
    seen = set()
    for index, cell in enumerate(cells):
        if cell.get("id") in seen:
            yield _problem(cells, index, "has the id of an earlier cell", "Give it its own id")
        seen.add(cell.get("id"))


def slide_types(cells, exercises):
    for index, cell in enumerate(cells):
        if slide_type(cell) is None:
            allowed = ", ".join(SLIDE_TYPES)
            yield _problem(cells, index, "has no slide type", f"Set one in JupyterLab: {allowed}")


# Source


def no_trailing_semicolon(cells, exercises):
    for index, cell in _code(cells):
        if any(line.rstrip().endswith(";") for line in cell.source.splitlines()):
            yield _problem(
                cells, index, "has a trailing ';'", "nbval does not honour it: write '_ =' before"
            )


def short_cells(cells, exercises):
    for index, cell in _code(cells):
        lines = len(cell.source.splitlines())
        most = MOST_LINES_OF_AN_EXERCISE if _id_in(cell, "exercise") else MOST_LINES
        if is_first_cell(cell):
            most = MOST_LINES_OF_THE_FIRST_CELL
        if lines > most:
            yield _problem(
                cells, index, f"has {lines} lines", f"At most {most}: move a helper to segcourse"
            )


def portable_source(cells, exercises):
    for index, cell in enumerate(cells):
        for what in ("sudo", "!pip", "%pip"):
            if re.search(rf"(?<!\w){re.escape(what)}\b", cell.source):
                yield _problem(
                    cells, index, f"holds {what!r}", "The first command sets everything up"
                )
        if path := _absolute_path(cell.source):
            yield _problem(cells, index, f"holds the absolute path {path}", "Make it relative")


# Outputs


def all_run(cells, exercises):
    for index, cell in _code(cells):
        if cell.get("execution_count") is None:
            yield _problem(cells, index, "was not run", "Store it with run --save")


def no_stderr(cells, exercises):
    for index, cell in _code(cells):
        if any(output.get("name") == "stderr" for output in cell.outputs):
            yield _problem(cells, index, "stores stderr", "Mend its cause; store with run --save")


def no_errors(cells, exercises):
    for index, cell in _code(cells):
        if any(output.output_type == "error" for output in cell.outputs):
            yield _problem(cells, index, "stores an error", "Mend it; store with run --save")


def steady_outputs(cells, exercises):
    for index, cell in _code(cells):
        text = _text(cell.outputs)
        if path := _absolute_path(text):
            yield _problem(
                cells, index, f"stores the absolute path {path}", "Print the name of the file alone"
            )
        if ADDRESS.search(text):
            yield _problem(
                cells, index, "stores an object's address", "Print what the object holds"
            )
        if "\r" in text:
            yield _problem(cells, index, "stores a progress bar", "Turn it off: verbose=0")
        if WARNING.search(text):
            yield _problem(cells, index, "stores a warning", "Mend its cause")


def pictures_read_out(cells, exercises):
    for index, cell in _code(cells):
        pictures = [
            (kind, output)
            for output in cell.outputs
            for kind in output.get("data", {})
            if kind.startswith("image/")
        ]
        if not pictures or all(o.metadata.get(k, {}).get("alt") for k, o in pictures):
            continue
        after = cells[index + 1] if index + 1 < len(cells) else None
        if after is None or after.cell_type != "markdown" or not _is_prose(after.source):
            yield _problem(
                cells,
                index,
                "shows a picture that no text reads out",
                "Follow it by a markdown cell that says in a sentence what is to be seen",
            )


def training_compared(cells, exercises):
    training = None
    for index, cell in [*_code(cells), (None, None)]:
        if cell is not None and "claims" in _tags(cell) and IGNORE not in _tags(cell):
            training = None
        if cell is None or (IGNORE in _tags(cell) and TRAINS.search(_without_comments(cell))):
            if training is not None:
                yield _problem(
                    cells,
                    training,
                    "trains, and no cell compares what came of it",
                    "Follow it by a cell tagged 'claims' that prints what must hold",
                )
            training = index


def numbers_held(cells, exercises):
    for index, number in unheld(cells):
        wrong = f"says {number}, which nothing above it and no calculation holds"
        source = f'"segcourse": {{"numbers": {{"{number}": "paper, table"}}}}'
        yield _problem(cells, index, wrong, f"Print it above, or put its source in: {source}")


# Exercises


def exercise_cells(cells, exercises):
    """An exercise cell has its tags, its metadata, and its check right after it."""
    for index, cell in _code(cells):
        id = _id_in(cell, "exercise")
        if id is None:
            continue
        yield from _metadata(cells, index, f"ex-{id.replace('.', '-')}", solution=True, grade=False)
        after = cells[index + 1] if index + 1 < len(cells) else {}
        if _id_in(after, "check") != id:
            yield _problem(
                cells, index, "has no check after it", f"Put a cell tagged 'check:{id}' right after"
            )


def check_cells(cells, exercises):
    """A check cell has its tags, its metadata, its exercise right before it, and calls check."""
    for index, cell in _code(cells):
        id = _id_in(cell, "check")
        if id is None:
            continue
        name = f"check-{id.replace('.', '-')}"
        yield from _metadata(cells, index, name, solution=False, grade=True)
        if not re.search(rf"\bcheck\(\s*['\"]{re.escape(id)}['\"]\s*\)", cell.source):
            yield _problem(cells, index, "does not call its check", f'Call check("{id}")')
        if index == 0 or _id_in(cells[index - 1], "exercise") != id:
            yield _problem(
                cells, index, "has no exercise before it", f"Put 'exercise:{id}' right before"
            )
        points = cell.metadata.get("nbgrader", {}).get("points")
        if id in exercises and points != exercises[id].points:
            yield _problem(
                cells, index, f"gives {points} points", f"Give {exercises[id].points} points"
            )


def helpers_imported(cells, exercises):
    """`check`, `hint` and `solution` are there before the first exercise, and in every check cell.

    The texts and messages send the reader to all three, also where only one exercise is run.
    """
    code = _code(cells)
    firsts = [place for place, (_, cell) in enumerate(code) if _id_in(cell, "exercise")]
    if firsts and not any(_imports_helpers(cell) for _, cell in code[: firsts[0]]):
        index = code[firsts[0]][0]
        yield _problem(cells, index, "has no helpers before it", f"Import them above: {HELPERS}")
    for index, cell in code:
        if _id_in(cell, "check") and not _imports_helpers(cell):
            yield _problem(cells, index, "does not import the helpers", f"Begin with: {HELPERS}")


def stubs(cells, exercises):
    """An exercise cell is the stub: the reference's head, and raise NotImplementedError."""
    from segcourse.exercises.judging.stub import signature, stub

    for index, cell in _code(cells):
        id = _id_in(cell, "exercise")
        if id is None:
            continue
        if id not in exercises:
            known = ", ".join(exercises) or "none"
            yield _problem(cells, index, f"belongs to no exercise ({id})", f"There are {known}")
            continue
        function = _function(cell.source)
        if function is None:
            yield _problem(cells, index, "defines no function", f"Store the stub of {id}")
            continue
        wanted, came = signature(exercises[id].right.source), signature(ast.unparse(function))
        if not _raises_not_implemented(function):
            yield _problem(
                cells, index, "does not raise NotImplementedError", f"Store the stub of {id}"
            )
        elif came != wanted:
            yield _problem(cells, index, f"begins {came!r}", f"The reference begins {wanted!r}")
        elif cell.source.strip() != stub(exercises[id]).strip():
            yield _problem(cells, index, "is not the stub", f"Store the stub of {id} as it is")


def question_cells(cells, exercises):
    """A question cell asks a question there is, and nothing else; its output is the reader's."""
    for index, cell in _code(cells):
        id = _id_in(cell, "question")
        if id is None:
            continue
        if IGNORE not in _tags(cell):
            yield _problem(cells, index, f"lacks the tag {IGNORE!r}", "Its output is the reader's")
        source = f'from segcourse import question\n\nquestion("{id}")'
        if cell.source != source:
            yield _problem(cells, index, "does not ask its question", f"Write {source!r}")
        if id not in _questions():
            known = ", ".join(_questions()) or "none"
            yield _problem(cells, index, f"asks no question ({id})", f"There are {known}")


def _questions():
    from segcourse.exercises.asking import registry

    return [question.id for question in registry.all_questions()]


RULES = [
    title_first,
    summary_last,
    orientation,
    unique_ids,
    slide_types,
    no_trailing_semicolon,
    short_cells,
    portable_source,
    all_run,
    no_stderr,
    no_errors,
    steady_outputs,
    pictures_read_out,
    training_compared,
    numbers_held,
    exercise_cells,
    check_cells,
    helpers_imported,
    stubs,
    question_cells,
]


def _problem(cells, index, wrong, advice):
    return Problem(index, cells[index].get("id", "no id"), wrong, advice)


def _code(cells):
    return [(index, cell) for index, cell in enumerate(cells) if cell.cell_type == "code"]


def _tags(cell):
    return cell.get("metadata", {}).get("tags", [])


def _id_in(cell, kind):
    """ "4.1" of a cell tagged `kind:4.1`, else None."""
    found = [tag.removeprefix(f"{kind}:") for tag in _tags(cell) if tag.startswith(f"{kind}:")]
    return found[0] if found else None


def _metadata(cells, index, grade_id, solution, grade):
    cell = cells[index]
    if IGNORE not in _tags(cell):
        yield _problem(cells, index, f"lacks the tag {IGNORE!r}", "Its output is the student's")
    wanted = {
        "schema_version": 3,
        "grade_id": grade_id,
        "solution": solution,
        "grade": grade,
        "locked": grade,
        "task": False,
    }
    came = dict(cell.metadata.get("nbgrader", {}))
    if grade and not isinstance(came.pop("points", None), int):
        yield _problem(cells, index, "names no points", "Put them into its nbgrader metadata")
    if came != wanted:
        yield _problem(
            cells, index, "has wrong nbgrader metadata", f"It should be {json.dumps(wanted)}"
        )


def _text(outputs):
    parts = []
    for output in outputs:
        parts.append(output.get("text", ""))
        parts += [v for k, v in output.get("data", {}).items() if k.startswith("text/")]
    return "\n".join(parts)


def _absolute_path(text):
    found = ABSOLUTE_PATH.search(text)
    return found and (found.group(1) or found.group(2))


def _is_prose(markdown):
    lines = [line for line in markdown.splitlines() if not line.startswith(("#", "|", "```"))]
    return len(re.findall(r"[^\W\d_]{2,}", " ".join(lines))) >= 4


def _without_comments(cell):
    return re.sub(r"#.*", "", cell.source)


def _function(source):
    return next((node for node in _body(source) if isinstance(node, ast.FunctionDef)), None)


def _imports_helpers(cell):
    found = {
        alias.name
        for node in _body(cell.source)
        if isinstance(node, ast.ImportFrom) and node.module == "segcourse"
        for alias in node.names
    }
    return {"check", "hint", "solution"} <= found


def _body(source):
    try:
        return ast.parse(source).body
    except SyntaxError:
        return []


def _raises_not_implemented(function):
    last = function.body[-1]
    raised = last.exc if isinstance(last, ast.Raise) else None
    raised = raised.func if isinstance(raised, ast.Call) else raised
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
