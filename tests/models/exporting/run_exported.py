"""In a new process, without the course: run exported models.

Arguments: the format, then pairs of an exported model and the .npz file with its inputs, "0 0" for
the first input of the first batch. Beside each the outputs are written, likewise.
"""

import sys
from pathlib import Path

import numpy as np


def tf_saved_model(path):
    import tensorflow as tf

    loaded = tf.saved_model.load(path)

    def run(*inputs):
        outputs = loaded.serve(*map(tf.constant, inputs))
        outputs = outputs if isinstance(outputs, list | tuple) else [outputs]
        return [output.numpy() for output in outputs]

    return run


def onnx(path):
    import onnxruntime

    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    count = len(session.get_outputs())

    def run(*inputs):
        named = zip(_names(inputs), inputs, strict=True)
        return session.run([f"output_{i}" for i in range(count)], dict(named))

    return run


def litert(path):
    try:
        from ai_edge_litert.interpreter import Interpreter
    except ImportError:
        from tensorflow.lite.python.interpreter import Interpreter

    runner = Interpreter(model_path=path).get_signature_runner()

    def run(*inputs):
        outputs = runner(**dict(zip(_names(inputs), inputs, strict=True)))
        return [outputs[f"output_{i}"] for i in range(len(outputs))]

    return run


def _names(inputs):
    return [f"input_{i}" if len(inputs) > 1 else "images" for i in range(len(inputs))]


def main(form, *paths):
    for path, file in zip(paths[::2], paths[1::2], strict=True):
        run, results = globals()[form](path), {}
        with np.load(file) as inputs:
            batches = {name.split()[0] for name in inputs.files}
            for batch in batches:
                names = [name for name in inputs.files if name.split()[0] == batch]
                outputs = run(*(inputs[name] for name in names))
                results.update({f"{batch} {i}": one for i, one in enumerate(outputs)})
        np.savez(Path(path).with_name("outputs.npz"), **results)
    assert "segcourse" not in sys.modules


if __name__ == "__main__":
    main(*sys.argv[1:])
