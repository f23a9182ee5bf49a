"""Prepared copies in the format of TensorFlow Datasets: written whole, read without a network."""

import contextlib
import errno
import io
import shutil
from pathlib import Path

import tensorflow as tf
import tensorflow_datasets as tfds
from google.protobuf import json_format

from segcourse.data.files import checksums, folders
from segcourse.data.files.errors import DataError, cannot_write


def find(name, version):
    """The folder of the prepared copy, the course's own first, or None."""
    for home in (folders.course_folder(), folders.cache_folder()):
        # A copy is put there whole: one that lacks a file is damaged, not absent.
        if home is not None and (home / name / version).is_dir():
            return home / name / version
    return None


def prepare(builder_class, name, version, home):
    """Writes a copy to `home/name/version`, in the place of an older one, and returns it.

    It is made in a folder beside it and moved once it is whole.
    """
    target = home / name / version
    # One file a split, and no looking up of statistics or ready copies anywhere online.
    config = tfds.download.DownloadConfig(
        try_download_gcs=False, compute_stats=tfds.download.ComputeStatsMode.SKIP, num_shards=1
    )
    tfds.disable_progress_bar()
    with folders.replacing(target) as partial:
        made = partial / "tfds" / name / version
        _write(builder_class(data_dir=str(partial / "tfds")), config, target)
        for path in made.iterdir():
            path.rename(partial / path.name)
        shutil.rmtree(partial / "tfds")
    return target


def _write(builder, config, target):
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # TFDS announces folders soon moved
            builder.download_and_prepare(download_config=config, file_format="tfrecord")
    except (RuntimeError, tf.errors.OpError) as error:
        said = _from_tensorflow(error)
        if said is None:
            raise
        if isinstance(said, tf.errors.ResourceExhaustedError):
            raise OSError(errno.ENOSPC, str(said)) from error
        # Its words: the partial file's path, a semicolon, the system's reason.
        raise cannot_write(target, said.message.rsplit(";", 1)[-1].strip()) from error


def _from_tensorflow(error):
    """What TensorFlow raised: `error` or a cause of it, as TFDS wraps them; None if neither."""
    while error is not None and not isinstance(error, tf.errors.OpError):
        error = error.__cause__ or error.__context__
    return error


def open_copy(folder):
    """The read-only TFDS builder of a prepared copy."""
    try:
        return tfds.builder_from_directory(str(folder))
    except (OSError, ValueError, KeyError, json_format.Error) as error:
        raise damaged(folder, error) from error


def lengths(builder):
    return {name: split.num_examples for name, split in builder.info.splits.items()}


def rows(builder, split, count):
    """The first `count` examples of a split, in stored order, as a list of dicts of arrays."""
    config = tfds.ReadConfig(
        try_autocache=False, interleave_cycle_length=1, add_tfds_id=False, skip_prefetch=True
    )
    try:
        data = builder.as_dataset(
            split=f"{split}[:{count}]", shuffle_files=False, read_config=config
        )
        found = list(data.prefetch(tf.data.AUTOTUNE).as_numpy_iterator())
    except (tf.errors.OpError, OSError) as error:
        raise damaged(Path(builder.data_dir), error) from error
    return found


def damaged(folder, error):
    """The `DataError` for the copy in `folder`: which of its files, and what restores them."""
    name = folder.parent.name
    again = f"python3 -m segcourse data {name} --anew"
    course = folders.course_folder()
    if course is None or folder.parents[1] != course:
        reason = f"{folder} is damaged ({type(error).__name__})"
        return DataError(f"The prepared copy in {reason}. Make it anew with: {again}")
    wrong = checksums.wrong(course / "README.md", name)
    which = "; ".join(wrong) or f"{folder} ({type(error).__name__})"
    return DataError(
        f"The prepared copy of {name} is damaged: {which}. "
        f"Restore it with: git checkout {course.name}/{name}, or make it anew with: {again}"
    )
