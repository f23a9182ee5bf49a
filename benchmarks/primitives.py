"""Where a step of FCN-8s goes, here and in PyTorch: oneDNN's own times of what it computes.

    python benchmarks/primitives.py --torch-python PYTHON

Both frameworks hand convolutions to oneDNN, which says with ONEDNN_VERBOSE=1 what it runs and how
long. TensorFlow runs two operations at once, whose times then overlap: here it is kept from that,
so the sums are comparable. Times are milliseconds of the clock a step, of the last of three epochs.
"""

import os
import subprocess
import sys
from collections import Counter

import stored
import training

NET = "FCN-8s"
STEPS = training.IMAGES // training.NETS[NET]
MARK = "from here on"
KINDS = {"deconvolution": "convolution"}  # PyTorch's name of the transposed one


def main(side):
    """The process of one side: three epochs, a mark before the last."""
    if side == "TensorFlow":
        epoch, _model = training.our_fit(NET, 3)
    else:
        epoch = training.torch_epoch(NET, stored.machine()["cores"], channels_last=True)[0]
    for last in (False, False, True):
        if last:
            print(MARK, flush=True)
        epoch()


def primitives(lines):
    """Milliseconds and calls by kind, of the lines of oneDNN behind the mark.

    Example:

    >>> line = "onednn_verbose,v1,primitive,exec,cpu,reorder,jit:uni,undef,,,,3x3,0.25"
    >>> primitives([line, MARK, line, line])
    {'reorder': (0.5, 2)}
    """
    spent, calls, begun = Counter(), Counter(), False
    for line in lines:
        begun = begun or line.strip() == MARK
        fields = line.strip().split(",")
        if begun and fields[0] == "onednn_verbose" and "exec" in fields:
            place = fields.index("exec")
            kind, direction = fields[place + 2], fields[place + 4]
            kind = KINDS.get(kind, kind)
            name = kind if direction == "undef" else f"{kind}, {direction.replace('_', ' ')}"
            spent[name] += float(fields[-1])
            calls[name] += 1
    return {name: (total, calls[name]) for name, total in spent.most_common()}


def add_arguments(parser):
    """Where PyTorch is."""
    parser.add_argument("--torch-python", help="the Python that has torch; default: TensorFlow's")


def measure(options):
    """A row for each kind of primitive on each side, and their sums."""
    pythons = {"TensorFlow": sys.executable, "PyTorch": options.torch_python or sys.executable}
    variables = {"ONEDNN_VERBOSE": "1", "TF_NUM_INTEROP_THREADS": "1", "SEGCOURSE_QUIET": "1"}
    for side, python in pythons.items():
        done = subprocess.run(
            [python, __file__, "--side", side],
            env={**os.environ, **variables},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        found = primitives(done.stdout.splitlines())
        for name, (total, calls) in found.items():
            yield (
                f"{side}, {name}",
                {"ms a step": stored.digits(total / STEPS), "calls": round(calls / STEPS)},
            )
        yield (
            f"{side}, all",
            {"ms a step": stored.digits(sum(t for t, _ in found.values()) / STEPS)},
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--side"]:
        main(sys.argv[2])
    else:
        stored.command_line(__doc__, measure, add_arguments)
