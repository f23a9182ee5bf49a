"""Out of memory: to know it from other errors, and to say what would fit."""

# What TensorFlow, XLA and cuDNN write; each has an error class of its own.
_SIGNS = ("resource_exhausted", "resourceexhausted", "out of memory", "oom when allocating")


def is_out_of_memory(error):
    """Whether an error of a training step says that the memory did not suffice."""
    if isinstance(error, MemoryError):
        return True
    text = f"{type(error).__name__}: {error}".lower()
    return any(sign in text for sign in _SIGNS)


def divisors(batch_size, at_least=1):
    """Numbers of equal parts a batch can be taken in, from few to many."""
    return [n for n in range(at_least, batch_size + 1) if batch_size % n == 0]


def out_of_memory_message(batch_size, parts, fitting, accumulates=True, why=None):
    """What to tell the user.

    Args:
        batch_size: images in one step of the optimizer.
        parts: parts it was taken in.
        fitting: parts with which a step was possible; None if there are none.
        accumulates: whether a batch can be taken in parts at all.
        why: the error for which it could not be found out what fits, or None.
    """
    now = f"Out of memory with {batch_size // parts} images at a time"
    if why is not None:
        said = next(iter(str(why).splitlines()), "") or type(why).__name__
        return f"{now}; use a smaller batch_size. What would fit could not be tried. ({said})"
    if fitting is None:
        return f"{now}, and one image does not fit either: use smaller images."
    size = batch_size // fitting
    if not accumulates:
        return f"{now}. {size} would fit: use batch_size={size}."
    return (
        f"{now}. {size} would fit: use batch_size={size}, or keep the "
        f'effective batch with accumulate={fitting} (accumulate="auto" finds that by itself).'
    )
