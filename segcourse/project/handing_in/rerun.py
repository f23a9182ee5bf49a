"""The notebook once more from top to bottom, in a fresh kernel."""

from dataclasses import dataclass

import nbformat

from segcourse.notebook.execute import execute, normalised

__all__ = ["Rerun", "read", "rerun"]

# What a notebook's own path is called in the outputs: the folder is ours, and gone afterwards.
_CALLED = "my_project"


@dataclass(frozen=True)
class Rerun:
    """What a run gave.

    Attributes:
        notebook: nbformat notebook with its outputs, as the course stores it.
        failures: list of `segcourse.notebook.execute.Failure`.
    """

    notebook: nbformat.NotebookNode
    failures: list

    @property
    def broke(self):
        """Whether a cell raised, or did not end: what the cells below it give is no news."""
        return any(not failure.warns for failure in self.failures)


def read(path):
    """The notebook at `path`; a ValueError says that it is none."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except OSError as error:
        raise ValueError(f"{path.name} cannot be read: {error.strerror or error}") from None
    except Exception as error:  # whatever else a reader of hand-made JSON raises
        line = (str(error).splitlines() or [type(error).__name__])[0][:200]
        raise ValueError(f"{path.name} is not a notebook: {line}") from None
    if not any(cell.cell_type == "code" and cell.source.strip() for cell in notebook.cells):
        raise ValueError(f"{path.name} has no code cell.")
    return notebook


def rerun(notebook, folder, work, env, limit, on_start=None, on_done=None, stop=False):
    """Run a notebook; nothing of its file is changed.

    Args:
        notebook: nbformat notebook; its outputs are replaced.
        folder: working directory of the kernel.
        work: folder for what it writes.
        env: dict, environment of the kernel.
        limit: seconds for all cells.
        on_start, on_done, stop: of `segcourse.notebook.execute.execute`.

    Returns:
        `Rerun`.
    """
    env = {**env, "SEGCOURSE_PROJECT_DIR": str(work)}
    failures = execute(
        notebook, folder, env, on_start=on_start, on_done=on_done, limit=limit, stop=stop
    )
    return Rerun(_renamed(_short_errors(normalised(notebook)), str(work)), failures)


def _short_errors(node):
    """The same with the last line of each error alone: those above have the machine's paths."""
    for cell in node.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                output.traceback = [f"{output.ename}: {output.evalue}"]
    return node


def _renamed(node, path):
    """The same with `path` called by its own name in all outputs."""
    for cell in node.cells:
        if cell.cell_type == "code":
            cell.outputs = [nbformat.from_dict(_replaced(output, path)) for output in cell.outputs]
    return node


def _replaced(value, path):
    if isinstance(value, str):
        quoted = path.replace("\\", "\\\\")  # as repr writes a path of Windows
        return value.replace(quoted, _CALLED).replace(path, _CALLED)
    if isinstance(value, dict):
        return {key: _replaced(inner, path) for key, inner in value.items()}
    if isinstance(value, list):
        return [_replaced(inner, path) for inner in value]
    return value
