"""Exercise 4.2: Output size. The wrong answers that people give."""

import numpy as np

from segcourse.exercises.week4.asked.output_size import output_size


@output_size.mistake(
    "forgot the + 1",
    "Each layer is one output short: you counted the steps of the kernel. Count its places; the "
    "one where it starts is a place too.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = (size + 2 * padding - kernel) // stride
    return size


@output_size.mistake(
    "rounded up",
    "You rounded up. When the last step is not complete, the kernel would reach over the border, "
    "so that place gives no output: round down.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = int(np.ceil((size + 2 * padding - kernel) / stride)) + 1
    return size


@output_size.mistake(
    "rounded to the nearest",
    "`round` goes up when more than half a step is left. A step that is not complete never gives "
    "an output: always round down.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = round((size + 2 * padding - kernel) / stride) + 1
    return size


@output_size.mistake(
    "not rounded",
    "Your size is not a whole number: `/` keeps the fraction. A map has a whole number of pixels, "
    "so divide and round down.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = (size + 2 * padding - kernel) / stride + 1
    return size


@output_size.mistake(
    "float in place of int",
    "A size counts pixels, so return an int: divide with `//`, or use `int` at the end.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = np.floor((size + 2 * padding - kernel) / stride) + 1
    return size


@output_size.mistake(
    "padding once",
    "You added the padding once. It is put at both ends, so the side grows by twice the padding.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = (size + padding - kernel) // stride + 1
    return size


@output_size.mistake(
    "padding left out",
    "You left the padding out. The kernel also moves over the padded pixels, so they count as "
    "part of the input.",
)
def output_size(size, layers):
    for kernel, stride, _ in layers:
        size = (size - kernel) // stride + 1
    return size


@output_size.mistake(
    "stride left out",
    "You left the stride out. The kernel does not stop at every pixel: it moves `stride` pixels "
    "at a time.",
)
def output_size(size, layers):
    for kernel, _, padding in layers:
        size = size + 2 * padding - kernel + 1
    return size


@output_size.mistake(
    "added 1 before the division",
    "You added the 1 before you divided by the stride. The 1 is a whole output, not a pixel: "
    "divide first, then add it.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = (size + 2 * padding - kernel + 1) // stride
    return size


@output_size.mistake(
    "product of the strides",
    "You only divided by the strides. That is right only when every layer pads exactly enough. "
    "Here the kernel and the padding of each layer count, too: use the whole formula.",
)
def output_size(size, layers):
    total = 1
    for _, stride, _ in layers:
        total *= stride
    return size // total


@output_size.mistake(
    "returned after the first layer",
    "You gave the size after the first layer only. If your `return` stands inside the loop, put it "
    "after the loop.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = (size + 2 * padding - kernel) // stride + 1
        return size


@output_size.mistake(
    "every layer on the input",
    "You applied every layer to the input's size, so only the last layer counts. Each layer gets "
    "what the layer before it left.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        result = (size + 2 * padding - kernel) // stride + 1
    return result


@output_size.mistake(
    "stride and padding swapped",
    "You read each layer as (kernel, padding, stride). The order is (kernel, stride, padding): "
    "`for kernel, stride, padding in layers`.",
)
def output_size(size, layers):
    for kernel, padding, stride in layers:
        size = (size + 2 * padding - kernel) // stride + 1
    return size


@output_size.mistake(
    "stride and padding swapped, divided with /",
    "You took the padding for the stride, and it can be 0. A layer is (kernel, stride, padding), "
    "in this order.",
)
def output_size(size, layers):
    for kernel, padding, stride in layers:
        size = int((size + 2 * padding - kernel) / stride + 1)
    return size


@output_size.mistake(
    "size over stride, rounded up",
    'You divided the size by the stride and rounded up. That is the rule for padding="same" in '
    "Keras; here the padding is given, so kernel and padding belong into the formula.",
)
def output_size(size, layers):
    for _, stride, _ in layers:
        size = int(np.ceil(size / stride))
    return size


@output_size.mistake(
    "brackets missing",
    "Python divides before it adds, so only the kernel was divided by the stride. Put "
    "size + 2 * padding - kernel in brackets, then divide.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = size + 2 * padding - kernel // stride + 1
    return size


@output_size.mistake(
    "brackets missing, not rounded",
    "Python divides before it adds, so only the kernel was divided. Put size + 2 * padding - "
    "kernel in brackets, and divide with `//` to get a whole number.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = size + 2 * padding - kernel / stride + 1
    return size


@output_size.mistake(
    "list of all sizes",
    "You returned a list with the size after every layer. Only the size after the last layer is "
    "asked for: return that one number.",
)
def output_size(size, layers):
    sizes = []
    for kernel, stride, padding in layers:
        size = (size + 2 * padding - kernel) // stride + 1
        sizes.append(size)
    return sizes


@output_size.mistake(
    "list of all sizes with the input",
    "You returned a list: the input's size and the size after every layer. Return only the last "
    "number of it.",
)
def output_size(size, layers):
    sizes = [size]
    for kernel, stride, padding in layers:
        sizes.append((sizes[-1] + 2 * padding - kernel) // stride + 1)
    return sizes


@output_size.mistake(
    "padding subtracted",
    "You subtracted the padding. It makes the input larger, so add it, once for each end: "
    "size + 2 * padding - kernel.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = (size - 2 * padding - kernel) // stride + 1
    return size


@output_size.mistake(
    "kernel left out",
    "You left the kernel out. It must lie inside completely, so its first pixel can move only "
    "size + 2 * padding - kernel pixels.",
)
def output_size(size, layers):
    for _, stride, padding in layers:
        size = (size + 2 * padding) // stride + 1
    return size


@output_size.mistake(
    "kernel and + 1 left out",
    "You divided the padded size by the stride. First subtract the kernel from it, and after the "
    "division add 1 for the first place.",
)
def output_size(size, layers):
    for _, stride, padding in layers:
        size = (size + 2 * padding) // stride
    return size


@output_size.mistake(
    "kernel - 1 in place of kernel",
    "Your layers give one output too many when a step just does not fit: you subtracted "
    "kernel - 1. Subtract the whole kernel; the + 1 stands at the end only.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = (size + 2 * padding - (kernel - 1)) // stride + 1
    return size


@output_size.mistake(
    "added 1 before the division, not rounded",
    "Divide with `//`, and add the 1 after the division: it is a whole output, not a pixel.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = (size + 2 * padding - kernel + 1) / stride
    return size


@output_size.mistake(
    "formula of the transposed convolution",
    "That is the formula of week 3, for a layer that enlarges. These layers make the map smaller: "
    "divide by the stride.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = (size - 1) * stride + kernel - 2 * padding
    return size


@output_size.mistake(
    "divided by stride + 1",
    "You divided by stride + 1. Close the brackets before the + 1: divide by the stride, then add "
    "1 to the result.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = (size + 2 * padding - kernel) // (stride + 1)
    return size


@output_size.mistake(
    "only the padding divided",
    "Python divides before it adds, so only the padding was divided. Put brackets around "
    "size - kernel + 2 * padding.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = size - kernel + 2 * padding // stride + 1
    return size


@output_size.mistake(
    "only the padding divided, not rounded",
    "Only the padding was divided by the stride. Put size - kernel + 2 * padding in brackets, and "
    "divide with `//` to get a whole number.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = size - kernel + 2 * padding / stride + 1
    return size


@output_size.mistake(
    "all layers at once",
    "You put all layers into one formula. Each layer rounds down and adds its 1 before the next "
    "one begins: go through the layers in a loop.",
)
def output_size(size, layers):
    product = 1
    for kernel, stride, padding in layers:
        size += 2 * padding - kernel
        product *= stride
    return size // product + 1


@output_size.mistake(
    "from the last layer to the first",
    "You began with the last layer. The image goes through the first layer of the list first.",
)
def output_size(size, layers):
    for kernel, stride, padding in reversed(layers):
        size = (size + 2 * padding - kernel) // stride + 1
    return size


@output_size.mistake(
    "kernel and stride swapped",
    "You read each layer as (stride, kernel, padding). The kernel comes first: "
    "`for kernel, stride, padding in layers`.",
)
def output_size(size, layers):
    for stride, kernel, padding in layers:
        size = (size + 2 * padding - kernel) // stride + 1
    return size


@output_size.mistake(
    "last place not counted",
    "You lose the last place when the kernel ends exactly at the border. `range` stops before its "
    "end: let it end at size + 2 * padding - kernel + 1.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = len(range(0, size + 2 * padding - kernel, stride))
    return size


@output_size.mistake(
    "places where the kernel does not fit",
    "You counted a place at every step up to the border, also where the kernel reaches over it. "
    "The last place is size + 2 * padding - kernel.",
)
def output_size(size, layers):
    for _, stride, padding in layers:
        size = len(range(0, size + 2 * padding, stride))
    return size


@output_size.mistake(
    "+ 1 only at the end",
    "You added 1 only once, after the loop. Every layer has a first place: add 1 in each layer.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = (size + 2 * padding - kernel) // stride
    return size + 1


@output_size.mistake(
    "list unpacked as one layer",
    "`layers` is a list of layers, and each has three numbers. Go through them: "
    "`for kernel, stride, padding in layers`.",
)
def output_size(size, layers):
    kernel, stride, padding = layers
    return (size + 2 * padding - kernel) // stride + 1
