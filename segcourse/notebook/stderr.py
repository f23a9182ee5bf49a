"""What a cell writes to stderr: progress bars, TensorFlow's log, or what is to be mended."""

import re

LOG = re.compile(
    r"WARNING: All log messages before absl|[IWE]\d{4} |\d{4}-\d\d-\d\d .*: [IWE] "
    r"|Matplotlib is building the font cache"  # on first use, on a slow machine
)
# A bar is drawn over and over in one line. nbval keeps what was drawn last.
BAR = re.compile(r"\r|\d+%\||\d+/\d+ \[")
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def warned(text):
    """What a cell wrote to stderr that a reader should not meet: "" for a progress bar alone.

    >>> warned("\\rtraining: 3/9\\rtraining: 9/9\\n"), warned("UserWarning: clipped\\n")
    ('', 'UserWarning: clipped')
    """
    lines = [line for line in ANSI.sub("", text).split("\n") if not BAR.search(line)]
    return "\n".join(line for line in lines if line.strip() and not LOG.match(line))
