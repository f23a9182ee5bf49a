"""How fast a model trains and predicts on this device, and what holds it up."""

import dataclasses
import html
import itertools
import statistics
import time
from dataclasses import dataclass

import keras

from segcourse.checks.sizes import choice
from segcourse.training.devices.device import Device, device
from segcourse.training.devices.memory import PeakMemory
from segcourse.training.devices.precision import choose_precision, in_precision
from segcourse.training.loop.compile_model import compile_model
from segcourse.training.loop.setup.setup import make_setup
from segcourse.training.measure.flops import count_flops
from segcourse.training.measure.matrix_peak import matrix_peak
from segcourse.training.recipes.recipe import Recipe

_DEFAULT_RECIPE = Recipe()
_WARM_UP = 2  # steps that compile and fill caches, not counted
_FEWEST = 3  # steps that are counted, however long they take


@dataclass(frozen=True)
class Speed:
    """What was measured of one kind of work.

    Attributes:
        work: `"training"` or `"inference"`.
        batch_size: images a step.
        steps: seconds of every step, waiting for its batch included.
        waiting: seconds of every step until its batch was there.
        memory: highest memory in bytes.
        memory_of: what held it, `"the GPU"` or `"the process"`.
        flops: floating-point operations of one image, as `count_flops` counts them.
        peak: operations a second of the device at its best, measured.

    Example:

    >>> speed = Speed("training", 8, (0.1, 0.3, 0.2), (0.0, 0.03, 0.0), 2**30, "the GPU", 1e9, 4e11)
    >>> speed.seconds, speed.images_per_second, round(speed.waiting_share, 3)
    (0.2, 40.0, 0.05)
    >>> round(speed.share_of_peak, 3)
    0.1
    """

    work: str
    batch_size: int
    steps: tuple
    waiting: tuple
    memory: int
    memory_of: str
    flops: int
    peak: float

    @property
    def seconds(self):
        """Median seconds of a step."""
        return statistics.median(self.steps)

    @property
    def spread(self):
        """Seconds of a step that a quarter of the steps stays below, and a quarter above."""
        first, _, third = statistics.quantiles(self.steps, n=4, method="inclusive")
        return first, third

    @property
    def images_per_second(self):
        """Images a second at the median step."""
        return self.batch_size / self.seconds

    @property
    def share_of_peak(self):
        """Share of the device's measured peak that the network's own operations make up."""
        return self.images_per_second * self.flops / self.peak

    @property
    def waiting_share(self):
        """Share of all time in which a step waited for its batch."""
        return sum(self.waiting) / sum(self.steps)


@dataclass(frozen=True)
class Benchmark:
    """The measurements of one model; printed, and at the end of a cell, it is a table.

    Attributes:
        model: the model's name.
        device: the `Device` it ran on.
        precision: the Keras precision policy it ran in.
        speeds: a tuple of `Speed`, one for each kind of work.
        uncounted: names of layers whose operations could not be counted.

    Example:

    >>> cpu = Device("cpu", "a laptop", None, None, "float32", False, "it has no GPU")
    >>> speed = Speed("inference", 8, (0.2, 0.2), (0.0, 0.0), 2**30, "the process", 10**9, 1e11)
    >>> measured = Benchmark("fcn8s", cpu, "float32", (speed,))
    >>> measured["inference"].images_per_second
    40.0
    >>> print(measured)  # doctest: +ELLIPSIS
    fcn8s in float32 on a laptop
                                           inference
    batch size                                     8
    images a second                             40.0
    ...
    """

    model: str
    device: Device
    precision: str
    speeds: tuple
    uncounted: tuple = ()

    def __getitem__(self, work):
        """The `Speed` of `"training"` or `"inference"`."""
        for speed in self.speeds:
            if speed.work == work:
                return speed
        raise KeyError(work)

    def table(self):
        """A list of rows, lists of texts; the first is the head."""
        columns = [_texts(speed) for speed in self.speeds]
        return [
            ["", *(speed.work for speed in self.speeds)],
            *([name, *(column[name] for column in columns)] for name in columns[0]),
        ]

    def __str__(self):
        rows = self.table()
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = [
            name.ljust(widths[0])
            + "".join(f"  {text.rjust(width)}" for text, width in zip(row, widths[1:], strict=True))
            for name, *row in rows
        ]
        return "\n".join([self._title(), *lines, *self._notes()])

    __repr__ = __str__

    def _repr_html_(self):
        head, *rows = self.table()
        cells = "".join(f"<th>{html.escape(text)}</th>" for text in head)
        body = "".join(
            f'<tr><th style="text-align: left">{html.escape(name)}</th>'
            + "".join(f"<td>{html.escape(text)}</td>" for text in row)
            + "</tr>"
            for name, *row in rows
        )
        notes = "".join(f"<p>{html.escape(note)}</p>" for note in self._notes())
        title = f"<caption>{html.escape(self._title())}</caption>"
        return f"<table>{title}<tr>{cells}</tr>{body}</table>{notes}"

    def _title(self):
        return f"{self.model} in {self.precision} on {self.device.name}"

    def _notes(self):
        if self.uncounted:
            return [f"Operations not counted: layers {', '.join(self.uncounted)}"]
        return []


def benchmark(model, data, recipe=_DEFAULT_RECIPE, work=("training", "inference"), seconds=3.0):
    """Measure how fast `model` trains and predicts by `recipe` on `data`.

    Steps are taken one after the other, each awaited, where `fit` prepares the next one meanwhile.
    Batches come from the input pipeline, with the recipe's
    augmentation for training. The model keeps its weights; it is compiled anew, as by `fit`.

    Example:

    >>> import numpy as np
    >>> images, labels = np.zeros((8, 16, 16, 3), "uint8"), np.zeros((8, 16, 16), "uint8")
    >>> labels[:, ::2] = 1
    >>> model = keras.Sequential([keras.Input((16, 16, 3)), keras.layers.Conv2D(2, 1)])
    >>> measured = benchmark(model, (images, labels), Recipe(batch_size=4), seconds=0.1)
    >>> measured["inference"].flops  # 16 · 16 pixels, 3 · 2 weights each, twice
    3072
    >>> measured["training"].images_per_second > 0
    True

    Args:
        model: Keras model from images `[b, height, width, channels]`, 0..1, to logits
            `[b, height, width, classes]`.
        data: a `segcourse.data` Split, or arrays (images, labels), of at least one full batch.
        recipe: a `Recipe`; its batch size, augmentation, precision and optimizer count. Batches
            are taken whole and without `pixel_weights`, and not by the clock.
        work: `"training"`, `"inference"`, or a tuple of both.
        seconds: how long each is measured, at least.

    Returns:
        a `Benchmark`; `segcourse.plots.speeds` draws some of them side by side.

    Raises:
        ValueError: for data of less than one batch, another kind of work, and as `fit` does.
    """
    works = (work,) if isinstance(work, str) else tuple(work)
    for one in works:
        choice("work", one, ("training", "inference"))
    recipe = dataclasses.replace(
        recipe, accumulate=1, pixel_weights=None, minutes=None, warmup=0.0, patience=None
    )
    setup = make_setup(model, data, None, recipe)
    if setup.plan.images < recipe.batch_size:
        raise ValueError(
            f"`data` must have at least one batch of {recipe.batch_size} images. "
            f"Received: {setup.plan.images} images"
        )
    found = device()
    policy = choose_precision(recipe) or model.dtype_policy.name
    peak = matrix_peak(found.kind, keras.DTypePolicy(policy).compute_dtype)
    weights = model.get_weights()
    try:
        with in_precision(model, choose_precision(recipe)):
            compile_model(setup, setup.plan)
            speeds, uncounted = [], ()
            for one in works:
                speed, uncounted = _measure(setup, one, peak, seconds)
                speeds.append(speed)
    finally:
        model.set_weights(weights)
    return Benchmark(model.name, found, policy, tuple(speeds), uncounted)


def _measure(setup, work, peak, seconds):
    """(its `Speed`, names of the layers whose operations are not counted)."""
    batches = _full_batches(setup, training=work == "training")
    step = _training_step(setup.model) if work == "training" else _inference_step(setup.model)
    for _ in range(_WARM_UP):
        images, labels = next(batches)
        step(images, labels)
    flops = count_flops(setup.model, images.shape[1:])
    steps, waiting = [], []
    begin = time.perf_counter()
    with PeakMemory() as memory:
        while len(steps) < _FEWEST or time.perf_counter() - begin < seconds:
            start = time.perf_counter()
            batch = next(batches)
            there = time.perf_counter()
            step(*batch)
            steps.append(time.perf_counter() - start)
            waiting.append(there - start)
    speed = Speed(
        work,
        setup.recipe.batch_size,
        tuple(steps),
        tuple(waiting),
        memory.bytes,
        memory.of,
        getattr(flops, work),
        peak,
    )
    return speed, flops.uncounted


def _full_batches(setup, training):
    """Batches without end, those left out that are not full: each step has the same work."""
    for epoch in itertools.count():
        epochs = (
            setup.epoch(epoch, setup.plan)
            if training
            else setup.train.batches(setup.plan.size, repeats=setup.recipe.repeats).epoch()
        )
        if keras.config.backend() != "tensorflow":
            epochs = epochs.as_numpy_iterator()
        for images, labels in epochs:
            if len(images) == setup.recipe.batch_size:
                yield images, labels


def _training_step(model):
    return lambda images, labels: float(model.train_on_batch(images, labels))


def _inference_step(model):
    return lambda images, labels: model.predict_on_batch(images)


def _texts(speed):
    """What the table says of one kind of work, by the names of its rows."""
    low, high = speed.spread
    return {
        "batch size": f"{speed.batch_size}",
        "images a second": f"{speed.images_per_second:.1f}",
        "time a step, median": f"{speed.seconds * 1e3:.1f} ms",
        "middle half of the steps": f"{low * 1e3:.1f} to {high * 1e3:.1f} ms",
        f"peak memory of {speed.memory_of}": f"{speed.memory / 2**30:.2f} GiB",
        "operations an image": f"{speed.flops / 1e9:.3f} GFLOP",
        "operations a second": f"{speed.images_per_second * speed.flops / 1e9:.1f} GFLOP/s",
        "measured matrix peak": f"{speed.peak / 1e9:.1f} GFLOP/s",
        "share of the peak": f"{speed.share_of_peak:.1%}",
        "waiting for input": f"{speed.waiting_share:.1%}",
    }
