"""A bar on stderr for work that takes long."""

import os
import sys

from tqdm import tqdm

_SECONDS = 1.0  # work that is done sooner shows no bar


def bar(items=None, what="", **settings):
    """`items`, with a bar that follows them; a tqdm bar to be moved by hand where it is None.

    Nothing is shown where SEGCOURSE_QUIET is 1.

    Example:

    >>> from segcourse.data.progress import bar
    >>> [2 * item for item in bar([1, 2, 3], "doubling")]
    [2, 4, 6]
    """
    quiet = os.environ.get("SEGCOURSE_QUIET") == "1"
    return tqdm(
        items, what, file=sys.stderr, disable=quiet, delay=_SECONDS, mininterval=0.5, **settings
    )
