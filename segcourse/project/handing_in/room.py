"""Whether there is room on the disk, before the notebook runs for minutes."""

import errno
import shutil
from pathlib import Path

from segcourse.texts import _

__all__ = ["check_room"]

# A model, its copies while it is scored, the notebook, its page and the zip: much more than these
# networks take, and much less than a disk.
_NEEDED = 500 * 2**20


def check_room(folder):
    """Raise an OSError (ENOSPC) where the disk of a folder has less than 500 MB left.

    Args:
        folder: Path; it need not be there yet.
    """
    there = next(one for one in (Path(folder), *Path(folder).absolute().parents) if one.exists())
    free = shutil.disk_usage(there).free
    if free < _NEEDED:
        text = _("{free:.0f} MB are left on its disk, and a hand-in needs {needed:.0f}")
        raise OSError(errno.ENOSPC, text.format(free=free / 2**20, needed=_NEEDED / 2**20))
