"""Claims: bilinear upsampling is as fast as Keras' own, and unpooling costs at most 1.5 poolings.

    python benchmarks/upsampling.py [--batch 16] [--rounds 16]

Maps of 128×128 in 64 channels, doubled or halved, forward and backward, compiled as `fit` compiles
them on a CPU (TensorFlow without XLA). All take their turns in one run. Then both grids on sizes of
the course against Keras' half-pixel resize: with aligned corners at most 2 times as long.
"""

import keras
import numpy as np
import stored
import turns

from segcourse import layers

SIDE, CHANNELS = 128, 64
# Sides before and after, and channels. 8 to 64 has places on pixels between the corners, which take
# another way.
GRIDS = ((12, 96, 21), (32, 256, 21), (36, 288, 21), (8, 64, 21), (48, 96, 64), (128, 256, 64))
GRID_BATCH = 8


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


def add_arguments(parser):
    """Sizes of the measurement; None: what --quick says."""
    parser.add_argument("--batch", type=int)
    parser.add_argument("--rounds", type=int)


def grids(rounds, backend):
    """Both grids against Keras' resize, size by size, forward and backward."""
    for old, new, channels in GRIDS:
        x = np.random.default_rng(0).normal(size=(GRID_BATCH, old, old, channels))
        x = keras.ops.convert_to_tensor(x.astype("float32"))
        size = (new, new)
        steps = {
            "Keras' resize": lambda x, size=size: keras.ops.image.resize(x, size, "bilinear"),
            "half-pixel": layers.BilinearUpsampling2D(target_size=size),
            "aligned corners": layers.BilinearUpsampling2D(target_size=size, align_corners=True),
        }
        steps = {name: compiled_step(layer, x) for name, layer in steps.items()}
        times = turns.in_turns(steps, rounds)
        for name, seconds in times.items():
            title = f"{backend}{old}→{new}, {channels} channels, {name}"
            yield title, {**turns.against(seconds, times["Keras' resize"]), "as": "Keras' resize"}


def measure(options):
    """Time them in turns."""
    batch = options.batch or (4 if options.quick else 16)
    rounds = options.rounds or (10 if options.quick else 16)
    x = np.random.default_rng(0).normal(size=(batch, SIDE, SIDE, CHANNELS))
    x = keras.ops.convert_to_tensor(x.astype("float32"))
    pooling = layers.MaxPooling2DWithIndices(2)
    bilinear = "UpSampling2D, bilinear"
    nearest = "UpSampling2D, nearest"
    # What runs, on what, and what it is held against.
    contestants = {
        bilinear: (keras.layers.UpSampling2D(2, interpolation="bilinear"), x, bilinear),
        "BilinearUpsampling2D": (layers.BilinearUpsampling2D(2), x, bilinear),
        "BilinearUpsampling2D(align_corners=True)": (
            layers.BilinearUpsampling2D(2, align_corners=True),
            x,
            bilinear,
        ),
        nearest: (keras.layers.UpSampling2D(2), x, nearest),
        "NearestUnpooling2D": (layers.NearestUnpooling2D(2), x, nearest),
        "BedOfNailsUnpooling2D": (layers.BedOfNailsUnpooling2D(2), x, nearest),
        "MaxPooling2D": (keras.layers.MaxPooling2D(2), x, "MaxPooling2DWithIndices"),
        "MaxPooling2DWithIndices": (pooling, x, "MaxPooling2DWithIndices"),
        "MaxUnpooling2D": (layers.MaxUnpooling2D(2), pooling(x), "MaxPooling2DWithIndices"),
    }
    steps = {name: compiled_step(layer, inputs) for name, (layer, inputs, _) in contestants.items()}
    times = turns.in_turns(steps, rounds)
    backend = "" if keras.config.backend() == "tensorflow" else f"{keras.config.backend()}: "
    for name, (_, _, other) in contestants.items():
        yield backend + name, {**turns.against(times[name], times[other]), "as": other}
    yield from grids(rounds, backend)


if __name__ == "__main__":
    stored.command_line(__doc__, measure, add_arguments)
