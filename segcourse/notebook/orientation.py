"""What tells a reader where they stand: the time, the places to stop, what to read next."""

import re

from segcourse.notebook.reading_time import EXERCISE, exercise_minutes, reading_minutes

__all__ = ["faults"]

TIME = re.compile(
    r"\*\*Time:\*\* about (\d+) minutes to read, "
    r"about (?:(\d+) minutes for the exercises|\d+ hours for a project of your own), "
    r"less than (?:a minute|\d+ minutes) of computing on two CPU cores\."
)
STOP = "**A good place to stop.**"
LINK = re.compile(r"\]\(https?://[^)]+\)")
NEAR = 5  # minutes that the said reading time may be off


def faults(cells):
    """What is missing, as tuples (index of the cell, what is wrong, what to do)."""
    yield from _time(cells)
    yield from _exercises(cells)
    yield from _stops(cells)
    yield from _references(cells)


def _time(cells):
    if cells[0].cell_type != "markdown":
        return  # another rule's
    found = TIME.search(cells[0].source)
    if not found:
        yield 0, "does not say its time in the usual form", f"Write: {TIME.pattern}"
        return
    reading, exercises = int(found.group(1)), int(found.group(2) or 0)
    measured = reading_minutes(cells)
    if abs(reading - measured) > NEAR:
        advice = f"Its words, lines and pictures take {measured:.0f}"
        yield 0, f"says {reading} minutes to read", advice
    if exercises != exercise_minutes(cells):
        advice = f"The exercises say {exercise_minutes(cells)} in all"
        yield 0, f"says {exercises} minutes for the exercises", advice


def _exercises(cells):
    text = ""
    for index, cell in enumerate(cells):
        if cell.cell_type == "markdown":
            text = cell.source
        elif any(tag.startswith("exercise:") for tag in cell.metadata.get("tags", [])):
            if not EXERCISE.search(text):
                advice = "Say in the text above it: About 5 minutes, level 2 of 3."
                yield index, "is an exercise without its minutes", advice


def _stops(cells):
    if not any(STOP in cell.source for cell in cells if cell.cell_type == "markdown"):
        yield 0, "has no place to stop below it", f"Mark one by: {STOP}"


def _references(cells):
    found = [index for index, cell in enumerate(cells) if cell.source.startswith("## References")]
    if not found:
        yield len(cells) - 1, "has no references before it", "Put '## References' there"
    elif not LINK.search(cells[found[0]].source):
        yield found[0], "links nothing", "Link each reference"
