"""Claims on one GPU in bfloat16: share of the measured matrix peak, and PyTorch's compiled nets.

    python benchmarks/gpu.py            # on a machine with a GPU; Keras and JAX, no TensorFlow
    python benchmarks/gpu.py --only U-Net --batches 8 32    # where the minutes are counted
    python benchmarks/gpu.py --side torch                   # one side, its measurements as JSON
    python benchmarks/gpu.py --tiny     # small nets, a few steps: only shows that all of it runs

FCN-8s (VGG16, images of 500×500, original geometry) predicts at 40 % of the peak at least, and
trains at 30 %, each at its best batch; so does the U-Net of 2015 (572×572) in the same table. The
peak is the quickest product of large square bfloat16 matrices, measured here. Operations are
those of the network's convolutions (`segcourse.training.count_flops`). Batches are doubled until
the speed falls or the memory ends. Where torch is installed, the same nets run there in bfloat16
with channels_last and torch.compile. Each side has a process of its own, so that neither holds the
memory the other needs; they take turns net by net.
"""

import argparse
import datetime
import importlib.util
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parents[1]
NETS = ("FCN-8s VGG16, 500×500", "U-Net 2015, 572×572")
WORKS = ("training", "inference")
BATCHES, SECONDS, ROUNDS = (1, 256), 2.0, 5
# What `segcourse.models.vgg` calls a VGGConfig; plain, because PyTorch's Python may have no Keras.
VGG16 = dict(
    kernels=((3,) * 2, (3,) * 2, (3,) * 3, (3,) * 3, (3,) * 3),
    filters=(64, 128, 256, 512, 512),
    dense=4096,
    dense_kernel=7,
    dropout=0.5,
    normalization=None,
)
TINY = dict(VGG16, kernels=((3,),) * 5, filters=(4, 4, 4, 8, 8), dense=16)


def sizes(net, tiny):
    """(height and width of the images, of the logits, channels, classes)."""
    if net == NETS[0]:
        return (48, 48, 3, 3) if tiny else (500, 500, 3, 21)
    return (20, 4, 1, 2) if tiny else (572, 388, 1, 2)


def unet_options(tiny):
    """Depth and channels: those of the paper, or fewer."""
    return (1, 4) if tiny else (4, 64)


def arrays(net, batch, tiny):
    """Random images and labels of a batch."""
    import numpy as np

    image, logits, channels, classes = sizes(net, tiny)
    rng = np.random.default_rng(0)
    images = rng.random((batch, image, image, channels), "float32")
    return images, rng.integers(0, classes, (batch, logits, logits)).astype("int32")


def best_batch(time_a_step, batches, say):
    """Double the batch until the speed falls or the memory ends: rows of (batch, seconds).

    `batches` are the first and the largest; `say` names the work in a line of progress.
    """
    rows, (batch, largest) = [], batches
    while batch <= largest:
        try:
            rows.append((batch, time_a_step(batch)))
            print(f"{say}, batch {batch}: {batch / rows[-1][1]:.1f} images/s", file=sys.stderr)
        except Exception as error:  # each library has an error of its own for full memory
            if "memory" not in str(error).lower() and "RESOURCE_EXHAUSTED" not in str(error):
                raise
            break
        speeds = [count / seconds for count, seconds in rows]
        if len(rows) > 2 and speeds[-1] < 0.97 * max(speeds):
            break
        batch *= 2
    return rows


def median_seconds(step, wait, tiny):
    """Median over some rounds of the seconds of one step, many steps a round."""
    for _ in range(3):
        result = step()
    wait(result)
    start = time.perf_counter()
    wait(step())
    once = time.perf_counter() - start
    steps = 2 if tiny else max(3, round(SECONDS / ROUNDS / max(once, 1e-4)))
    rounds = []
    for _ in range(1 if tiny else ROUNDS):
        start = time.perf_counter()
        for _ in range(steps):
            result = step()
        wait(result)
        rounds.append((time.perf_counter() - start) / steps)
    return statistics.median(rounds)


def keras_side(net, tiny, batches, works):
    """The course's net on Keras and JAX."""
    import jax
    import keras
    import numpy as np

    from segcourse import models
    from segcourse.training import PixelwiseLogisticLoss, count_flops, device, matrix_peak

    found = device()
    peak = matrix_peak(found.kind, "bfloat16", (256,) if tiny else None)
    keras.config.set_dtype_policy("mixed_bfloat16")
    image, _, channels, classes = sizes(net, tiny)
    shape = (image, image, channels)
    if net == NETS[0]:
        config = models.VGGConfig(**(TINY if tiny else VGG16))
        model = models.fcn(config, classes, 8, geometry="original", input_shape=shape)
    else:
        depth, base = unet_options(tiny)
        model = models.unet(classes, shape, depth=depth, base_channels=base, padding="valid")
    optimizer = keras.optimizers.SGD(1e-4, momentum=0.9)
    optimizer.build(model.trainable_variables)
    loss = PixelwiseLogisticLoss()
    flops = count_flops(model, shape)

    def values(variables):
        return [jax.numpy.array(np.asarray(variable.value)) for variable in variables]

    def state():
        return (
            values(model.trainable_variables),
            values(model.non_trainable_variables),
            values(optimizer.variables),
        )

    def loss_of(trained, others, images, labels):
        logits, others = model.stateless_call(trained, others, images, training=True)
        return loss(labels, logits), others

    @jax.jit
    def predict(trained, others, images):
        return model.stateless_call(trained, others, images, training=False)[0]

    def train(state, images, labels):
        trained, others, slots = state
        gradient = jax.value_and_grad(loss_of, has_aux=True)
        (value, others), gradients = gradient(trained, others, images, labels)
        trained, slots = optimizer.stateless_apply(slots, gradients, trained)
        return value, (trained, others, slots)

    train = jax.jit(train, donate_argnums=0)  # the new weights take the place of the old ones

    def training_seconds(batch):
        images, labels = map(jax.device_put, arrays(net, batch, tiny))
        box = [state()]

        def step():
            value, box[0] = train(box[0], images, labels)
            return value

        return median_seconds(step, jax.block_until_ready, tiny)

    def inference_seconds(batch):
        images, _ = map(jax.device_put, arrays(net, batch, tiny))
        trained, others, _ = state()
        return median_seconds(lambda: predict(trained, others, images), jax.block_until_ready, tiny)

    seconds_of = {"training": training_seconds, "inference": inference_seconds}
    return {
        "device": str(found),
        "works": works,
        "versions": f"Keras {keras.__version__}, JAX {jax.__version__}",
        "tensorflow": "tensorflow" in sys.modules,
        "peak": peak,
        "parameters": model.count_params(),
        "flops": {"training": flops.training, "inference": flops.inference},
        **{work: best_batch(seconds_of[work], batches, f"{net}, Keras, {work}") for work in works},
    }


def torch_side(net, tiny, batches, works):
    """The same net in PyTorch: bfloat16, channels_last, compiled."""
    import torch

    sys.path.insert(0, str(ROOT / "benchmarks"))
    import torch_networks

    gpu = torch.cuda.is_available()
    place = "cuda" if gpu else "cpu"
    torch.backends.cudnn.benchmark = True
    _, _, channels, classes = sizes(net, tiny)
    if net == NETS[0]:
        config = SimpleNamespace(**(TINY if tiny else VGG16))
        model = torch_networks.FCN8s(config, classes, "original")
    else:
        depth, base = unet_options(tiny)
        model = torch_networks.UNet(classes, channels, depth, base, "valid")
    parameters = torch_networks.parameters(model)
    model = model.to(place, memory_format=torch.channels_last)
    optimizer = torch.optim.SGD(model.parameters(), 1e-4, momentum=0.9)
    # Compiling wants a C++ compiler on a CPU; what is shown there is that the rest runs.
    compiled = torch.compile(model, dynamic=False) if gpu else model

    def batch_of(batch):
        images, labels = map(torch.from_numpy, arrays(net, batch, tiny))
        images = images.permute(0, 3, 1, 2).to(place, memory_format=torch.channels_last)
        return images, labels.long().to(place)

    def wait(_):
        if gpu:
            torch.cuda.synchronize()

    def training_seconds(batch):
        images, labels = batch_of(batch)
        model.train()

        def step():
            optimizer.zero_grad(set_to_none=True)
            with torch.autocast(place, torch.bfloat16):
                logits = compiled(images)
            value = torch_networks.loss(logits, labels)
            value.backward()
            optimizer.step()
            return value

        return median_seconds(step, wait, tiny)

    def inference_seconds(batch):
        images, _ = batch_of(batch)
        model.eval()

        def step():
            with torch.inference_mode(), torch.autocast(place, torch.bfloat16):
                return compiled(images)

        return median_seconds(step, wait, tiny)

    seconds_of = {"training": training_seconds, "inference": inference_seconds}
    return {
        "versions": f"PyTorch {torch.__version__}" + (", compiled" if gpu else ", eager"),
        "parameters": parameters,
        **{
            work: best_batch(seconds_of[work], batches, f"{net}, PyTorch, {work}") for work in works
        },
    }


def in_own_process(side, net, python, tiny, batches, works):
    """What one side measures of one net."""
    command = [python, str(Path(__file__).resolve()), "--side", side, "--only", net]
    command += ["--batches", *map(str, batches), "--works", *works]
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "KERAS_BACKEND": "jax", "PYTHONPATH": os.pathsep.join(paths)}
    environment.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    done = subprocess.run(
        command + (["--tiny"] if tiny else []),
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def best(rows):
    """(images a second, batch) of the quickest batch."""
    return max((batch / seconds, batch) for batch, seconds in rows)


def report(net, ours, theirs):
    """Print rows of the table."""
    for work in ours["works"]:
        speed, batch = best(ours[work])
        share = speed * ours["flops"][work] / ours["peak"]
        row = f"| {net} | {work} | Keras on JAX | {batch} | {speed:.1f} | {share:.1%} | 1.00 |"
        print(row)
        if theirs:
            other, batch = best(theirs[work])
            share = other * ours["flops"][work] / ours["peak"]
            print(
                f"| {net} | {work} | PyTorch | {batch} | {other:.1f} | {share:.1%} "
                f"| {other / speed:.2f} |"
            )


def keep(net, ours, theirs):
    """Put what was measured where README.md is made from; only what ran on a GPU."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    import stored

    run = {
        "date": str(datetime.date.today()),
        "command": " ".join(["python", "benchmarks/gpu.py", *sys.argv[1:]]),
        "machine": {"processor": ours["device"].split(":")[0]},
        "versions": {"said": "; ".join(one["versions"] for one in (ours, theirs) if one)},
        "quick": False,
    }
    rows = {}
    for work in ours["works"]:
        speeds = {}
        for side, found in (("Keras on JAX", ours), ("PyTorch", theirs)):
            if found:
                speed, batch = speeds[side] = best(found[work])
                rows[f"{net}, {work}, {side}"] = {
                    "batch": batch,
                    "images/s": stored.digits(speed),
                    "of the peak, %": stored.digits(
                        100 * speed * ours["flops"][work] / ours["peak"], 3
                    ),
                    "times Keras": stored.digits(speed / speeds["Keras on JAX"][0], 3),
                }
    stored.keep("gpu", rows, run)


def main():
    """Both sides of both nets in turns, and the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tiny", action="store_true", help="small nets, numbers without meaning")
    parser.add_argument("--torch-python", help="the Python that has torch; default: this one")
    parser.add_argument("--only", default="", help="a part of a net's name; default: both nets")
    parser.add_argument(
        "--batches", type=int, nargs=2, default=BATCHES, help="the first batch and the largest"
    )
    parser.add_argument("--works", nargs="+", choices=WORKS, default=WORKS, help="default: both")
    parser.add_argument("--side", choices=("keras", "torch"), help="default: both and the table")
    options = parser.parse_args()
    nets = [net for net in NETS if options.only in net]
    if not nets:
        parser.error(f"--only must be a part of one of {', '.join(NETS)}, got {options.only!r}")
    batches = (1, 1) if options.tiny else tuple(options.batches)
    if not 1 <= batches[0] <= batches[1]:
        parser.error(f"--batches must be 1 or more, the larger one last, got {options.batches}")
    if options.side:
        side = keras_side if options.side == "keras" else torch_side
        for net in nets:
            print(json.dumps(side(net, options.tiny, batches, options.works)), flush=True)
        return
    torch_python = options.torch_python
    if torch_python is None and importlib.util.find_spec("torch"):
        torch_python = sys.executable
    print(f"{datetime.date.today()}, Python {platform.python_version()}")
    if options.tiny:
        print("--tiny: small nets and few steps. These numbers say nothing about speed.")
    for net in nets:
        both_sides(net, torch_python, options.tiny, batches, options.works)


def both_sides(net, torch_python, tiny, batches, works):
    """Measures one net and prints what stands above its table, and the table."""
    ours = in_own_process("keras", net, sys.executable, tiny, batches, works)
    theirs = torch_python and in_own_process("torch", net, torch_python, tiny, batches, works)
    if theirs and theirs["parameters"] != ours["parameters"]:
        raise SystemExit(
            f"{net}: not the same net, {ours['parameters']} parameters here and "
            f"{theirs['parameters']} in PyTorch"
        )
    print(ours["device"])
    print(f"{ours['versions']}; " + (theirs["versions"] if theirs else "torch is not installed"))
    print("TensorFlow was imported" if ours["tensorflow"] else "TensorFlow was not imported")
    print(f"{net}: measured matrix peak {ours['peak'] / 1e12:.3g} TFLOP/s in bfloat16")
    print("| net | work | side | best batch | images/s | share of the peak | times Keras |")
    print("|---|---|---|---|---|---|---|")
    report(net, ours, theirs)
    if ours["device"].startswith("GPU") and not tiny:
        keep(net, ours, theirs)


if __name__ == "__main__":
    main()
