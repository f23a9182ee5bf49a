"""COCO's run-length codes: runs of outside and inside, column by column."""

import numpy as np


def decode(code):
    """The mask of a run-length code.

    Args:
        code: dict with `"size"`, (height, width), and `"counts"`: a list of run lengths, the
            first of them outside, or the text in which COCO packs them.

    Returns:
        bool [height, width].

    Raises:
        ValueError: the runs are not as long as the picture, or are damaged.

    Example:

    >>> from segcourse.data.own.annotations.rle import decode
    >>> decode({"size": [2, 3], "counts": [1, 2, 3]}).astype(int).tolist()
    [[0, 1, 0], [1, 0, 0]]
    """
    try:
        height, width = (int(side) for side in code["size"])
        counts = code["counts"]
        runs = unpack(counts) if isinstance(counts, (str, bytes)) else [int(n) for n in counts]
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(
            "A run-length code must have `size`, (height, width), and `counts`, a list or COCO's "
            f"text. Received: {str(code)[:60]} ({error})"
        ) from None
    if min(runs, default=0) < 0 or sum(runs) != height * width:
        raise ValueError(
            f"The runs of a run-length code must add up to {height}×{width} = {height * width}. "
            f"Received: {sum(runs)}"
        )
    inside = np.arange(len(runs)) % 2 == 1
    return np.repeat(inside, runs).reshape(width, height).T


def unpack(text):
    """The run lengths in COCO's text: 5 bits a letter, from the third run on as differences."""
    letters = text.encode("ascii") if isinstance(text, str) else text
    runs, number, shift = [], 0, 0
    for letter in letters:
        bits = letter - 48
        if not 0 <= bits < 64:
            raise ValueError(f"{chr(letter)!r} is no letter of a run-length code")
        number |= (bits & 31) << shift
        shift += 5
        if bits & 32:  # more to come
            continue
        if bits & 16:  # negative
            number -= 1 << shift
        runs.append(number + (runs[-2] if len(runs) > 2 else 0))
        number, shift = 0, 0
    if shift:
        raise ValueError("the run-length code ends within a number")
    return runs
