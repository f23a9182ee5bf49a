"""From a Keras model to a file that is run without Keras and without the course."""

import keras

from segcourse.models.arguments import keras_model
from segcourse.models.exporting.destination import free_place, replaced
from segcourse.models.exporting.formats import ONNX, SAVED_MODEL, format_of
from segcourse.models.exporting.full_precision import full_precision
from segcourse.models.exporting.litert_file import write_litert
from segcourse.models.exporting.onnx_file import need_onnx, write_onnx
from segcourse.models.exporting.saved_model import write_saved_model

WRITERS = {"tf_saved_model": write_saved_model, "onnx": write_onnx, "litert": write_litert}


def export(model, path, format=None):
    """Write a model as a file of another format, to be run without Keras and without the course.

    | `format` | `path` | what it needs | what runs it |
    |---|---|---|---|
    | `"tf_saved_model"` | a folder, no ending | nothing more | TensorFlow |
    | `"onnx"` | `.onnx` | `pip install tf2onnx` | ONNX Runtime and others |
    | `"litert"` | `.tflite` | nothing more | LiteRT (TensorFlow Lite), on phones too |

    What is written is the model as it is used after training: dropout and the like do nothing,
    and losses, metrics and the optimizer stay behind. A size that is open in the model (None) is
    open in the file, and so is the number of pictures in a batch. A model of mixed precision is
    written in float32, with the same weights.

    The input is called "images" (several: "input_0", "input_1", …), with the shape and the dtype
    that the model takes. The outputs are called "output_0" and so on, in the model's order; of a
    network of the course they are logits, float32 `(batch, height, width, num_classes)`.

    On the JAX backend there is `"tf_saved_model"` alone.

    Args:
        model: a functional, or a built sequential, `keras.Model`. Nothing of it is changed.
        path: the file or folder. An older export is replaced, once the new one is whole; anything
            else that lies there stays, and is an error.
        format: as above; None takes it from the ending of `path`.

    Returns: the `pathlib.Path` that was written.

    Raises:
        ValueError: if `model` has no graph, no weights or such of half precision, `path` has the
            ending of no format or of another one, its folder is not there or what lies there is no
            export, `format` is unknown, or an operation of the model is unknown to the format.
        ImportError: if the converter for `"onnx"` is not installed.
        NotImplementedError: on the JAX backend, for a format or a model that it cannot export.

    Example:
        >>> import tempfile
        >>> import numpy as np
        >>> import tensorflow as tf
        >>> from segcourse.models import export, unet
        >>> model = unet(3, depth=1, base_channels=2)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = export(model, folder + "/unet")
        ...     loaded = tf.saved_model.load(path)  # kept: its functions do not keep their weights
        >>> images = [np.zeros((1, *size, 1), "float32") for size in ((16, 24), (9, 7))]
        >>> [loaded.serve(one).shape.as_list() for one in images]
        [[1, 16, 24, 3], [1, 9, 7, 3]]

    Week 6; the final project.
    """
    model = keras_model("model", model, runs=True)
    if not getattr(model, "inputs", None):
        raise ValueError(
            "`model` must be a functional or a built sequential keras.Model; of another one, make "
            "one first: images = keras.Input(shape); keras.Model(images, model(images)). "
            f"Received: model={model}"
        )
    form = format_of(path, format)
    place = free_place(path, form)
    _check_backend(form)
    if form is ONNX:
        need_onnx()
    with full_precision(model), replaced(place, form) as part:
        _write(model, part, form)
    return place


def _check_backend(form):
    if keras.config.backend() != "tensorflow" and form is not SAVED_MODEL:
        raise NotImplementedError(
            f'`format="{form.name}"` is there on the TensorFlow backend alone. Save the model with '
            "model.save, and export it in a process with KERAS_BACKEND=tensorflow. "
            f"Received: the backend {keras.config.backend()!r}"
        )


def _write(model, part, form):
    try:
        WRITERS[form.name](model, part)
    except Exception as error:
        if keras.config.backend() == "tensorflow":
            raise
        # JAX reasons about sizes that it does not know, and gives up in many ways.
        raise NotImplementedError(
            f"JAX cannot export this model: {error}\nSave it with model.save, and export it in a "
            "process with KERAS_BACKEND=tensorflow. "
            f"Received: model={model.name!r}, the backend {keras.config.backend()!r}"
        ) from error
