"""Claims: bilinear upsampling is as fast as Keras' own, and unpooling costs at most 1.5 poolings.

    python benchmarks/upsampling.py [--batch 16] [--rounds 16]

Maps of 128×128 in 64 channels, doubled or halved, forward and backward, compiled as `fit` compiles
them on a CPU (TensorFlow without XLA). All take their turns in one run. Prints the medians, and the
median over the rounds of each one's time divided by that of what it is held against.
"""

import argparse
import statistics
import time

import keras
import numpy as np

from segcourse import layers

SIDE, CHANNELS = 128, 64


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


def main():
    """Time them in turns and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=16)
    options = parser.parse_args()
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
    for step in steps.values():
        step()
    times = {name: [] for name in steps}
    for turn in range(options.rounds):
        # Forwards and backwards in turn: who comes after whom must not decide.
        for name, step in list(steps.items())[:: 1 if turn % 2 else -1]:
            start = time.perf_counter()
            step()
            times[name].append(time.perf_counter() - start)
    print(f"backend {keras.config.backend()}, batch {options.batch}, {options.rounds} rounds")
    for name, (_, _, other) in contestants.items():
        ratio = statistics.median(a / b for a, b in zip(times[name], times[other], strict=True))
        median = statistics.median(times[name]) * 1e3
        print(f"{name:24} {median:8.1f} ms   {ratio:5.2f} times {other}")


if __name__ == "__main__":
    main()
