"""Wrong answers of exercise 2.4 that mix labels or take a ready-made function."""

import numpy as np

from segcourse.exercises.week2.resize_mask import resize_mask


@resize_mask.mistake(
    "bilinear and rounded",
    "You interpolated the class numbers and rounded. Between class 1 and class 3 that invents "
    "class 2. Numbers of classes have no order: copy, never mix.",
)
def resize_mask(labels, height, width):
    old_height, old_width = labels.shape
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None], x - left
    sides = (1 - alpha) * labels[top] + alpha * labels[bottom]
    return np.round((1 - p) * sides[:, left] + p * sides[:, right]).astype(labels.dtype)


@resize_mask.mistake(
    "bilinear and cut off",
    "You interpolated the class numbers and cut the fraction off. That invents classes: between "
    "class 1 and class 3 lies class 2. Copy the nearest label, never mix.",
)
def resize_mask(labels, height, width):
    old_height, old_width = labels.shape
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None], x - left
    sides = (1 - alpha) * labels[top] + alpha * labels[bottom]
    return ((1 - p) * sides[:, left] + p * sides[:, right]).astype(labels.dtype)


@resize_mask.mistake(
    "bilinear",
    "You interpolated the class numbers, so there are labels like 1.5 between class 1 and class 2. "
    "A label is a name: copy the nearest one, never mix.",
)
def resize_mask(labels, height, width):
    old_height, old_width = labels.shape
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None], x - left
    sides = (1 - alpha) * labels[top] + alpha * labels[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize_mask.mistake(
    "Pillow's default",
    "Pillow interpolates unless it is told not to: pass resample=Image.Resampling.NEAREST. Labels "
    "are names and must not be mixed.",
)
def resize_mask(labels, height, width):
    from PIL import Image

    return np.array(Image.fromarray(labels).resize((width, height)))


@resize_mask.mistake(
    "Pillow's bilinear",
    "Pillow mixed the numbers of the classes. Labels are names: pass Image.Resampling.NEAREST.",
)
def resize_mask(labels, height, width):
    from PIL import Image

    return np.array(Image.fromarray(labels).resize((width, height), Image.Resampling.BILINEAR))


@resize_mask.mistake(
    "Pillow's default, sides exchanged",
    "Pillow takes (width, height), and it interpolates unless it is told not to: pass "
    "resample=Image.Resampling.NEAREST.",
)
def resize_mask(labels, height, width):
    from PIL import Image

    return np.array(Image.fromarray(labels).resize((height, width)))


@resize_mask.mistake(
    "SciPy's zoom",
    "`ndimage.zoom` places the first and the last pixels of the two maps on each other: align- "
    "corners. Take the whole part of (i + 0.5) * old / height.",
)
def resize_mask(labels, height, width):
    from scipy import ndimage

    return ndimage.zoom(labels, (height / labels.shape[0], width / labels.shape[1]), order=0)


@resize_mask.mistake(
    "repeat",
    "`repeat` makes each row a whole number of times longer, so it cannot reach every size, and it "
    "cannot shrink. Compute for each new row which old row it copies.",
)
def resize_mask(labels, height, width):
    return labels.repeat(height // labels.shape[0], axis=0).repeat(width // labels.shape[1], axis=1)


@resize_mask.mistake(
    "every n-th row",
    "A step in a slice takes every n-th row: it can only shrink, and only by whole numbers. "
    "Compute for each new row which old row it copies.",
)
def resize_mask(labels, height, width):
    return labels[:: labels.shape[0] // height, :: labels.shape[1] // width]


@resize_mask.mistake(
    "np.resize",
    "`np.resize` fills the new array with the numbers in their order, and begins again at the end. "
    "It knows nothing of images: compute which old row and column each pixel copies.",
)
def resize_mask(labels, height, width):
    return np.resize(labels, (height, width))


@resize_mask.mistake(
    "axis of the channel left",
    "You gave the labels an axis for a channel, and it is still there. Take it away again: "
    "result[..., 0].",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
    columns = ((np.arange(width) + 0.5) * labels.shape[1] / width).astype(int)
    return labels[..., None][rows][:, columns]
