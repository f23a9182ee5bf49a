"""Claims: what week 7 says of the difference between two networks, with other seeds.

    python benchmarks/week7_seeds.py [--seeds 7 1 2 3 4]

Runs the notebook's own cells, with another number wherever one sets a seed of a training, and
prints what section 6.4 prints. Takes about two minutes a seed on two cores.
"""

import argparse
import os
import re
from pathlib import Path

import nbformat

NOTEBOOK = Path(__file__).resolve().parents[1] / "notebooks" / "week7_metrics.ipynb"
CELLS = ("imports", "balance", "networks", "train", "predict", "spread")
SEED = re.compile(r"\b(seed=|seed\()7\b")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--seeds", nargs="+", type=int, default=[7, 1, 2, 3, 4])
    given = arguments.parse_args()
    os.environ.update(MPLBACKEND="agg", SEGCOURSE_QUIET="1", TF_CPP_MIN_LOG_LEVEL="3")
    cells = {cell.id: cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells}
    for seed in given.seeds:
        print(f"seed {seed}", flush=True)
        names = {}
        for id in CELLS:
            exec(SEED.sub(rf"\g<1>{seed}", cells[id]), names)


if __name__ == "__main__":
    main()
