"""Checkpoints: files of an epoch or of a step within it, written whole or not at all."""

import errno
import json
import os
import shutil
import warnings
import zipfile
import zlib
from pathlib import Path

import numpy as np
from keras import ops

from segcourse.atomic_write import atomic_write

_KEPT = 2  # the newest, and the one before it in case the newest is damaged
_UNREADABLE = (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile, zlib.error)


class CheckpointFolder:
    """The checkpoints of one training run, in one folder.

    A file `epoch_00003.npz`, or within the fourth epoch `epoch_00003_step_000120.npz`, holds the
    model's variables (the states of its seed generators are among them), the optimizer's, and as
    JSON the history and what the run was started with. It is plain arrays: no pickle. The zip
    format's checksums tell a damaged file from a whole one.

    Args:
        folder: the folder; it is made if it is not there.
        model: the model, built and compiled.
        fingerprint: dict of what a run must have in common with the one it resumes.
        writes: whether this process writes; one of several reads only.
        best: whether `BestWeights` will write here too, and needs room.

    Raises:
        OSError: if the folder cannot be written to, or has too little room.
    """

    def __init__(self, folder, model, fingerprint, writes=True, best=False):
        self.folder = Path(folder)
        self.model = model
        # As it will be read back: tuples become lists.
        self.fingerprint = json.loads(json.dumps(fingerprint, default=float))
        self.writes = writes
        self.best = best
        if writes:
            self._prepare()

    def restore(self):
        """Load the newest whole checkpoint into the model.

        Damaged ones are put aside under another name, with a warning.

        Returns:
            its state, a dict with at least `epoch`, `step` and `history`; None where there is no
            checkpoint.

        Raises:
            ValueError: if the checkpoint is of another model, recipe or data.
            OSError: if a file may not be read.
        """
        damaged = []
        for path in reversed(self._files()):
            try:
                state, arrays = _read(path)
            except _UNREADABLE as error:
                _raise_unless_damaged(error)
                damaged.append((self._put_aside(path), error))
                continue
            _warn_of(damaged, f"going on from {path.name}")
            self._check_same_run(state["fingerprint"], path)
            variables = self._variables()
            self._check_shapes(variables, arrays, path)
            for variable, value in zip(variables, arrays, strict=True):
                variable.assign(value)
            return state
        _warn_of(damaged, "starting anew")
        return None

    def save(self, state):
        """Write a checkpoint; the older ones stay until it stands.

        Args:
            state: dict of numbers, texts and lists, with `epoch`, the epochs that are finished,
                and `step`, the steps of the next one that are.
        """
        if not self.writes:
            return
        epoch, step = state["epoch"], state["step"]
        name = f"epoch_{epoch:05d}" + (f"_step_{step:06d}" if step else "")
        when = f"epoch {epoch}" + (f", step {step}" if step else "")
        path = self.folder / f"{name}.npz"
        try:
            self._write(path, {**state, "fingerprint": self.fingerprint})
        except OSError as error:
            raise OSError(
                error.errno,
                f"the checkpoint of {when} could not be written to {self.folder} "
                f"({error.strerror}). Earlier checkpoints are kept",
            ) from error
        for old in self._files()[:-_KEPT]:
            old.unlink()

    def _put_aside(self, path):
        """Rename a damaged file, so that the run does not write over it; return the new path."""
        if not self.writes:
            return path
        aside = path.with_name(path.name + ".damaged")
        os.replace(path, aside)
        return aside

    def _prepare(self):
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for leftover in self.folder.glob(".epoch_*.part"):
                leftover.unlink()
            probe = self.folder / ".epoch_probe.part"
            probe.write_bytes(b"probe")
            probe.unlink()
        except OSError as error:
            raise OSError(
                error.errno,
                f"`checkpoint` must be a folder that can be written to ({error.strerror}). "
                f"Nothing was trained. Received: checkpoint={self.folder}",
            ) from error
        needed = _bytes(self._variables()) * (_KEPT + 1 - min(len(self._files()), _KEPT))
        if self.best:  # the file, and while a new one is written both
            there = (self.folder / "best.npz").exists()
            needed += _bytes(self.model.variables) * (2 - there)
        free = shutil.disk_usage(self.folder).free
        if free < needed:
            raise OSError(
                28,
                f"`checkpoint` must have room for {needed / 2**20:.0f} MiB of checkpoints, and "
                f"{free / 2**20:.0f} MiB are free. Nothing was trained. "
                f"Received: checkpoint={self.folder}",
            )

    def _files(self):
        return sorted(self.folder.glob("epoch_[0-9]*.npz"), key=_place)

    def _variables(self):
        return [*self.model.variables, *self.model.optimizer.variables]

    def _write(self, path, state):
        arrays = [ops.convert_to_numpy(variable) for variable in self._variables()]
        _write(path, state, arrays)

    def _check_same_run(self, found, path):
        differences = [
            f"{group} {key}: {found.get(group, {}).get(key)!r} there, {value!r} here"
            for group, values in self.fingerprint.items()
            for key, value in values.items()
            if found.get(group, {}).get(key) != value
        ]
        if differences:
            self._refuse(path, "; ".join(differences))

    def _check_shapes(self, variables, arrays, path):
        """Before the first is assigned: a model must not be left with half a checkpoint."""
        there = [array.shape for array in arrays]
        here = [tuple(variable.shape) for variable in variables]
        if there != here:
            both = zip(there, here, strict=False)
            first = next((f"{a} there, {b} here" for a, b in both if a != b), "")
            self._refuse(
                path,
                f"its variables: {len(there)} there, {len(here)} here"
                + (f", the first that differs is {first}" if first else ""),
            )

    def _refuse(self, path, differences):
        raise ValueError(
            "`checkpoint` must be a folder of the same model, recipe and data, or an empty "
            f"one. Received: checkpoint={self.folder}, whose {path.name} differs in {differences}"
        )


def newest_state(folder):
    """The state of the newest whole checkpoint in a folder, {} where there is none."""
    for path in sorted(Path(folder).glob("epoch_[0-9]*.npz"), key=_place, reverse=True):
        try:
            return _read(path)[0]
        except _UNREADABLE as error:
            _raise_unless_damaged(error)
            continue
    return {}


class BestWeights:
    """The weights of the best epoch, in a file beside the checkpoints.

    Args:
        folder: the folder of the checkpoints.
        writes: whether this process writes; one of several reads only.
    """

    def __init__(self, folder, writes=True):
        self.path = Path(folder) / "best.npz"
        self.writes = writes

    def write(self, epoch, weights):
        """Keep these weights of this epoch."""
        if not self.writes:
            return
        try:
            _write(self.path, {"epoch": epoch}, weights)
        except OSError as error:
            raise OSError(
                error.errno,
                f"the best weights, those of epoch {epoch}, could not be written to {self.path} "
                f"({error.strerror}). Earlier checkpoints are kept",
            ) from error

    def read(self):
        """(epoch, weights), or (None, None) where there are none."""
        try:
            state, weights = _read(self.path)
        except _UNREADABLE as error:
            _raise_unless_damaged(error)
            return None, None
        return state["epoch"], weights


def _bytes(variables):
    sizes = (np.prod(v.shape, dtype=int) * 4 for v in variables)
    return int(sum(sizes)) + (1 << 16)


def _place(path):
    """(epoch, step) of a checkpoint file."""
    numbers = [int(part) for part in path.stem.split("_") if part.isdigit()]
    return (*numbers, 0)[:2]


def _write(path, state, arrays):
    text = np.frombuffer(json.dumps(state).encode(), np.uint8)
    with atomic_write(path) as part, open(part, "wb") as file:
        np.savez(file, state=text, **{f"{i:05d}": array for i, array in enumerate(arrays)})
        file.flush()
        os.fsync(file.fileno())


def _raise_unless_damaged(error):
    """A file that may not be read is not damaged; one that is gone is none any more."""
    # EINVAL: the zip file's directory points outside of it.
    if getattr(error, "errno", None) not in (None, errno.ENOENT, errno.EINVAL):
        raise error


def _warn_of(damaged, then):
    if damaged:
        files = ", ".join(f"{path} ({error})" for path, error in damaged)
        warnings.warn(f"Damaged checkpoints, put aside as {files}; {then}.", stacklevel=4)


def _read(path):
    """(state, arrays) of a checkpoint file; reads all of it, and so checks all of it."""
    with np.load(path, allow_pickle=False) as file:
        state = json.loads(file["state"].tobytes().decode())
        names = sorted(name for name in file.files if name != "state")
        return state, [file[name] for name in names]


def model_fingerprint(model):
    """What tells one model from another: its layers' kinds, and its variables in order."""
    return {
        "layers": " ".join(type(layer).__name__ for layer in getattr(model, "layers", [])),
        "weights": " ".join(
            f"{weight.name}{tuple(weight.shape)}{'' if weight.trainable else ' frozen'}"
            for weight in model.weights
        ),
    }


def data_fingerprint(images, labels, weights=None):
    """What tells one training set from another: shapes, dtype, and checksums of all values."""
    return {
        "pixel weights": None if weights is None else f"crc32 {_checksum(weights):08x}",
        "images": f"{images.shape} {images.dtype} crc32 {_checksum(images):08x}",
        # As the pipeline reads them: labels of another integer type are the same labels.
        "labels": f"{labels.shape} crc32 {_checksum(labels, np.uint8):08x}",
    }


def _checksum(array, dtype=None):
    checksum = 0
    for one in array:  # one example at a time: no second copy of the whole set
        checksum = zlib.crc32(np.ascontiguousarray(one, dtype), checksum)
    return checksum
