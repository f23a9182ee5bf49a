"""How long a notebook takes to read, for a reader whose first language is another.

120 words a minute are what a learner reads of a text with formulas (native readers of prose: some
240); a line of code takes as long as 12 words, a picture as long as 60. Exercises are not counted:
each says its own minutes.
"""

import re

__all__ = ["exercise_minutes", "reading_minutes"]

WORDS_A_MINUTE = 120
WORDS_A_LINE = 12
WORDS_A_PICTURE = 60
#: What the text above an exercise says of it.
EXERCISE = re.compile(r"About (\d+) minutes?, level ([123]) of 3\.")


def reading_minutes(cells):
    """Minutes to read the cells, a float."""
    return sum(_words(cell) for cell in cells) / WORDS_A_MINUTE


def exercise_minutes(cells):
    """Minutes that the texts of the exercises say, an int in all."""
    texts = (cell.source for cell in cells if cell.cell_type == "markdown")
    return sum(int(minutes) for text in texts for minutes, _ in EXERCISE.findall(text))


def _words(cell):
    if cell.cell_type == "markdown":
        return len(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", cell.source))
    if any(tag.startswith("exercise:") for tag in cell.metadata.get("tags", [])):
        return 0
    lines = [line for line in cell.source.splitlines() if line.strip()]
    pictures = [o for o in cell.outputs if any(k.startswith("image/") for k in o.get("data", {}))]
    return WORDS_A_LINE * len(lines) + WORDS_A_PICTURE * len(pictures)
