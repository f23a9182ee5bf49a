"""Exercise 3.3: Output size of a transposed convolution."""

from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    n = int(rng.integers(4, 12))
    return [
        Case(2, 3, 1, 0),
        Case(n, 3, 2, 1),
        Case(n + 1, 5, 3, 1, 1),
        Case(n, 4, 2, 1),
        Case(int(rng.integers(10, 30)), int(rng.integers(7, 10)), 4, 3, 2),
        Case(n + 2, 6, 4, 2, output_padding=1),
    ]


transposed_output_size = Exercise(
    id="3.3",
    title=N_("Output size of a transposed convolution"),
    function="transposed_output_size",
    hints=(
        N_("Scatter in one dimension. Where does the last kernel begin, and where does it end?"),
        N_(
            "The last kernel begins at (size - 1) * stride, and is `kernel` pixels long. That is "
            "the result without padding."
        ),
        N_(
            "Padding cuts `padding` pixels away at both ends. `output_padding` puts that many back "
            "at one end."
        ),
    ),
    cases=_cases,
    compare=exact(),
    points=2,
)


@transposed_output_size.reference
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    """Give the side length of the output of a transposed convolution.

    Without padding every input value puts down a kernel, `stride` pixels apart.
    Then `padding` pixels are cut away at both ends, and `output_padding` pixels
    are added at the far end only.

    Args:
        size: int, side length of the input.
        kernel, stride, padding, output_padding: ints, the same in both directions.

    Returns:
        int, side length of the output.

    Example: transposed_output_size(3, 3, 2, 1) is 5.
        Kernels begin at 0, 2 and 4; the last one ends before 7. Cut one pixel at
        both ends: 5. With output_padding 1 it is 6.
    """
    return (size - 1) * stride + kernel - 2 * padding + output_padding


@transposed_output_size.mistake(
    "formula of the convolution",
    "This is the output size of a convolution. The transposed convolution goes the other way: it "
    "enlarges its input.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size + 2 * padding - kernel) // stride + 1 + output_padding


@transposed_output_size.mistake(
    "forgot the - 1",
    "Your size is one stride too large. The first kernel begins at 0, so the last one begins at "
    "(size - 1) * stride.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return size * stride + kernel - 2 * padding + output_padding


@transposed_output_size.mistake(
    "padding once",
    "You took the padding away once. It is cut at both ends, so the side loses 2 * padding.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel - padding + output_padding


@transposed_output_size.mistake(
    "padding added",
    "Your padding makes the output larger. In a transposed convolution padding works the other "
    "way round: it is cut away from the output.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel + 2 * padding + output_padding


@transposed_output_size.mistake(
    "padding left out",
    "You did not use the padding. It is cut away from both ends of the output.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel + output_padding


@transposed_output_size.mistake(
    "output padding left out",
    "You did not use `output_padding`. It is added at one end, after the padding was cut away.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel - 2 * padding


@transposed_output_size.mistake(
    "output padding twice",
    "You added `output_padding` at both ends. It is added at the far end only, so it counts once.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel - 2 * padding + 2 * output_padding


@transposed_output_size.mistake(
    "output padding taken away",
    "You subtracted `output_padding`. It is added: it gives back pixels that a rounded-down "
    "convolution did not reach.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel - 2 * padding - output_padding


@transposed_output_size.mistake(
    "kernel and stride mixed up",
    "You exchanged kernel and stride. The kernels begin `stride` pixels apart; each is `kernel` "
    "pixels long.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * kernel + stride - 2 * padding + output_padding


@transposed_output_size.mistake(
    "one too many",
    "Your size is one too large. The + 1 belongs to the convolution's formula, which counts "
    "places. Here you count pixels: the last kernel ends at (size - 1) * stride + kernel.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel - 2 * padding + output_padding + 1


@transposed_output_size.mistake(
    "one too few",
    "Your size is one too small. The last kernel is `kernel` pixels long, not kernel - 1: its "
    "first pixel counts too.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel - 1 - 2 * padding + output_padding


@transposed_output_size.mistake(
    "size * stride",
    "size * stride is the output with padding='same' in Keras. In general kernel and padding "
    "count too.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return size * stride


@transposed_output_size.also_right
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    # The smallest input from which the convolution makes `size`, and then output_padding more.
    n = 0
    while n + 2 * padding < kernel or (n + 2 * padding - kernel) // stride + 1 < size:
        n += 1
    return n + output_padding


@transposed_output_size.also_right
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    touched = set()
    for i in range(size):
        touched.update(range(i * stride, i * stride + kernel))
    return max(touched) + 1 - padding - padding + output_padding
