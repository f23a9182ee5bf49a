"""Bonus · DeepLab: the exercises, each with its reference and the wrong answers people give.

A reference's docstring is the text of the notebook's exercise cell. Its body runs in a notebook
that has `import numpy as np`, `import keras` and `from keras import ops`. Each wrong answer is
complete, and the cases are built so that no two answers of one exercise agree on all of them.
"""

import keras
import numpy as np
from keras import ops

from segcourse.exercises.compare import plain
from segcourse.exercises.exercise import Exercise, close, exact

# B.1 ---------------------------------------------------------------------------------------------


def _dilated_field_cases(rng):
    def stack(length):
        spans = ((3, 6), (2, 4), (2, 5))
        return [tuple(int(rng.integers(*span)) for span in spans) for _ in range(length)]

    kernel = int(rng.integers(3, 6))
    return [
        ([(kernel, 1, 1), (kernel, 1, 2), (kernel, 1, 4)],),
        ([(3, 1, 1), (2, 2, 1), (3, 1, 2)],),
        ([(5, 2, 3), (3, 3, 2), (2, 1, 4)],),
        (stack(3),),
        (stack(4),),
    ]


dilated_field = Exercise(
    id="B.1",
    title="Receptive field with dilation",
    function="dilated_field",
    hints=(
        "Start from exercise 4.3: the field grows by (kernel - 1) * jump, and the stride enlarges "
        "the jump afterwards. Only the distance between two taps of the kernel is new.",
        "A kernel of k taps has k - 1 gaps between them. Each gap is `dilation` places of the "
        "current map, and each place is `jump` pixels.",
        "For each layer: size += (kernel - 1) * dilation * jump, then jump *= stride.",
    ),
    cases=_dilated_field_cases,
    compare=exact(),
    points=2,
)


@dilated_field.reference
def dilated_field(layers):
    """Give the side length of the window of input pixels that one output sees.

    Args:
        layers: list of (kernel, stride, dilation), in the order in which they run.
            dilation 1 is an ordinary convolution.

    Returns:
        int, side length of the receptive field in input pixels, from the first
        to the last pixel, holes included.

    Example: dilated_field([(3, 1, 1), (3, 1, 2)]) is 7.
        Kernel 3, dilation 1: 1 + 2 gaps of 1 pixel = 3.
        Kernel 3, dilation 2: 2 gaps of 2 pixels more: 3 + 4 = 7.
    """
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += (kernel - 1) * dilation * jump
        jump *= stride
    return size


@dilated_field.mistake(
    "dilation times the kernel",
    "You multiplied the kernel by the dilation. A kernel of 3 has only 2 gaps, and only the gaps "
    "grow: it covers (kernel - 1) * dilation + 1 places.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += (kernel * dilation - 1) * jump
        jump *= stride
    return size


@dilated_field.mistake(
    "kernel in place of kernel - 1",
    "Each layer adds one gap too many. Between `kernel` taps there are kernel - 1 gaps.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += kernel * dilation * jump
        jump *= stride
    return size


@dilated_field.mistake(
    "stride left out",
    "You left the strides out. After a stride of 2 two neighbours of the map are twice as far "
    "apart in the image, and every later gap counts twice.",
)
def dilated_field(layers):
    size = 1
    for kernel, _, dilation in layers:
        size += (kernel - 1) * dilation
    return size


@dilated_field.mistake(
    "dilation left out",
    "You left the dilation out; this is the answer of exercise 4.3. A dilated kernel reads every "
    "`dilation`-th place, so it reaches `dilation` times as far.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, _ in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return size


@dilated_field.mistake(
    "jump updated too early",
    "You multiplied the jump by a layer's stride before you used it for that same layer. A stride "
    "spreads the layer's outputs, so it acts on the layers after it.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        jump *= stride
        size += (kernel - 1) * dilation * jump
    return size


@dilated_field.mistake(
    "dilation carried on",
    "You let the dilation enlarge the jump, so that it acts on the later layers too. A dilated "
    "convolution still answers at every place: its outputs are not further apart.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += (kernel - 1) * dilation * jump
        jump *= stride * dilation
    return size


@dilated_field.mistake(
    "dilation counted as holes",
    "You counted `dilation` zeros between two taps. Dilation 2 means a distance of 2, that is one "
    "zero between them; dilation 1 has none.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += (kernel - 1) * (dilation + 1) * jump
        jump *= stride
    return size


@dilated_field.mistake(
    "one gap only",
    "You made one gap wider, and left the others as they were. All kernel - 1 gaps become "
    "`dilation` places wide.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += (kernel + dilation - 2) * jump
        jump *= stride
    return size


@dilated_field.mistake(
    "started at 0",
    "Your field is one pixel short: it starts at 0. Without any layer an output sees one pixel, "
    "itself.",
)
def dilated_field(layers):
    size, jump = 0, 1
    for kernel, stride, dilation in layers:
        size += (kernel - 1) * dilation * jump
        jump *= stride
    return size


@dilated_field.mistake(
    "stride and dilation swapped",
    "You read each layer as (kernel, dilation, stride). The order is (kernel, stride, dilation).",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, dilation, stride in layers:
        size += (kernel - 1) * dilation * jump
        jump *= stride
    return size


@dilated_field.also_right
def dilated_field(layers):
    # From one output back to the image: n outputs of a layer need this many inputs.
    size = 1
    for kernel, stride, dilation in reversed(layers):
        size = (size - 1) * stride + (kernel - 1) * dilation + 1
    return size


@dilated_field.also_right
def dilated_field(layers):
    strides = [stride for _, stride, _ in layers]
    return 1 + sum(
        (kernel - 1) * dilation * int(np.prod(strides[:index], dtype=int))
        for index, (kernel, _, dilation) in enumerate(layers)
    )


# B.2 ---------------------------------------------------------------------------------------------


def _dilate_kernel_cases(rng):
    cases = []
    for shape, rate in (((3, 3), 2), ((2, 4), 3), ((4, 2), 2), ((3, 2), 1), ((2, 3), 4)):
        values = 1 + rng.permutation(shape[0] * shape[1])
        cases.append((values.reshape(shape).astype("float32"), rate))
    return cases


def _dilate_kernel_picture(case, got, expected):
    """Both kernels with their numbers, the weights marked."""
    import matplotlib.pyplot as plt

    from segcourse import plots

    figure, axes = plt.subplots(1, 2, figsize=(9, 4))
    for ax, title, result in zip(axes, ("yours", "expected"), (got, expected), strict=True):
        result = plain(result)
        plots.numbers(result, ax=ax, title=title, highlight=result != 0)
    return figure


dilate_kernel = Exercise(
    id="B.2",
    title="Dilate a kernel",
    function="dilate_kernel",
    hints=(
        "Write down the row [1, 2, 3] with rate 2. How many numbers has it now, and where does "
        "each weight stand?",
        "Weight number i stands at place i * rate. So the last one stands at (k - 1) * rate, and "
        "the result has (k - 1) * rate + 1 places: no zeros follow the last weight.",
        "Make an array of zeros of the right size; then result[::rate, ::rate] = kernel.",
    ),
    cases=_dilate_kernel_cases,
    compare=exact(),
    picture=_dilate_kernel_picture,
    points=2,
)


@dilate_kernel.reference
def dilate_kernel(kernel, rate):
    """Insert zeros between the weights of a kernel.

    An ordinary convolution with the result does what a convolution with
    `kernel` and dilation_rate=rate does.

    Args:
        kernel: array [height, width].
        rate: int, the distance between two weights that were neighbours.
            With rate 1 nothing changes.

    Returns:
        Array [(height - 1) * rate + 1, (width - 1) * rate + 1]: the weights,
        with rate - 1 zeros between neighbours and none around them.

    Example: dilate_kernel([[1, 2], [3, 4]], 2) is
        [[1, 0, 2],
         [0, 0, 0],
         [3, 0, 4]]
    """
    kernel = np.asarray(kernel)
    height, width = kernel.shape
    result = np.zeros(((height - 1) * rate + 1, (width - 1) * rate + 1), kernel.dtype)
    result[::rate, ::rate] = kernel
    return result


@dilate_kernel.mistake(
    "zeros at the end",
    "You also put zeros after the last row and the last column. Zeros stand between two weights "
    "only: the side is (k - 1) * rate + 1, not k * rate.",
)
def dilate_kernel(kernel, rate):
    kernel = np.asarray(kernel)
    height, width = kernel.shape
    result = np.zeros((height * rate, width * rate), kernel.dtype)
    result[::rate, ::rate] = kernel
    return result


@dilate_kernel.mistake(
    "rate zeros in between",
    "You put `rate` zeros between two weights. Their distance is `rate`, so there are rate - 1 "
    "zeros between them; with rate 1 there is none.",
)
def dilate_kernel(kernel, rate):
    kernel = np.asarray(kernel)
    height, width = kernel.shape
    step = rate + 1
    result = np.zeros(((height - 1) * step + 1, (width - 1) * step + 1), kernel.dtype)
    result[::step, ::step] = kernel
    return result


@dilate_kernel.mistake(
    "columns only",
    "You spread the columns only. A kernel is dilated along both axes: rows get zeros between "
    "them, too.",
)
def dilate_kernel(kernel, rate):
    kernel = np.asarray(kernel)
    height, width = kernel.shape
    result = np.zeros((height, (width - 1) * rate + 1), kernel.dtype)
    result[:, ::rate] = kernel
    return result


@dilate_kernel.mistake(
    "rows only",
    "You spread the rows only. A kernel is dilated along both axes: columns get zeros between "
    "them, too.",
)
def dilate_kernel(kernel, rate):
    kernel = np.asarray(kernel)
    height, width = kernel.shape
    result = np.zeros(((height - 1) * rate + 1, width), kernel.dtype)
    result[::rate] = kernel
    return result


@dilate_kernel.mistake(
    "weights repeated",
    "You repeated the weights in place of inserting zeros. A dilated kernel has no new weights: "
    "what lies between two of them counts zero.",
)
def dilate_kernel(kernel, rate):
    kernel = np.asarray(kernel)
    height, width = kernel.shape
    repeated = kernel.repeat(rate, axis=0).repeat(rate, axis=1)
    return repeated[: (height - 1) * rate + 1, : (width - 1) * rate + 1]


@dilate_kernel.mistake(
    "zeros around the kernel",
    "The size is right, but you put the zeros around the kernel. Its weights still touch each "
    "other; the zeros belong between them.",
)
def dilate_kernel(kernel, rate):
    kernel = np.asarray(kernel)
    height, width = kernel.shape
    rows, columns = (height - 1) * (rate - 1), (width - 1) * (rate - 1)
    sides = ((rows // 2, rows - rows // 2), (columns // 2, columns - columns // 2))
    return np.pad(kernel, sides)


@dilate_kernel.mistake(
    "kernel flipped",
    "The zeros are right, but you turned the kernel by 180 degrees. Every weight keeps its order: "
    "the weight at (0, 0) stays at (0, 0).",
)
def dilate_kernel(kernel, rate):
    kernel = np.asarray(kernel)
    height, width = kernel.shape
    result = np.zeros(((height - 1) * rate + 1, (width - 1) * rate + 1), kernel.dtype)
    result[::rate, ::rate] = kernel[::-1, ::-1]
    return result


@dilate_kernel.mistake(
    "height and width swapped",
    "You swapped height and width: the result stands on its side. Rows stay rows.",
)
def dilate_kernel(kernel, rate):
    kernel = np.asarray(kernel)
    height, width = kernel.shape
    result = np.zeros(((width - 1) * rate + 1, (height - 1) * rate + 1), kernel.dtype)
    result[::rate, ::rate] = kernel.T
    return result


@dilate_kernel.mistake(
    "weights scaled",
    "You multiplied the weights by rate * rate, as if the zeros had to be made up for. The sum "
    "of the weights does not change: no weight is lost.",
)
def dilate_kernel(kernel, rate):
    kernel = np.asarray(kernel)
    height, width = kernel.shape
    result = np.zeros(((height - 1) * rate + 1, (width - 1) * rate + 1), kernel.dtype)
    result[::rate, ::rate] = kernel * rate**2
    return result


@dilate_kernel.also_right
def dilate_kernel(kernel, rate):
    height, width = len(kernel), len(kernel[0])
    result = np.zeros((rate * (height - 1) + 1, rate * (width - 1) + 1), "float32")
    for y in range(height):
        for x in range(width):
            result[rate * y, rate * x] = kernel[y][x]
    return result


@dilate_kernel.also_right
def dilate_kernel(kernel, rate):
    hole = np.zeros((rate, rate), "float32")
    hole[0, 0] = 1
    spread = np.kron(kernel, hole).astype("float32")
    cut = rate - 1
    return spread[: len(spread) - cut, : spread.shape[1] - cut]


# B.3 ---------------------------------------------------------------------------------------------


def _poly_rate_cases(rng):
    steps = int(rng.integers(100, 400))
    first = float(rng.uniform(0.01, 0.2))
    return [
        (first, 0, steps),
        (first, steps // 4, steps),
        (first, steps // 2, steps, 0.9),
        (2 * first, steps // 3, steps, float(rng.uniform(1.5, 3.0))),
        (first, steps, steps),
    ]


poly_rate = Exercise(
    id="B.3",
    title="The poly learning rate",
    function="poly_rate",
    hints=(
        "Begin with a straight line that is `first` at step 0 and 0 at the last step.",
        "The line is first * (1 - step / steps). The power belongs to the bracket.",
        "first * (1 - step / steps) ** power",
    ),
    cases=_poly_rate_cases,
    compare=close(1e-6),
    points=1,
)


@poly_rate.reference
def poly_rate(first, step, steps, power=0.9):
    """Give the learning rate of DeepLab's "poly" schedule.

    The rate falls from `first` to 0: the share of the steps that is left, to
    the power `power`, times `first`.

    Args:
        first: float, the rate at step 0.
        step: int, the number of steps that are done, 0 … steps.
        steps: int, the number of steps of the whole training.
        power: float, 1 is a straight line.

    Returns:
        float, the rate of the next step.

    Example: poly_rate(0.1, 30, 40, power=2) is 0.00625.
        A share of 10 / 40 = 0.25 is left; 0.25 ** 2 = 0.0625; times 0.1.
    """
    return first * (1 - step / steps) ** power


@poly_rate.mistake(
    "power of the share that is done",
    "You took the power of step / steps first. First subtract from 1, then take the power of what "
    "is left.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * (1 - (step / steps) ** power)


@poly_rate.mistake(
    "power left out",
    "You left the power out: this is a straight line. Take the bracket to the power `power`.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * (1 - step / steps)


@poly_rate.mistake(
    "times the power",
    "You multiplied by `power`. A power is written with ** in Python.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * (1 - step / steps) * power


@poly_rate.mistake(
    "rising",
    "Your rate rises from 0. The share that is left counts, 1 - step / steps.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * (step / steps) ** power


@poly_rate.mistake(
    "whole numbers divided",
    "`//` rounds down, so step // steps is 0 until the end and the rate does not fall. Divide "
    "with `/`.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * (1 - step // steps) ** power


@poly_rate.mistake(
    "power of the first rate too",
    "You took the power of the first rate as well. Only the share of the steps that is left gets "
    "it: at step 0 the rate must be `first`.",
)
def poly_rate(first, step, steps, power=0.9):
    return (first * (1 - step / steps)) ** power


@poly_rate.mistake(
    "exponential",
    "You multiplied by `power` once in every step. That is exponential decay; it never gets to 0.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * power**step


@poly_rate.mistake(
    "one over the power",
    "You took the root in place of the power: the exponent is `power`, not 1 / power.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * (1 - step / steps) ** (1 / power)


@poly_rate.mistake(
    "brackets missing",
    "Python takes powers and divides before it subtracts. Put 1 - step / steps in brackets, and "
    "take the power of the bracket.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * 1 - step / steps**power


@poly_rate.mistake(
    "the power typed in",
    "You typed in 0.9. It is only the usual value: use the argument `power`.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * (1 - step / steps) ** 0.9


@poly_rate.also_right
def poly_rate(first, step, steps, power=0.9):
    left = (steps - step) / steps
    return first * left**power


@poly_rate.also_right
def poly_rate(first, step, steps, power=0.9):
    schedule = keras.optimizers.schedules.PolynomialDecay(first, steps, 0.0, power)
    return float(schedule(step))


# B.4 ---------------------------------------------------------------------------------------------


def _mean_field_cases(rng):
    cases = []
    for pixels, classes in ((3, 2), (4, 3), (6, 5)):
        kernel = rng.uniform(0.2, 1.0, (pixels, pixels))
        kernel = np.round((kernel + kernel.T) / 2, 2)
        np.fill_diagonal(kernel, 1.0)
        q = rng.dirichlet(np.ones(classes), pixels)
        unary = rng.uniform(0.1, 3.0, (pixels, classes))
        cases.append((unary, kernel, q))
    return cases


mean_field_step = Exercise(
    id="B.4",
    title="One step of mean field",
    function="mean_field_step",
    hints=(
        "For one pixel i and one label: which other pixels disagree, how likely is each of them "
        "to, and what does each disagreement cost?",
        "Pixel j disagrees with label l with probability 1 - q[j, l]. So the cost is "
        "unary[i, l] + the sum over all j other than i of kernel[i, j] * (1 - q[j, l]).",
        "Take a copy of the kernel with a diagonal of zeros: cost = unary + k @ (1 - q). Then "
        "exp(-cost), divided by its sum over the labels of each pixel.",
    ),
    cases=_mean_field_cases,
    compare=close(1e-5),
    points=2,
)


@mean_field_step.reference
def mean_field_step(unary, kernel, q):
    """Update the probabilities of all pixels once.

    The cost of a label l at pixel i is unary[i, l] plus, for every OTHER pixel j,
    kernel[i, j] times the probability that j has another label than l.
    The new q[i, l] is exp(-cost), scaled so that each pixel has the sum 1.

    Args:
        unary: array [pixels, labels], the costs from the network.
        kernel: array [pixels, pixels], what each pair pays for disagreeing.
            Its diagonal is 1, but no pixel is its own neighbour.
        q: array [pixels, labels], the probabilities so far.

    Returns:
        Array [pixels, labels], the new probabilities.

    Example: two pixels, two labels, unary all 0, kernel all 1, q [[.5, .5], [1, 0]].
        Pixel 0 pays 0 for label 0 and 1 for label 1:
        exp(0) = 1 and exp(-1) = 0.368, scaled: [0.731, 0.269].
        Pixel 1 pays 0.5 for either: [0.5, 0.5].
    """
    others = kernel * (1 - np.eye(len(kernel)))
    cost = unary + others @ (1 - q)
    likely = np.exp(-cost)
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "its own neighbour",
    "You counted each pixel among its own neighbours. The sum runs over the other pixels: set the "
    "diagonal of a copy of the kernel to 0.",
)
def mean_field_step(unary, kernel, q):
    likely = np.exp(-(unary + kernel @ (1 - q)))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "agreement costs",
    "You let agreeing cost. A pair pays when its labels differ, so take 1 - q[j, l].",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    likely = np.exp(-(unary + others @ q))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "high costs made likely",
    "The sign is wrong: labels of a high cost became likely. Take exp(-cost).",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    likely = np.exp(unary + others @ (1 - q))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "not scaled",
    "Your numbers of one pixel do not add up to 1. Divide them by their sum over the labels.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    return np.exp(-(unary + others @ (1 - q)))


@mean_field_step.mistake(
    "scaled over the pixels",
    "You scaled each label over all pixels. Each pixel has probabilities of its own: sum over "
    "axis 1, the labels.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    likely = np.exp(-(unary + others @ (1 - q)))
    return likely / likely.sum(axis=0, keepdims=True)


@mean_field_step.mistake(
    "scaled over everything",
    "You divided by the sum of the whole array. Each pixel has the sum 1: use axis=1 and "
    "keepdims=True.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    likely = np.exp(-(unary + others @ (1 - q)))
    return likely / likely.sum()


@mean_field_step.mistake(
    "unary left out",
    "You left the unary costs out. Without them nothing is left of what the network saw.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    likely = np.exp(-(others @ (1 - q)))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "times the old probabilities",
    "You multiplied by the old q. It enters through the neighbours only; what speaks for the "
    "pixel itself is its unary cost.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    likely = q * np.exp(-(unary + others @ (1 - q)))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "mean of the neighbours",
    "You took the mean over the neighbours. The costs of all pairs are added: do not divide by "
    "the sum of the kernel.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    others = others / others.sum(axis=1, keepdims=True)
    likely = np.exp(-(unary + others @ (1 - q)))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "one after the other",
    "You changed q while you were still reading it. All pixels are updated at once from the old "
    "probabilities: write into a new array.",
)
def mean_field_step(unary, kernel, q):
    q = np.array(q)
    for i in range(len(q)):
        others = kernel[i] * (np.arange(len(q)) != i)
        likely = np.exp(-(unary[i] + others @ (1 - q)))
        q[i] = likely / likely.sum()
    return q


@mean_field_step.also_right
def mean_field_step(unary, kernel, q):
    # The q of a pixel add up to 1, so 1 - q differs from -q by a number that scaling takes out.
    message = kernel @ q - np.diag(kernel)[:, None] * q
    scores = message - unary
    return ops.convert_to_numpy(ops.softmax(scores, axis=1))


@mean_field_step.also_right
def mean_field_step(unary, kernel, q):
    pixels, labels = q.shape
    new = np.zeros((pixels, labels))
    for i in range(pixels):
        for label in range(labels):
            cost = unary[i, label]
            for j in range(pixels):
                if j != i:
                    cost += kernel[i, j] * (1 - q[j, label])
            new[i, label] = np.exp(-cost)
        new[i] = new[i] / new[i].sum()
    return new
