"""A stored notebook in another language, with the outputs of the English one.

Pictures and numbers are the same in every language. What a question or an untouched exercise says
is said again.
"""

from segcourse.exercises.asking import registry as questions
from segcourse.exercises.judging import registry as exercises
from segcourse.exercises.judging.judge import waiting
from segcourse.exercises.question import as_asked
from segcourse.texts import in_language
from segcourse.translation.editions import po_file
from segcourse.translation.making.notebook import in_words
from segcourse.translation.making.speaker import speaker
from segcourse.translation.po.merge import read
from segcourse.translation.reading.sources import notebook_name

__all__ = ["edition_of"]


def edition_of(notebook, name, code):
    """A copy of a notebook, in a language.

    Args:
        notebook: nbformat notebook, in English, with its outputs.
        name: name of its file.
        code: str, of the language.
    """
    other = in_words(notebook, code, speaker(code, read(po_file(code, notebook_name(name)))))
    with in_language(code):
        for cell in other["cells"]:
            said = _said(cell) if cell["cell_type"] == "code" and cell["outputs"] else None
            if said is not None:
                cell["outputs"] = [o for o in cell["outputs"] if o["output_type"] != "stream"]
                cell["outputs"].insert(0, _stream(said))
    return other


def _said(cell):
    """What a cell with a question or a check says as it is stored; None of any other cell."""
    for tag in cell.get("metadata", {}).get("tags", []):
        kind, _, id = tag.partition(":")
        if kind == "question":
            return as_asked(questions.find(id))
        if kind == "check":
            return waiting(exercises.find(id))
    return None


def _stream(text):
    from nbformat.v4 import new_output

    return new_output("stream", name="stdout", text=f"{text}\n")
