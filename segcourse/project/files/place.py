"""Where a project is kept, and what it is called in files that are handed in."""

import hashlib
import os
import re
import shutil
import tempfile
import uuid
import weakref
from pathlib import Path

from segcourse.data import catalogue
from segcourse.texts import _

DEFAULT = "my_project"
VARIABLE = "SEGCOURSE_PROJECT_DIR"


class Place:
    """The folder of a project. It is made where it is missing.

    Attributes:
        folder: its path.
        words: the same for a reader, without a path of the machine.

    Args:
        dataset_name: of the data set.

    Raises:
        OSError: if nothing can be written there; the message says what to do.
    """

    def __init__(self, dataset_name):
        name = folder_name(dataset_name)
        chosen = os.environ.get(VARIABLE)
        if chosen:
            self.folder, self.words = (
                Path(chosen).expanduser().absolute() / name,
                f"${VARIABLE}/{name}",
            )
        elif os.environ.get("SEGCOURSE_QUIET") == "1":
            # Nobody's project: a test, or a run of all notebooks.
            temporary = tempfile.mkdtemp(prefix="segcourse-project-")
            weakref.finalize(self, shutil.rmtree, temporary, ignore_errors=True)
            self.folder = Path(temporary) / name
            self.words = _("a temporary folder")
        else:
            self.folder = Path(DEFAULT, name).absolute()
            self.words = f"{DEFAULT}/{name}"
        _make(self.folder)


def folder_name(dataset_name):
    """The name of the folder of a data set's project.

    Example:

    >>> folder_name("scenes"), folder_name("folder:/home/me/My leaves")[:-6]
    ('scenes', 'folder-My-leaves-')
    """
    if not catalogue.is_folder(dataset_name):
        return _plain(dataset_name)
    # Two folders may have the same last name.
    digest = hashlib.sha256(catalogue.absolute(dataset_name).encode()).hexdigest()[:6]
    return f"folder-{_plain(_last(dataset_name))}-{digest}"


def public_name(dataset_name):
    """The name of a data set without a path of the machine.

    Example:

    >>> public_name("scenes"), public_name("folder:/home/me/leaves")
    ('scenes', 'folder:leaves')
    """
    if not catalogue.is_folder(dataset_name):
        return dataset_name
    return f"{catalogue.FOLDER}{_last(dataset_name)}"


def _last(dataset_name):
    parts = re.split(r"[\\/]", dataset_name.removeprefix(catalogue.FOLDER).rstrip("\\/"))
    return parts[-1] or "pictures"


def _plain(name):
    return re.sub(r"[^\w.-]+", "-", name).strip(".-") or "pictures"


def _make(folder):
    """Make the folder, and see that it can be written to, before anybody trains for minutes."""
    probe = folder / f".{uuid.uuid4().hex}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        text = _(
            "The project is kept in {folder}, and nothing can be written there ({reason}). Start "
            "Jupyter in a folder of your own, or set {variable} to one."
        )
        said = text.format(folder=folder, reason=error.strerror or error, variable=VARIABLE)
        raise OSError(said) from error
