"""What is exported of a model: its way from images to outputs, as it is used after training."""

import keras

from segcourse.models.exporting.full_precision import HALF


def signature(model):
    """Return a `keras.InputSpec` for each input of `model`, any batch size, open sizes open."""
    several = len(model.inputs) > 1
    names = [f"input_{i}" if several else "images" for i in range(len(model.inputs))]
    return [
        keras.InputSpec(shape=(None, *one.shape[1:]), dtype=_dtype(one), name=name)
        for one, name in zip(model.inputs, names, strict=True)
    ]


def inference(model):
    """Return a function of the model's inputs, one argument each, that gives its outputs."""
    # A model may take a list or a dictionary; a sequential one does not say, and takes a tensor.
    structure = model.inputs[0] if isinstance(model, keras.Sequential) else model.input

    def call(*inputs):
        return model(keras.tree.pack_sequence_as(structure, list(inputs)), training=False)

    return call


def tensorflow_function(function, specs):
    """Return `function` as one of TensorFlow, for inputs like `specs`."""
    import tensorflow as tf

    specs = [tf.TensorSpec(one.shape, one.dtype, name=one.name) for one in specs]
    return tf.function(function, input_signature=specs, autograph=False)


def _dtype(tensor):
    dtype = keras.backend.standardize_dtype(tensor.dtype)
    return "float32" if dtype in HALF else dtype
