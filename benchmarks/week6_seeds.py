"""Claims: what week 6 says of its trained networks holds for other seeds too.

    python benchmarks/week6_seeds.py [--what weights few skips] [--seeds 6 7 8 9 10]

Runs the notebook's own cells, with another number wherever one sets a seed, and prints what the
notebook prints: "weights" is the table of section 7.3, "few" is 6.2, "skips" is section 4.
"""

import argparse
import os
import re
from pathlib import Path

import nbformat

NOTEBOOK = Path(__file__).resolve().parents[1] / "notebooks" / "week6_unet.ipynb"
CELLS = {
    "weights": ("weights-train", "weights-scores"),
    "few": ("few-train",),
    "skips": ("train", "train-things", "train-scores"),
}
FIRST = ("imports", "data", "train-recipe", "few-tasks")
SEED = re.compile(r"\b(seed=|seed\()6\b")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--what", nargs="+", choices=CELLS, default=list(CELLS))
    arguments.add_argument("--seeds", nargs="+", type=int, default=[6, 7, 8, 9, 10])
    given = arguments.parse_args()
    os.environ.update(MPLBACKEND="agg", SEGCOURSE_QUIET="1", TF_CPP_MIN_LOG_LEVEL="3")
    cells = {cell.id: cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells}
    for what in given.what:
        for seed in given.seeds:
            print(f"{what}, seed {seed}", flush=True)
            names = {"os": os}
            for id in (*FIRST, *CELLS[what]):
                exec(SEED.sub(rf"\g<1>{seed}", cells[id]), names)


if __name__ == "__main__":
    main()
