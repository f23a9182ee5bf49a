"""Claims on a CPU: `fit` is at most 3 % over a bare Keras step, and as fast as PyTorch eager.

    python benchmarks/training.py                         # without PyTorch where it is missing
    python benchmarks/training.py --torch-python PYTHON   # PyTorch of another environment

Two nets, the course's U-Net and its FCN-8s on the small VGG. An epoch each of `fit`, of Keras' own
`fit`, and of plain PyTorch loops take turns, in an order that changes; the first round, which
compiles, is left out. All shuffle the images, divide them by 255 and take AdamW steps with the same
loss; PyTorch works in processes of its own, which wait meanwhile, on as many threads, once with
channels_last and once without. Ratios are medians of the ratios of the rounds. Processor time is
told beside wall-clock time: it holds on a machine that has other work to do.
"""

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np

IMAGES, SIZE, CLASSES, RATE = 96, 96, 6, 1e-3
NETS = {"U-Net": 16, "FCN-8s": 8}  # and the images in a batch
DEPTH, BASE = 3, 16
# What `segcourse.models.small_vgg` is made of, for PyTorch's process, which may have no Keras.
SMALL = SimpleNamespace(
    kernels=((3,), (3,), (3, 3), (3, 3), (3, 3)),
    filters=(16, 32, 64, 96, 128),
    dense=192,
    dense_kernel=3,
    dropout=0.1,
    normalization="batch",
)


def arrays():
    """Random images and labels."""
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (IMAGES, SIZE, SIZE, 3)).astype("uint8")
    return images, rng.integers(0, CLASSES, (IMAGES, SIZE, SIZE)).astype("uint8")


def timed(epoch):
    """(seconds on the wall, seconds of the processor) of one epoch."""
    start = time.perf_counter(), time.process_time()
    epoch()
    return time.perf_counter() - start[0], time.process_time() - start[1]


def keras_net(name):
    """The net from the course."""
    from segcourse.models import fcn, unet

    if name == "U-Net":
        return unet(CLASSES, (None, None, 3), depth=DEPTH, base_channels=BASE)
    return fcn("small_vgg", CLASSES, stride=8)


def our_fit(name, rounds):
    """A function that trains an epoch as `fit` does, and the number of parameters."""
    from segcourse.training import Recipe
    from segcourse.training.loop.compile_model import compile_model
    from segcourse.training.loop.epoch_trainer import EpochTrainer
    from segcourse.training.loop.reports.progress import ProgressBar
    from segcourse.training.loop.setup.setup import make_setup

    recipe = Recipe(learning_rate=RATE, epochs=rounds + 1, batch_size=NETS[name])
    setup = make_setup(keras_net(name), arrays(), None, recipe)
    compile_model(setup, setup.plan)
    trainer = EpochTrainer(setup, setup.plan, ProgressBar(rounds + 1, IMAGES, NETS[name]))
    epochs = iter(range(rounds + 1))
    return lambda: trainer.train(next(epochs)), setup.model


def bare_fit(name):
    """A function that trains an epoch with nothing but Keras."""
    import keras

    from segcourse import data
    from segcourse.training import PixelwiseLogisticLoss, device

    model = keras_net(name)
    model.compile(
        keras.optimizers.AdamW(RATE, weight_decay=1e-4),
        PixelwiseLogisticLoss(),
        jit_compile="auto" if device().xla else False,
    )
    batches = data.pipeline(arrays(), NETS[name], shuffle=True)
    return lambda: model.fit(batches, shuffle=False, verbose=0)


def torch_epochs(name, threads, channels_last):
    """PyTorch's process: an epoch for each line that comes; tells its times as JSON."""
    import torch
    import torch_networks

    torch.set_num_threads(threads)
    if name == "U-Net":
        model = torch_networks.UNet(CLASSES, 3, DEPTH, BASE)
    else:
        model = torch_networks.FCN8s(SMALL, CLASSES, "same")
    layout = torch.channels_last if channels_last else torch.contiguous_format
    model = model.to(memory_format=layout)
    optimizer = torch.optim.AdamW(model.parameters(), RATE, weight_decay=1e-4)
    images, labels = map(torch.from_numpy, arrays())
    images = images.permute(0, 3, 1, 2).contiguous(memory_format=layout)

    def epoch():
        order = torch.randperm(IMAGES)
        for which in order.split(NETS[name]):
            optimizer.zero_grad(set_to_none=True)
            logits = model(images[which].contiguous(memory_format=layout).float() / 255)
            loss = torch_networks.loss(logits, labels[which].long())
            loss.backward()
            optimizer.step()
        return loss.item()

    model.train()
    versions = f"PyTorch {torch.__version__}, eager{', channels_last' * channels_last}"
    print(json.dumps([torch_networks.parameters(model), versions]), flush=True)
    for _ in sys.stdin:
        print(json.dumps(timed(epoch)), flush=True)


class Torch:
    """PyTorch's process from this side."""

    def __init__(self, python, name, threads, channels_last):
        self.name = name
        command = [python, __file__, "--torch", name, "--threads", str(threads)]
        command += ["--channels-last"] if channels_last else []
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.parameters, self.versions = self._answer()

    def epoch(self):
        """Times of one epoch there."""
        try:
            self.process.stdin.write("\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # its end is told by the answer that does not come
        return self._answer()

    def _answer(self):
        line = self.process.stdout.readline()
        if not line:
            status = self.process.wait()
            raise SystemExit(f"{self.name}: the process of PyTorch has ended with status {status}")
        return json.loads(line)

    def close(self):
        """End the process."""
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.wait()


def compare(name, rounds, torch_python, threads):
    """All contestants in turns; prints their rows."""
    ours, model = our_fit(name, rounds)
    theirs = bare_fit(name)
    sides = {
        "`fit`": lambda: timed(ours),
        "bare Keras `fit`": lambda: timed(theirs),
    }
    workers = []
    try:
        if torch_python:
            for channels_last in (False, True):
                workers.append(Torch(torch_python, name, threads, channels_last))
        times = in_turns(name, sides, workers, model, rounds)
    finally:
        for worker in workers:
            worker.close()
    steps = IMAGES // NETS[name]
    for side, rows in times.items():
        wall, processor = (statistics.median(r[k] for r in rows[1:]) / steps for k in (0, 1))
        pairs = list(zip(rows, times["bare Keras `fit`"], strict=True))[1:]
        over, over_processor = (statistics.median(a[k] / b[k] for a, b in pairs) for k in (0, 1))
        print(
            f"| {name} | {side} | {wall * 1e3:.1f} ms | {NETS[name] / wall:.1f} | {over:.3f} "
            f"| {processor * 1e3:.1f} ms | {over_processor:.3f} |",
            flush=True,
        )


def in_turns(name, sides, workers, model, rounds):
    """Times of all sides, PyTorch's among them, in rounds whose order changes."""
    learned = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
    for torch in workers:
        if torch.parameters != learned:
            raise SystemExit(f"{name}: {learned} parameters here, {torch.parameters} in PyTorch")
        sides[torch.versions] = torch.epoch
    times = {side: [] for side in sides}
    for turn in range(rounds + 1):
        order = list(sides)
        order = order[turn % len(order) :] + order[: turn % len(order)]
        for side in order:
            times[side].append(sides[side]())
    return times


def main():
    """Both nets, and the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nets", nargs="+", choices=NETS, default=list(NETS), help="(%(default)s)")
    parser.add_argument("--rounds", type=int, default=12, help="epochs of each side")
    parser.add_argument("--torch-python", help="the Python that has torch; default: this one")
    parser.add_argument("--torch", choices=NETS, help=argparse.SUPPRESS)
    parser.add_argument("--channels-last", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--threads", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.torch:
        torch_epochs(options.torch, options.threads, options.channels_last)
        return
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from segcourse.training import device

    torch_python = options.torch_python
    if torch_python is None and importlib.util.find_spec("torch"):
        torch_python = sys.executable
    threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(device())
    if not torch_python:
        print("torch is not installed: no comparison")
    print("| net | side | a step | images/s | times bare | processor time | times bare |")
    print("|---|---|---|---|---|---|---|")
    for name in options.nets:
        compare(name, options.rounds, torch_python, threads)


if __name__ == "__main__":
    main()
