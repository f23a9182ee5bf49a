"""Claim: `SubpixelConv2DTranspose` is quicker than `keras.layers.Conv2DTranspose` at large strides.

    python benchmarks/transposed_convolution.py [--rounds 30]

The enlargements of the course's nets, forward and backward to inputs and weights, compiled as `fit`
compiles them on a CPU. Both layers have the same weights and take turns in one run.
"""

import keras
import numpy as np
import stored
import turns

from segcourse.layers import SubpixelConv2DTranspose

# What it enlarges: shape that goes in, filters, kernel, stride.
CASES = {
    "FCN-8s, 96×96, ×8, 6 classes": ((8, 12, 12, 6), 6, 16, 8),
    "FCN-8s, 500×500, ×8, 21 classes": ((1, 63, 63, 21), 21, 16, 8),
    "FCN-32s, 500×500, ×32, 21 classes": ((1, 16, 16, 21), 21, 64, 32),
    "FCN-8s, 96×96, ×2, 6 classes": ((8, 6, 6, 6), 6, 4, 2),
    "U-Net, 96×96, ×2, 32 to 16 channels": ((16, 48, 48, 32), 16, 2, 2),
    "U-Net, 96×96, ×2, 128 to 64 channels": ((16, 12, 12, 128), 64, 2, 2),
}


def step_of(layer, inputs, weights):
    """A function that computes outputs and gradients, and waits for the end."""
    call = {"tensorflow": _tensorflow, "jax": _jax}[keras.config.backend()]
    return call(layer, inputs, weights)


def _tensorflow(layer, inputs, weights):
    import tensorflow as tf

    @tf.function(autograph=False)
    def step(inputs):
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            total = tf.reduce_sum(layer(inputs) * weights)
        return tape.gradient(total, [inputs, layer.kernel.value])

    return lambda: step(inputs)


def _jax(layer, inputs, weights):
    import jax

    def total(inputs, kernel):
        return (layer.stateless_call([kernel], [], inputs)[0] * weights).sum()

    step = jax.jit(jax.grad(total, (0, 1)))
    return lambda: jax.block_until_ready(step(inputs, layer.kernel.value))


def compare(shape, filters, kernel, stride, rounds):
    """Times of Keras' layer and of ours, round by round."""
    rng = np.random.default_rng(0)
    inputs = keras.ops.convert_to_tensor(rng.normal(size=shape).astype("float32"))
    steps, first = [], None
    for kind in (keras.layers.Conv2DTranspose, SubpixelConv2DTranspose):
        layer = kind(filters, kernel, stride, padding="same", use_bias=False)
        layer.build(shape)
        first = first or layer
        layer.set_weights(first.get_weights())
        outputs = layer.compute_output_shape(shape)
        weights = keras.ops.convert_to_tensor(rng.normal(size=outputs).astype("float32"))
        steps.append(step_of(layer, inputs, weights))
    return turns.in_turns(dict(enumerate(steps)), rounds, warm=2).values()


def add_arguments(parser):
    """Rounds; None: what --quick says."""
    parser.add_argument("--rounds", type=int)


def measure(options):
    """All cases."""
    rounds = options.rounds or (10 if options.quick else 30)
    backend = "" if keras.config.backend() == "tensorflow" else f"{keras.config.backend()}: "
    for name, case in CASES.items():
        theirs, ours = compare(*case, rounds)
        row = turns.against(ours, theirs, inverted=True)
        yield (
            backend + name,
            {"ms of Keras": stored.digits(1e3 * stored.spread(theirs)["median"]), **row},
        )


if __name__ == "__main__":
    stored.command_line(__doc__, measure, add_arguments)
