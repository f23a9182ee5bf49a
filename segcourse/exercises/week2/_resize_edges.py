"""Wrong answers of exercise 2.3 about indices, sides and edges. `resize.py` brings them in."""

import numpy as np

from segcourse.exercises.week2.resize import resize


@resize.mistake(
    "height and width swapped",
    "Your result is [width, height, channels]. An image array is [height, width, channels]: the "
    "rows come first.",
)
def resize(image, height, width):
    height, width = width, height
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "no edge clamp",
    "At the edge you ask for a row or column that does not exist. Clamp y to 0 … old - 1, and the "
    "second neighbour to old - 1 as well.",
)
def resize(image, height, width):
    y = (np.arange(height) + 0.5) * image.shape[0] / height - 0.5
    x = (np.arange(width) + 0.5) * image.shape[1] / width - 0.5
    top, left = np.floor(y).astype(int), np.floor(x).astype(int)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    left_side = (1 - alpha) * image[top][:, left] + alpha * image[top + 1][:, left]
    right_side = (1 - alpha) * image[top][:, left + 1] + alpha * image[top + 1][:, left + 1]
    return (1 - p) * left_side + p * right_side


@resize.mistake(
    "wrapped around",
    "At the edge you mix in pixels of the opposite edge: that is what % (or index -1) does. Here "
    "the edge goes on: clamp with `np.clip`.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = (np.arange(height) + 0.5) * old_height / height - 0.5
    x = (np.arange(width) + 0.5) * old_width / width - 0.5
    top, left = np.floor(y).astype(int), np.floor(x).astype(int)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    top, bottom = top % old_height, (top + 1) % old_height
    left, right = left % old_width, (left + 1) % old_width
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "went on in a straight line",
    "At the edge your values go beyond those of the image: the fraction is below 0 or above 1 "
    "there. Clamp y and x before you compute the fractions.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = (np.arange(height) + 0.5) * old_height / height - 0.5
    x = (np.arange(width) + 0.5) * old_width / width - 0.5
    top = np.clip(np.floor(y), 0, old_height - 2).astype(int)
    left = np.clip(np.floor(x), 0, old_width - 2).astype(int)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    left_side = (1 - alpha) * image[top][:, left] + alpha * image[top + 1][:, left]
    right_side = (1 - alpha) * image[top][:, left + 1] + alpha * image[top + 1][:, left + 1]
    return (1 - p) * left_side + p * right_side


@resize.mistake(
    "zeros outside",
    "Your edge fades to 0: you padded the image with zeros. Pad it with its own edge, or clamp.",
)
def resize(image, height, width):
    y = (np.arange(height) + 0.5) * image.shape[0] / height + 0.5
    x = (np.arange(width) + 0.5) * image.shape[1] / width + 0.5
    padded = np.pad(image, ((1, 1), (1, 1), (0, 0)))
    top, left = y.astype(int), x.astype(int)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    left_side = (1 - alpha) * padded[top][:, left] + alpha * padded[top + 1][:, left]
    right_side = (1 - alpha) * padded[top][:, left + 1] + alpha * padded[top + 1][:, left + 1]
    return (1 - p) * left_side + p * right_side


@resize.mistake(
    "fractions without axes",
    "The fractions of the rows must be spread over columns and channels: give them the shape "
    "[height, 1, 1], and those of the columns [width, 1], with `[:, None, None]` and `[:, None]`.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = y - top, x - left
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "rows and columns paired",
    "`image[top, left]` pairs the first row with the first column and so on. To get every row "
    "with every column, write image[top][:, left].",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom = np.minimum(top + 1, old_height - 1)
    right = np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@resize.mistake(
    "old height for both",
    "You took image.shape[0] for the columns as well. The old width is image.shape[1]: an image "
    "need not be square.",
)
def resize(image, height, width):
    old_height = old_width = image.shape[0]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "new height for both",
    "You made as many columns as rows. The columns come from `width` and image.shape[1].",
)
def resize(image, height, width):
    width = height
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "old sides exchanged",
    "You took image.shape as (width, height). Its first number is the height, the number of rows.",
)
def resize(image, height, width):
    old_width, old_height = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "shape of two numbers",
    "`image.shape` has three numbers: height, width and channels. Take the first two, "
    "`image.shape[:2]`.",
)
def resize(image, height, width):
    old_height, old_width = image.shape
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "channels lost",
    "Your result has no axis for the channels. Keep it: image[top] takes all columns and all "
    "channels.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None], x - left
    image = image[..., 0]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "no room for the channels",
    "Your result has one number in each cell, and an image has several channels there: "
    "np.zeros((height, width, image.shape[2])).",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    result = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            y = min(max((i + 0.5) * old_height / height - 0.5, 0), old_height - 1)
            x = min(max((j + 0.5) * old_width / width - 0.5, 0), old_width - 1)
            top, left = int(y), int(x)
            bottom, right = min(top + 1, old_height - 1), min(left + 1, old_width - 1)
            alpha, p = y - top, x - left
            left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
            right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
            result[i, j] = (1 - p) * left_side + p * right_side
    return result


@resize.mistake(
    "index -1",
    "The second neighbour is clamped, but in the first rows y is below 0, its whole part is -1, "
    "and in Python that is the LAST row. Clamp y and x before you take the whole part.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = (np.arange(height) + 0.5) * old_height / height - 0.5
    x = (np.arange(width) + 0.5) * old_width / width - 0.5
    top, left = np.floor(y).astype(int), np.floor(x).astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "fraction of y before the clamping",
    "You clamped the row above, but its fraction comes from the y before the clamping: at the "
    "upper edge two rows are mixed. Clamp y and x first, then take whole part and fraction.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = (np.arange(height) + 0.5) * old_height / height - 0.5
    x = (np.arange(width) + 0.5) * old_width / width - 0.5
    top, left = np.floor(y).astype(int), np.floor(x).astype(int)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    top, left = np.maximum(top, 0), np.maximum(left, 0)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "fraction from the clamped row",
    "You clamped the row above and not y, so at the upper edge y - top is negative, and the value "
    "leaves the range of its neighbours. Clamp y and x first.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = (np.arange(height) + 0.5) * old_height / height - 0.5
    x = (np.arange(width) + 0.5) * old_width / width - 0.5
    top = np.clip(np.floor(y).astype(int), 0, old_height - 1)
    left = np.clip(np.floor(x).astype(int), 0, old_width - 1)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "floor and ceil",
    "On a whole number `ceil` is the same row as `floor`: both distances are 0, and so is your "
    "value, or 0 / 0. Take top + 1 for the row below, clamped to old - 1.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = np.floor(y).astype(int), np.floor(x).astype(int)
    bottom, right = np.ceil(y).astype(int), np.ceil(x).astype(int)
    alpha, beta = (y - top)[:, None, None], (bottom - y)[:, None, None]
    p, q = (x - left)[:, None], (right - x)[:, None]
    sides = beta * image[top] + alpha * image[bottom]
    return q * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "floor and ceil, divided",
    "With floor and ceil, h1 + h2 is 0 on a whole number, and 0 / 0 gives NaN. Take top + 1 for "
    "the row below, clamped to old - 1: then nothing has to be divided.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = np.floor(y).astype(int), np.floor(x).astype(int)
    bottom, right = np.ceil(y).astype(int), np.ceil(x).astype(int)
    alpha = ((y - top) / (bottom - top))[:, None, None]
    p = ((x - left) / (right - left))[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "whole-number division",
    "`//` cuts the fraction off the place, and the fraction is the weight. Divide with `/`.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height // height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width // width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "indices with a fraction",
    "Your row numbers are floats, also after `np.floor`. An index must be a whole number: add "
    ".astype(int).",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = np.floor(y), np.floor(x)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "min and max of arrays",
    "`min` and `max` take single numbers (so does `sample`, which uses them), and y is an array of "
    "all rows. `np.clip` does the same for arrays.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = (np.arange(height) + 0.5) * old_height / height - 0.5
    x = (np.arange(width) + 0.5) * old_width / width - 0.5
    y = min(max(y, 0), old_height - 1)
    x = min(max(x, 0), old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "rows taken twice",
    "`image[top][left]` takes rows, and then rows again. The second index needs a colon before it: "
    "image[top][:, left].",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    left_side = (1 - alpha) * image[top][left] + alpha * image[bottom][left]
    right_side = (1 - alpha) * image[top][right] + alpha * image[bottom][right]
    return (1 - p) * left_side + p * right_side
