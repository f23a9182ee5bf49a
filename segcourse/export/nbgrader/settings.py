"""`nbgrader_config.py`: what nbgrader has to know to grade the course."""

from segcourse.export.nbgrader.graded_cells import STUB

__all__ = ["TIMEOUT", "settings"]

TIMEOUT = 600  # seconds a cell: the longest of the course trains for two minutes

_TEXT = '''\
"""Settings of nbgrader. Every command of nbgrader that runs in this folder reads them."""

import importlib.util
import os
import sys
import sysconfig
from pathlib import Path

here = Path(__file__).resolve().parent
# Where the course lies. It lay there when this folder was written; SEGCOURSE_CHECKOUT moves it.
course = Path(os.environ.get("SEGCOURSE_CHECKOUT") or {checkout!r})

if (course / "segcourse").is_dir():
    others = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(course) + (os.pathsep + others if others else "")
    # Keeps what TensorFlow logs out of the cells: any stderr in a graded cell scores 0.
    startup = course / "segcourse" / "command" / "jupyter" / "kernel_startup.py"
    os.environ["PYTHONSTARTUP"] = str(startup)
elif importlib.util.find_spec("segcourse") is None:
    sys.exit(f"There is no course in {{course}}. Set SEGCOURSE_CHECKOUT to its folder.")

# nbgrader starts the program alembic, which lies beside the Python that runs nbgrader.
os.environ["PATH"] = sysconfig.get_path("scripts") + os.pathsep + os.environ.get("PATH", "")

# The kernels inherit these.
os.environ["SEGCOURSE_STRICT"] = "1"  # an untouched exercise is an error; without it: full marks
os.environ["SEGCOURSE_QUIET"] = "1"  # no progress bars, no record of progress
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"  # the kernel of this Python, not of another one
os.environ.pop("MPLBACKEND", None)

c = get_config()  # noqa: F821 (nbgrader puts it here)
c.CourseDirectory.course_id = "segcourse"
c.CourseDirectory.root = str(here)
c.CourseDirectory.db_url = f"sqlite:///{{(here / 'gradebook.db').as_posix()}}"
# Students start from the same lines as in the course.
c.ClearSolutions.code_stub = {{"python": {stub!r}}}
# Seconds a cell may run. A check ends a loop without an end long before.
c.Execute.timeout = {timeout}
'''


def settings(checkout):
    """The text of the file, for a course at the path `checkout`."""
    return _TEXT.format(checkout=str(checkout), stub=STUB, timeout=TIMEOUT)
