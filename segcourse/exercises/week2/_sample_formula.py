"""Wrong answers of exercise 2.2 about formula and channels. `sample.py` brings them in."""

import numpy as np

from segcourse.exercises.week2.sample import sample


@sample.mistake(
    "mean of the four",
    "You took the mean of the four neighbours. The nearer a neighbour, the larger its weight: use "
    "the fractions of y and x.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    top, left = int(min(max(y, 0), height - 1)), int(min(max(x, 0), width - 1))
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    above = image[top, left] + image[top, right]
    return (above + image[bottom, left] + image[bottom, right]) / 4


@sample.mistake(
    "colour forgotten",
    "`image.shape` has three numbers when the image has channels. Take the first two: "
    "`image.shape[:2]`.",
)
def sample(image, y, x):
    height, width = image.shape
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "named row by row",
    "You named the pixels row by row. In the formula they go round: A upper left, B LOWER left, C "
    "lower right, D upper right.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    A, B, C, D = image[top, left], image[top, right], image[bottom, left], image[bottom, right]
    return (1 - p) * ((1 - alpha) * A + alpha * B) + p * ((1 - alpha) * D + alpha * C)


@sample.mistake(
    "C and D exchanged",
    "C and D are exchanged. D is the upper right pixel, beside A; C is the lower right one, beside "
    "B.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[bottom, right] + alpha * image[top, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "only the diagonal",
    "You mixed the upper left and the lower right pixel only. All four neighbours count: "
    "interpolate along both sides, and then between the two results.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    return (1 - alpha) * (1 - p) * image[top, left] + alpha * p * image[bottom, right]


@sample.mistake(
    "value cut by int",
    "`int` cuts the fraction off the value, and it cannot take the channels. Return the value as "
    "it is.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return int((1 - p) * left_side + p * right_side)


@sample.mistake(
    "value rounded",
    "You rounded the value. A value between pixels may have a fraction: return it as it is.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return np.round((1 - p) * left_side + p * right_side)


@sample.mistake(
    "one number with float",
    "One number is right, but with channels the value is an array, and `float` takes only one "
    "number. Leave `float` out.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return float((1 - p) * left_side + p * right_side)


@sample.mistake(
    "one number with item",
    "One number is right, but with channels the value is an array, and `item` gives only one "
    "number. Leave `item` out.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return ((1 - p) * left_side + p * right_side).item()


@sample.mistake(
    "channels taken for granted",
    "An image without channels has a shape of two numbers only. Take the first two, "
    "`image.shape[:2]`, which both kinds of image have.",
)
def sample(image, y, x):
    height, width, channels = image.shape
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "indices swapped",
    "You wrote image[left, top]. An array is indexed image[row, column]: image[top, left].",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[left, top] + alpha * image[left, bottom]
    right_side = (1 - alpha) * image[right, top] + alpha * image[right, bottom]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "SciPy without the channels",
    "One plane is right, but `map_coordinates` needs one coordinate for each axis, and an image "
    "with channels has three. Call it for each channel, or use the formula.",
)
def sample(image, y, x):
    from scipy import ndimage

    return ndimage.map_coordinates(image, [[y], [x]], order=1, mode="nearest")[0]


@sample.mistake(
    "half a pixel off",
    "You subtracted 0.5 from y and x. Here the centre of the first pixel is at 0, so the place "
    "(1, 2) is exactly the pixel image[1, 2].",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y - 0.5, 0), height - 1)
    x = min(max(x - 0.5, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "distances to floor and ceil",
    "On a whole number, `ceil(y)` is y itself: both distances are 0, and so is your value. Let "
    "h2 = 1 - h1, or take the row below as top + 1.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(np.floor(y)), int(np.floor(x))
    bottom, right = int(np.ceil(y)), int(np.ceil(x))
    alpha, beta, p, q = y - top, bottom - y, x - left, right - x
    left_side = beta * image[top, left] + alpha * image[bottom, left]
    right_side = beta * image[top, right] + alpha * image[bottom, right]
    return q * left_side + p * right_side


@sample.mistake(
    "half a pixel added",
    "You added 0.5 to y and x. Here the centre of the first pixel is at 0, so the place (1, 2) is "
    "exactly the pixel image[1, 2].",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y + 0.5, 0), height - 1)
    x = min(max(x + 0.5, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "no clamp, floor and ceil",
    "You did not bring the place back to the edge: above row 0 the index is -1, in Python the LAST "
    "row, and below the last row there is nothing. Clamp y and x first.",
)
def sample(image, y, x):
    top, left = int(np.floor(y)), int(np.floor(x))
    bottom, right = int(np.ceil(y)), int(np.ceil(x))
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "floor and ceil, divided by 0",
    "With floor and ceil, h1 + h2 is 0 on a whole number, and you divide by it. Take top + 1 for "
    "the row below: then h1 + h2 is always 1, and nothing has to be divided.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(np.floor(y)), int(np.floor(x))
    bottom, right = int(np.ceil(y)), int(np.ceil(x))
    h1, h2, w1, w2 = y - top, bottom - y, x - left, right - x
    alpha, p = h1 / (h1 + h2), w1 / (w1 + w2)
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "floor and ceil, 0 / 0",
    "On a whole number, floor and ceil are the same row: h1 + h2 is 0, and 0 / 0 gives NaN. Take "
    "top + 1 for the row below: then h1 + h2 is always 1, and nothing has to be divided.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y, x = np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)
    top, left = int(np.floor(y)), int(np.floor(x))
    bottom, right = int(np.ceil(y)), int(np.ceil(x))
    h1, h2, w1, w2 = y - top, bottom - y, x - left, right - x
    alpha, p = h1 / (h1 + h2), w1 / (w1 + w2)
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side
