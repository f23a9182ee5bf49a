"""Prepared copies in the format of TensorFlow Datasets: written whole, read without a network."""

import contextlib
import errno
import io
import shutil

import tensorflow as tf
import tensorflow_datasets as tfds
from google.protobuf import json_format

from segcourse.data import folders
from segcourse.data.errors import DataError


def find(name, version):
    """The folder of the prepared copy, the course's own first, or None."""
    for home in (folders.course_folder(), folders.cache_folder()):
        if home is not None and (home / name / version / "dataset_info.json").is_file():
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
        _write(builder_class(data_dir=str(partial / "tfds")), config)
        for path in made.iterdir():
            path.rename(partial / path.name)
        shutil.rmtree(partial / "tfds")
    return target


def _write(builder, config):
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # TFDS announces folders soon moved
            builder.download_and_prepare(download_config=config, file_format="tfrecord")
    except RuntimeError as error:  # TFDS wraps what TensorFlow says
        if isinstance(error.__cause__, tf.errors.ResourceExhaustedError):
            raise OSError(errno.ENOSPC, str(error)) from error
        raise


def open_copy(folder):
    """The read-only TFDS builder of a prepared copy."""
    try:
        return tfds.builder_from_directory(str(folder))
    except (OSError, ValueError, KeyError, json_format.Error) as error:
        raise _damaged(folder, folder.parent.name, error) from error


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
        raise _damaged(builder.data_dir, builder.name, error) from error
    return found


def _damaged(folder, name, error):
    return DataError(
        f"The prepared copy in {folder} is damaged ({type(error).__name__}). "
        f"Make it anew with: python3 -m segcourse data {name}"
    )
