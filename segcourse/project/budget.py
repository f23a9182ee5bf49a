"""How long the final network may be trained."""

import os

from segcourse.checks.sizes import is_number

MINUTES = {"camvid": 10.0}
DEFAULT_MINUTES = 2.0
VARIABLE = "SEGCOURSE_PROJECT_MINUTES"


def budget(dataset_name):
    """Minutes of the final training on a data set.

    Raises:
        ValueError: for a `SEGCOURSE_PROJECT_MINUTES` that is no number above 0.
    """
    chosen = os.environ.get(VARIABLE)
    if not chosen:
        return MINUTES.get(dataset_name, DEFAULT_MINUTES)
    try:
        minutes = float(chosen)
    except ValueError:
        minutes = 0.0
    if not is_number(minutes) or minutes <= 0:
        raise ValueError(f"`{VARIABLE}` must be a number of minutes above 0. Received: {chosen!r}")
    return minutes
