"""A file of LiteRT, formerly TensorFlow Lite, by TensorFlow's own converter."""

import re

from segcourse.models.exporting.inference import inference, signature, tensorflow_function


def write_litert(model, path):
    """Write `model` to the file `path`, with LiteRT's own operations alone.

    Raises:
        ValueError: if an operation of the model has no counterpart in LiteRT.
    """
    import tensorflow as tf

    function = tensorflow_function(inference(model), signature(model))
    converter = tf.lite.TFLiteConverter.from_concrete_functions(
        [function.get_concrete_function()], model
    )
    # Those of TensorFlow would need an interpreter with TensorFlow in it, which most are without.
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS]
    # Weights become constants: no state to be made before the first picture.
    converter.experimental_enable_resource_variables = False
    try:
        content = converter.convert()
    except Exception as error:
        # The class of the error has moved from one version of TensorFlow to another.
        unknown = sorted(set(re.findall(r'"tf\.(\w+)"', str(error))))
        if type(error).__name__ != "ConverterError" or not unknown:
            raise
        raise ValueError(
            '`format="litert"` must be able to express `model`, and has no counterpart of these '
            f"operations: {', '.join(unknown)}. Received: model={model.name!r}"
        ) from error
    path.write_bytes(content)
