"""A file of ONNX, by tf2onnx."""

import contextlib

import keras

from segcourse.models.exporting.inference import inference, signature, tensorflow_function


def need_onnx():
    """Raise an ImportError that says what to install, where the converter is missing."""
    try:
        import onnx  # noqa: F401
        import tf2onnx  # noqa: F401
    except ImportError as error:
        raise ImportError(
            'To export to `format="onnx"` the converter tf2onnx must be there: '
            f"pip install tf2onnx. ({error})"
        ) from error


def write_onnx(model, path):
    """Write `model` to the file `path`: input "images", output "output_0", and so on.

    Raises:
        ValueError: if an operation of the model has no counterpart in ONNX.
    """
    import onnx
    import tf2onnx

    call, specs = inference(model), signature(model)

    def named(*inputs):
        outputs = keras.tree.flatten(call(*inputs))
        return {f"output_{i}": output for i, output in enumerate(outputs)}

    function = tensorflow_function(named, specs)
    with _one_graph():
        proto, _ = tf2onnx.convert.from_function(function, function.input_signature)
    unknown = {
        node.op_type for node in proto.graph.node if not onnx.defs.has(node.op_type, node.domain)
    }
    if unknown:
        raise ValueError(
            '`format="onnx"` must be able to express `model`, and has no counterpart of these '
            f"operations: {', '.join(sorted(unknown))}. Received: model={model.name!r}"
        )
    _name_sizes(proto)
    onnx.save(proto, str(path))


@contextlib.contextmanager
def _one_graph():
    """Functions called while tracing become part of the graph.

    Keras compiles a convolution in groups by itself, as a function in the graph, and tf2onnx leaves
    such a one out.
    """
    import tensorflow as tf

    before = tf.config.functions_run_eagerly()
    tf.config.run_functions_eagerly(True)
    try:
        yield
    finally:
        tf.config.run_functions_eagerly(before)


def _name_sizes(proto):
    """Open sizes of pictures get names that a reader knows; tf2onnx numbers them."""
    inputs = proto.graph.input
    if len(inputs) == 1 and len(inputs[0].type.tensor_type.shape.dim) == 4:
        sizes = inputs[0].type.tensor_type.shape.dim
        for size, name in zip(sizes, ("batch", "height", "width"), strict=False):
            if not size.HasField("dim_value"):
                size.dim_param = name
