"""TensorBoard's event files, written by TensorFlow whatever the backend."""


class SummaryWriter:
    """One event file; each number of an epoch is a scalar at that epoch.

    Args:
        folder: where the event file goes.
    """

    def __init__(self, folder):
        import tensorflow as tf

        self._scalar = tf.summary.scalar
        self._writer = tf.summary.create_file_writer(str(folder))

    def write(self, record):
        """The record of an epoch."""
        with self._writer.as_default():
            for name, value in record.items():
                if name != "epoch":
                    self._scalar(name, value, step=record["epoch"])
        self._writer.flush()

    def close(self):
        """End the file."""
        self._writer.close()
