"""The file of a trained network: written whole, told apart by its SHA-256, loaded safely."""

import hashlib
import json
import re
import zipfile
from pathlib import Path

import keras

import segcourse.models  # noqa: F401 - its layers are known by name after this
import segcourse.training  # noqa: F401 - and so are its losses and optimizers
from segcourse.atomic_write import atomic_write
from segcourse.models.arguments import keras_model
from segcourse.texts import _

NAME = "model.keras"
_BLOCK = 1 << 20


class ModelFileError(ValueError):
    """A file that holds no network this process can run; its text is one line."""


def save(model, path):
    """Write `model` to `path`, a name that ends in .keras; an older file stays until it is whole.

    The optimizer stays out: it holds two more numbers for each weight and no score depends on it.

    Example:

    >>> import tempfile
    >>> model = keras.Sequential([keras.Input((None, None, 3)), keras.layers.Conv2D(2, 1)])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / NAME
    ...     save(model, path)
    ...     load(path).count_params(), len(sha256(path))
    (8, 64)

    Raises:
        OSError: if it cannot be written.
    """
    keras_model("model", model, runs=True)
    with atomic_write(path) as part:
        # Keras asks for the ending, and the part has another one.
        named = part.with_name(f"{part.name}.keras")
        try:
            keras.saving.save_model(model, named, include_optimizer=False)
            named.replace(part)
        finally:
            named.unlink(missing_ok=True)


def load(path):
    """The network in a .keras file, in safe mode: code in the file is not run.

    Raises:
        ModelFileError: the file is not there, is damaged, or needs something that is not known
            here: a layer of one's own, a Lambda layer, another version of Keras.
    """
    path = Path(path)
    written_by = keras_version(path)
    try:
        # Not compiled: a loss of one's own is needed for no score.
        model = keras.saving.load_model(path, compile=False, safe_mode=True)
    except Exception as error:  # whatever the file makes Keras raise
        raise ModelFileError(_reason(path.name, error, written_by)) from error
    if not isinstance(model, keras.Model):
        text = _("{file} holds no network but a {what}.")
        raise ModelFileError(text.format(file=path.name, what=type(model).__name__))
    return model


def keras_version(path):
    """The version of Keras that wrote a .keras file, None where the file does not say.

    Raises:
        ModelFileError: for a file that is not there or is no .keras file.
    """
    path = Path(path)
    if not path.is_file():
        raise ModelFileError(_("{file} is not there.").format(file=path.name))
    try:
        with zipfile.ZipFile(path) as opened, opened.open("metadata.json") as stream:
            found = json.loads(stream.read(_BLOCK)).get("keras_version")
    except (OSError, KeyError, ValueError, AttributeError, RuntimeError, zipfile.BadZipFile):
        text = _("{file} is damaged, or is not a .keras file.")
        raise ModelFileError(text.format(file=path.name)) from None
    return found if isinstance(found, str) else None


def sha256(path):
    """The SHA-256 of a file, 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with open(path, "rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def weights_digest(model):
    """The SHA-256 of all weights of a network: the same for the network and its saved copy."""
    digest = hashlib.sha256()
    for weight in model.weights:
        array = keras.ops.convert_to_numpy(weight)
        digest.update(f"{array.dtype}{array.shape}".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()


def _reason(file, error, written_by):
    """One line about a file that Keras could not make a network of."""
    said = " ".join(str(error).split())
    unknown = re.search(r"[Cc]ould not locate (?:class|function) '([^']+)'", said)
    if written_by and written_by.split(".")[:2] != keras.__version__.split(".")[:2]:
        text = _("{file} was written by Keras {theirs}, this is {ours}, which says: {said}")
        ours = keras.__version__
        return text.format(file=file, theirs=written_by, ours=ours, said=_short(said))
    if "ambda" in said and "unsafe" in said:
        text = _(
            "{file} holds a Lambda layer, which is code, and code in a file is not run. Use "
            "keras.layers or segcourse.layers in its place."
        )
        return text.format(file=file)
    if unknown:
        text = _(
            "{file} needs {name}, which is neither in Keras nor in segcourse. Another process "
            "can only load what is there."
        )
        return text.format(file=file, name=_short(unknown[1], 80))
    text = _("{file} cannot be loaded: {kind}: {said}")
    return text.format(file=file, kind=type(error).__name__, said=_short(said))


def _short(text, most=200):
    return text if len(text) <= most else text[: most - 1] + "…"
