"""How JupyterLab looks when it is opened for the first time: wide enough for whole names."""

import json

from segcourse.atomic_write import atomic_write

__all__ = ["prepared"]

#: Of the window, for the panel with the files; JupyterLab's own 250 pixels cut the longest name.
PANEL = 0.25
#: The name that JupyterLab gives to the file of its default workspace.
FILE = "default-37a8.jupyterlab-workspace"
FIRST = {
    "data": {
        "layout-restorer:data": {
            "main": {"dock": None},
            "left": {
                "collapsed": False,
                "visible": True,
                "current": "filebrowser",
                "widgets": ["filebrowser", "running-sessions"],
            },
            "right": {"collapsed": True, "visible": True, "widgets": []},
            "relativeSizes": [PANEL, 1 - PANEL, 0],
        }
    },
    "metadata": {"id": "default"},
}


def prepared(folder):
    """The folder where JupyterLab keeps what is open in this checkout, or None.

    Args:
        folder: the checkout. `.segcourse/workspaces` in it is made, with a first workspace; one
            that is there stays as the reader left it.

    Returns:
        The path, or None where nothing can be written.
    """
    home = folder / ".segcourse" / "workspaces"
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not (home / FILE).exists():
            with atomic_write(home / FILE) as part:
                part.write_text(json.dumps(FIRST), encoding="utf-8")
    except OSError:
        return None
    return home
