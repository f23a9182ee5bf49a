"""README.md and its plots, made from what is stored: the same results give the same page.

The standard library alone.
"""

import ast
import string

import chart
import seeds
import stored
from claims import CLAIMS, ON_A_GPU

HOME = stored.ROOT / "benchmarks"
HEAD = """# Benchmarks

<!-- Made by `python3 benchmarks/run.py`, from results/*.json and two CSV files. Never edited by
hand: what a number cannot say stands in notes.md. -->

One script a claim. Each measures both sides in turns, in one run, and writes its numbers to
`results/`; this page is made from them. Milliseconds are those of a machine that had other work to
do, as its load says; what holds are the ratios, taken round by round.

    python3 benchmarks/run.py --quick  # all but the longest, in ten minutes on two quiet cores
    python3 benchmarks/run.py          # all that a machine without a GPU can measure
    python3 benchmarks/run.py --page   # this page again, without measuring

A single one runs from the root of the checkout as its command says, with `PYTHONPATH=.` or where
the package is installed, and with `KERAS_BACKEND=jax` for the other backend. What was learnt from
the numbers, and what was tried, say the [notes](notes.md).

## Claims

A ratio is the median of the rounds, with their quartiles; other numbers were measured once.
Seconds are claimed of a machine with nothing else to do; the load is that of the minute before.
"""
GROWTH = {
    "confusion": ("Confusion matrix", "pixels of a label map"),
    "panoptic": ("Panoptic quality", "pixels of a map"),
    "tiling": ("Prediction in tiles", "pixels of a picture"),
    "nbval": ("pytest --nbval", "cells of a notebook"),
}
NO_GPU = "not measured: there was no GPU; `python benchmarks/{}.py` fills this row"


def make(results):
    """The text of README.md, and dict from a file name to the text of a plot.

    Args:
        results: as `stored.read` gives them.
    """
    results = dict(results)
    for name, rows in seeds.rows().items():
        results[name] = {**rows, **results.get(name, {})}
    results = dict(sorted(results.items()))
    machines = _Machines()
    parts = [HEAD, _claims(results, CLAIMS, machines), "\n## Nets on one GPU in bfloat16\n"]
    parts.append(_claims(results, ON_A_GPU, machines))
    plots, growth = _growth(results.get("growth", {}), machines)
    parts.append(growth)
    parts.append("\n## Everything measured\n")
    parts += [_section(name, rows, machines) for name, rows in results.items() if name != "growth"]
    parts.append("\n## Machines\n")
    parts += [f"- **{letter}**: {said}" for said, letter in machines.letters.items()]
    return "\n".join(parts) + "\n", plots


def write(results=None):
    """Write README.md and plots/."""
    text, plots = make(stored.read() if results is None else results)
    (HOME / "plots").mkdir(exist_ok=True)
    for name, svg in plots.items():
        (HOME / "plots" / name).write_text(svg, "utf-8")
    (HOME / "README.md").write_text(text, "utf-8")


class _Machines:
    """A letter for each machine, in the order in which they are named."""

    def __init__(self):
        self.letters = {}

    def __call__(self, run):
        """Letter and load of a run's machine."""
        machine = run["machine"]
        said = machine["processor"]
        if "cores" in machine:
            said = f"{machine['cores']} cores of {said}, {machine.get('system', '')}".rstrip(", ")
        letter = self.letters.setdefault(said, string.ascii_uppercase[len(self.letters)])
        load = machine.get("load")
        return letter if load is None else f"{letter}, load {load}"


def _claims(results, claims, machines):
    lines = [
        "| what | against | measured | claimed | | command | when and where |",
        "|---|---|---|---|---|---|---|",
    ]
    for claim in claims:
        row = results.get(claim.benchmark, {}).get(claim.row)
        bound = f"{'≥' if claim.least else '≤'} {claim.aim:g}"
        if row is None:
            why = NO_GPU.format(claim.benchmark) if claim in ON_A_GPU else "not measured yet"
            lines.append(f"| {claim.what} | {claim.against} | – | {bound} | | {why} | |")
            continue
        value, run = row["values"][claim.value], row["run"]
        holds = "holds" if claim.holds(stored.middle(value)) else _short(claim, run)
        lines.append(
            f"| {claim.what} | {_against(claim, row)} | {_measured(value, claim)} | {bound} "
            f"| {holds} | `{run['command']}` | {run['date']}, {machines(run)} |"
        )
    return "\n".join(lines)


def _short(claim, run):
    """What is said of a claim that was not reached: seconds are those of a quiet machine."""
    machine = run["machine"]
    absolute = claim.value.startswith(("seconds", "ms"))
    if absolute and machine.get("load", 0) > machine.get("cores", 1):
        return "the machine was busy"
    return "**does not hold**"


def _measured(value, claim):
    """The number, and of what kind it is where it is a ratio."""
    kind = [claim.value] if claim.value.startswith("times") else []
    return " ".join([stored.shown(value), *kind])


def _against(claim, row):
    """With versions, those of the run, or of a library that ran in a process of its own."""
    versions = dict(row["run"].get("versions", {}))
    if "version" in row["values"]:
        versions["torch"] = row["values"]["version"]
    told = [f"{name} {versions[name]}" for name in claim.packages if name in versions]
    return ", ".join([claim.against, *told]) if claim.against else ""


def _growth(rows, machines):
    """The plots, and their section."""
    plots, lines = {}, ["\n## How each cost grows with its work\n"]
    for what, (title, across) in GROWTH.items():
        curves = {}
        for row in rows.values():
            if (values := row["values"])["of"] == what:
                point = values["work"], stored.middle(values["processor seconds"])
                curves.setdefault(values["curve"], []).append(point)
                run = row["run"]
        if not curves:
            lines.append(
                f"{title}: not measured yet; `python benchmarks/growth.py --what {what}` does.\n"
            )
            continue
        plots[f"{what}.svg"] = chart.chart(title, across, curves)
        powers = "; ".join(
            f"{name} with the power {chart.exponent(curve)}" for name, curve in curves.items()
        )
        most = max(work for curve in curves.values() for work, _ in curve)
        lines.append(
            f"### {title}\n\n![{title}: processor seconds against {across}](plots/{what}.svg)\n"
        )
        ends = (
            f"Of {across}, up to {most:,}, over the larger half of the plot: {powers}. "
            f"{_per_cell(curves) if what == 'nbval' else ''}"
        )
        lines.append(f"{ends.rstrip()}\n`{run['command']}`, {run['date']}, {machines(run)}.\n")
    return plots, "\n".join(lines)


def _per_cell(curves):
    (points,) = (sorted(curve) for curve in curves.values())
    (few, least), (many, most) = points[0], points[-1]
    each = stored.digits(1e3 * (most - least) / (many - few), 2)
    return f"A notebook takes {least:.2g} s to start, and each cell {each:g} ms more."


def _section(name, rows, machines):
    """All rows of a benchmark: one table a run."""
    lines = [f"### {_title(name)}\n"]
    runs = {}
    for key, row in rows.items():
        run = row["run"]
        when = f"`{run['command']}`, {run['date']}, {machines(run)}"
        runs.setdefault((when, _said(run.get("versions", {}))), {})[key] = row["values"]
    for (when, versions), found in runs.items():
        heads = list(dict.fromkeys(head for values in found.values() for head in values))
        lines.append(f"{when}; {versions}\n" if versions else f"{when}\n")
        lines.append("| | " + " | ".join(heads) + " |\n" + "|---" * (len(heads) + 1) + "|")
        for key, values in found.items():
            cells = (stored.shown(values[head]) if head in values else "" for head in heads)
            lines.append(f"| {key} | " + " | ".join(cells) + " |")
        lines.append("")
    return "\n".join(lines)


def _said(versions):
    if "said" in versions:
        return versions["said"]
    return ", ".join(f"{name} {version}" for name, version in versions.items())


def _title(name):
    """The first line of the script's docstring."""
    text = (HOME / f"{name}.py").read_text("utf-8")
    return f"`{name}`: {ast.get_docstring(ast.parse(text)).splitlines()[0]}"
