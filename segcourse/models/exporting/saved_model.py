"""A folder with a SavedModel, which TensorFlow runs alone."""

import keras

from segcourse.models.exporting.inference import inference, signature, tensorflow_function


def write_saved_model(model, folder):
    """Write `model` as a SavedModel with one function, `serve`, also its default signature."""
    # Keras' own `model.export` is this, with a name for the input that differs from run to run.
    archive = keras.export.ExportArchive()
    if keras.config.backend() == "tensorflow":
        _add_traced(archive, model)
    else:
        archive.track(model)
        archive.add_endpoint("serve", inference(model), input_signature=signature(model))
    archive.write_out(str(folder), verbose=False)


def _add_traced(archive, model):
    """Add the function as it is traced here: Keras would trace it twice.

    Its variables are found in it. To find a lookup table Keras goes through all that the model
    holds, down to compiled steps of training, which takes longer than all the rest.
    """
    function = tensorflow_function(inference(model), signature(model))
    traced = function.get_concrete_function()
    known = {id(variable.handle) for variable in traced.variables}
    if any(x.dtype == "resource" and id(x) not in known for x in traced.captured_inputs):
        archive.track(model)
    archive.add_endpoint("serve", function)
