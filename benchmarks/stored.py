"""What the benchmarks have measured: a JSON file each, from which README.md is made.

A benchmark is a script whose `measure(options)` yields pairs (name of a row, dict of its values);
`command_line` runs it. A value is a number, a text, or a spread: {"median", "low", "high"}, the
last two the quartiles of the rounds. Each row keeps when, on what and by which command it was made,
so a short run, or one without PyTorch, replaces only the rows that it measures.

The standard library alone, so that the page can be made anew without the course's environment.
"""

import argparse
import datetime
import importlib.metadata
import json
import os
import platform
import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
PACKAGES = ("keras", "tensorflow", "jax", "numpy", "torch", "torchmetrics", "pillow", "nbval")


def spread(values):
    """Median and quartiles of some numbers, to four digits.

    Example:

    >>> spread([1, 2, 3, 4, 5])
    {'median': 3.0, 'low': 2.0, 'high': 4.0}
    """
    values = sorted(values)
    low, middle, high = (
        statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    )
    return {"median": digits(middle), "low": digits(low), "high": digits(high)}


def digits(number, count=4):
    """A number rounded to so many digits."""
    return float(f"{number:.{count}g}")


def middle(value):
    """The number that stands for a value: the median of a spread."""
    return value["median"] if isinstance(value, dict) else value


def machine():
    """Processor, cores that may be used, and how busy they are before anything is measured."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    found = {"processor": _processor(), "cores": cores, "system": platform.system()}
    if hasattr(os, "getloadavg"):
        found["load"] = round(os.getloadavg()[0], 1)
    return found


def _processor():
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.is_file() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def versions():
    """Of Python and of the packages that are installed here."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def read(folder=RESULTS):
    """dict from a benchmark to its rows; a row is a dict with "values" and "run"."""
    return {
        path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))
    }


def keep(benchmark, rows, run, folder=RESULTS):
    """Put measured rows in the place of older ones of the same names.

    Args:
        benchmark: name of the script.
        rows: dict from the name of a row to its values.
        run: dict with what all of them have in common: command, date, machine, versions, quick.
        folder: where the files lie.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{benchmark}.json"
    stored = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    stored.update({name: {"values": values, "run": run} for name, values in rows.items()})
    part = path.with_suffix(".part")
    lines = (f"{json.dumps(key)}: {json.dumps(row)}" for key, row in stored.items())
    part.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    part.replace(path)


def command_line(doc, measure, add_arguments=None):
    """What every benchmark does: measure, print the rows, keep them.

    Args:
        doc: the script's docstring; its first line is its help.
        measure: function of the parsed options that yields (name, values).
        add_arguments: function that adds options of the script's own to a parser.
    """
    benchmark = Path(sys.argv[0]).stem
    parser = argparse.ArgumentParser(description=doc.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="smaller or fewer measurements")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder of the JSON files")
    if add_arguments:
        add_arguments(parser)
    options = parser.parse_args()
    run = {
        "date": str(datetime.date.today()),
        "command": _command(benchmark, sys.argv[1:]),
        "machine": machine(),
        "versions": versions(),
        "quick": options.quick,
    }
    rows = {}
    for name, values in measure(options):
        rows[name] = values
        said = (f"{key}: {shown(value)}" for key, value in values.items())
        print(f"{name}: {'; '.join(said)}", flush=True)
        keep(benchmark, {name: values}, run, options.results)
    return rows


def _command(benchmark, words):
    """What a reader types: no folders of this machine."""
    words = list(words)
    for option in ("--results", "--torch-python"):
        if option in words:
            words[words.index(option) + 1] = "" if option == "--results" else "PYTHON"
    words = [word for word in words if word not in ("", "--results")]
    backend = os.environ.get("KERAS_BACKEND", "tensorflow")
    before = [] if backend == "tensorflow" else [f"KERAS_BACKEND={backend}"]
    return " ".join([*before, "python", f"benchmarks/{benchmark}.py", *words])


def shown(value):
    """A value as the page and the screen have it.

    Example:

    >>> shown({"median": 3.456, "low": 3.1, "high": 3.789}), shown(12.0), shown(0.9), shown("-")
    ('3.46 (3.1–3.79)', '12', '0.9', '-')
    """
    if isinstance(value, dict):
        median, low, high = (_number(value[key]) for key in ("median", "low", "high"))
        return f"{median} ({low}–{high})"
    return _number(value) if isinstance(value, (int, float)) else str(value)


def _number(number):
    if abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.3g}"
