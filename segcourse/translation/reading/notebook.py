"""A notebook, cell by cell: what of it is translated."""

from segcourse.translation.reading import exercise_cell, markdown

__all__ = ["exercise_id", "translated_source"]


def translated_source(cell, say):
    """The source of a cell with each message as `say` gives it.

    Text is translated by paragraph. Of code only the docstring and the comments of an exercise
    are: all other cells are the same in every language.

    Args:
        cell: dict of a notebook.
        say: function. say(message, kind) gives what takes its place.
    """
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        return markdown.translated(source, say)
    return exercise_cell.translated(source, say) if exercise_id(cell) else source


def exercise_id(cell):
    """ "4.1" of a code cell tagged `exercise:4.1`, else None."""
    if cell["cell_type"] != "code":
        return None
    tags = cell.get("metadata", {}).get("tags", [])
    found = [tag.removeprefix("exercise:") for tag in tags if tag.startswith("exercise:")]
    return found[0] if found else None
