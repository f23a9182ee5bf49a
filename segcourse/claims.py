"""What a notebook says of a result, held: a line to read, or an error."""

__all__ = ["ClaimError", "holds"]


class ClaimError(AssertionError):
    """What a notebook says of its result is not so. Notebooks show its line and no stack."""

    def _render_traceback_(self):
        return [str(self)]


def holds(sentence, *conditions):
    """Prints the sentence if all conditions are met.

    A comparison of stored outputs then holds what a text says of numbers that differ a little from
    one computer to the next.

    Args:
        sentence: str, what is so, as it is to be read.
        *conditions: bool each, at least one; NumPy's too.

    Raises:
        ClaimError: a condition is not met; the message counts which.
        ValueError: a condition is no bool, such as an array of several.

    Example:

        from segcourse import holds
        holds("FCN-8s is better than FCN-32s.", 0.61 > 0.55)
    """
    if not conditions:
        raise ValueError("`conditions` must be at least one bool. Received: none")
    for condition in conditions:
        if type(condition).__name__ not in ("bool", "bool_"):
            raise ValueError(f"`conditions` must be bool each. Received: {condition!r}")
    failed = [str(number) for number, met in enumerate(conditions, start=1) if not met]
    if failed:
        which = f" (condition {', '.join(failed)})" if len(conditions) > 1 else ""
        raise ClaimError(f"This does not hold{which}: {sentence}")
    print(f"Holds: {sentence}")
