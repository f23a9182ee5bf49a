"""Weights that come with the course: found, verified, and loaded whole or not at all."""

import hashlib
import json
from pathlib import Path

from segcourse.models.weights.transfer_weights import transfer_weights

FOLDER = Path(__file__).resolve().parents[3] / "data"


def load_shipped(model, architecture, name, build):
    """Give `model` the shipped weights `name`, by the names of its layers.

    The file is `data/<architecture>/<name>.weights.h5`; `<name>.json` beside it says its
    checksum, its number of classes, and how it was made. Nothing of the model is written before
    all is known to fit. fc8 keeps its own weights where the number of classes is another.

    Args:
        model: the model, changed in place.
        architecture: folder of the weights.
        name: which of them.
        build: function of a number of classes that builds the model the weights were trained in.

    Raises:
        ValueError: if a file is missing or damaged, or the weights are of another shape.
    """
    weights, about = verified(architecture, name)
    source = build(about["num_classes"])
    source.load_weights(weights)
    _check_shapes(source, model, name)
    transfer_weights(source, model)


def verified(architecture, name):
    """The path of a weights file that is as it was made, and what is written about it."""
    weights = FOLDER / architecture / f"{name}.weights.h5"
    record = weights.with_name(f"{name}.json")
    try:
        about = json.loads(record.read_text("utf-8"))
        digest, expected = hashlib.sha256(weights.read_bytes()).hexdigest(), about["sha256"]
    except FileNotFoundError as error:
        raise ValueError(
            f'`weights="{name}"` must lie in {weights.parent}, and {Path(error.filename).name} is '
            "not there. Work in a checkout of the course, which has the folder data/."
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(record, name, f"it cannot be read ({error})") from None
    if digest != expected:
        raise _damaged(weights, name, f"its SHA-256 is {digest}, not {expected}")
    return weights, about


def _damaged(path, name, reason):
    place = path.relative_to(FOLDER.parent).as_posix()
    return ValueError(
        f'`weights="{name}"` must be the file that came with the course. Received: {path}, but '
        f"{reason}. Fetch it anew, for example by `git checkout -- {place}`."
    )


def _check_shapes(source, model, name):
    own = {layer.name: layer for layer in model.layers}
    for layer in source.layers:
        if layer.name not in own or layer.name == "fc8":
            continue
        given, wanted = ([tuple(w.shape) for w in one.weights] for one in (layer, own[layer.name]))
        if given != wanted:
            raise ValueError(
                f'`weights="{name}"` must fit every layer of the model: `input_shape` needs 3 '
                "channels and, with `include_top=True`, the height and width of the pretraining, "
                f"{source.input_shape[1:3]}. Received: input_shape={model.input_shape[1:]}, whose "
                f"{layer.name} has weights of {wanted[0]}, not {given[0]}"
            )
