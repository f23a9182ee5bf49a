"""Logs of a run: a CSV file and TensorBoard, a line and a point an epoch."""

import csv
from pathlib import Path

from segcourse.atomic_write import atomic_write


class Logs:
    """Writes what a recipe asks for, after every epoch.

    Args:
        csv_file: path of the CSV file, or None. It is written anew each time, from the records of
            all epochs: a run that was resumed leaves no line twice.
        tensorboard: folder for TensorBoard's files, or None.

    Raises:
        OSError: if they cannot be written; the message names the argument.
    """

    def __init__(self, csv_file=None, tensorboard=None):
        self.csv_file = None if csv_file is None else Path(csv_file)
        self.tensorboard = tensorboard
        self._writer = None
        if self.csv_file:
            with _named("csv", csv_file):
                self.csv_file.parent.mkdir(parents=True, exist_ok=True)
                with open(self.csv_file, "a", encoding="utf-8"):
                    pass
        if tensorboard is not None:
            # TensorFlow is there for the input pipeline on every backend.
            from segcourse.training.loop.reports.tensorboard import SummaryWriter

            with _named("tensorboard", tensorboard):
                Path(tensorboard).mkdir(parents=True, exist_ok=True)
                self._writer = SummaryWriter(tensorboard)

    def write(self, records):
        """The records so far; the last one is new."""
        epoch = f"Epoch {len(records)} could not be written. Checkpoints are kept."
        if self.csv_file:
            with _named("csv", self.csv_file, epoch):
                _write_csv(self.csv_file, records)
        if self._writer:
            with _named("tensorboard", self.tensorboard, epoch):
                self._writer.write(records[-1])

    def close(self):
        """Finish the files."""
        if self._writer:
            self._writer.close()


def _write_csv(path, records):
    names = list(dict.fromkeys(name for record in records for name in record))
    with atomic_write(path) as part, open(part, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(records)


class _named:
    """Errors of the file system say which argument they come from."""

    def __init__(self, argument, value, then="Nothing was trained."):
        self.argument, self.value, self.then = argument, value, then

    def __enter__(self):
        pass

    def __exit__(self, kind, error, trace):
        if isinstance(error, OSError):
            raise OSError(
                error.errno,
                f"`{self.argument}` must be a place that can be written to ({error.strerror}). "
                f"{self.then} Received: {self.argument}={self.value}",
            ) from error
