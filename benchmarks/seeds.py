"""Rows of the two CSV files, to which long measurements add a line for each network."""

import csv
import statistics

import stored

HOME = stored.ROOT / "benchmarks"
OLDER = {"processor": "two cores of a CPU"}


def rows():
    """dict from a benchmark to rows as `stored.read` gives them."""
    curve = {
        (row["dataset"], row["way"], int(row["images"])): [] for row in _read("label_curve.csv")
    }
    for row in _read("label_curve.csv"):
        curve[row["dataset"], row["way"], int(row["images"])].append(row)
    project = {}
    for row in _read("final_project_seeds.csv"):
        key = row["dataset"], row["network"], f"{row['minutes']} minutes by {row['by']}"
        project.setdefault(key, []).append(row)
    return {
        "label_curve": {
            f"{dataset}, {way}, {images} images": _row(same, "label_curve", mean_iou="mean IoU")
            for (dataset, way, images), same in curve.items()
        },
        "final_project_seeds": {
            ", ".join(key): _row(same, "final_project_seeds", val="val", held_back="held back")
            for key, same in project.items()
        },
    }


def _read(name):
    with open(HOME / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _row(same, benchmark, **columns):
    values = {"seeds": len(same)}
    for column, head in columns.items():
        found = [float(row[column]) for row in same]
        values[head] = round(statistics.mean(found), 4)
        values[f"{head}, least"], values[f"{head}, largest"] = min(found), max(found)
    run = {
        "date": max(row["date"] for row in same),
        "command": f"python benchmarks/{benchmark}.py --dataset {same[0]['dataset']}",
        "machine": OLDER,
    }
    return {"values": values, "run": run}
