"""A real photograph with a label map that was drawn by hand."""

import numpy as np
from PIL import Image, ImageDraw

from segcourse.data.files.errors import DataError

CLASSES = ("person", "flag", "wall")
#: The outline of the person, as (x, y) in pixels: one click after the other, from the cap on.
PERSON = [
    (180, 66), (189, 53), (202, 45), (218, 41), (229, 31), (243, 25), (259, 23), (275, 25),
    (291, 30), (304, 41), (328, 52), (344, 64), (352, 77), (354, 87), (363, 87), (368, 96),
    (371, 117), (372, 141), (368, 171), (367, 181), (373, 187), (375, 200), (372, 219),
    (368, 238), (363, 259), (360, 273), (352, 294), (336, 306), (331, 312), (335, 321),
    (350, 332), (362, 341), (380, 347), (400, 356), (420, 365), (450, 372), (470, 380),
    (484, 389), (490, 391), (495, 399), (500, 415), (511, 446), (511, 599), (12, 599),
    (15, 563), (18, 530), (23, 494), (27, 463), (29, 439), (32, 425), (38, 407), (43, 394),
    (51, 383), (61, 380), (82, 368), (102, 362), (120, 360), (140, 351), (166, 343),
    (184, 332), (197, 319), (204, 313), (202, 298), (196, 297), (178, 286), (163, 275),
    (162, 251), (165, 238), (161, 224), (157, 216), (154, 197), (148, 181), (147, 139),
    (151, 117), (159, 93), (174, 84),
]  # fmt: skip
#: The flag, before the person is drawn over it.
FLAG = [(0, 0), (228, 0), (237, 22), (242, 30), (242, 599), (0, 599)]


def portrait():
    """A photograph of Grace Hopper, and a class for each of its pixels.

    The photograph is by the United States Navy (James S. Davis, 1984), in the public domain, and
    comes with Matplotlib. The outlines were drawn by hand for this course.

    Returns:
        (image, label, classes): uint8 [600, 512, 3], uint8 [600, 512], and the names of the
        classes, "person", "flag" and "wall".

    Raises:
        DataError: this copy of Matplotlib came without its sample data.

    Example:

    >>> from segcourse import data
    >>> image, label, classes = data.portrait()
    >>> image.shape, classes[label[300, 256]], classes[label[100, 500]]
    ((600, 512, 3), 'person', 'wall')

    Defined for week 1, section 1.
    """
    image = _photograph()
    drawing = Image.new("L", image.size, CLASSES.index("wall"))
    draw = ImageDraw.Draw(drawing)
    draw.polygon(FLAG, fill=CLASSES.index("flag"))
    draw.polygon(PERSON, fill=CLASSES.index("person"))
    return np.asarray(image), np.asarray(drawing), CLASSES


def _photograph():
    from matplotlib import get_data_path

    name = f"{get_data_path()}/sample_data/grace_hopper.jpg"
    try:
        with Image.open(name) as opened:
            return opened.convert("RGB")
    except OSError as error:
        raise DataError(
            "The photograph comes with Matplotlib, in the folder sample_data, which is missing "
            "here. Install Matplotlib by pip."
        ) from error
