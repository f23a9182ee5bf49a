"""A bar for work that takes long."""

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
        items, what, file=stream(), disable=quiet, delay=_SECONDS, mininterval=0.5, **settings
    )


def stream():
    """Where progress is written: to standard error; in a notebook, which shows that red, to output.

    Example:

    >>> import sys
    >>> from segcourse.data.progress import stream
    >>> stream() is sys.stderr
    True
    """
    in_notebook = type(sys.stdout).__module__ == "ipykernel.iostream"
    return sys.stdout if in_notebook else sys.stderr
