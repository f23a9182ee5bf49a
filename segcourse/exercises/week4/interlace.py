"""Exercise 4.5: Interlace the outputs. The wrong answers that people give."""

import numpy as np

from segcourse.exercises.week4.asked.interlace import interlace


@interlace.mistake(
    "side by side",
    "You put the maps side by side as blocks. Each map holds every stride-th pixel of the result, "
    "so neighbours in the result come from different maps.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    return shifts.transpose(0, 2, 1, 3).reshape(height * stride, width * stride)


@interlace.mistake(
    "dy and dx swapped",
    "You swapped dy and dx. In dy * stride + dx, the shift to the right (dx) changes from one "
    "map to the next, and the shift down (dy) only after `stride` maps.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    return shifts.transpose(2, 1, 3, 0).reshape(height * stride, width * stride)


@interlace.mistake(
    "reshape without transpose",
    "You only reshaped. `reshape` keeps the order of the numbers, but here pixels of different "
    "maps must come to lie next to each other: change the order of the axes first.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    return outputs.reshape(height * stride, width * stride)


@interlace.mistake(
    "first map repeated",
    "You enlarged the first map by repeating its pixels. The other maps hold what the network "
    "says about the pixels in between: use all of them.",
)
def interlace(outputs, stride):
    return outputs[0].repeat(stride, axis=0).repeat(stride, axis=1)


@interlace.mistake(
    "averaged",
    "You averaged the maps. They belong to different pixels, so they must be placed next to each "
    "other and not mixed.",
)
def interlace(outputs, stride):
    return outputs.mean(axis=0).repeat(stride, axis=0).repeat(stride, axis=1)


@interlace.mistake(
    "shifts reversed",
    "You placed the shifts in the opposite order. Map 0 has shift (0, 0): its first pixel is the "
    "upper left pixel of the result.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs[::-1].reshape(stride, stride, height, width)
    return shifts.transpose(2, 0, 3, 1).reshape(height * stride, width * stride)


@interlace.mistake(
    "only the rows interlaced",
    "You interlaced the rows, but the columns still lie side by side as blocks. Each x must stand "
    "directly before its dx, as each y stands before its dy.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    return shifts.transpose(2, 0, 1, 3).reshape(height * stride, width * stride)


@interlace.mistake(
    "rows and columns swapped",
    "Your result is [w * stride, h * stride]: rows and columns are swapped. The height comes "
    "first, and dy belongs to the rows.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    return shifts.transpose(3, 1, 2, 0).reshape(width * stride, height * stride)


@interlace.mistake(
    "shifts as the last axes",
    "You put the shifts after y and x, so all shifts of one place come one after the other in a "
    "row. dy belongs to the rows and dx to the columns: order the axes [y, dy, x, dx].",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    return shifts.transpose(2, 3, 0, 1).reshape(height * stride, width * stride)


@interlace.mistake(
    "only the columns interlaced",
    "You interlaced the columns, but the rows of one dy still lie together as a block. Each y "
    "must stand directly before its dy, as each x stands before its dx.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    return shifts.transpose(0, 2, 3, 1).reshape(height * stride, width * stride)


@interlace.mistake(
    "all axes reversed",
    "`.T` reverses all axes, so x comes before y and the rows are filled with columns. Give the "
    "order of the axes to `transpose`: [y, dy, x, dx].",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    return outputs.T.reshape(height * stride, width * stride)


@interlace.mistake(
    "map dy + dx",
    "You took map dy + dx, so different shifts get the same map. There are `stride` maps for "
    "each dy: take outputs[dy * stride + dx].",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride), outputs.dtype)
    for dy in range(stride):
        for dx in range(stride):
            result[dy::stride, dx::stride] = outputs[dy + dx]
    return result


@interlace.mistake(
    "stride 2 in the reshape",
    "Your reshape works only for stride 2. The network may have another stride: use the argument "
    "`stride` in place of the 2.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(2, 2, height, width).transpose(2, 0, 3, 1)
    return shifts.reshape(height * 2, width * 2)


@interlace.mistake(
    "stride 2 everywhere",
    "Your result is right only for stride 2, and too small for a larger one. Use the argument "
    "`stride` wherever you wrote 2.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * 2, width * 2), outputs.dtype)
    for dy in range(2):
        for dx in range(2):
            result[dy::2, dx::2] = outputs[dy * 2 + dx]
    return result


@interlace.mistake(
    "stride 2 in the loops",
    "Your result has the right size, but you place the maps as for stride 2. Use the argument "
    "`stride` in the loops and in the slices, too.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride), outputs.dtype)
    for dy in range(2):
        for dx in range(2):
            result[dy::2, dx::2] = outputs[dy * 2 + dx]
    return result


@interlace.mistake(
    "result of whole numbers",
    "Your result holds whole numbers, so the fractions are cut off. Scores are floats: create the "
    "result with outputs.dtype.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride), int)
    for dy in range(stride):
        for dx in range(stride):
            result[dy::stride, dx::stride] = outputs[dy * stride + dx]
    return result


@interlace.mistake(
    "shift subtracted",
    "You subtracted the shift: row y * stride - dy. A map with shift dy holds the rows dy, "
    "dy + stride, ..., so add it: y * stride + dy, and the same for x.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride), outputs.dtype)
    for dy in range(stride):
        for dx in range(stride):
            for y in range(height):
                for x in range(width):
                    place = y * stride - dy, x * stride - dx
                    result[place] = outputs[dy * stride + dx, y, x]
    return result


@interlace.mistake(
    "width before height, in the loops",
    "You read the width before the height. outputs.shape is (stride * stride, h, w): "
    "`_, height, width = outputs.shape`.",
)
def interlace(outputs, stride):
    _, width, height = outputs.shape
    result = np.zeros((height * stride, width * stride))
    for dy in range(stride):
        for dx in range(stride):
            result[dy::stride, dx::stride] = outputs[dy * stride + dx]
    return result


@interlace.mistake(
    "width before height, in the reshape",
    "You read the width before the height, so your result has the wrong shape. The height comes "
    "first: `_, height, width = outputs.shape`.",
)
def interlace(outputs, stride):
    _, width, height = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    return shifts.transpose(2, 0, 3, 1).reshape(height * stride, width * stride)


@interlace.mistake(
    "width before height, pixel by pixel",
    "Your loops run too far on one axis: you read the width before the height. "
    "outputs.shape[1] is the height and outputs.shape[2] the width.",
)
def interlace(outputs, stride):
    _, width, height = outputs.shape
    result = np.zeros((height * stride, width * stride))
    for y in range(height * stride):
        for x in range(width * stride):
            shift = y % stride * stride + x % stride
            result[y, x] = outputs[shift, y // stride, x // stride]
    return result


@interlace.mistake(
    "first map returned",
    "You returned the first map as it is. All maps are asked for, interlaced into one of shape "
    "[h * stride, w * stride].",
)
def interlace(outputs, stride):
    return outputs[0]


@interlace.mistake(
    "only the first map placed",
    "Only map 0 is in your result. Place the other maps too; if your `return` stands inside the "
    "loops, put it after them.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride))
    for dy in range(stride):
        for dx in range(stride):
            result[dy::stride, dx::stride] = outputs[dy * stride + dx]
            return result


@interlace.mistake(
    "returned after the first dy",
    "Only the maps with dy = 0 are in your result. Your `return` may stand inside the outer loop: "
    "put it after both loops.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride))
    for dy in range(stride):
        for dx in range(stride):
            result[dy::stride, dx::stride] = outputs[dy * stride + dx]
        return result


@interlace.mistake(
    "loops from 1",
    "Your loops leave out the shift 0. Shifts go from 0 to stride - 1: range(stride).",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride))
    for dy in range(1, stride):
        for dx in range(1, stride):
            result[dy::stride, dx::stride] = outputs[dy * stride + dx]
    return result


@interlace.mistake(
    "result as large as one map",
    "Your result is only as large as one map. All maps together need h * stride rows and "
    "w * stride columns.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height, width))
    for dy in range(stride):
        for dx in range(stride):
            result[dy::stride, dx::stride] = outputs[dy * stride + dx]
    return result


@interlace.mistake(
    "outputs[dy, dx]",
    "outputs[dy, dx] is row dx of map dy. The maps stand in one axis: take "
    "outputs[dy * stride + dx], or reshape outputs to [stride, stride, h, w] first.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride))
    for dy in range(stride):
        for dx in range(stride):
            result[dy::stride, dx::stride] = outputs[dy, dx]
    return result


@interlace.mistake(
    "map dy * 2 + dx",
    "You took map dy * 2 + dx. That holds for stride 2 only; in general there are `stride` maps "
    "for each dy: dy * stride + dx.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride))
    for dy in range(stride):
        for dx in range(stride):
            result[dy::stride, dx::stride] = outputs[dy * 2 + dx]
    return result


@interlace.mistake(
    "four maps only",
    "You placed four maps, as for stride 2. There are stride * stride maps: use two loops over "
    "range(stride).",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride))
    for dy in range(2):
        for dx in range(2):
            result[dy::stride, dx::stride] = outputs[dy * 2 + dx]
    return result


@interlace.mistake(
    "slices without a beginning",
    "`::stride` begins at 0 for every map, so each map overwrites the one before. Begin at the "
    "shift: dy::stride and dx::stride.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride))
    for dy in range(stride):
        for dx in range(stride):
            result[::stride, ::stride] = outputs[dy * stride + dx]
    return result


@interlace.mistake(
    "neighbours not spread",
    "You moved each map by its shift, but its pixels still lie side by side. Neighbours of one "
    "map lie `stride` pixels apart in the result: y * stride + dy, or dy::stride.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride))
    for dy in range(stride):
        for dx in range(stride):
            result[dy : dy + height, dx : dx + width] = outputs[dy * stride + dx]
    return result


@interlace.mistake(
    "three axes unpacked into two names",
    "`outputs` has three axes: [stride * stride, h, w]. Write `_, height, width = outputs.shape`.",
)
def interlace(outputs, stride):
    height, width = outputs.shape
    return outputs.reshape(height * stride, width * stride)


@interlace.mistake(
    "mean of the maps",
    "You took the mean over the maps, so the result is as small as one map. Every answer belongs "
    "to a pixel of its own: place them next to each other.",
)
def interlace(outputs, stride):
    return outputs.mean(axis=0)


@interlace.mistake(
    "four axes returned",
    "The order of your axes is right: [y, dy, x, dx]. Now make two axes of them: reshape to "
    "[h * stride, w * stride].",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    return outputs.reshape(stride, stride, height, width).transpose(2, 0, 3, 1)


@interlace.mistake(
    "shifts as the last axes, dx first",
    "You put dx and dy after y and x, so all shifts of one place come one after the other in a "
    "row. Let dy follow y, and dx follow x: [y, dy, x, dx].",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    return shifts.transpose(2, 3, 1, 0).reshape(height * stride, width * stride)


@interlace.mistake(
    "maps read as if the shifts came last",
    "You reshaped to [h, w, stride, stride]. The shifts come first in `outputs`, so the first "
    "axis is split: [stride, stride, h, w]. Then change the order of the axes.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(height, width, stride, stride)
    return shifts.transpose(0, 2, 1, 3).reshape(height * stride, width * stride)


@interlace.mistake(
    "map dy * height + dx",
    "You took map dy * height + dx. The maps are counted by their shifts, `stride` maps for each "
    "dy: dy * stride + dx.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride))
    for dy in range(stride):
        for dx in range(stride):
            result[dy::stride, dx::stride] = outputs[dy * height + dx]
    return result
