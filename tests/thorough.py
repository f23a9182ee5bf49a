"""How much of what a test could try it tries: a sample after each change, all of it by

    SEGCOURSE_THOROUGH=1 python -m pytest tests/

What is asserted is the same. `bash .ci/run --thorough` does it with everything.
"""

import os

__all__ = ["sample"]

THOROUGH = os.environ.get("SEGCOURSE_THOROUGH") == "1"


def sample(few, all):
    """`few` after a change, `all` in a thorough run."""
    return all if THOROUGH else few
