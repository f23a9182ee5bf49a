"""The one error of this room: data that is missing, damaged or cannot be written."""

import contextlib
import errno


class DataError(ValueError):
    """Data is missing, damaged or cannot be written; the message says which and what to do.

    Example:

    >>> from segcourse import data
    >>> try:
    ...     raise data.DataError("train/001.png is missing.")
    ... except ValueError as error:
    ...     print(error)
    train/001.png is missing.
    """


@contextlib.contextmanager
def writing(folder):
    """Turns a failed write into one `DataError` that names `folder`."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DataError(
                f"The disk is full: could not write to {folder}. Free some space, or set "
                "SEGCOURSE_DATA_DIR to a folder on another disk, and try again. "
                "Nothing half-written was kept."
            ) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise DataError(
                f"Not allowed to write to {folder}. Set SEGCOURSE_DATA_DIR to a folder of yours."
            ) from error
        if error.errno in (errno.EFBIG, errno.EIO):
            raise cannot_write(folder, error.strerror) from error
        raise


def cannot_write(folder, reason):
    """The `DataError` for any other reason."""
    return DataError(
        f"Could not write to {folder}: {reason}. Mend that, or set SEGCOURSE_DATA_DIR to another "
        "folder, and try again. Nothing half-written was kept."
    )
