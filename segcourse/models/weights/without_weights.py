"""Networks without numbers in them, to be looked at but not run."""

import contextlib

import keras
from keras.src.backend.common import global_state

# Where Keras notes the variables that wait for their first values.
_WAITING = "uninitialized_variables"


@contextlib.contextmanager
def without_weights():
    """Build networks whose weights have shapes but take no memory.

    A network built inside can be counted, drawn and asked for shapes and receptive fields: VGG-16
    in milliseconds, where drawing its 138 million random weights takes seconds and 0.5 GB. It
    cannot be run or trained; its weights never get values.

    Example:
        >>> from segcourse.models import vgg, without_weights
        >>> with without_weights():
        ...     vgg16 = vgg("D")
        >>> f"{vgg16.count_params():,}"
        '138,357,544'

    Week 4, section 4.
    """
    before = list(global_state.get_global_attribute(_WAITING, []))
    try:
        with keras.StatelessScope(initialize_variables=False):
            yield
    finally:
        # Otherwise the next stateless scope, such as a training step on JAX, would fill them.
        global_state.set_global_attribute(_WAITING, before)
