"""How a hand-in is pushed, and its link sent."""

import os
import shlex
from pathlib import Path

from segcourse.texts import _

__all__ = ["push"]

ADDRESS = "https://git.example.org/YOUR_NAME/final-project.git"


def push(folder):
    """Sentences and git commands (str) that put a folder on a server.

    >>> "git push" in push("hand_in/kim")
    True
    """
    text = _("To hand it in: push the folder, and send the link (or send the zip).\n")
    name = str(folder)
    quoted = f'"{name}"' if os.name == "nt" else shlex.quote(name)
    commands = [f"cd {quoted}", "git add .", 'git commit -m "Final project"']
    if (Path(folder) / ".git").is_dir():
        commands.append("git push")
    else:
        text += _(
            "Make an empty repository first, and put its address in the place of {address}.\n"
            "Where git asks who you are: git config --global user.name YOUR_NAME, and user.email.\n"
        )
        commands[1:1] = ["git init -b main"]
        commands += [f"git remote add origin {ADDRESS}", "git push -u origin main"]
    return text.format(address=ADDRESS) + "".join(f"    {line}\n" for line in commands)
