"""Claim: the course U-Net trains at least as fast per picture as the same network in PyTorch.

    python benchmarks/unet_pytorch.py [--torch PYTHON] [--rounds 12] [--threads 2]

16 base channels, 3 poolings, pictures of 96×96 in 3 channels and 5 classes, batches of 16, with
batch normalisation and without. Ours is trained by the course's `fit`: input pipeline, shuffling,
progress and all. The other is PyTorch eager with channels_last: slices of a shuffled index as
batches, the same loss with void left out, and its AdamW. Both have the same number of weights.

Each runs in a process of its own, one trains while the other waits for its turn. `--torch` is
the Python that has torch, if it is not this one. Prints pictures a second of each, and their ratio
round by round. PyTorch's threads wait for one another in a loop: where other processes want the
same cores, its wall clock says little. With `--threads 1` the processor time of a step is what to
hold against each other: it hardly depends on what else runs.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time

IMAGES, SIZE, CHANNELS, CLASSES, VOID = 192, 96, 3, 5, 255
BATCH, BASE, DEPTH = 16, 16, 3
CLOCKS = (time.perf_counter, time.process_time)


def arrays():
    """Pictures and label maps, some pixels void: what they show does not matter."""
    import numpy as np

    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (IMAGES, SIZE, SIZE, CHANNELS)).astype("uint8")
    labels = rng.integers(0, CLASSES, (IMAGES, SIZE, SIZE)).astype("uint8")
    labels[:, :2] = VOID
    return images, labels


def course(batch_norm):
    """The number of weights, and a function that trains an epoch of our `fit`."""
    import keras

    from segcourse.models import unet
    from segcourse.training import Recipe
    from segcourse.training.compile_model import compile_model
    from segcourse.training.epoch_trainer import EpochTrainer
    from segcourse.training.job import make_job
    from segcourse.training.progress import ProgressBar

    keras.utils.set_random_seed(0)
    model = unet(CLASSES, (None, None, CHANNELS), DEPTH, BASE, batch_norm=batch_norm, dropout=0)
    recipe = Recipe(epochs=10_000, batch_size=BATCH)
    job = make_job(model, arrays(), None, recipe)
    compile_model(job, job.plan)
    trainer = EpochTrainer(job, job.plan, ProgressBar(recipe.epochs, IMAGES, BATCH))
    epochs = iter(range(recipe.epochs))
    weights = sum(int(keras.ops.size(v)) for v in model.trainable_variables)
    return weights, lambda: trainer.train(next(epochs))


def pytorch(batch_norm):
    """The number of weights, and a function that trains an epoch of a plain loop."""
    import torch

    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    torch.manual_seed(0)
    model = torch_unet(torch, batch_norm).to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=1e-4)
    images, labels = (torch.from_numpy(one) for one in arrays())
    images = images.permute(0, 3, 1, 2).float().div(255)
    images = images.contiguous(memory_format=torch.channels_last)
    labels = labels.long()

    def epoch():
        for places in torch.randperm(IMAGES).split(BATCH):
            x = images[places].contiguous(memory_format=torch.channels_last)
            logits = model(x)
            loss = torch.nn.functional.cross_entropy(logits, labels[places], ignore_index=VOID)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    return sum(one.numel() for one in model.parameters()), epoch


def torch_unet(torch, batch_norm):
    """The same network as `unet(padding="same")`, layer by layer."""
    nn = torch.nn

    def block(inputs, outputs):
        layers = []
        for channels in (inputs, outputs):
            layers.append(nn.Conv2d(channels, outputs, 3, padding=1, bias=not batch_norm))
            layers += [nn.BatchNorm2d(outputs)] if batch_norm else []
            layers.append(nn.ReLU(inplace=True))
        return nn.Sequential(*layers)

    class UNet(nn.Module):
        def __init__(self):
            super().__init__()
            widths = [BASE * 2**level for level in range(DEPTH + 1)]
            pairs = list(zip(widths, widths[1:], strict=False))
            self.down = nn.ModuleList(
                block(i, o) for i, o in zip([CHANNELS, *widths], widths[:-1], strict=False)
            )
            self.bottom = block(widths[-2], widths[-1])
            self.upconv = nn.ModuleList(nn.ConvTranspose2d(o, i, 2, 2) for i, o in reversed(pairs))
            self.up = nn.ModuleList(block(o, i) for i, o in reversed(pairs))
            self.logits = nn.Conv2d(BASE, CLASSES, 1)

        def forward(self, x):
            maps = []
            for down in self.down:
                x = down(x)
                maps.append(x)
                x = nn.functional.max_pool2d(x, 2)
            x = self.bottom(x)
            for upconv, up in zip(self.upconv, self.up, strict=True):
                x = up(torch.cat([maps.pop(), upconv(x)], dim=1))
            return self.logits(x)

    return UNet()


def work(side, batch_norm):
    """A process of one side: trains an epoch for every line it reads, and writes both times."""
    answers, sys.stdout = sys.stdout, sys.stderr
    weights, epoch = {"course": course, "pytorch": pytorch}[side](batch_norm)
    epoch()  # compiles, and finds its threads
    print(weights, file=answers, flush=True)
    for _ in sys.stdin:
        start = [clock() for clock in CLOCKS]
        epoch()
        spent = [clock() - before for clock, before in zip(CLOCKS, start, strict=True)]
        print(*spent, file=answers, flush=True)


class Worker:
    """The other end of such a process."""

    def __init__(self, python, side, batch_norm, threads):
        command = [python, __file__, "--work", side, *(["--batch-norm"] if batch_norm else [])]
        names = "OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"
        environment = {**os.environ, **dict.fromkeys(names, str(threads)), "SEGCOURSE_QUIET": "1"}
        self.process = subprocess.Popen(
            command, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.weights = int(self._line())

    def seconds(self):
        """Train an epoch; its wall clock and processor time."""
        self.process.stdin.write("epoch\n")
        self.process.stdin.flush()
        return [float(word) for word in self._line().split()]

    def _line(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.process.args[0]} could not run {self.process.args[3]}")
        return line

    def close(self):
        """End the process."""
        self.process.stdin.close()
        self.process.wait()


def compare(python, batch_norm, rounds, threads):
    """Take turns and print a line for each side."""
    ours, theirs = (
        Worker(*side, batch_norm, threads)
        for side in ((sys.executable, "course"), (python, "pytorch"))
    )
    assert ours.weights == theirs.weights, (ours.weights, theirs.weights)
    times = {ours: [], theirs: []}
    for turn in range(rounds):
        # Forwards and backwards in turn: who comes after whom must not decide.
        for worker in (ours, theirs) if turn % 2 else (theirs, ours):
            times[worker].append(worker.seconds())
    for worker in times:
        worker.close()
    print(f"{'with' if batch_norm else 'without'} batch normalisation, {ours.weights} weights")
    for place, clock in enumerate(("wall clock", "processor time")):
        one, other = ([spent[place] for spent in times[worker]] for worker in (ours, theirs))
        ratios = sorted(b / a for a, b in zip(one, other, strict=True))
        low, _, high = statistics.quantiles(ratios, n=4)
        rates = [IMAGES / statistics.median(spent) for spent in (one, other)]
        print(
            f"  {clock:14} course fit {rates[0]:6.1f} pictures a second, PyTorch {rates[1]:6.1f}, "
            f"ratio {statistics.median(ratios):.2f} (half of the rounds {low:.2f} to {high:.2f}, "
            f"all {ratios[0]:.2f} to {ratios[-1]:.2f})"
        )


def main():
    """Both forms of the network."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--torch", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--work", choices=["course", "pytorch"], help=argparse.SUPPRESS)
    parser.add_argument("--batch-norm", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(options.work, options.batch_norm)
        return
    steps = IMAGES // BATCH
    print(
        f"{options.rounds} rounds of {steps} steps of {BATCH} pictures, {options.threads} threads"
    )
    for batch_norm in (True, False):
        compare(options.torch, batch_norm, options.rounds, options.threads)


if __name__ == "__main__":
    main()
