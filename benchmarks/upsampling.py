"""Claims: bilinear upsampling is as fast as Keras' own, and unpooling costs at most 1.5 poolings.

    python benchmarks/upsampling.py [--batch 16] [--rounds 16]
    python benchmarks/upsampling.py --grids [--batch 8] [--rounds 16]

Maps of 128×128 in 64 channels, doubled or halved, forward and backward, compiled as `fit` compiles
them on a CPU (TensorFlow without XLA). All take their turns in one run. Prints the medians, and the
median over the rounds of each one's time divided by that of what it is held against. `--grids`
holds the grids of `BilinearUpsampling2D` against Keras' half-pixel resize on sizes of the course,
forward and forward with backward: with aligned corners at most 2 times as long.
"""

import argparse
import statistics
import time

import keras
import numpy as np

from segcourse import layers

SIDE, CHANNELS = 128, 64
# Sides before and after, and channels.
GRIDS = [(n, m, c) for n, m in ((12, 96), (32, 256)) for c in (5, 21, 64)]
# 8 to 64 has places on pixels between the corners, which take another way.
GRIDS += [(48, 96, 64), (128, 256, 64), (8, 64, 21), (36, 288, 21)]


def compiled_step(layer, inputs):
    """Return a function that runs `layer` on `inputs`, and back, and waits for the end.

    The gradient handed back is that of a sum with weights, as large as the output.
    """
    outputs = layer(inputs)
    first = outputs[0] if isinstance(outputs, (tuple, list)) else outputs
    weights = np.random.default_rng(1).normal(size=first.shape).astype("float32")
    weights = keras.ops.convert_to_tensor(weights)
    x, *others = inputs if isinstance(inputs, (tuple, list)) else [inputs]
    call = (lambda x, *others: layer([x, *others])) if others else layer
    step = {"tensorflow": _tensorflow_step, "jax": _jax_step}[keras.config.backend()](call)
    return lambda: step(x, weights, *others)


def _tensorflow_step(call):
    import tensorflow as tf

    @tf.function(autograph=False)
    def step(x, weights, *others):
        with tf.GradientTape() as tape:
            tape.watch(x)
            outputs = call(x, *others)
            first = outputs[0] if isinstance(outputs, (tuple, list)) else outputs
        return outputs, tape.gradient(first, x, weights)

    return step


def _jax_step(call):
    import jax

    @jax.jit
    def step(x, weights, *others):
        def pair(x):
            outputs = call(x, *others)
            return (outputs[0], outputs) if isinstance(outputs, (tuple, list)) else (outputs, 0)

        first, back, rest = jax.vjp(pair, x, has_aux=True)
        return first, rest, back(weights)[0]

    return lambda *inputs: jax.block_until_ready(step(*inputs))


def compiled_forward(layer, x):
    """Return a function that runs `layer` on `x` alone and waits for the end."""
    if keras.config.backend() == "jax":
        import jax

        call = jax.jit(layer)
        return lambda: jax.block_until_ready(call(x))
    import tensorflow as tf

    call = tf.function(layer, autograph=False)
    return lambda: call(x)


def in_turns(steps, rounds):
    """Seconds of every step in every round, after one that compiles."""
    for step in steps.values():
        step()
    times = {name: [] for name in steps}
    for turn in range(rounds):
        # Forwards and backwards in turn: who comes after whom must not decide.
        for name, step in list(steps.items())[:: 1 if turn % 2 else -1]:
            start = time.perf_counter()
            step()
            times[name].append(time.perf_counter() - start)
    return times


def ratio(times, name, other):
    """The median over the rounds of one's time divided by another's."""
    return statistics.median(a / b for a, b in zip(times[name], times[other], strict=True))


def grids(batch, rounds):
    """Both grids against Keras' resize, size by size."""
    print(f"backend {keras.config.backend()}, batch {batch}, {rounds} rounds")
    head = ["sides", "channels", "forward: ms", "half-pixel", "aligned"]
    head += ["and backward: ms", "half-pixel", "aligned"]
    print(f"| {' | '.join(head)} |\n{'|---' * len(head)}|")
    for old, new, channels in GRIDS:
        x = np.random.default_rng(0).normal(size=(batch, old, old, channels))
        x = keras.ops.convert_to_tensor(x.astype("float32"))
        size = (new, new)
        contestants = {
            "keras": lambda x, size=size: keras.ops.image.resize(x, size, "bilinear"),
            "half": layers.BilinearUpsampling2D(target_size=size),
            "aligned": layers.BilinearUpsampling2D(target_size=size, align_corners=True),
        }
        cells = [f"{old}→{new}", str(channels)]
        for compiled in (compiled_forward, compiled_step):
            steps = {name: compiled(layer, x) for name, layer in contestants.items()}
            times = in_turns(steps, rounds)
            cells.append(f"{statistics.median(times['keras']) * 1e3:.1f}")
            cells += [f"{ratio(times, name, 'keras'):.2f}" for name in ("half", "aligned")]
        print(f"| {' | '.join(cells)} |", flush=True)


def main():
    """Time them in turns and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--grids", action="store_true", help="the grids, on the course's sizes")
    parser.add_argument("--batch", type=int, help="default: 16, of the grids 8")
    parser.add_argument("--rounds", type=int, default=16)
    options = parser.parse_args()
    if options.grids:
        grids(options.batch or 8, options.rounds)
        return
    options.batch = options.batch or 16
    x = np.random.default_rng(0).normal(size=(options.batch, SIDE, SIDE, CHANNELS))
    x = keras.ops.convert_to_tensor(x.astype("float32"))
    pooling = layers.MaxPooling2DWithIndices(2)
    bilinear = "UpSampling2D, bilinear"
    nearest = "UpSampling2D, nearest"
    # What runs, on what, and what it is held against.
    contestants = {
        bilinear: (keras.layers.UpSampling2D(2, interpolation="bilinear"), x, bilinear),
        "BilinearUpsampling2D": (layers.BilinearUpsampling2D(2), x, bilinear),
        "  with align_corners": (layers.BilinearUpsampling2D(2, align_corners=True), x, bilinear),
        nearest: (keras.layers.UpSampling2D(2), x, nearest),
        "NearestUnpooling2D": (layers.NearestUnpooling2D(2), x, nearest),
        "BedOfNailsUnpooling2D": (layers.BedOfNailsUnpooling2D(2), x, nearest),
        "MaxPooling2D": (keras.layers.MaxPooling2D(2), x, "MaxPooling2DWithIndices"),
        "MaxPooling2DWithIndices": (pooling, x, "MaxPooling2DWithIndices"),
        "MaxUnpooling2D": (layers.MaxUnpooling2D(2), pooling(x), "MaxPooling2DWithIndices"),
    }
    steps = {name: compiled_step(layer, inputs) for name, (layer, inputs, _) in contestants.items()}
    times = in_turns(steps, options.rounds)
    print(f"backend {keras.config.backend()}, batch {options.batch}, {options.rounds} rounds")
    for name, (_, _, other) in contestants.items():
        median = statistics.median(times[name]) * 1e3
        print(f"{name:24} {median:8.1f} ms   {ratio(times, name, other):5.2f} times {other}")


if __name__ == "__main__":
    main()
