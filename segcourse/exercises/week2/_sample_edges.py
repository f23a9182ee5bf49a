"""Wrong answers of exercise 2.2 about the edge of the image. `sample.py` brings them in."""

import numpy as np

from segcourse.exercises.week2.sample import sample


@sample.mistake(
    "no clamp",
    "You did not bring the place back to the edge. Above row 0 the index -1 means the LAST row "
    "in Python, and below the last row there is nothing to read: clamp y and x first.",
)
def sample(image, y, x):
    top, left = int(np.floor(y)), int(np.floor(x))
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[top + 1, left]
    right_side = (1 - alpha) * image[top, left + 1] + alpha * image[top + 1, left + 1]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "int() of a negative number",
    "`int(-0.3)` is 0, not -1, so alpha becomes negative and the value leaves the range of its "
    "neighbours. Clamp y and x before you take the whole part.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    top, left = int(y), int(x)
    alpha, p = y - top, x - left
    rows = [min(max(top, 0), height - 1), min(max(top + 1, 0), height - 1)]
    columns = [min(max(left, 0), width - 1), min(max(left + 1, 0), width - 1)]
    left_side = (1 - alpha) * image[rows[0], columns[0]] + alpha * image[rows[1], columns[0]]
    right_side = (1 - alpha) * image[rows[0], columns[1]] + alpha * image[rows[1], columns[1]]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "no neighbour after the last",
    "You clamped y and x, but at y = height - 1 the row `top + 1` does not exist. Clamp the "
    "second row and the second column, too.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[top + 1, left]
    right_side = (1 - alpha) * image[top, left + 1] + alpha * image[top + 1, left + 1]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "wrapped around",
    "With % the image begins again on the other side: the first row mixes with the last one. "
    "Here the edge goes on: clamp with min and max.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    top, left = int(np.floor(y)), int(np.floor(x))
    alpha, p = y - top, x - left
    top, bottom = top % height, (top + 1) % height
    left, right = left % width, (left + 1) % width
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "zeros outside",
    "You read zeros outside the image, which darkens its edge. Here the edge goes on: a place "
    "outside gets the value of the nearest place inside.",
)
def sample(image, y, x):
    top, left = int(np.floor(y)), int(np.floor(x))
    total = 0 * image[0, 0]
    for i in (top, top + 1):
        for j in (left, left + 1):
            if 0 <= i < image.shape[0] and 0 <= j < image.shape[1]:
                total = total + (1 - abs(y - i)) * (1 - abs(x - j)) * image[i, j]
    return total


@sample.mistake(
    "no clamp, with int()",
    "Nothing keeps the place inside the image: below 0 your fraction is negative, and after the "
    "last pixel there is nothing to read. Clamp y and x first.",
)
def sample(image, y, x):
    top, left = int(y), int(x)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[top + 1, left]
    right_side = (1 - alpha) * image[top, left + 1] + alpha * image[top + 1, left + 1]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "width before height",
    "You read `image.shape` as width, height, so each coordinate is clamped to the wrong side. "
    "The first number of the shape is the height.",
)
def sample(image, y, x):
    width, height = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "index -1",
    "The row below the last one is taken care of, but above row 0 the index is -1, and in Python "
    "that is the LAST row. Clamp y and x before you take the whole part.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    top, left = int(np.floor(y)), int(np.floor(x))
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "clamped below 0 only",
    "You clamped y and x at 0, and not at the other end. Below the last row there is nothing to "
    "read: clamp to height - 1 and width - 1 as well.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y, x = max(y, 0), max(x, 0)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "clamped below 0 only, no last row",
    "You clamped y and x at 0 only. Clamp them to height - 1 and width - 1 as well, and let the "
    "last row and the last column be their own second neighbours.",
)
def sample(image, y, x):
    y, x = max(y, 0), max(x, 0)
    top, left = int(y), int(x)
    bottom, right = top + 1, left + 1
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "clamped at the end only",
    "You clamped y and x at the last row and column, and not at 0. A place above row 0 counts as "
    "row 0.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y, x = min(y, height - 1), min(x, width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "clamped at the end only, with floor",
    "You clamped y and x at the last row and column only. Below 0 the whole part is -1, and in "
    "Python index -1 is the LAST row: clamp at 0 as well.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y, x = min(y, height - 1), min(x, width - 1)
    top, left = int(np.floor(y)), int(np.floor(x))
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "only y clamped",
    "You clamped y and not x. Do the same for x, with width - 1.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "only y clamped, with floor",
    "You clamped y only. Left of column 0 the whole part of x is -1, and in Python index -1 is the "
    "LAST column: clamp x as well.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    top, left = int(np.floor(y)), int(np.floor(x))
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "only x clamped",
    "You clamped x and not y. Do the same for y, with height - 1.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "clamped to height",
    "You clamped y to `height`, but rows count from 0: the last one is height - 1. The same for x "
    "and width - 1.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height)
    x = min(max(x, 0), width)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "clamped to the last but one",
    "You clamped the row above to height - 2, but y itself not to height - 1, or the fraction was "
    "taken after that. Clamp y to 0 … height - 1 first, and take the fraction from this y.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    top = min(max(int(np.floor(y)), 0), height - 2)
    left = min(max(int(np.floor(x)), 0), width - 2)
    bottom, right = top + 1, left + 1
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "y kept below height - 2",
    "You clamped y to height - 2, so the last row is never reached. Clamp it to height - 1; only "
    "the row below needs care there.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 2)
    x = min(max(x, 0), width - 2)
    top, left = int(y), int(x)
    bottom, right = top + 1, left + 1
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "fraction of y before the clamping",
    "You clamped the row above, but its fraction comes from the y before the clamping, so outside "
    "the image two rows are mixed. Clamp y first, then take the whole part and the fraction.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    alpha, p = y - np.floor(y), x - np.floor(x)
    top = min(max(int(np.floor(y)), 0), height - 1)
    left = min(max(int(np.floor(x)), 0), width - 1)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "fraction from the clamped row",
    "You clamped the row above and not y, so outside the image y - top is below 0 or above 1, and "
    "the value leaves the range of its neighbours. Clamp y itself first.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    top = min(max(int(np.floor(y)), 0), height - 1)
    left = min(max(int(np.floor(x)), 0), width - 1)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "fraction with int before the clamping",
    "You took the fraction with `int` before the clamping, so above row 0 it is negative. Clamp y "
    "first, then take the whole part and the fraction.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    alpha, p = y - int(y), x - int(x)
    top = min(max(int(y), 0), height - 1)
    left = min(max(int(x), 0), width - 1)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "nearest pixel, no clamp",
    "You rounded y and x and returned one pixel. Mix the four pixels around the place, and bring "
    "places outside back to the edge first.",
)
def sample(image, y, x):
    return image[round(y), round(x)]


@sample.mistake(
    "fraction cut off, no clamp",
    "You returned one pixel, the one above and to the left. Mix the four pixels around the place, "
    "and bring places outside back to the edge first.",
)
def sample(image, y, x):
    return image[int(y), int(x)]


@sample.mistake(
    "row clamped at 0 only",
    "You clamped the row above at 0, and not y: y - top is negative there. Clamp y and x at both "
    "ends before you take the whole part.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    top, left = max(int(np.floor(y)), 0), max(int(np.floor(x)), 0)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "counted from 1",
    "You clamped y to 1 … height. Rows count from 0: clamp to 0 … height - 1.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 1), height)
    x = min(max(x, 1), width)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "0 outside",
    "You return 0 for a place outside the centres. Here the edge goes on: such a place gets the "
    "value of the nearest place inside.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    if not (0 <= y <= height - 1 and 0 <= x <= width - 1):
        return 0.0
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "0 outside the indices",
    "You return 0 where y or x is below 0, or at least height or width. Nothing is 0 there: the "
    "edge goes on, so clamp y and x.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    if y < 0 or x < 0 or y >= height or x >= width:
        return 0.0
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side
