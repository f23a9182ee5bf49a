"""A file of LiteRT, formerly TensorFlow Lite, by TensorFlow's own converter."""

import re
import tempfile

from segcourse.models.exporting.saved_model import write_saved_model


def write_litert(model, path):
    """Write `model` to the file `path`, with LiteRT's own operations alone.

    Raises:
        ValueError: if an operation of the model has no counterpart in LiteRT.
    """
    import tensorflow as tf

    with tempfile.TemporaryDirectory() as folder:
        # By way of a SavedModel: straight from a Keras model the file has variables for weights,
        # and no values in them.
        write_saved_model(model, folder)
        converter = tf.lite.TFLiteConverter.from_saved_model(folder)
        # TensorFlow's would need an interpreter with TensorFlow in it, which most are without.
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS]
        path.write_bytes(_converted(converter, model.name))


def _converted(converter, name):
    try:
        return converter.convert()
    except Exception as error:
        # The class of the error has moved from one version of TensorFlow to another.
        unknown = sorted(set(re.findall(r'"tf\.(\w+)"', str(error))))
        if type(error).__name__ != "ConverterError" or not unknown:
            raise
        raise ValueError(
            '`format="litert"` must be able to express `model`, and has no counterpart of these '
            f"operations: {', '.join(unknown)}. Received: model={name!r}"
        ) from error
