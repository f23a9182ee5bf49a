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

import importlib.util
import json
import subprocess
import sys
import time
from types import SimpleNamespace

import numpy as np
import stored

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


def torch_epoch(name, threads, channels_last):
    """A function that trains an epoch in PyTorch, and the number of parameters."""
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
    return epoch, torch_networks.parameters(model)


def torch_epochs(name, threads, channels_last):
    """PyTorch's process: an epoch for each line that comes; tells its times as JSON."""
    import torch

    epoch, parameters = torch_epoch(name, threads, channels_last)
    versions = f"PyTorch, eager{', channels_last' * channels_last}", torch.__version__
    print(json.dumps([parameters, *versions]), flush=True)
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
        self.parameters, self.side, self.version = self._answer()

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
    """All contestants in turns: their rows."""
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
    bare = times["bare Keras `fit`"][1:]
    for side, (_, *rows) in times.items():
        wall, processor = (
            stored.spread([row[k] for row in rows])["median"] / steps for k in (0, 1)
        )
        over, over_processor = (
            stored.spread([a[k] / b[k] for a, b in zip(rows, bare, strict=True)]) for k in (0, 1)
        )
        version = {worker.side: {"version": worker.version} for worker in workers}.get(side, {})
        yield (
            f"{name}, {side}",
            {
                **version,
                "ms a step": stored.digits(1e3 * wall),
                "images/s": stored.digits(NETS[name] / wall),
                "times as long as bare": over,
                "processor time, ms": stored.digits(1e3 * processor),
                "processor time, times as long": over_processor,
            },
        )


def in_turns(name, sides, workers, model, rounds):
    """Times of all sides, PyTorch's among them, in rounds whose order changes."""
    learned = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
    for torch in workers:
        if torch.parameters != learned:
            raise SystemExit(f"{name}: {learned} parameters here, {torch.parameters} in PyTorch")
        sides[torch.side] = torch.epoch
    times = {side: [] for side in sides}
    for turn in range(rounds + 1):
        order = list(sides)
        order = order[turn % len(order) :] + order[: turn % len(order)]
        for side in order:
            times[side].append(sides[side]())
    return times


def add_arguments(parser):
    """Nets, rounds, and where PyTorch is."""
    parser.add_argument("--nets", nargs="+", choices=NETS, default=list(NETS), help="(%(default)s)")
    parser.add_argument("--rounds", type=int, help="epochs of each side")
    parser.add_argument("--torch-python", help="the Python that has torch; default: this one")


def measure(options):
    """Both nets."""
    torch_python = options.torch_python
    if torch_python is None and importlib.util.find_spec("torch"):
        torch_python = sys.executable
    threads = stored.machine()["cores"]
    for name in options.nets:
        rounds = options.rounds or (6 if options.quick else 12)
        yield from compare(name, rounds, torch_python, threads)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--torch"]:
        torch_epochs(sys.argv[2], int(sys.argv[4]), "--channels-last" in sys.argv)
    else:
        stored.command_line(__doc__, measure, add_arguments)
