"""The devices a run is spread over: one, several of this machine, or those of several hosts.

A model is copied for several devices, because each backend wants its variables made for them; the
copy's weights go back to the model in the end. Everywhere the loss, and batch normalisation, are
those of the whole batch.
"""

from contextlib import nullcontext

import keras
import numpy as np
from keras import ops


class OneDevice:
    """The device that Keras takes by itself."""

    count = 1
    shard = (0, 1)  # which part of each batch this process reads: (index, count)
    writes = True  # whether this process writes checkpoints and logs

    accumulates = True  # whether a batch can be taken in parts
    shares_validation = True  # whether validation runs on all of the devices too

    def scope(self):
        """Where variables are made."""
        return nullcontext()

    def running(self):
        """Where training and validation run."""
        return nullcontext()

    def prepare(self, model, num_classes):
        """What is to be done when the model is compiled."""

    def copy(self, model):
        """The model to train."""
        return model

    def give_back(self, copy, model):
        """Bring what was trained into the caller's model."""


class SeveralDevices(OneDevice):
    """Devices of this machine, or with JAX those of all processes of a job."""

    def __init__(self, count):
        self.count = count

    def copy(self, model):
        """The same network with variables on all devices, and normalisation over all of a batch."""
        with self.scope():
            copy = keras.models.clone_model(model, clone_function=_clone)
            # The model may have been built by hand, and a copy of it is not.
            if not copy.built:
                copy.build(model.input_shape)
        _assign(model, copy)
        for one, other in zip(model._flatten_layers(), copy._flatten_layers(), strict=True):
            other.trainable = one.trainable
            # Here, and not in the clone function, which does not see layers within a layer.
            if isinstance(other, keras.layers.BatchNormalization) and _replicas():
                other.synchronized = True
        return copy

    def give_back(self, copy, model):
        _assign(copy, model)


class TensorFlowDevices(SeveralDevices):
    """`tf.distribute.MirroredStrategy`, one for a set of devices in a process."""

    accumulates = False
    shares_validation = False  # Keras would average the labels of the devices to look at shapes
    _strategies = {}

    def __init__(self, names):
        import tensorflow as tf

        super().__init__(len(names))
        names = tuple(names)
        if names not in self._strategies:
            # Not NCCL, which has nothing to say on a CPU.
            on_cpu = any("CPU" in name for name in names)
            ops_of = tf.distribute.ReductionToOneDevice() if on_cpu else None
            self._strategies[names] = tf.distribute.MirroredStrategy(names, ops_of)
        self.strategy = self._strategies[names]

    def scope(self):
        return self.strategy.scope()

    def prepare(self, model, num_classes):
        # Called once here, the loss is built; Keras would build it from labels averaged over the
        # devices, which are no class ids.
        labels = np.zeros((1, 1, 1), "int32")
        with self.scope():
            model.compute_loss(y=labels, y_pred=np.zeros((*labels.shape, num_classes), "float32"))


class JaxDevices(SeveralDevices):
    """`keras.distribution.DataParallel`, on the devices of one process or of several."""

    def __init__(self, names):
        import jax

        super().__init__(len(names))
        self.distribution = keras.distribution.DataParallel(
            devices=list(names), auto_shard_dataset=False
        )
        self.shard = (jax.process_index(), jax.process_count())
        self.writes = jax.process_index() == 0

    def scope(self):
        return self.distribution.scope()

    running = scope


def choose_devices(devices):
    """What `fit(devices=…)` stands for.

    Args:
        devices: None, `"all"`, or a list of names as `keras.distribution.list_devices` and
            TensorFlow write them, such as `["gpu:0", "gpu:1"]`.
    """
    there = _there()
    if devices is None:
        return OneDevice()
    names = there if devices == "all" else _checked(devices, there)
    if names == there[:1]:  # the one that Keras takes by itself
        return OneDevice()
    return (JaxDevices if keras.config.backend() == "jax" else TensorFlowDevices)(names)


def _there():
    """Names of the devices of the quickest kind, those of all processes included."""
    if keras.config.backend() == "jax":
        return keras.distribution.list_devices()
    import tensorflow as tf

    kinds = (tf.config.list_logical_devices(kind) for kind in ("TPU", "GPU", "CPU"))
    return [device.name.split("device:")[-1] for device in next(filter(None, kinds))]


def _checked(devices, there):
    names = [devices] if isinstance(devices, str) else devices
    if not isinstance(names, list | tuple):
        raise ValueError(
            '`devices` must be None, "all" or a list of names. '
            f"Received: devices={devices!r}, a {type(devices).__name__}"
        )
    names = [str(name).lower() for name in names]
    if len(set(names)) < len(names):
        raise ValueError(f"`devices` must name each device once. Received: devices={devices!r}")
    known = {name.lower(): name for name in there}
    if not names or not set(names) <= set(known):
        raise ValueError(
            f'`devices` must be "all", or some of {", ".join(there)}. Received: devices={devices!r}'
        )
    return [known[name] for name in names]


def check_batch(batch_size, count, name="batch_size"):
    """Raise a ValueError unless a batch can be shared equally by `count` devices."""
    if batch_size % count:
        below, above = batch_size // count * count, -(-batch_size // count) * count
        nearest = f"{below} or {above}" if below else f"{above}"
        raise ValueError(
            f"`{name}` must be a multiple of the {count} devices; the nearest is {nearest}. "
            f"Received: {name}={batch_size}"
        )


def sum_over_replicas(value):
    """The sum of what the replicas of a TensorFlow strategy have; elsewhere the value itself.

    JAX computes as if there were one device: a sum is the sum over all of them.
    """
    if keras.config.backend() != "tensorflow":
        return value
    import tensorflow as tf

    if tf.distribute.get_strategy().num_replicas_in_sync == 1:
        return value
    context = tf.distribute.get_replica_context()
    # No replica context: Keras asks for shapes only, before the training begins.
    return context.all_reduce(tf.distribute.ReduceOp.SUM, value) if context else value


def number_of_replicas():
    """How many replicas of a TensorFlow strategy share a batch; 1 elsewhere."""
    if keras.config.backend() != "tensorflow":
        return 1
    import tensorflow as tf

    return tf.distribute.get_strategy().num_replicas_in_sync


def padded(images, labels, batch_size, void):
    """Images and labels with void pictures behind them, so that the last batch is full.

    For validation, where an image has no influence on the others.
    """
    missing = -len(images) % batch_size
    if not missing:
        return images, labels
    return (
        np.concatenate([images, np.repeat(images[:1], missing, axis=0)]),
        np.concatenate([labels, np.full_like(np.repeat(labels[:1], missing, axis=0), void)]),
    )


def _clone(layer):
    return type(layer).from_config(layer.get_config())


def _replicas():
    return keras.config.backend() == "tensorflow"


def _assign(source, target):
    for one, other in zip(source.variables, target.variables, strict=True):
        other.assign(ops.convert_to_numpy(one))
