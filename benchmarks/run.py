"""Measures the claims of the course and makes benchmarks/README.md anew.

    python3 benchmarks/run.py --quick           # within ten minutes on two quiet cores
    python3 benchmarks/run.py                   # all of it, some half an hour
    python3 benchmarks/run.py --only panoptic   # one benchmark, then the page
    python3 benchmarks/run.py --page            # the page from what is stored

Each benchmark runs in a process of its own, one after the other, and writes its rows to
benchmarks/results/. What a run leaves out keeps the row, the date and the machine it had. The GPU's
rows are measured where `nvidia-smi` names a GPU.
"""

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import page
import stored

QUICK = (
    "confusion_matrix",
    "panoptic",
    "upsampling",
    "transposed_convolution",
    "pixelwise_loss",
    "losses",
    "training",
    "input_pipeline",
    "input_waiting",
    "epoch_end",
    "own_pictures",
    "tiling_memory",
    "operations",
    "notebooks",
    "growth",
)
LONG = (*QUICK, "conversion_memory")
#: Trainings over seeds, and what needs other data or PyTorch: named with --only, never run alone.
BY_NAME = ("learned_enlargement", "primitives", "stride_cost")


def python_of_the_course():
    """The Python that has Keras: this one, or that of the environment in .venv."""
    if importlib.util.find_spec("keras"):
        return sys.executable
    for place in (".venv/bin/python", ".venv/Scripts/python.exe"):
        if (stored.ROOT / place).is_file():
            return str(stored.ROOT / place)
    sys.exit("Keras is not there: `python3 -m segcourse test` sets up the environment first.")


def run(name, words, python):
    """Run one benchmark; True if all went well."""
    paths = [str(stored.ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "SEGCOURSE_QUIET": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    print(f"== {name}", flush=True)
    start = time.perf_counter()
    command = [python, str(stored.ROOT / "benchmarks" / f"{name}.py"), *words]
    done = subprocess.run(command, env=environment, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        print(done.stderr[-4000:], file=sys.stderr)
    outcome = f"FAILED ({done.returncode})" if done.returncode else "done"
    print(f"== {name}: {outcome} after {time.perf_counter() - start:.0f} s", flush=True)
    return not done.returncode


def main():
    """Measure, then make the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="all but the longest, fewer rounds")
    parser.add_argument("--page", action="store_true", help="only make the page from results/")
    parser.add_argument("--only", nargs="+", choices=(*LONG, *BY_NAME, "gpu"), metavar="NAME")
    parser.add_argument("--torch-python", help="the Python that has torch, for `training`")
    options = parser.parse_args()
    failed = []
    if not options.page:
        python, start = python_of_the_course(), time.perf_counter()
        names = options.only or (QUICK if options.quick else LONG)
        if not options.only and not options.quick and shutil.which("nvidia-smi"):
            names = (*names, "gpu")
        for name in names:
            words = ["--quick"] if options.quick and name != "gpu" else []
            if name == "training" and options.torch_python:
                words += ["--torch-python", options.torch_python]
            if not run(name, words, python):
                failed.append(name)
        print(f"== all of it: {time.perf_counter() - start:.0f} s")
    page.write()
    if failed:
        sys.exit(f"failed: {', '.join(failed)}; their rows are those of an earlier run")


if __name__ == "__main__":
    main()
