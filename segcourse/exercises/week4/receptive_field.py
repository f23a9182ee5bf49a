"""Exercise 4.3: Receptive field. The wrong answers that people give."""

from segcourse.exercises.week4.asked.receptive_field import receptive_field


@receptive_field.mistake(
    "kernel in place of kernel - 1",
    "Each layer adds one neighbour too many. A kernel of 3 adds only 2: its first position "
    "is already in the field.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += kernel * jump
        jump *= stride
    return size


@receptive_field.mistake(
    "jump updated too early",
    "You multiplied the jump by a layer's stride before you used it for that same layer. A "
    "stride puts the layer's outputs further apart, so it acts on the layers after it.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        jump *= stride
        size += (kernel - 1) * jump
    return size


@receptive_field.mistake(
    "strides added",
    "You added the strides up. Two layers of stride 2 put neighbours 2 * 2 pixels apart: strides "
    "multiply.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump += stride
    return size


@receptive_field.mistake(
    "strides left out",
    "You left the strides out. After a stride, one step of the kernel covers several input "
    "pixels, so later kernels add more.",
)
def receptive_field(layers):
    size = 1
    for kernel, _ in layers:
        size += kernel - 1
    return size


@receptive_field.mistake(
    "only the stride just before",
    "You used only the stride of the layer just before. The jump between neighbours comes from "
    "all layers before: keep the product of their strides.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump = stride
    return size


@receptive_field.mistake(
    "started from 0",
    "Your field is one pixel too small. Before the first layer an output is one pixel and sees "
    "itself, so the field starts from 1.",
)
def receptive_field(layers):
    size, jump = 0, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return size


@receptive_field.mistake(
    "wrong order",
    "Rule and direction do not fit. From the first layer to the last: size += (kernel - 1) * jump, "
    "then the jump grows. From the last to the first: size = (size - 1) * stride + kernel.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in reversed(layers):
        size += (kernel - 1) * jump
        jump *= stride
    return size


@receptive_field.mistake(
    "kernels added",
    "You added the kernel sizes up. Neighbouring windows overlap, so a second 3×3 convolution "
    "adds 2 pixels and not 3; and the strides count too.",
)
def receptive_field(layers):
    return sum(kernel for kernel, _ in layers)


@receptive_field.mistake(
    "kernels multiplied",
    "Your field is the product of the kernel sizes. Neighbouring windows overlap: two 3×3 "
    "convolutions see 5 pixels along a side, not 9. Add (kernel - 1) * jump.",
)
def receptive_field(layers):
    size = 1
    for kernel, _ in layers:
        size *= kernel
    return size


@receptive_field.mistake(
    "first stride lost",
    "You began with the first kernel but left the first stride out. The jump after the "
    "first layer is its stride, not 1.",
)
def receptive_field(layers):
    size, jump = layers[0][0], 1
    for kernel, stride in layers[1:]:
        size += (kernel - 1) * jump
        jump *= stride
    return size


@receptive_field.mistake(
    "returned the stride",
    "You returned the jump: the product of the strides. The receptive field is how much one "
    "output sees.",
)
def receptive_field(layers):
    jump = 1
    for _, stride in layers:
        jump *= stride
    return jump


@receptive_field.mistake(
    "returned after the first layer",
    "You gave the field of the first layer only. If your `return` stands inside the loop, put it "
    "after the loop.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
        return size


@receptive_field.mistake(
    "field and jump returned",
    "You returned the field and the jump. Only the field is asked for: return that one number.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return size, jump


@receptive_field.mistake(
    "not added to the field",
    "You replaced the field at each layer, so only the last layer counts. Each layer adds to the "
    "field: size = size + (kernel - 1) * jump.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size = (kernel - 1) * jump
        jump *= stride
    return size


@receptive_field.mistake(
    "field as a float",
    "The field counts pixels, so return an int: start from 1 and not from 1.0, multiply and do not "
    "divide with `/`, or use `int` at the end.",
)
def receptive_field(layers):
    size, jump = 1.0, 1.0
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return size


@receptive_field.mistake(
    "own stride as the jump",
    "You multiplied by the layer's own stride. What counts is the jump that the layers before it "
    "made: the product of their strides.",
)
def receptive_field(layers):
    size = 1
    for kernel, stride in layers:
        size += (kernel - 1) * stride
    return size


@receptive_field.mistake(
    "all strides for every layer",
    "You multiplied by the product of all strides. For each layer only the strides of the layers "
    "before it count: let the jump grow in the loop.",
)
def receptive_field(layers):
    jump = 1
    for _, stride in layers:
        jump *= stride
    return 1 + sum((kernel - 1) * jump for kernel, _ in layers)


@receptive_field.mistake(
    "first layer twice",
    "You counted the first layer twice: the field begins with its kernel, and the loop adds it "
    "again. Begin with a field of 1.",
)
def receptive_field(layers):
    size, jump = layers[0][0], 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return size


@receptive_field.mistake(
    "from behind, field times stride",
    "From the last layer to the first is possible, but size outputs lie only size - 1 strides "
    "apart: size = (size - 1) * stride + kernel.",
)
def receptive_field(layers):
    size = 1
    for kernel, stride in reversed(layers):
        size = size * stride + kernel
    return size


@receptive_field.mistake(
    "from behind, field times stride, kernel - 1",
    "From behind, size outputs lie size - 1 strides apart, and the kernel counts whole: "
    "size = (size - 1) * stride + kernel.",
)
def receptive_field(layers):
    size = 1
    for kernel, stride in reversed(layers):
        size = size * stride + kernel - 1
    return size


@receptive_field.mistake(
    "jump made from the field",
    "You multiplied the field by the stride to get the jump. The jump has its own number: "
    "jump = jump * stride.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump = size * stride
    return size


@receptive_field.mistake(
    "field times stride",
    "You multiplied the field by the stride. A stride does not change what has been seen; it "
    "makes the jump larger, and with it what the next kernels add.",
)
def receptive_field(layers):
    size = 1
    for kernel, stride in layers:
        size = size * stride + (kernel - 1)
    return size


@receptive_field.mistake(
    "field times stride, after adding",
    "You added kernel - 1 and multiplied all of it by the stride. Keep a jump beside the field: "
    "the field grows by (kernel - 1) * jump, and only the jump is multiplied.",
)
def receptive_field(layers):
    size = 1
    for kernel, stride in layers:
        size = (size + kernel - 1) * stride
    return size


@receptive_field.mistake(
    "brackets missing",
    "Python multiplies before it subtracts: kernel - 1 * jump is kernel - jump. Write "
    "(kernel - 1) * jump.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += kernel - 1 * jump
        jump *= stride
    return size


@receptive_field.mistake(
    "jump added",
    "You added the jump. Each of the kernel - 1 neighbours lies one jump further: multiply, "
    "(kernel - 1) * jump.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += kernel - 1 + jump
        jump *= stride
    return size


@receptive_field.mistake(
    "kernel and stride swapped",
    "You read each layer as (stride, kernel). The kernel comes first: "
    "`for kernel, stride in layers`.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for stride, kernel in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return size


@receptive_field.mistake(
    "one side only",
    "You added kernel // 2 neighbours, those of one side. A kernel has neighbours on both sides, "
    "kernel - 1 together.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += kernel // 2 * jump
        jump *= stride
    return size


@receptive_field.mistake(
    "odd kernels only",
    "2 * (kernel // 2) is kernel - 1 only for odd kernels. A kernel of 2 adds one neighbour: use "
    "kernel - 1.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += 2 * (kernel // 2) * jump
        jump *= stride
    return size


@receptive_field.mistake(
    "field stays at 1",
    "Your field stays at 1. If the jump starts from 0, all it adds is 0: start it from 1, as "
    "neighbours in the image lie 1 pixel apart. If it starts from 1 already, the sum is not "
    "kept: write size = size + (kernel - 1) * jump.",
)
def receptive_field(layers):
    size, jump = 1, 0
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return size


@receptive_field.mistake(
    "list of all fields",
    "You returned a list with the field after every layer. Only the field after the last layer is "
    "asked for: return that one number.",
)
def receptive_field(layers):
    size, jump, fields = 1, 1, []
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
        fields.append(size)
    return fields


@receptive_field.mistake(
    "field times stride, kernel added",
    "You multiplied the field by the stride and added the whole kernel. From the input on, the "
    "field grows by (kernel - 1) * jump, and the jump by the stride.",
)
def receptive_field(layers):
    size = 1
    for kernel, stride in layers:
        size = size * stride + kernel
    return size


@receptive_field.mistake(
    "field times jump",
    "You multiplied the field by the jump at the end. The field is in input pixels already: "
    "return it as it is.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return size * jump


@receptive_field.mistake(
    "first layer twice, with its stride",
    "You began with the kernel and the stride of the first layer, and the loop uses them again. "
    "Begin with 1 and 1, or let the loop begin at the second layer.",
)
def receptive_field(layers):
    size, jump = layers[0]
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return size


@receptive_field.mistake(
    "both started from 0",
    "Your result is always 0. If your field and your jump start from 0, nothing is ever added: "
    "before the first layer an output is one pixel and its neighbour lies one pixel away, so both "
    "numbers start from 1.",
)
def receptive_field(layers):
    size, jump = 0, 0
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return size


@receptive_field.mistake(
    "number of pixels",
    "You returned the number of pixels in the window. Its side length is asked for: do not "
    "multiply it by itself.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return size**2


@receptive_field.mistake(
    "jump and field returned",
    "You returned two numbers, the jump and the field. Return only the field.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return jump, size


@receptive_field.mistake(
    "padding expected",
    "Here a layer has two numbers and no padding: `for kernel, stride in layers`.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride, _ in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return size
