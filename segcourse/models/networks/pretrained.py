"""Weights that a fully convolutional network can start from."""

import contextlib
import os
import re
import socket
import threading
import urllib.request
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import h5py
import keras

from segcourse.checks.sizes import choice
from segcourse.layers import CaffePreprocessing
from segcourse.models.networks.small_vgg import small_vgg
from segcourse.models.networks.vgg import CONFIGS
from segcourse.models.weights.transfer_weights import weights_by_layer

ADDRESS = "https://storage.googleapis.com/tensorflow/keras-applications"
# The networks, and the MD5 of the file without dense layers that is fetched for each.
IMAGENET = {
    "vgg16": (CONFIGS["D"], "6d6bbae143d832006294945121d1f1fc"),
    "vgg19": (CONFIGS["E"], "253f8cb515780f3b799900260a226db6"),
}
# Seconds for an answer from the network, and for one that stalls within a download.
PATIENCE, STALLED = 4, 30


@dataclass(frozen=True)
class Pretrained:
    """A backbone, what it expects of images, and how to read its weights by our layers' names."""

    backbone: str
    weights: str
    preprocessing: keras.layers.Layer | None
    read: Callable[[], AbstractContextManager]


def pretrained(backbone, weights, channels):
    """Find the weights called `weights` of a backbone.

    "imagenet" looks for the files that `keras.applications` keeps in the folder models of
    `KERAS_HOME`, or of .keras in the home folder: first the one with dense layers, then the one
    without. If neither is there, the latter is fetched. If there is no answer from the network
    within some seconds, a line is printed and "objects" stands in.

    Raises:
        ValueError: if the backbone has no such weights, or images are not to have 3 channels.
    """
    weights = choice("weights", weights, ("objects", "imagenet"))
    having = tuple(IMAGENET) if weights == "imagenet" else ("small_vgg",)
    if not isinstance(backbone, str) or backbone not in having:
        raise ValueError(
            f'`weights` must be None with this backbone; "{weights}" are there for '
            f"{' and '.join(having)}. Received: weights={weights!r}, backbone={backbone!r}"
        )
    if channels != 3:
        raise ValueError(
            f'`input_shape` must have 3 channels with `weights="{weights}"`, which are of colour '
            f"pictures. Received: {channels} channels"
        )
    if weights == "objects":
        return _objects()
    path = _cached(backbone) or _fetched(backbone)
    if path is None:
        print(
            f"No ImageNet weights of {backbone} on this computer (KERAS_HOME) and none to be "
            "fetched: small_vgg with the course's own weights stands in."
        )
        return _objects()
    return Pretrained(
        backbone,
        weights,
        CaffePreprocessing(name="preprocessing"),
        lambda: _imagenet_weights(path, backbone),
    )


def _objects():
    @contextlib.contextmanager
    def read():
        yield weights_by_layer(small_vgg(weights="objects"))

    return Pretrained("small_vgg", "objects", None, read)


def _cached(backbone):
    """Return the path of a file that is here already, or None."""
    files = (_file(backbone, top) for top in (True, False))
    return next((file for file in files if file.exists()), None)


def _file(backbone, top=False):
    # Keras looks at the variable when it is imported; a notebook may set it later.
    home = os.environ.get("KERAS_HOME") or Path.home() / ".keras"
    end = "" if top else "_notop"
    return (
        Path(home).expanduser()
        / "models"
        / f"{backbone}_weights_tf_dim_ordering_tf_kernels{end}.h5"
    )


def _fetched(backbone):
    """Return the path of the file once it is downloaded, or None if it cannot be."""
    file = _file(backbone)
    address = f"{ADDRESS}/{backbone}/{file.name}"
    if not _answers(address):
        return None
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(STALLED)
    try:
        keras.utils.get_file(
            file.name,
            address,
            cache_dir=str(file.parents[1]),
            cache_subdir="models",
            file_hash=IMAGENET[backbone][1],
        )
    except Exception:  # Keras raises no more special one for a download that fails.
        file.unlink(missing_ok=True)
        return None
    finally:
        socket.setdefaulttimeout(before)
    return file


def _answers(address):
    """Tell whether there is a file at the address, after `PATIENCE` seconds at most."""
    found = []

    def ask():
        request = urllib.request.Request(address, method="HEAD")
        with contextlib.suppress(OSError), urllib.request.urlopen(request, timeout=PATIENCE - 1):
            found.append(True)

    # Looking a name up has no time limit of its own.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return bool(found)


@contextlib.contextmanager
def _imagenet_weights(path, backbone):
    """Open a file of `keras.applications` and give its arrays under our layers' names."""
    try:
        with h5py.File(path) as file:
            given = _by_our_names(file, path)
            _check_layers(given, backbone, path)
            yield given
    except OSError as error:
        raise ValueError(
            f"`weights` must be a whole HDF5 file. Received: {path}, which is damaged ({error}). "
            "Remove it, and it is fetched anew."
        ) from error


def _by_our_names(file, path):
    root = file.get("model_weights", file)
    try:
        groups = [root[_text(name)] for name in root.attrs["layer_names"]]
        arrays = {
            group.name.split("/")[-1]: [group[_text(name)] for name in group.attrs["weight_names"]]
            for group in groups
        }
    except KeyError as error:
        raise ValueError(
            "`weights` must be a file of keras.applications, which lists its layers. "
            f"Received: {path} ({error})"
        ) from None
    return {_our_name(name): values for name, values in arrays.items() if values}


def _text(name):
    return name.decode() if isinstance(name, bytes) else str(name)


def _our_name(name):
    dense = {"fc1": "fc6", "fc2": "fc7", "predictions": "fc8"}
    return dense.get(name) or re.sub(r"^block(\d)_conv(\d)$", r"conv\1_\2", name)


def _check_layers(given, backbone, path):
    """Raise unless the file has the very convolutions of the backbone, of their shapes."""
    config = IMAGENET[backbone][0]
    channels, wanted = 3, {}
    for block, (kernels, filters) in enumerate(zip(config.kernels, config.filters, strict=True), 1):
        for index, kernel in enumerate(kernels, 1):
            wanted[f"conv{block}_{index}"] = [(kernel, kernel, channels, filters), (filters,)]
            channels = filters
    window = (config.dense_kernel**2 * channels, config.dense)
    dense = {"fc6": window, "fc7": (config.dense, config.dense)}
    dense = {name: [shape, shape[1:]] for name, shape in dense.items()}
    received = {name: [tuple(value.shape) for value in given[name]] for name in given}
    for name in sorted(wanted.keys() | received.keys() - {"fc8"}):
        expected = {**dense, **wanted}.get(name)
        if received.get(name) != expected:
            raise ValueError(
                f"`weights` must be those of {backbone}, with {expected or 'no weights'} for layer "
                f"{name!r}. Received: {received.get(name, 'no weights')} in {path}"
            )
