"""Week 5 · Transfer learning: the exercises, each with its reference and the wrong answers.

A reference's docstring is the text of the notebook's exercise cell. Its body runs in a notebook
that has `import numpy as np`, `import keras` and `from keras import ops`. Each wrong answer is
complete, and the cases are built so that no two answers of one exercise agree on all of them.
"""

import weakref

import keras
import numpy as np
from keras import ops

from segcourse.exercises.exercise import Exercise, close, exact

# 5.1 ---------------------------------------------------------------------------------------------


def _caffe_to_conv_cases(rng):
    # Height, width, channels and units all differ, so that no two axes can be mistaken unseen.
    cases = []
    for low in (2, 3):
        height, width, channels, units = (int(n) for n in low + rng.permutation(4))
        weight = rng.permutation(height * width * channels * units).astype("float32")
        cases.append((weight.reshape(units, -1), channels, height, width))
    return cases


caffe_to_conv = Exercise(
    id="5.1",
    title="Transplant from channels first",
    function="caffe_to_conv",
    hints=(
        "Two things differ from exercise 4.1: the units are the first axis here, and the feature "
        "map was flattened one channel after the other.",
        "First give the weights four axes, in the order in which they are stored: "
        "weight.reshape(units, channels, height, width).",
        "Then bring the axes into Keras' order [height, width, channels, units]: axes 2, 3, 1, 0. "
        "NumPy does it with `transpose(2, 3, 1, 0)`.",
    ),
    cases=_caffe_to_conv_cases,
    compare=exact(),
    points=2,
)


@caffe_to_conv.reference
def caffe_to_conv(weight, channels, height, width):
    """Turn the weights of a dense layer of Caffe into the kernel of a Keras convolution.

    Caffe, in which the FCN networks were published, stores a feature map channels first,
    [channels, height, width], and flattens it in this order: all pixels of channel 0, row
    by row, then all pixels of channel 1, and so on. A dense layer holds one row for each unit.

    Args:
        weight: array [units, channels * height * width].
        channels, height, width: size of the feature map before it was flattened.

    Returns:
        Array [height, width, channels, units], the kernel of a `Conv2D`.

    Example: weight = [[1, 2, 3, 4]], 2 channels, height 1, width 2.
        1, 2 belong to channel 0 and 3, 4 to channel 1, so the first pixel has the weights
        1 and 3; the answer is [[[[1], [3]], [[2], [4]]]] with shape [1, 2, 2, 1].
    """
    units = len(weight)
    return weight.reshape(units, channels, height, width).transpose(2, 3, 1, 0)


@caffe_to_conv.mistake(
    "read as channels last",
    "You read the weights as Keras flattens a map, [height, width, channels]. Caffe flattens "
    "channel by channel: all pixels of one channel stand together.",
)
def caffe_to_conv(weight, channels, height, width):
    return weight.T.reshape(height, width, channels, -1)


@caffe_to_conv.mistake(
    "axes not moved",
    "The four axes are right, but they still stand in Caffe's order [units, channels, height, "
    "width]. A Keras kernel is [height, width, channels, units]: move them with `transpose`.",
)
def caffe_to_conv(weight, channels, height, width):
    return weight.reshape(len(weight), channels, height, width)


@caffe_to_conv.mistake(
    "reshaped to the wanted shape",
    "You reshaped to the shape that is asked for. `reshape` never moves a weight, it only cuts the "
    "row of numbers at other places: reshape to the stored order first, then `transpose`.",
)
def caffe_to_conv(weight, channels, height, width):
    return weight.reshape(height, width, channels, len(weight))


@caffe_to_conv.mistake(
    "height and width swapped",
    "You turned the order of all axes round, so the kernel is [width, height, …]. The height comes "
    "before the width in both layouts: use the axes 2, 3, 1, 0.",
)
def caffe_to_conv(weight, channels, height, width):
    return weight.reshape(len(weight), channels, height, width).transpose(3, 2, 1, 0)


@caffe_to_conv.mistake(
    "units before channels",
    "Your last two axes are [units, channels]. The kernel of a `Conv2D` ends in "
    "[channels, units]: use the axes 2, 3, 1, 0.",
)
def caffe_to_conv(weight, channels, height, width):
    return weight.reshape(len(weight), channels, height, width).transpose(2, 3, 0, 1)


@caffe_to_conv.mistake(
    "kernel flipped",
    "You turned the kernel by 180 degrees. Neither Caffe nor Keras flips a kernel: the weight for "
    "pixel (y, x) stays at (y, x).",
)
def caffe_to_conv(weight, channels, height, width):
    kernel = weight.reshape(len(weight), channels, height, width).transpose(2, 3, 1, 0)
    return kernel[::-1, ::-1]


@caffe_to_conv.mistake(
    "only the units moved",
    "You moved the units to the end and left [channels, height, width] as it is. A Keras kernel "
    "is [height, width, channels, units].",
)
def caffe_to_conv(weight, channels, height, width):
    return weight.reshape(len(weight), channels, height, width).transpose(1, 2, 3, 0)


@caffe_to_conv.mistake(
    "dense kernel",
    "You transposed the weights into the kernel of a `Dense` layer, with two axes. A convolution "
    "needs four: [height, width, channels, units].",
)
def caffe_to_conv(weight, channels, height, width):
    return weight.T


@caffe_to_conv.also_right
def caffe_to_conv(weight, channels, height, width):
    kernel = ops.reshape(weight, (-1, channels, height, width))
    return ops.transpose(kernel, (2, 3, 1, 0))


@caffe_to_conv.also_right
def caffe_to_conv(weight, channels, height, width):
    kernel = np.zeros((height, width, channels, len(weight)), weight.dtype)
    for c in range(channels):
        for y in range(height):
            for x in range(width):
                kernel[y, x, c] = weight[:, (c * height + y) * width + x]
    return kernel


# 5.2 ---------------------------------------------------------------------------------------------


def _preprocess_cases(rng):
    cases = []
    for batch in (2, 1):
        height, width = (int(n) for n in 4 + rng.permutation(3)[:2])
        images = rng.random((batch, height, width, 3), dtype="float32")
        # Around the published 103.939, 116.779, 123.68; never two alike.
        mean = np.array([104, 117, 124]) + rng.uniform(-4, 4, 3)
        cases.append((images, mean.astype("float32")))
    return cases


preprocess = Exercise(
    id="5.2",
    title="Preprocessing of VGG16",
    function="preprocess",
    hints=(
        "There are three steps. Each is one operation on the whole array: scale, turn the order "
        "of the channels round, subtract. Which order makes sense of `mean`?",
        "`images[..., ::-1]` turns the last axis round, so red, green, blue become blue, green, "
        "red.",
        "images[..., ::-1] * 255 is blue, green, red in 0..255. `mean` is in the same order and "
        "of the same range: subtract it last.",
    ),
    cases=_preprocess_cases,
    compare=close(1e-3),
)


@preprocess.reference
def preprocess(images, mean):
    """Prepare images for a network that was trained in Caffe, such as VGG16.

    That network saw blue, green, red (BGR) in this order, values from 0 to 255, and the mean
    colour of its training images subtracted.

    Args:
        images: float array [batch, height, width, 3], channels red, green, blue, values 0..1.
        mean: array [3], the mean blue, green and red, in 0..255.

    Returns:
        Float array [batch, height, width, 3], channels blue, green, red.

    Example: a pixel (1.0, 0.5, 0.0), mean (100, 110, 120).
        In BGR: (0.0, 0.5, 1.0); times 255: (0, 127.5, 255); minus the mean: (-100, 17.5, 135).
    """
    return images[..., ::-1] * 255 - mean


@preprocess.mistake(
    "channels not turned",
    "Your channels are still red, green, blue. Blue must come first: the first filter of the "
    "network multiplies its first weights with blue.",
)
def preprocess(images, mean):
    return images * 255 - mean


@preprocess.mistake(
    "mean subtracted before the channels are turned",
    "You subtracted the mean while the channels were red, green, blue, so red lost the mean of "
    "blue. `mean` is in the order blue, green, red: turn first.",
)
def preprocess(images, mean):
    return (images * 255 - mean)[..., ::-1]


@preprocess.mistake(
    "not scaled",
    "Your values are not scaled: after the mean is subtracted all of them lie near -110, and every "
    "image looks black to the network. Multiply by 255 first.",
)
def preprocess(images, mean):
    return images[..., ::-1] - mean


@preprocess.mistake(
    "mean subtracted before scaling",
    "You subtracted the mean from values in 0..1 and scaled the difference. The mean is given in "
    "0..255: scale first.",
)
def preprocess(images, mean):
    return (images[..., ::-1] - mean) * 255


@preprocess.mistake(
    "preprocessed twice",
    "Everything was done twice: the channels are back to red, green, blue and the values reach "
    "about 38,000. This is what happens when the model has this step inside and the data pipeline "
    "too.",
)
def preprocess(images, mean):
    for _ in range(2):
        images = images[..., ::-1] * 255 - mean
    return images


@preprocess.mistake(
    "images mirrored",
    "You turned the wrong axis: the images are mirrored left to right and the colours are as "
    "before. The channels are the last axis: images[..., ::-1].",
)
def preprocess(images, mean):
    return images[:, :, ::-1] * 255 - mean


@preprocess.mistake(
    "all axes turned",
    "`images[::-1]` turns the order of the images in the batch, not that of the channels. The "
    "channels are the last axis: images[..., ::-1].",
)
def preprocess(images, mean):
    return images[::-1, ::-1, ::-1, ::-1] * 255 - mean


@preprocess.mistake(
    "mean added",
    "You added the mean. Subtract it, so that the mean of all images comes to lie at zero.",
)
def preprocess(images, mean):
    return images[..., ::-1] * 255 + mean


@preprocess.mistake(
    "divided by 255",
    "You divided by 255. The images are in 0..1 already, and the network wants 0..255: multiply.",
)
def preprocess(images, mean):
    return images[..., ::-1] / 255 - mean


@preprocess.mistake(
    "one mean for all channels",
    "You subtracted one number from all channels. Each channel has a mean of its own; an array "
    "[3] is subtracted along the last axis by itself.",
)
def preprocess(images, mean):
    return images[..., ::-1] * 255 - np.mean(mean)


@preprocess.mistake(
    "channels first",
    "You moved the channels to the front, as Caffe stores them. Only their order must be Caffe's: "
    "the Keras network still takes [batch, height, width, channels].",
)
def preprocess(images, mean):
    return (images[..., ::-1] * 255 - mean).transpose(0, 3, 1, 2)


@preprocess.also_right
def preprocess(images, mean):
    red, green, blue = images[..., 0], images[..., 1], images[..., 2]
    return 255 * np.stack([blue, green, red], axis=-1) - mean


@preprocess.also_right
def preprocess(images, mean):
    return (ops.flip(images, axis=-1) - mean / 255) * 255


# 5.3 ---------------------------------------------------------------------------------------------


def _start_from_cases(rng):
    def arrays(*shapes):
        return [rng.normal(size=shape).astype("float32") for shape in shapes]

    c, f = (int(n) for n in 3 + rng.permutation(4)[:2])
    k, classes = int(rng.integers(5, 9)), int(rng.integers(10, 14))
    source = {
        "fc8": arrays((k, classes), (classes,)),
        "conv1": arrays((3, 3, 3, c), (c,)),
        "bn1": arrays((c,), (c,), (c,), (c,)),
        "conv2": arrays((3, 3, c, f), (f,)),
        "conv3": arrays((3, 3, c, f), (f,)),
        "fc6": arrays((f, k), (k,)),
        "fc7": arrays((k, k)),
    }
    target = {
        "conv1": arrays((3, 3, 3, c), (c,)),
        "bn1": arrays((c,), (c,), (c,), (c,)),
        "conv2": arrays((3, 3, c, f), (f,)),
        # As many weights in another layout; another kernel with the same bias; no bias before.
        "conv3": arrays((3, 3, f, c), (f,)),
        "fc6": arrays((f + 1, k), (k,)),
        "fc7": arrays((k, k), (k,)),
        "score_fr": arrays((1, 1, k, 4), (4,)),
    }
    # The same layers in other places of the list.
    names = [str(name) for name in rng.permutation(list(target))]
    return [(target, source), ({name: target[name] for name in names}, source)]


start_from = Exercise(
    id="5.3",
    title="Weights by name",
    function="start_from",
    hints=(
        "Go through the layers of the target. Each of them ends up in the result, either with the "
        "weights of the source or with its own.",
        "A layer takes the source's weights only if three things hold: its name is in the source, "
        "both lists are equally long, and every pair of arrays has the same shape.",
        "[w.shape for w in weights] is the list of all shapes of a layer. Two such lists can be "
        "compared with ==.",
    ),
    cases=_start_from_cases,
    compare=exact(),
    points=2,
)


@start_from.reference
def start_from(target, source):
    """Start one network from the weights of another: layer by layer, by name.

    A layer of the target takes the weights of the layer with the same name in the source, but
    only if all its arrays have the same shapes there. Otherwise it keeps all its own weights.

    Args:
        target, source: dicts of layer name -> list of arrays (kernel, bias, …), as
            `{layer.name: layer.get_weights() for layer in model.layers}` gives them.

    Returns:
        A new dict with the layers of the target, and none else.

    Example:
        target = {"conv1": [[0, 0]], "score": [[0, 0, 0], [0]]}
        source = {"conv1": [[5, 6]], "score": [[7, 8], [9]], "fc8": [[1]]}   (arrays)
        The answer is {"conv1": [[5, 6]], "score": [[0, 0, 0], [0]]}.
        The first array of "score" does not fit, so its second one stays as well.
    """
    result = {}
    for name, weights in target.items():
        found = source.get(name, [])
        fits = [w.shape for w in found] == [w.shape for w in weights]
        result[name] = found if fits else weights
    return result


@start_from.mistake(
    "by position",
    "You paired the layers by their place in the list. Two networks rarely have the same layers at "
    "the same places: look each layer up by its name.",
)
def start_from(target, source):
    return dict(zip(target, source.values(), strict=True))


@start_from.mistake(
    "shapes not compared",
    "You took the source's weights for every name that both have, whatever their shapes. A layer "
    "whose shapes differ must keep its own weights.",
)
def start_from(target, source):
    return {name: source.get(name, weights) for name, weights in target.items()}


@start_from.mistake(
    "array by array",
    "You decided for each array on its own, so a layer ended up half-written: the source's bias "
    "with the target's kernel. Decide for the whole layer: all of its arrays or none.",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        found = source.get(name, weights)
        pairs = zip(found, weights, strict=False)
        taken = [a if a.shape == b.shape else b for a, b in pairs]
        result[name] = taken + weights[len(taken) :]
    return result


@start_from.mistake(
    "first array only",
    "You compared the first array of each layer only. A layer may have the same kernel and no "
    "bias in the other network: compare all arrays, and how many there are.",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        fits = name in source and source[name][0].shape == weights[0].shape
        result[name] = source[name] if fits else weights
    return result


@start_from.mistake(
    "sizes instead of shapes",
    "You compared how many numbers there are and reshaped them. As many numbers in another layout "
    "are other weights: compare the shapes.",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        found = source.get(name, [])
        fits = [w.size for w in found] == [w.size for w in weights]
        pairs = zip(found, weights, strict=False)
        result[name] = [a.reshape(b.shape) for a, b in pairs] if fits else weights
    return result


@start_from.mistake(
    "layers of the source added",
    "Your result has layers that the target does not have. Go through the target's layers; what "
    "only the source has stays behind.",
)
def start_from(target, source):
    return {**target, **source}


@start_from.mistake(
    "new layers lost",
    "Layers that did not fit, or that only the target has, are missing in your result. They keep "
    "their own weights, they do not disappear.",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        if [w.shape for w in source.get(name, [])] == [w.shape for w in weights]:
            result[name] = source[name]
    return result


@start_from.mistake(
    "name not looked for",
    "A layer of the target need not be in the source: score_fr is new, and source[name] raises "
    "KeyError. Ask first with `name in source`, or use source.get(name).",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        fits = [w.shape for w in source[name]] == [w.shape for w in weights]
        result[name] = source[name] if fits else weights
    return result


@start_from.mistake(
    "nothing copied",
    "Every layer kept its own weights: nothing was taken over. Compare lists of shapes, "
    "[w.shape for w in weights]; a comparison of the arrays themselves is never what is asked.",
)
def start_from(target, source):
    return dict(target)


@start_from.mistake(
    "source given back",
    "You gave back the source. The result has the layers of the target: those that fit with the "
    "source's weights, the others with their own.",
)
def start_from(target, source):
    return source


@start_from.also_right
def start_from(target, source):
    def shapes(network, name):
        return [np.shape(w) for w in network[name]]

    result = dict(target)
    for name in set(target) & set(source):
        if shapes(target, name) == shapes(source, name):
            result[name] = source[name]
    return result


@start_from.also_right
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        result[name] = [w.copy() for w in weights]
        if name not in source or len(source[name]) != len(weights):
            continue
        if all(a.shape == b.shape for a, b in zip(weights, source[name], strict=True)):
            result[name] = [w.copy() for w in source[name]]
    return result


# 5.4 ---------------------------------------------------------------------------------------------


def _count_weights_cases(rng):
    cases = []
    for frozen in (False, True):
        widths = [3, *(int(n) for n in 4 + rng.permutation(20)[:3])]
        layers = [
            (int(rng.integers(2, 6)), channels, filters)
            for channels, filters in zip(widths, widths[1:], strict=False)
        ]
        cases.append((layers, int(rng.integers(2, 9)), frozen))
    return cases


count_weights = Exercise(
    id="5.4",
    title="What is trainable?",
    function="count_weights",
    hints=(
        "Write down the arrays of one layer: the kernel of the convolution, and four arrays of "
        "batch normalisation. How many numbers does each hold?",
        "Batch normalisation has gamma, beta, moving mean and moving variance, one number for each "
        "filter. The gradient changes gamma and beta, never the other two.",
        "Not frozen: kernels + 2 * filters are trainable and 2 * filters are not. Frozen: all of "
        "the backbone is not. The head, channels * num_classes + num_classes, always is.",
    ),
    cases=_count_weights_cases,
    compare=exact(parts=("the trainable weights", "the others")),
)


@count_weights.reference
def count_weights(layers, num_classes, frozen):
    """Count the weights of a segmentation network: trainable ones, and all others.

    The backbone is a row of convolutions without bias, each followed by batch normalisation
    (gamma, beta, moving mean, moving variance). The head is one 1×1 convolution with bias,
    from the filters of the last layer to the classes.

    Args:
        layers: list of (kernel, channels, filters): a kernel × kernel convolution.
        num_classes: int.
        frozen: whether the backbone is frozen. The head never is.

    Returns:
        Two ints: weights that the gradient changes, and weights that it does not change.

    Example: count_weights([(1, 3, 2)], 4, frozen=False) is (22, 4).
        Kernel 1·1·3·2 = 6, gamma and beta 2 + 2, head 2·4 + 4 = 12: 22 are trainable.
        The moving mean and variance, 2 + 2, are not. With frozen=True it is (12, 14).
    """
    head = layers[-1][2] * num_classes + num_classes
    kernels = sum(kernel * kernel * channels * filters for kernel, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return head, kernels + 4 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.mistake(
    "moving statistics counted as trainable",
    "You counted the moving mean and variance as trainable. No gradient reaches them: they are "
    "averages of what the layer sees, and belong to the second number.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    backbone = sum(k * k * channels * filters + 4 * filters for k, channels, filters in layers)
    return (head, backbone) if frozen else (head + backbone, 0)


@count_weights.mistake(
    "batch normalisation left out",
    "You counted convolutions only. Batch normalisation has four numbers for each filter: gamma "
    "and beta, which are trained, and the moving mean and variance, which are not.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    backbone = sum(k * k * channels * filters for k, channels, filters in layers)
    return (head, backbone) if frozen else (head + backbone, 0)


@count_weights.mistake(
    "batch normalisation trained in a frozen backbone",
    "In your frozen backbone gamma and beta are still trained. Freezing a layer freezes all its "
    "weights, and batch normalisation belongs to the backbone.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return head + 2 * filters, kernels + 2 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.mistake(
    "moving statistics left out",
    "You left out the moving mean and variance. They are weights of the layer, too: they are saved "
    "with the model and used in prediction. Count them with those that are not trainable.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    backbone = sum(k * k * channels * filters + 2 * filters for k, channels, filters in layers)
    return (head, backbone) if frozen else (head + backbone, 0)


@count_weights.mistake(
    "biases in the backbone",
    "You gave the convolutions of the backbone a bias. They have none: batch normalisation "
    "subtracts the mean right after them, and its beta does the work of a bias.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    kernels = sum((k * k * channels + 1) * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return head, kernels + 4 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.mistake(
    "kernel not squared",
    "A kernel × kernel convolution has kernel * kernel positions, and weights for every channel at "
    "each of them. You counted only one side of the kernel.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    kernels = sum(k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return head, kernels + 4 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.mistake(
    "bias of the head left out",
    "The head has a bias, one number for each class.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return head, kernels + 4 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.mistake(
    "head frozen as well",
    "With frozen=True nothing is trained in your network. The head is new and must learn: only the "
    "backbone is frozen.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return 0, head + kernels + 4 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.mistake(
    "all weights as the second number",
    "Your second number is all weights together. It must be those that are not trainable: "
    "subtract the first from it.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    total = head + kernels + 4 * filters
    return (head if frozen else total - 2 * filters), total


@count_weights.mistake(
    "the two numbers swapped",
    "The two numbers are swapped: the trainable weights come first.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return kernels + 4 * filters, head
    return 2 * filters, head + kernels + 2 * filters


@count_weights.also_right
def count_weights(layers, num_classes, frozen):
    trainable, others = (layers[-1][-1] + 1) * num_classes, 0
    for kernel, channels, filters in layers:
        learned = kernel**2 * channels * filters + filters + filters
        trainable += 0 if frozen else learned
        others += 2 * filters + (learned if frozen else 0)
    return trainable, others


# 5.5 and 5.6: a network to work on ---------------------------------------------------------------


class Network(keras.Model):
    """A functional model that keeps a list of what its trainings would have changed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.trainings = []
        self._in_use = None

    def compile(self, *args, **kwargs):
        super().compile(*args, **kwargs)
        self._in_use = None

    def train(self):
        """Notes the learning rate and the layers that `fit` would train now.

        As in Keras, the first training after `compile` decides which layers these are; a change
        of `trainable` counts from the next `compile` on.
        """
        if not self.compiled:
            raise ValueError("You must call `compile()` before using the model.")
        if self._in_use is None:
            names = {v.path.split("/")[0] for v in self.trainable_variables}
            self._in_use = [layer.name for layer in self.layers if layer.name in names]
        rate = float(ops.convert_to_numpy(self.optimizer.learning_rate))
        self.trainings.append((rate, list(self._in_use)))


def _network(rng):
    """Two convolutions with batch normalisation; fc7, with its own, and score are the head."""
    filters = [int(n) for n in 2 + rng.permutation(4)[:3]]
    images = x = keras.Input((4, 4, 3), name="images")
    for place, count in zip(("1", "2", "_fc7"), filters, strict=True):
        x = keras.layers.Conv2D(count, 1, use_bias=False, name=f"conv{place}")(x)
        x = keras.layers.BatchNormalization(name=f"bn{place}")(x)
    return Network(images, keras.layers.Conv2D(2, 1, name="score")(x), name="network")


# 5.5 ---------------------------------------------------------------------------------------------

_CHANGED = weakref.WeakKeyDictionary()


def _changed_by_training(model):
    """What a step of training changes, by path: trainable weights, and moved statistics."""
    if model not in _CHANGED:
        changed = {v.path for v in model.trainable_variables}
        for layer in model.layers:
            if isinstance(layer, keras.layers.BatchNormalization):
                changed |= _moved(layer)
        _CHANGED[model] = [v.path for v in model.variables if v.path in changed]
    return _CHANGED[model]


def _moved(layer):
    """Paths of a layer's weights that a call in training moves; they get their values back."""
    before = layer.get_weights()
    layer(np.full((1, 1, 1, len(before[0])), 7, "float32"), training=True)
    after = layer.get_weights()
    layer.set_weights(before)
    pairs = zip(layer.weights, before, after, strict=True)
    return {weight.path for weight, old, new in pairs if not np.array_equal(old, new)}


def _same_changes(got, expected):
    for one in (got, expected):
        if not isinstance(one, keras.Model):
            return "it is no model: give back the model itself"
    got, expected = _changed_by_training(got), _changed_by_training(expected)
    too_many = [path for path in got if path not in expected]
    too_few = [path for path in expected if path not in got]
    if too_many:
        return f"a step of training still changes {_some(too_many)}"
    return f"a step of training no longer changes {_some(too_few)}" if too_few else None


def _some(paths):
    return ", ".join(paths[:4]) + (f" and {len(paths) - 4} more" if len(paths) > 4 else "")


def _freeze_cases(rng):
    return [(_network(rng), "bn2")]


freeze = Exercise(
    id="5.5",
    title="Freeze a backbone",
    function="freeze",
    hints=(
        "`model.layers` lists the layers from the first to the last. Every layer has an attribute "
        "`trainable`, True to begin with.",
        "Set `trainable` of a whole layer, not of its weights: only the layer decides whether "
        "batch normalisation goes on averaging.",
        "In a loop over model.layers: set layer.trainable = False; after the layer with the name "
        "`last`, leave the loop with `break`.",
    ),
    cases=_freeze_cases,
    compare=_same_changes,
    points=2,
)


@freeze.reference
def freeze(model, last):
    """Freeze the backbone of a model: all layers up to and including the layer `last`.

    Afterwards a step of training must change nothing in these layers: no kernel, no gamma or
    beta, and no moving mean or variance of batch normalisation. The layers behind them must go
    on learning.

    Args:
        model: a `keras.Model`; `model.layers` is in the order of computing.
        last: name of the last layer to freeze.

    Returns:
        The same model.

    Example: the model has the layers images, conv1, bn1, relu1, score.
        After freeze(model, "relu1") the only trainable weights are the kernel and the bias of
        score, and the moving mean of bn1 stays as it is while the model is trained.
    """
    for layer in model.layers:
        layer.trainable = False
        if layer.name == last:
            break
    return model


@freeze.mistake(
    "only the convolutions",
    "You froze the convolutions only. Batch normalisation is part of the backbone: its gamma and "
    "beta still learn, and its moving mean and variance still move. Freeze every layer.",
)
def freeze(model, last):
    for layer in model.layers:
        if isinstance(layer, keras.layers.Conv2D):
            layer.trainable = False
        if layer.name == last:
            break
    return model


@freeze.mistake(
    "batch normalisation still averages",
    "No gradient changes the backbone now, but batch normalisation still updates its moving mean "
    "and variance. Set trainable of the layer, not of its weights: then it uses what it learned.",
)
def freeze(model, last):
    for layer in model.layers:
        for weight in layer.weights:
            weight.trainable = False
        if layer.name == last:
            break
    return model


@freeze.mistake(
    "the last one is left out",
    "Your loop ends before the layer `last` is frozen. It belongs to the backbone as well.",
)
def freeze(model, last):
    for layer in model.layers:
        if layer.name == last:
            break
        layer.trainable = False
    return model


@freeze.mistake(
    "everything frozen",
    "The whole model is frozen: nothing can learn any more. Stop at the layer `last`; the head is "
    "new and must be trained.",
)
def freeze(model, last):
    model.trainable = False
    return model


@freeze.mistake(
    "model off, head on again",
    "You switched the whole model off and the layers of the head on again. A model that is not "
    "trainable itself has no trainable weights, whatever its layers say: freeze layer by layer.",
)
def freeze(model, last):
    model.trainable = False
    names = [layer.name for layer in model.layers]
    for layer in model.layers[names.index(last) + 1 :]:
        layer.trainable = True
    return model


@freeze.mistake(
    "the head frozen instead",
    "You froze the layers behind `last` and left the backbone free. It is the other way round: the "
    "backbone has learned already, the head is new.",
)
def freeze(model, last):
    names = [layer.name for layer in model.layers]
    for layer in model.layers[names.index(last) + 1 :]:
        layer.trainable = False
    return model


@freeze.mistake(
    "nothing frozen",
    "Nothing is frozen. The attribute is `trainable`, and it is set with one `=`: "
    "layer.trainable = False. Python says nothing about a misspelt name.",
)
def freeze(model, last):
    for layer in model.layers:
        layer.trainable == False  # noqa: B015, E712
        if layer.name == last:
            break
    return model


@freeze.mistake(
    "one layer only",
    "You froze the layer `last` alone. All layers before it belong to the backbone too.",
)
def freeze(model, last):
    model.get_layer(last).trainable = False
    return model


@freeze.also_right
def freeze(model, last):
    names = [layer.name for layer in model.layers]
    for layer in model.layers[: names.index(last) + 1]:
        layer.trainable = False
    return model


@freeze.also_right
def freeze(model, last):
    backbone = True
    for layer in model.layers:
        layer.trainable = not backbone
        backbone = backbone and layer.name != last
    return model


# 5.6 ---------------------------------------------------------------------------------------------


def _two_phases_cases(rng):
    model = _network(rng)
    names = [layer.name for layer in model.layers]
    backbone = [model.get_layer(name) for name in names[: names.index("bn2") + 1]]
    return [(model, backbone, round(float(rng.uniform(0.1, 1)), 3), Network.train)]


def _same_trainings(got, expected):
    for one in (got, expected):
        if not isinstance(one, Network):
            return "it is not the model: give back the model itself"
    got, expected = got.trainings, expected.trainings
    if len(got) != len(expected):
        return f"trainings of the model: {len(got)}, expected {len(expected)}"
    for phase, (one, other) in enumerate(zip(got, expected, strict=True), 1):
        if one[1] != other[1]:
            said = ", ".join(one[1]) or "nothing"
            return f"phase {phase} trains {said}; expected {', '.join(other[1]) or 'nothing'}"
        if not np.isclose(one[0], other[0], rtol=1e-4):
            return f"phase {phase} has the learning rate {one[0]:.4g}, expected {other[0]:.4g}"
    return None


two_phases = Exercise(
    id="5.6",
    title="Fine-tune with a smaller rate",
    function="two_phases",
    hints=(
        "Write it as two blocks of three steps: set `trainable`, compile, train.",
        "`compile` is needed in both blocks: it makes the new learning rate known, and a change of "
        "`trainable` counts only from the next `compile` on.",
        "Second block: for layer in backbone: layer.trainable = True; then model.compile with "
        "keras.optimizers.SGD(learning_rate / 10); then train(model).",
    ),
    cases=_two_phases_cases,
    compare=_same_trainings,
    points=2,
)


@two_phases.reference
def two_phases(model, backbone, learning_rate, train):
    """Train the head first, then fine-tune everything with a smaller rate.

    Phase 1: the layers of the backbone are frozen, the learning rate is `learning_rate`.
    Phase 2: all layers are trained, the learning rate is a tenth of it.

    Args:
        model: a `keras.Model`, not compiled.
        backbone: list of its layers that belong to the backbone.
        learning_rate: float.
        train: function; `train(model)` trains a compiled model for some epochs.

    Returns:
        The model.

    Compile with `optimizer=keras.optimizers.SGD(...)` and `loss="mse"`.

    Example: with learning_rate = 0.5, the first call of train(model) changes the head only, at
        the rate 0.5. The second call changes all layers, at the rate 0.05.
    """
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    for layer in backbone:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "rate unchanged",
    "Phase 2 has the rate of phase 1. The backbone has learned already: large steps would destroy "
    "that before the head gives it a useful gradient. Divide the rate by 10.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    for layer in backbone:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "not compiled again",
    "The backbone is still frozen in phase 2. Set trainable = True for its layers, and compile "
    "after that: what is trained was settled when phase 1 began, and only `compile` changes it.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    for layer in backbone:
        layer.trainable = True
    model.optimizer.learning_rate = learning_rate / 10
    train(model)
    return model


@two_phases.mistake(
    "compiled once",
    "You compiled once, at the beginning. Neither the smaller rate nor the change of `trainable` "
    "reaches the optimizer: compile again before phase 2.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    for layer in backbone:
        layer.trainable = True
    train(model)
    return model


@two_phases.mistake(
    "frozen after training began",
    "You froze the backbone only after the first training. Phase 1 must train the head alone: "
    "set trainable = False before you compile and train.",
)
def two_phases(model, backbone, learning_rate, train):
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "never frozen",
    "The backbone is trained in phase 1 as well. The new head is random there, and its large "
    "gradients would spoil the backbone: freeze it first.",
)
def two_phases(model, backbone, learning_rate, train):
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "larger rate",
    "Phase 2 has ten times the rate of phase 1. Fine-tuning takes smaller steps: divide by 10.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    for layer in backbone:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate * 10), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "smaller rate for the head",
    "The two rates are exchanged: the new head learned in small steps, and the pretrained backbone "
    "was then changed in large ones.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    for layer in backbone:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "whole model frozen",
    "In phase 1 the whole model is frozen, so nothing is trained. Freeze the layers in `backbone`, "
    "not the model.",
)
def two_phases(model, backbone, learning_rate, train):
    model.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    model.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "one phase",
    "You trained once. Both phases end with train(model): the head alone first, then everything.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    for layer in backbone:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "not compiled",
    "A model is trained only after `model.compile(...)`: it needs an optimizer and a loss. Compile "
    "before each of the two trainings.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    train(model)
    for layer in backbone:
        layer.trainable = True
    train(model)
    return model


@two_phases.also_right
def two_phases(model, backbone, learning_rate, train):
    for trainable, rate in ((False, learning_rate), (True, 0.1 * learning_rate)):
        for layer in backbone:
            layer.trainable = trainable
        model.compile(keras.optimizers.Adam(rate), "mse")
        train(model)
    return model


@two_phases.also_right
def two_phases(model, backbone, learning_rate, train):
    kept = [layer for layer in model.layers if layer not in backbone]
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    for layer in model.layers:
        layer.trainable = layer in kept
    train(model)
    for layer in model.layers:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    return model


# 5.7 ---------------------------------------------------------------------------------------------


def _gain_cases(rng):
    cases = []
    for seeds, counts in ((3, 4), (5, 2)):
        scratch = rng.uniform(0.2, 0.5, (seeds, counts)) + rng.normal(0, 0.05, (seeds, 1))
        tuned = scratch + rng.uniform(0.02, 0.2, (seeds, counts))
        cases.append((scratch, tuned))
    return cases


gain = Exercise(
    id="5.7",
    title="A gain and its spread",
    function="gain",
    hints=(
        "In one row both networks were trained on the same images. So take the difference first, "
        "row by row, and only then the mean.",
        "The axis of the seeds is the first one: axis=0. One number is left for each column.",
        "The differences are a sample of 3 or 5 seeds. NumPy divides by the number of values; for "
        "a sample divide by one less: np.std(..., axis=0, ddof=1).",
    ),
    cases=_gain_cases,
    compare=close(1e-6, parts=("the mean gain", "the standard deviation")),
)


@gain.reference
def gain(scratch, tuned):
    """Tell how much pretraining gains, and how much this changes from seed to seed.

    Row i of both arrays was trained with seed i, on the same images. A column belongs to one
    number of labelled images.

    Args:
        scratch: float array [seeds, columns], mean IU of networks trained from scratch.
        tuned: float array [seeds, columns], mean IU of fine-tuned networks.

    Returns:
        Two float arrays [columns]: the mean over the seeds of the gain (tuned - scratch), and
        its sample standard deviation (divided by the number of seeds less one).

    Example: scratch [[0.2], [0.4], [0.3]], tuned [[0.3], [0.6], [0.6]].
        The gains are 0.1, 0.2, 0.3: mean 0.2. Their distances from it are -0.1, 0, 0.1, and
        sqrt((0.01 + 0 + 0.01) / (3 - 1)) = 0.1. The answer is ([0.2], [0.1]).
    """
    difference = tuned - scratch
    return difference.mean(axis=0), difference.std(axis=0, ddof=1)


@gain.mistake(
    "divided by the number of seeds",
    "NumPy's `std` divides by the number of values. For a sample of few seeds that is too small: "
    "divide by one less, with ddof=1.",
)
def gain(scratch, tuned):
    difference = tuned - scratch
    return difference.mean(axis=0), difference.std(axis=0)


@gain.mistake(
    "difference of the deviations",
    "You subtracted one standard deviation from the other. That is not the spread of the gain: "
    "take the differences first, then their standard deviation.",
)
def gain(scratch, tuned):
    spread = tuned.std(axis=0, ddof=1) - scratch.std(axis=0, ddof=1)
    return (tuned - scratch).mean(axis=0), spread


@gain.mistake(
    "not paired",
    "You added the variances, as for networks that have nothing in common. Both rows share their "
    "seed and their images, so some of the spread is common: subtract row by row first.",
)
def gain(scratch, tuned):
    spread = np.sqrt(tuned.var(axis=0, ddof=1) + scratch.var(axis=0, ddof=1))
    return (tuned - scratch).mean(axis=0), spread


@gain.mistake(
    "mean over the columns",
    "You averaged over the numbers of images (axis 1). The seeds are the rows: average over "
    "axis 0, so that one number for each column is left.",
)
def gain(scratch, tuned):
    difference = tuned - scratch
    return difference.mean(axis=1), difference.std(axis=1, ddof=1)


@gain.mistake(
    "mean over everything",
    "You averaged over seeds and columns together. The gain depends on the number of labelled "
    "images, so keep the columns apart: axis=0.",
)
def gain(scratch, tuned):
    difference = tuned - scratch
    return difference.mean(), difference.std(ddof=1)


@gain.mistake(
    "sign turned",
    "You subtracted the fine-tuned networks from those from scratch. A gain is positive when "
    "fine-tuning is better: tuned - scratch.",
)
def gain(scratch, tuned):
    difference = scratch - tuned
    return difference.mean(axis=0), difference.std(axis=0, ddof=1)


@gain.mistake(
    "best seeds compared",
    "You compared the best seed of each. The best of many is luck, and more seeds make it larger: "
    "compare the means.",
)
def gain(scratch, tuned):
    spread = (tuned - scratch).std(axis=0, ddof=1)
    return tuned.max(axis=0) - scratch.max(axis=0), spread


@gain.mistake(
    "relative gain",
    "You divided by the score from scratch. The gain asked for is a difference of mean IU.",
)
def gain(scratch, tuned):
    difference = (tuned - scratch) / scratch
    return difference.mean(axis=0), difference.std(axis=0, ddof=1)


@gain.mistake(
    "standard error",
    "You divided by the root of the number of seeds. That says how well the mean is known; asked "
    "for is how much one seed differs from the next.",
)
def gain(scratch, tuned):
    difference = tuned - scratch
    spread = difference.std(axis=0, ddof=1) / np.sqrt(len(difference))
    return difference.mean(axis=0), spread


@gain.mistake(
    "variance",
    "Your second value is the variance. The standard deviation is its square root, and has the "
    "unit of the scores.",
)
def gain(scratch, tuned):
    difference = tuned - scratch
    return difference.mean(axis=0), difference.var(axis=0, ddof=1)


@gain.also_right
def gain(scratch, tuned):
    means, deviations = [], []
    for one, other in zip(scratch.T, tuned.T, strict=True):
        differences = [b - a for a, b in zip(one, other, strict=True)]
        mean = sum(differences) / len(differences)
        squares = sum((d - mean) ** 2 for d in differences)
        means.append(mean)
        deviations.append((squares / (len(differences) - 1)) ** 0.5)
    return np.array(means), np.array(deviations)
