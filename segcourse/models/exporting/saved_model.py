"""A folder with a SavedModel, which TensorFlow runs alone."""

import keras

from segcourse.models.exporting.inference import inference, signature


def write_saved_model(model, folder):
    """Write `model` as a SavedModel with one function, `serve`, also its default signature."""
    # Keras' own `model.export` is this, with a name for the input that differs from run to run.
    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint("serve", inference(model), input_signature=signature(model))
    archive.write_out(str(folder), verbose=False)
