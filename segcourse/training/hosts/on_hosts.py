"""A job of several processes, one a host, on JAX: join it, train in it, gather what it finds."""

import socket
import time
from contextlib import contextmanager

import keras
import numpy as np

from segcourse.metrics import scores
from segcourse.metrics.confusion_matrix import count_pixels
from segcourse.training.evaluate import predict_labels
from segcourse.training.examples import images_and_labels, void_of, warn_of_few_classes
from segcourse.training.fit import fit
from segcourse.training.hosts.witness import Witness
from segcourse.training.recipes.recipe import Recipe

_HEARTBEAT = 30  # seconds without a sign of life after which a process counts as dead
# What the messages of JAX, of its coordination service and of gloo and NCCL have in them then.
_GONE = ("gloo", "nccl", "coordination", "heartbeat", "unavailable", "connection reset")
_DEFAULT_RECIPE = Recipe()
_witnesses = []  # one, in a process that is not the coordinator


def join_hosts(coordinator, processes, index, timeout=60.0):
    """Become one process of a job; call it before anything is computed.

    Does what `keras.distribution.initialize` does, with JAX's patience cut from minutes to
    `timeout` seconds, and to 30 for a process that no longer gives a sign of life.

    When process 0 dies, JAX aborts the others, if they do not find out first. A second process,
    which this starts beside them, then says so on standard error.

    Args:
        coordinator: `"host:port"` of process 0, which opens that port.
        processes: how many there are.
        index: which one this is, from 0.
        timeout: seconds to wait for the others.

    Raises:
        ValueError: for arguments that cannot be.
        ConnectionError: if nobody listens at the address, or not all processes come.

    Example:

    >>> join_hosts("127.0.0.1:9", processes=2, index=2)
    Traceback (most recent call last):
        ...
    ValueError: `index` must be from 0 to 1, below `processes`. Received: index=2
    """
    if not 0 <= index < processes:
        raise ValueError(
            f"`index` must be from 0 to {processes - 1}, below `processes`. Received: index={index}"
        )
    host, _, port = str(coordinator).rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or not 1 <= int(port) <= 65535:
        raise ValueError(
            '`coordinator` must be "host:port", with a port from 1 to 65535. '
            f"Received: coordinator={coordinator}"
        )
    if keras.config.backend() != "jax":
        raise ValueError(
            "several hosts must use the JAX backend (KERAS_BACKEND=jax). "
            f"Received: {keras.config.backend()}"
        )
    end = time.monotonic() + timeout
    if index:
        _wait_for(host, int(port), timeout)
    import jax

    try:
        jax.distributed.initialize(
            coordinator,
            processes,
            index,
            initialization_timeout=max(1, int(end - time.monotonic())),
            heartbeat_timeout_seconds=_HEARTBEAT,
            shutdown_timeout_seconds=_HEARTBEAT,
        )
    except Exception as error:
        raise ConnectionError(
            f"Not all {processes} processes of the job came to {coordinator} within "
            f"{timeout:g} seconds. ({_first_line(error)})"
        ) from error
    if index:
        words = (
            f"Stopped: process 0 of the job, at {coordinator}, has ended, and JAX has ended "
            f"process {index}. Start all of them again; they go on from the last checkpoint."
        )
        _witnesses.append(Witness(host, port, words))


def _wait_for(host, port, timeout):
    """Return when somebody listens there; JAX itself would wait for minutes, and then abort."""
    end = time.monotonic() + timeout
    while True:
        try:
            socket.create_connection((host, port), timeout=2).close()
            return
        except OSError as error:
            if time.monotonic() > end:
                raise ConnectionError(
                    f"`coordinator` must be the address of process 0, and nobody listens at "
                    f"{host}:{port} ({error}; tried for {timeout:g} seconds). "
                    f"Received: coordinator={host}:{port}"
                ) from error
            time.sleep(0.2)


def fit_on_hosts(model, train, val=None, recipe=_DEFAULT_RECIPE):
    """`fit` on the devices of all processes of the job; each calls it with the same arguments.

    Losses are those of one process. Process 0 alone writes checkpoints and logs; their folder must
    be one that all can read. The models of all processes must begin with the same weights: call
    `keras.utils.set_random_seed` before they are built.

    Example:

    >>> import os; os.environ["SEGCOURSE_QUIET"] = "1"  # a job of one process
    >>> images, labels = np.zeros((4, 8, 8, 3), "uint8"), np.zeros((4, 8, 8), "uint8")
    >>> labels[:, ::2] = 1
    >>> model = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 1)])
    >>> len(fit_on_hosts(model, (images, labels), recipe=Recipe(epochs=2)).epochs)
    2

    Raises:
        ConnectionError: if another process is gone: start the job again, and it goes on from the
            last checkpoint.
    """
    with _others_may_go(recipe.checkpoint):
        return fit(model, train, val, recipe, devices="all")


@contextmanager
def _others_may_go(checkpoint=None):
    """Turn what JAX says when another process is gone into an error that says so."""
    try:
        yield
    except Exception as error:
        if not any(sign in str(error).lower() for sign in _GONE):
            raise
        while _witnesses:  # it is said here, with the reason
            _witnesses.pop().dismiss()
        where = f" in {checkpoint}" if checkpoint else ""
        raise ConnectionError(
            "Another process of the job has ended or cannot be reached: this one stops. Start all "
            f"of them again; they go on from the last checkpoint{where}. "
            f"({_first_line(error)})"
        ) from error


def _first_line(error):
    """What an error says first; its class where it says nothing."""
    return next(iter(str(error).splitlines()), type(error).__name__)


def predict_on_hosts(model, images, batch_size=16):
    """`predict_labels`, each process a part of the images; all get all label maps.

    Example:

    >>> model = keras.Sequential([keras.Input((None, None, 3)), keras.layers.Identity()])
    >>> predict_on_hosts(model, np.array([[[[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]]])).tolist()
    [[[0, 2]]]
    """
    index, processes = _place()
    count = -(-len(images) // processes)
    part = images[index * count : (index + 1) * count]
    # All must gather arrays of one size.
    missing = count - len(part)
    part = np.concatenate([part, np.repeat(images[:1], missing, axis=0)])
    return np.concatenate(_gathered(predict_labels(model, part, batch_size)))[: len(images)]


def evaluate_on_hosts(model, data, num_classes, batch_size=16):
    """`evaluate`, each process a part of the images; all get the scores of all of them.

    Example:

    >>> model = keras.Sequential([keras.Input((None, None, 3)), keras.layers.Identity()])
    >>> image, labels = np.array([[[[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]]]), np.array([[[0, 1]]])
    >>> evaluate_on_hosts(model, (image, labels), num_classes=3)["pixel_accuracy"]
    0.5
    """
    index, processes = _place()
    images, labels = images_and_labels(data)
    if num_classes > 1:
        warn_of_few_classes(labels, void_of(data), "data")
    images, labels = images[index::processes], labels[index::processes]
    matrix = np.zeros((num_classes, num_classes), "int64")
    if len(images):
        predicted = predict_labels(model, images, batch_size)
        matrix += count_pixels(labels, predicted, num_classes, void_of(data))[0]
    return scores(sum(_gathered(matrix)))


def _place():
    if keras.config.backend() != "jax":
        return 0, 1
    import jax

    return jax.process_index(), jax.process_count()


def _gathered(array):
    """The arrays of all processes, of one shape and dtype; as bytes, for JAX has no int64."""
    if _place()[1] == 1:
        return [array]
    from jax.experimental import multihost_utils

    data = np.frombuffer(np.ascontiguousarray(array).tobytes(), "uint8")
    with _others_may_go():
        every = np.asarray(multihost_utils.process_allgather(data)).reshape(-1, data.size)
    return [np.frombuffer(one.tobytes(), array.dtype).reshape(array.shape) for one in every]
