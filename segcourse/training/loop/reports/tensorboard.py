"""TensorBoard's event files, written by TensorFlow whatever the backend."""

_SCALAR = 1  # DATA_CLASS_SCALAR of the event file's format


class SummaryWriter:
    """One event file; each number of an epoch is a scalar at that epoch.

    Args:
        folder: where the event file goes.
    """

    def __init__(self, folder):
        import tensorflow as tf

        self._tf = tf
        # What `tf.summary.scalar` writes, which asks for TensorBoard itself to be installed.
        kind = tf.compat.v1.SummaryMetadata.PluginData(plugin_name="scalars")
        self._metadata = tf.compat.v1.SummaryMetadata(plugin_data=kind, data_class=_SCALAR)
        self._writer = tf.summary.create_file_writer(str(folder))

    def write(self, record):
        """The record of an epoch."""
        with self._writer.as_default():
            for name, value in record.items():
                if name != "epoch":
                    number = self._tf.constant(value, self._tf.float32)
                    self._tf.summary.write(
                        name, number, step=record["epoch"], metadata=self._metadata
                    )
        self._writer.flush()

    def close(self):
        """End the file."""
        self._writer.close()
