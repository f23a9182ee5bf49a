"""Week 1 · Tasks overview: the exercises, each with its reference and usual wrong answers.

A reference's docstring is the text of the notebook's exercise cell. Its body runs in a notebook
that has `import numpy as np`, `import keras` and `from keras import ops`. Each wrong answer is
complete, and the cases are built so that no two answers of one exercise agree on all of them.
"""

import keras
import numpy as np
from keras import ops

from segcourse.exercises.exercise import Exercise, close, exact

# 1.1 ---------------------------------------------------------------------------------------------


def _one_hot_cases(rng):
    # Height, width and number of classes all differ; in the second map the last class is absent.
    cases = []
    for absent in (0, 1):
        num_classes, height, width = (int(n) for n in 3 + rng.permutation(3))
        labels = rng.integers(0, num_classes - absent, (height, width)).astype("uint8")
        labels[0, :3] = 0, 1, 255
        labels[1, 1] = 255
        labels[2, 2] = num_classes - 1 - absent
        cases.append((labels, num_classes))
    return cases


one_hot = Exercise(
    id="1.1",
    title="One-hot target",
    function="one_hot",
    hints=(
        "Ask one question for every pixel and every class: is the label of this pixel this class?",
        "Compare the labels [height, width, 1] with np.arange(num_classes): the result has the "
        "shape [height, width, num_classes]. What does 255 give?",
        "labels[..., None] == np.arange(num_classes), as float32.",
    ),
    cases=_one_hot_cases,
    compare=exact(),
    points=2,
)


@one_hot.reference
def one_hot(labels, num_classes):
    """Turn a label map into a one-hot target.

    Args:
        labels: uint8 array [height, width], class numbers from 0 on; 255 is void.
        num_classes: int.

    Returns:
        float32 array [height, width, num_classes]: 1 in the channel of the pixel's
        class and 0 in all others. A void pixel is 0 in every channel.

    Example: one_hot(np.array([[2, 0, 255]], "uint8"), 3) is
        [[[0, 0, 1], [1, 0, 0], [0, 0, 0]]], with shape [1, 3, 3].
    """
    return (labels[..., None] == np.arange(num_classes)).astype("float32")


@one_hot.mistake(
    "void counted as the last class",
    "Your void pixels are 1 in the last channel. Void is no class: all its channels are 0.",
)
def one_hot(labels, num_classes):
    return np.eye(num_classes, dtype="float32")[np.minimum(labels, num_classes - 1)]


@one_hot.mistake(
    "void counted as class 0",
    "Your void pixels are 1 in channel 0, so they count as the first class. Void is no class: all "
    "its channels are 0.",
)
def one_hot(labels, num_classes):
    return np.eye(num_classes, dtype="float32")[np.where(labels == 255, 0, labels)]


@one_hot.mistake(
    "label 255 looked up",
    "You used the labels as row numbers of a table with num_classes rows, and void asks for row "
    "255. Treat void first, or compare the labels with np.arange(num_classes).",
)
def one_hot(labels, num_classes):
    return np.eye(num_classes, dtype="float32")[labels]


@one_hot.mistake(
    "label 255 given to Keras",
    "keras.utils.to_categorical takes 255 for a class number, and there is no such channel. Treat "
    "void first, or compare the labels with np.arange(num_classes).",
)
def one_hot(labels, num_classes):
    return keras.utils.to_categorical(labels, num_classes)


@one_hot.mistake(
    "a channel for void",
    "You gave void a channel of its own. The network has no answer 'void', so the target has "
    "num_classes channels, and void is 0 in all of them.",
)
def one_hot(labels, num_classes):
    return np.eye(num_classes + 1, dtype="float32")[np.minimum(labels, num_classes)]


@one_hot.mistake(
    "void 255 in every channel",
    "You wrote 255 into the channels of the void pixels. A one-hot target holds 0 and 1 only; a "
    "void pixel is 0 in every channel.",
)
def one_hot(labels, num_classes):
    result = (labels[..., None] == np.arange(num_classes)).astype("float32")
    result[labels == 255] = 255
    return result


@one_hot.mistake(
    "classes first",
    "Your classes are the first axis. Keras stores channels last: [height, width, num_classes].",
)
def one_hot(labels, num_classes):
    return np.stack([labels == i for i in range(num_classes)]).astype("float32")


@one_hot.mistake(
    "classes counted from 1",
    "You compared with 1, 2, ..., num_classes. The class numbers begin with 0: "
    "np.arange(num_classes).",
)
def one_hot(labels, num_classes):
    return (labels[..., None] == np.arange(1, num_classes + 1)).astype("float32")


@one_hot.mistake(
    "True and False",
    "The values are right, but they are True and False. A target is compared with probabilities, "
    "so make it float32: .astype('float32').",
)
def one_hot(labels, num_classes):
    return labels[..., None] == np.arange(num_classes)


@one_hot.mistake(
    "whole numbers",
    "The values are right, but they are integers. A target is compared with probabilities, so make "
    "it float32.",
)
def one_hot(labels, num_classes):
    return (labels[..., None] == np.arange(num_classes)).astype("uint8")


@one_hot.mistake(
    "number of classes from the largest label",
    "You counted the classes in this map. A class may be absent from an image; the number of "
    "channels is always num_classes.",
)
def one_hot(labels, num_classes):
    count = int(labels[labels != 255].max()) + 1
    return (labels[..., None] == np.arange(count)).astype("float32")


@one_hot.mistake(
    "flattened",
    "You made one long list of pixels. Keep height and width: the target has the shape "
    "[height, width, num_classes].",
)
def one_hot(labels, num_classes):
    return (labels.reshape(-1, 1) == np.arange(num_classes)).astype("float32")


@one_hot.mistake(
    "axis for the classes missing",
    "You compared [height, width] with [num_classes]. Give the labels a last axis first: "
    "labels[..., None].",
)
def one_hot(labels, num_classes):
    return (labels == np.arange(num_classes)).astype("float32")


@one_hot.also_right
def one_hot(labels, num_classes):
    result = np.zeros((*labels.shape, num_classes), "float32")
    for y in range(labels.shape[0]):
        for x in range(labels.shape[1]):
            if labels[y, x] != 255:
                result[y, x, labels[y, x]] = 1
    return result


@one_hot.also_right
def one_hot(labels, num_classes):
    return ops.one_hot(labels.astype("int32"), num_classes)


@one_hot.also_right
def one_hot(labels, num_classes):
    return np.eye(256, dtype="float32")[labels][..., :num_classes]


# 1.2 and 1.3 -------------------------------------------------------------------------------------


def _panoptic_case(rng):
    """A small panoptic map with its segments_info.

    Two things of class 3, one of class 4, a crowd of class 3 between them, two kinds of stuff,
    and void. The first segment's class is the id of a later one.
    """
    height, width = (int(n) for n in rng.permutation([7, 9]))
    ids = [int(n) for n in rng.choice(np.arange(30, 200), 6, replace=False)]
    ids[2] = 3
    categories = [0, 3, 1, 3, 3, 4]
    crowds = [0, 0, 0, 1, 0, 0]
    owner = rng.integers(0, 6, height * width)
    owner[:12] = np.repeat(np.arange(6), 2)
    panoptic = np.array(ids, "int32")[rng.permutation(owner).reshape(height, width)]
    panoptic[rng.integers(height), :3] = 0
    info = []
    for number, category, crowd in zip(ids, categories, crowds, strict=True):
        rows, columns = np.nonzero(panoptic == number)
        if not len(rows):  # the void took its last pixel
            panoptic[-1, -1] = number
            rows, columns = np.nonzero(panoptic == number)
        x, y = int(columns.min()), int(rows.min())
        info.append(
            {
                "id": number,
                "category_id": category,
                "iscrowd": crowd,
                "area": len(rows),
                "bbox": [x, y, int(columns.max()) - x + 1, int(rows.max()) - y + 1],
            }
        )
    return panoptic, info


def _semantic_map_cases(rng):
    return [_panoptic_case(rng) for _ in range(3)]


semantic_map = Exercise(
    id="1.2",
    title="Semantic map out of a panoptic map",
    function="semantic_map",
    hints=(
        "Begin with a map in which every pixel is void. Then go through the segments.",
        "The pixels of one segment are panoptic == segment['id']. What number do they get?",
        "result[panoptic == segment['id']] = segment['category_id'], in a loop; result begins as "
        "np.full(panoptic.shape, 255, 'uint8').",
    ),
    cases=_semantic_map_cases,
    compare=exact(),
    points=2,
)


@semantic_map.reference
def semantic_map(panoptic, segments_info):
    """Give every pixel its class, out of a panoptic map.

    Args:
        panoptic: int32 array [height, width]: the id of the segment that each pixel
            belongs to; 0 is void.
        segments_info: list with one dict for each segment. "id" is its number in the
            map, "category_id" its class (from 0 on). It also has "iscrowd", "area"
            and "bbox".

    Returns:
        uint8 array [height, width] of classes; void is 255. A crowd (iscrowd 1) has
        its class as any other segment.

    Example: panoptic [[7, 7, 0, 9]] with the segments {"id": 7, "category_id": 0, ...}
        and {"id": 9, "category_id": 4, ...} is [[0, 0, 255, 4]].
    """
    result = np.full(panoptic.shape, 255, "uint8")
    for segment in segments_info:
        result[panoptic == segment["id"]] = segment["category_id"]
    return result


@semantic_map.mistake(
    "ids in place of classes",
    "You returned the ids of the segments. Two cats have two ids but one class: write "
    "segment['category_id'].",
)
def semantic_map(panoptic, segments_info):
    return panoptic.astype("uint8")


@semantic_map.mistake(
    "ids in place of classes, void set",
    "Void is right, but the other pixels hold ids. Two cats have two ids but one class: write "
    "segment['category_id'].",
)
def semantic_map(panoptic, segments_info):
    return np.where(panoptic == 0, 255, panoptic).astype("uint8")


@semantic_map.mistake(
    "void becomes class 0",
    "Your void pixels are 0, and 0 is a class here. Void has the id 0 in the panoptic map, but the "
    "number 255 in a label map: begin with np.full(panoptic.shape, 255).",
)
def semantic_map(panoptic, segments_info):
    result = np.zeros(panoptic.shape, "uint8")
    for segment in segments_info:
        result[panoptic == segment["id"]] = segment["category_id"]
    return result


@semantic_map.mistake(
    "place in the list",
    "You wrote the place of the segment in the list. Its class is segment['category_id'].",
)
def semantic_map(panoptic, segments_info):
    result = np.full(panoptic.shape, 255, "uint8")
    for place, segment in enumerate(segments_info):
        result[panoptic == segment["id"]] = place
    return result


@semantic_map.mistake(
    "map read and written at once",
    "You looked for the ids in the map that you were changing: a class you wrote early was taken "
    "for the id of a later segment. Look into `panoptic`, write into a second array.",
)
def semantic_map(panoptic, segments_info):
    result = panoptic.copy()
    result[panoptic == 0] = 255
    for segment in segments_info:
        result[result == segment["id"]] = segment["category_id"]
    return result


@semantic_map.mistake(
    "id used as a place",
    "You used the id as a place in the list. Ids are any numbers, with gaps: find the segment by "
    "its 'id'.",
)
def semantic_map(panoptic, segments_info):
    classes = np.array([segment["category_id"] for segment in segments_info], "uint8")
    return np.where(panoptic == 0, 255, classes[panoptic - 1])


@semantic_map.mistake(
    "crowd left out",
    "You left the crowd out. It is not known how many animals a crowd has, but their class is "
    "known, so its pixels have a class.",
)
def semantic_map(panoptic, segments_info):
    result = np.full(panoptic.shape, 255, "uint8")
    for segment in segments_info:
        if not segment["iscrowd"]:
            result[panoptic == segment["id"]] = segment["category_id"]
    return result


@semantic_map.mistake(
    "box filled",
    "You filled the whole box of each segment. Only the pixels with its id belong to it: "
    "panoptic == segment['id'].",
)
def semantic_map(panoptic, segments_info):
    result = np.full(panoptic.shape, 255, "uint8")
    for segment in segments_info:
        x, y, w, h = segment["bbox"]
        result[y : y + h, x : x + w] = segment["category_id"]
    return result


@semantic_map.mistake(
    "classes counted from 1",
    "You added 1 to every class. The classes are already numbered from 0: write category_id as it "
    "is.",
)
def semantic_map(panoptic, segments_info):
    result = np.full(panoptic.shape, 255, "uint8")
    for segment in segments_info:
        result[panoptic == segment["id"]] = segment["category_id"] + 1
    return result


@semantic_map.mistake(
    "returned after the first segment",
    "Only the first segment has its class. If your `return` stands inside the loop, put it after "
    "the loop.",
)
def semantic_map(panoptic, segments_info):
    result = np.full(panoptic.shape, 255, "uint8")
    for segment in segments_info:
        result[panoptic == segment["id"]] = segment["category_id"]
        return result


@semantic_map.mistake(
    "new map for every segment",
    "Only the last segment has its class: you make a new map inside the loop. Make it once, before "
    "the loop.",
)
def semantic_map(panoptic, segments_info):
    for segment in segments_info:
        result = np.full(panoptic.shape, 255, "uint8")
        result[panoptic == segment["id"]] = segment["category_id"]
    return result


@semantic_map.also_right
def semantic_map(panoptic, segments_info):
    classes = {segment["id"]: segment["category_id"] for segment in segments_info}
    classes[0] = 255
    return np.array([[classes[int(i)] for i in row] for row in panoptic])


@semantic_map.also_right
def semantic_map(panoptic, segments_info):
    table = np.full(panoptic.max() + 1, 255, "uint8")
    for segment in segments_info:
        table[segment["id"]] = segment["category_id"]
    return table[panoptic]


def _instance_map_cases(rng):
    return [(*_panoptic_case(rng), things) for things in ((3, 4), (3, 4), (3,))]


instance_map = Exercise(
    id="1.3",
    title="Instance map out of a panoptic map",
    function="instance_map",
    hints=(
        "Begin with a map of zeros and make the void pixels 255. Which segments get a number?",
        "Keep a counter, which begins with 0. When a segment is a thing and no crowd, add 1 and "
        "write the counter into its pixels.",
        "A segment is a thing when segment['category_id'] in things; a crowd has "
        "segment['iscrowd'] == 1, and its pixels become 255.",
    ),
    cases=_instance_map_cases,
    compare=exact(),
    points=2,
)


@instance_map.reference
def instance_map(panoptic, segments_info, things):
    """Number the things in a panoptic map.

    Args:
        panoptic: int32 array [height, width], ids of segments; 0 is void.
        segments_info: list of dicts with "id", "category_id", "iscrowd" (and others).
        things: tuple of the classes that are things. All others are stuff.

    Returns:
        uint8 array [height, width]. The first thing in the order of `segments_info`
        is 1, the next thing is 2, and so on, whatever their classes are. Stuff is 0,
        void is 255. A crowd of things (iscrowd 1) is 255 too and gets no number:
        nobody has told apart the animals in it.

    Example: panoptic [[7, 0, 9, 4]], things (3, 4), and segments_info with
        id 7 (class 0), id 4 (class 3), id 9 (class 3), none a crowd,
        is [[0, 255, 2, 1]].
    """
    result = np.zeros(panoptic.shape, "uint8")
    result[panoptic == 0] = 255
    count = 0
    for segment in segments_info:
        if segment["category_id"] not in things:
            continue
        pixels = panoptic == segment["id"]
        if segment["iscrowd"]:
            result[pixels] = 255
        else:
            count += 1
            result[pixels] = count
    return result


@instance_map.mistake(
    "stuff numbered",
    "You numbered all segments. Stuff has no instances: only segments with a category_id in "
    "`things` get a number.",
)
def instance_map(panoptic, segments_info, things):
    result = np.where(panoptic == 0, 255, 0).astype("uint8")
    count = 0
    for segment in segments_info:
        if segment["iscrowd"]:
            result[panoptic == segment["id"]] = 255
        else:
            count += 1
            result[panoptic == segment["id"]] = count
    return result


@instance_map.mistake(
    "stuff counted but not written",
    "Your counter also counts the stuff, so the first thing is not 1. Count only when the segment "
    "is a thing.",
)
def instance_map(panoptic, segments_info, things):
    result = np.where(panoptic == 0, 255, 0).astype("uint8")
    for count, segment in enumerate(segments_info, start=1):
        if segment["category_id"] in things:
            result[panoptic == segment["id"]] = 255 if segment["iscrowd"] else count
    return result


@instance_map.mistake(
    "ids kept",
    "You kept the ids of the things. Number them 1, 2, 3, ... in the order of segments_info.",
)
def instance_map(panoptic, segments_info, things):
    result = np.where(panoptic == 0, 255, 0).astype("uint8")
    for segment in segments_info:
        if segment["category_id"] in things:
            result[panoptic == segment["id"]] = 255 if segment["iscrowd"] else segment["id"]
    return result


@instance_map.mistake(
    "classes in place of numbers",
    "You wrote the class of each thing: two cats then have the same number. Instances are told "
    "apart, so count them: 1, 2, 3, ...",
)
def instance_map(panoptic, segments_info, things):
    result = np.where(panoptic == 0, 255, 0).astype("uint8")
    for segment in segments_info:
        if segment["category_id"] in things:
            crowd = segment["iscrowd"]
            result[panoptic == segment["id"]] = 255 if crowd else segment["category_id"]
    return result


@instance_map.mistake(
    "counted for each class",
    "You count the things of each class on their own, so the first cat and the first dog are both "
    "1. One counter for all things is asked for.",
)
def instance_map(panoptic, segments_info, things):
    result = np.where(panoptic == 0, 255, 0).astype("uint8")
    counts = dict.fromkeys(things, 0)
    for segment in segments_info:
        category = segment["category_id"]
        if category in things and segment["iscrowd"]:
            result[panoptic == segment["id"]] = 255
        elif category in things:
            counts[category] += 1
            result[panoptic == segment["id"]] = counts[category]
    return result


@instance_map.mistake(
    "counted from 0",
    "Your first thing has the number 0, and 0 means stuff. Add 1 to the counter before you write "
    "it.",
)
def instance_map(panoptic, segments_info, things):
    result = np.where(panoptic == 0, 255, 0).astype("uint8")
    count = 0
    for segment in segments_info:
        if segment["category_id"] in things and segment["iscrowd"]:
            result[panoptic == segment["id"]] = 255
        elif segment["category_id"] in things:
            result[panoptic == segment["id"]] = count
            count += 1
    return result


@instance_map.mistake(
    "void is 0",
    "Your void pixels are 0, as if they were stuff. Nobody knows what they are: void is 255.",
)
def instance_map(panoptic, segments_info, things):
    result = np.zeros(panoptic.shape, "uint8")
    count = 0
    for segment in segments_info:
        if segment["category_id"] in things and segment["iscrowd"]:
            result[panoptic == segment["id"]] = 255
        elif segment["category_id"] in things:
            count += 1
            result[panoptic == segment["id"]] = count
    return result


@instance_map.mistake(
    "crowd numbered",
    "You gave the crowd a number, as if it were one animal. Segments with iscrowd 1 get no number; "
    "their pixels are 255.",
)
def instance_map(panoptic, segments_info, things):
    result = np.where(panoptic == 0, 255, 0).astype("uint8")
    count = 0
    for segment in segments_info:
        if segment["category_id"] in things:
            count += 1
            result[panoptic == segment["id"]] = count
    return result


@instance_map.mistake(
    "crowd counted",
    "The pixels of the crowd are right, but your counter also counts it, so the things after it "
    "have a number too large.",
)
def instance_map(panoptic, segments_info, things):
    result = np.where(panoptic == 0, 255, 0).astype("uint8")
    count = 0
    for segment in segments_info:
        if segment["category_id"] in things:
            count += 1
            result[panoptic == segment["id"]] = 255 if segment["iscrowd"] else count
    return result


@instance_map.mistake(
    "crowd is 0",
    "Your crowd is 0, as if it were stuff. There are things in it, only not told apart: 255.",
)
def instance_map(panoptic, segments_info, things):
    result = np.where(panoptic == 0, 255, 0).astype("uint8")
    count = 0
    for segment in segments_info:
        if segment["category_id"] in things and not segment["iscrowd"]:
            count += 1
            result[panoptic == segment["id"]] = count
    return result


@instance_map.mistake(
    "id looked up in things",
    "You asked whether the id is in `things`. `things` holds classes: ask for "
    "segment['category_id'] in things.",
)
def instance_map(panoptic, segments_info, things):
    result = np.where(panoptic == 0, 255, 0).astype("uint8")
    count = 0
    for segment in segments_info:
        if segment["id"] in things:
            count += 1
            result[panoptic == segment["id"]] = count
    return result


@instance_map.also_right
def instance_map(panoptic, segments_info, things):
    things_info = [segment for segment in segments_info if segment["category_id"] in things]
    single = [segment["id"] for segment in things_info if not segment["iscrowd"]]
    crowds = [segment["id"] for segment in things_info if segment["iscrowd"]]
    result = np.where(np.isin(panoptic, [0, *crowds]), 255, 0)
    for number, segment_id in enumerate(single, start=1):
        result[panoptic == segment_id] = number
    return result


# 1.4 ---------------------------------------------------------------------------------------------


def _tight_box_cases(rng):
    # A diamond: its first and last pixel, in reading order, are no corners of its box.
    cases = []
    for _ in range(3):
        up, down, side_left, side_right = (int(n) for n in 1 + rng.permutation(4))
        top, left = int(rng.integers(2, 5)), int(rng.integers(6, 9))
        height, width = top + up + down + int(rng.integers(2, 5)), left + 12
        y, x = top + up, left + side_left
        mask = np.zeros((height, width), bool)
        mask[y, x - side_left : x + side_right + 1] = True
        mask[y - up : y + down + 1, x] = True
        cases.append((mask,))
    return cases


tight_box = Exercise(
    id="1.4",
    title="Box of a mask",
    function="tight_box",
    hints=(
        "Which columns hold a pixel of the mask? The first of them is `left`.",
        "rows, columns = np.nonzero(mask) gives the row and the column of every True pixel.",
        "left = columns.min(). `right` is exclusive: one more than the last column.",
    ),
    cases=_tight_box_cases,
    compare=exact(parts=("left", "top", "right", "bottom")),
    points=1,
)


@tight_box.reference
def tight_box(mask):
    """Give the smallest box that holds a mask.

    Args:
        mask: bool array [height, width], True where the object is. At least one pixel
            is True.

    Returns:
        (left, top, right, bottom), four ints. x counts columns and grows to the right,
        y counts rows and grows downwards. `right` and `bottom` are exclusive: they are
        the first column and the first row after the object, as in mask[top:bottom].

    Example: for the mask [[0, 0, 0, 0], [0, 1, 1, 0]] the box is (1, 1, 3, 2):
        columns 1 and 2, row 1.
    """
    rows, columns = np.nonzero(mask)
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


@tight_box.mistake(
    "x and y swapped",
    "You gave (top, left, bottom, right). A box begins with x: np.nonzero gives the rows (y) "
    "first, then the columns (x).",
)
def tight_box(mask):
    columns, rows = np.nonzero(mask)
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


@tight_box.mistake(
    "end inclusive",
    "Your right and bottom are the last column and row of the object. They are exclusive here: add "
    "1, so that right - left is the width.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    return columns.min(), rows.min(), columns.max(), rows.max()


@tight_box.mistake(
    "width and height",
    "You gave (left, top, width, height), as COCO writes its boxes. Here the last two numbers are "
    "right and bottom.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    left, top = columns.min(), rows.min()
    return left, top, columns.max() + 1 - left, rows.max() + 1 - top


@tight_box.mistake(
    "both columns, then both rows",
    "You gave (left, right, top, bottom). The order is left, top, right, bottom: first one corner, "
    "then the other.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    return columns.min(), columns.max() + 1, rows.min(), rows.max() + 1


@tight_box.mistake(
    "first and last pixel",
    "You took the first and the last pixel in reading order. They need not be the corners: the "
    "column furthest to the left can be in any row. Take the smallest and the largest.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    return columns[0], rows[0], columns[-1] + 1, rows[-1] + 1


@tight_box.mistake(
    "whole image",
    "You gave the box of the whole image. Look only at the pixels where the mask is True.",
)
def tight_box(mask):
    height, width = mask.shape
    return 0, 0, width, height


@tight_box.mistake(
    "one pixel too large",
    "You added 1 to all four numbers, or counted from 1. Columns and rows are counted from 0; only "
    "right and bottom get + 1.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    return columns.min() + 1, rows.min() + 1, columns.max() + 1, rows.max() + 1


@tight_box.mistake(
    "begins too early",
    "Your left and top are one too small. They are inclusive: the first column and row that hold a "
    "pixel of the mask.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    return columns.min() - 1, rows.min() - 1, columns.max() + 1, rows.max() + 1


@tight_box.mistake(
    "counted from the other side",
    "You counted the empty columns and rows behind the object, as argmax on a reversed array does. "
    "Subtract them from the width and the height.",
)
def tight_box(mask):
    in_column, in_row = mask.any(axis=0), mask.any(axis=1)
    return in_column.argmax(), in_row.argmax(), in_column[::-1].argmax(), in_row[::-1].argmax()


@tight_box.mistake(
    "shares of the image",
    "You divided by the width and the height. The box is asked for in pixels.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    h, w = mask.shape
    return columns.min() / w, rows.min() / h, (columns.max() + 1) / w, (rows.max() + 1) / h


@tight_box.also_right
def tight_box(mask):
    in_column, in_row = mask.any(axis=0), mask.any(axis=1)
    height, width = mask.shape
    right, bottom = width - in_column[::-1].argmax(), height - in_row[::-1].argmax()
    return [int(in_column.argmax()), int(in_row.argmax()), int(right), int(bottom)]


# 1.5 ---------------------------------------------------------------------------------------------


def _box_iou_cases(rng):
    x, y = (int(n) for n in rng.integers(3, 8, 2))
    w, h = (int(n) for n in rng.integers(6, 10, 2))
    dx, dy = (int(n) for n in rng.integers(2, 5, 2))
    # The second box is larger in both directions and moved to the lower right.
    other = (x + dx, y + dy, x + dx + w + 3, y + dy + h + 2)
    one = (x, y, x + w, y + h)
    gap = int(rng.integers(2, 5))
    beside = (x + w + gap, y + 1, x + 2 * w + gap, y + h + 2)
    corner = (x + w + gap, y + h + gap, x + 2 * w + gap, y + 2 * h + gap)
    return [(one, other), (other, one), (one, beside), (one, corner), (one, one)]


box_iou = Exercise(
    id="1.5",
    title="IoU of two boxes",
    function="box_iou",
    hints=(
        "Draw two overlapping boxes. Where is the left edge of the overlap? It is the left edge of "
        "one of the two boxes.",
        "The overlap reaches from the larger `left` to the smaller `right`. If that is less than "
        "0 wide, there is no overlap.",
        "The union is area a + area b - overlap: the overlap was counted twice.",
    ),
    cases=_box_iou_cases,
    compare=close(1e-6),
    points=2,
)


@box_iou.reference
def box_iou(a, b):
    """Give the intersection over union of two boxes.

    Args:
        a, b: boxes (left, top, right, bottom); right and bottom are exclusive, so the
            area is (right - left) * (bottom - top).

    Returns:
        float: the area that lies in both boxes, divided by the area that lies in at
        least one of them. 1 for equal boxes, 0 for boxes that do not overlap.

    Example: box_iou((0, 0, 4, 2), (2, 0, 6, 2)): the overlap is 2 * 2 = 4, the union
        is 8 + 8 - 4 = 12, so the answer is 4 / 12 = 0.333.
    """
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    overlap = max(width, 0) * max(height, 0)
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return overlap / (area_a + area_b - overlap)


@box_iou.mistake(
    "overlap not subtracted from the union",
    "You divided by the sum of both areas. The overlap is in it twice: subtract it once.",
)
def box_iou(a, b):
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return width * height / (area_a + area_b)


@box_iou.mistake(
    "overlap of disjoint boxes",
    "For boxes that do not overlap, the width or the height comes out negative, and two negative "
    "numbers even give a positive area. Each of the two must be at least 0: max(width, 0).",
)
def box_iou(a, b):
    overlap = (min(a[2], b[2]) - max(a[0], b[0])) * (min(a[3], b[3]) - max(a[1], b[1]))
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return overlap / (area_a + area_b - overlap)


@box_iou.mistake(
    "product made positive too late",
    "You applied max(..., 0) to the product. When width and height are both negative, their "
    "product is positive: apply it to each of them.",
)
def box_iou(a, b):
    overlap = max((min(a[2], b[2]) - max(a[0], b[0])) * (min(a[3], b[3]) - max(a[1], b[1])), 0)
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return overlap / (area_a + area_b - overlap)


@box_iou.mistake(
    "absolute value",
    "You took the absolute value of a negative width or height. A negative width means that the "
    "boxes do not overlap: use max(width, 0).",
)
def box_iou(a, b):
    overlap = abs(min(a[2], b[2]) - max(a[0], b[0])) * abs(min(a[3], b[3]) - max(a[1], b[1]))
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return overlap / (area_a + area_b - overlap)


@box_iou.mistake(
    "last pixel counted again",
    "You added 1 to every width and height. That is right for inclusive ends; here right and "
    "bottom are exclusive, so right - left is the width.",
)
def box_iou(a, b):
    width = max(min(a[2], b[2]) - max(a[0], b[0]) + 1, 0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]) + 1, 0)
    area_a = (a[2] - a[0] + 1) * (a[3] - a[1] + 1)
    area_b = (b[2] - b[0] + 1) * (b[3] - b[1] + 1)
    return width * height / (area_a + area_b - width * height)


@box_iou.mistake(
    "divided by the smaller area",
    "You divided by the smaller of the two areas. A small box inside a large one would then score "
    "1: divide by the union.",
)
def box_iou(a, b):
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return width * height / min(area_a, area_b)


@box_iou.mistake(
    "divided by the first area",
    "You divided by the area of the first box. IoU treats both boxes alike: divide by the union.",
)
def box_iou(a, b):
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
    return width * height / ((a[2] - a[0]) * (a[3] - a[1]))


@box_iou.mistake(
    "box around both",
    "You divided by the box around both boxes. Its corners can lie in neither box: the union is "
    "area a + area b - overlap.",
)
def box_iou(a, b):
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
    around = (max(a[2], b[2]) - min(a[0], b[0])) * (max(a[3], b[3]) - min(a[1], b[1]))
    return width * height / around


@box_iou.mistake(
    "width and height read from the box",
    "You read the last two numbers as width and height. They are right and bottom: the width is "
    "right - left.",
)
def box_iou(a, b):
    width = max(min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0]), 0)
    height = max(min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1]), 0)
    return width * height / (a[2] * a[3] + b[2] * b[3] - width * height)


@box_iou.mistake(
    "not divided",
    "You returned the area of the overlap. Divide it by the area of the union.",
)
def box_iou(a, b):
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
    return float(width * height)


@box_iou.mistake(
    "Dice in place of IoU",
    "You returned 2 * overlap / (area a + area b). That is the Dice score, which is larger than "
    "the IoU: divide the overlap by the union.",
)
def box_iou(a, b):
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return 2 * width * height / (area_a + area_b)


@box_iou.mistake(
    "divided with //",
    "`//` rounds down, and an IoU below 1 becomes 0. Divide with `/`.",
)
def box_iou(a, b):
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return float(width * height // (area_a + area_b - width * height))


@box_iou.also_right
def box_iou(a, b):
    side = max(*a, *b)
    masks = np.zeros((2, side, side), bool)
    for mask, (left, top, right, bottom) in zip(masks, (a, b), strict=True):
        mask[top:bottom, left:right] = True
    return (masks[0] & masks[1]).sum() / (masks[0] | masks[1]).sum()


# 1.6 ---------------------------------------------------------------------------------------------


def _multi_task_loss_cases(rng):
    cases = []
    for scale in (1, 1, 2000):
        classes = int(rng.integers(3, 6))
        logits = rng.uniform(-2, 0.3, classes)
        # The right class is far below the largest, so the loss is far from 0. For the large
        # logits exp overflows for both, and after the largest is subtracted, it underflows.
        logits[:2] = rng.uniform(1.2, 2), rng.uniform(0.4, 0.6)
        logits = (scale * rng.permutation(logits)).round(2)
        label = int(np.argsort(logits)[-2])
        box = rng.uniform(0, 0.4, 4).round(2)
        # Every coordinate is off by at least 0.1.
        true_box = (box + rng.uniform(0.1, 0.5, 4)).round(2)
        weight = round(float(rng.uniform(2, 5)), 1)
        cases.append((logits, label, box, true_box, weight))
    return cases


multi_task_loss = Exercise(
    id="1.6",
    title="Multi-task loss",
    function="multi_task_loss",
    hints=(
        "Compute the two losses one after the other, and print each for the example of the text.",
        "The cross-entropy is log(sum of exp(logits)) - logits[label]. Subtract the largest logit "
        "from all logits first: the result stays the same, and exp cannot overflow.",
        "The box loss is np.sum((box - true_box) ** 2). Only this term is multiplied by `weight`.",
    ),
    cases=_multi_task_loss_cases,
    compare=close(1e-5),
    points=2,
)


@multi_task_loss.reference
def multi_task_loss(logits, label, box, true_box, weight):
    """Give the loss of a network with a class head and a box head, for one image.

    Args:
        logits: float array [classes], raw scores. They can be in the thousands.
        label: int, the true class.
        box, true_box: float arrays [4], the predicted and the true box.
        weight: float, how much the box counts.

    Returns:
        float: softmax cross-entropy + weight * L2 box loss.
        Softmax cross-entropy: -log p, where p is the probability of the true class,
        exp(logits[label]) / (sum of exp(logits)), and log is the natural logarithm.
        L2 box loss: the sum of the four squared differences.

    Example: logits [0, log 3], label 1: p = 3 / (1 + 3), so the first loss is 0.288.
        box [0, 0, 4, 2], true_box [1, 0, 4, 4]: 1 + 0 + 0 + 4 = 5.
        With weight 0.1 the answer is 0.288 + 0.1 * 5 = 0.788.
    """
    shifted = logits - np.max(logits)
    cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
    box_loss = np.sum((box - true_box) ** 2)
    return float(cross_entropy + weight * box_loss)


@multi_task_loss.mistake(
    "no softmax",
    "You took the negative logit of the true class. The other logits matter as well: compute the "
    "softmax, then -log of the probability.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    return float(-logits[label] + weight * np.sum((box - true_box) ** 2))


@multi_task_loss.mistake(
    "no logarithm",
    "You took 1 - p. The cross-entropy is -log(p), which grows without limit when p goes to 0.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    powers = np.exp(logits - np.max(logits))
    p = powers[label] / powers.sum()
    return float(1 - p + weight * np.sum((box - true_box) ** 2))


@multi_task_loss.mistake(
    "minus sign forgotten",
    "You added log(p), which is never above 0. The cross-entropy is -log(p).",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    log_p = shifted[label] - np.log(np.sum(np.exp(shifted)))
    return float(log_p + weight * np.sum((box - true_box) ** 2))


@multi_task_loss.mistake(
    "exp overflows",
    "exp of a logit in the thousands is infinite, and infinite minus infinite is no number. "
    "Subtract the largest logit from all logits first.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    cross_entropy = -np.log(np.exp(logits[label]) / np.sum(np.exp(logits)))
    return float(cross_entropy + weight * np.sum((box - true_box) ** 2))


@multi_task_loss.mistake(
    "log of a probability that is 0",
    "A very small probability becomes exactly 0, and its logarithm infinite. Do not divide first: "
    "-log(p) is log(sum of exp) - logits[label], with the largest logit subtracted from both.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    powers = np.exp(logits - np.max(logits))
    cross_entropy = -np.log(powers[label] / powers.sum())
    return float(cross_entropy + weight * np.sum((box - true_box) ** 2))


@multi_task_loss.mistake(
    "largest logit subtracted in the sum only",
    "You subtracted the largest logit inside exp(), but not from the logit of the true class. Use "
    "the same shifted logits in both places.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    cross_entropy = np.log(np.sum(np.exp(logits - np.max(logits)))) - logits[label]
    return float(cross_entropy + weight * np.sum((box - true_box) ** 2))


@multi_task_loss.mistake(
    "sigmoid in place of softmax",
    "You used the sigmoid of one logit. The classes exclude each other, so the softmax over all "
    "logits is asked for.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    cross_entropy = np.logaddexp(0, -logits[label])
    return float(cross_entropy + weight * np.sum((box - true_box) ** 2))


@multi_task_loss.mistake(
    "L1 box loss",
    "You summed the absolute differences: that is L1. L2 sums the squared differences.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
    return float(cross_entropy + weight * np.sum(np.abs(box - true_box)))


@multi_task_loss.mistake(
    "square root",
    "You took the square root of the sum, the length of the difference. The L2 loss is the sum of "
    "squares itself.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
    return float(cross_entropy + weight * np.linalg.norm(box - true_box))


@multi_task_loss.mistake(
    "mean of the squares",
    "You took the mean of the four squares; the sum is asked for. (Both are in use. They differ by "
    "a factor 4, which then belongs into the weight.)",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
    return float(cross_entropy + weight * np.mean((box - true_box) ** 2))


@multi_task_loss.mistake(
    "square of the sum",
    "You summed the differences first and then squared. Errors of opposite sign cancel in this "
    "way: square each difference, then sum.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
    return float(cross_entropy + weight * np.sum(box - true_box) ** 2)


@multi_task_loss.mistake(
    "half of the squares",
    "You took half of the sum of squares. Some texts define it so; here the L2 box loss is the sum "
    "itself.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
    return float(cross_entropy + weight * np.sum((box - true_box) ** 2) / 2)


@multi_task_loss.mistake(
    "weight on the wrong loss",
    "You multiplied the cross-entropy by `weight`. The weight belongs to the box loss.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
    return float(weight * cross_entropy + np.sum((box - true_box) ** 2))


@multi_task_loss.mistake(
    "weight on both",
    "You multiplied both losses by `weight`, and then it changes nothing between them. It belongs "
    "to the box loss only.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
    return float(weight * (cross_entropy + np.sum((box - true_box) ** 2)))


@multi_task_loss.mistake(
    "weight left out",
    "You added the two losses without `weight`. Multiply the box loss by it.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
    return float(cross_entropy + np.sum((box - true_box) ** 2))


@multi_task_loss.mistake(
    "class loss only",
    "The box does not appear in your loss. Add weight * the sum of the squared differences.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    return float(np.log(np.sum(np.exp(shifted))) - shifted[label])


@multi_task_loss.mistake(
    "two losses returned",
    "You returned the two losses one by one. Training needs one number: add them, the box loss "
    "times `weight`.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
    return cross_entropy, weight * np.sum((box - true_box) ** 2)


@multi_task_loss.also_right
def multi_task_loss(logits, label, box, true_box, weight):
    cross_entropy = np.logaddexp.reduce(logits) - logits[label]
    return cross_entropy + weight * sum((p - t) ** 2 for p, t in zip(box, true_box, strict=True))


@multi_task_loss.also_right
def multi_task_loss(logits, label, box, true_box, weight):
    cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    mean = np.mean((box - true_box) ** 2)
    return float(cross_entropy(np.array([label]), logits[None])) + weight * 4 * mean


# 1.7 ---------------------------------------------------------------------------------------------


def _repeated_work_cases(rng):
    sizes = rng.choice(np.arange(10, 60), 3, replace=False)
    patches = 2 * rng.choice(np.arange(1, 5), 3, replace=False) + 1
    return [(int(s), int(p)) for s, p in zip(sizes, patches, strict=True)] + [(2, 3)]


repeated_work = Exercise(
    id="1.7",
    title="Repeated work",
    function="repeated_work",
    hints=(
        "How many pixels does the classifier get for one patch? And how many patches are there?",
        "The border adds patch // 2 pixels on each of the four sides. How large is the image with "
        "its border?",
        "The image with its border has size + patch - 1 pixels a side. Each of these pixels is "
        "read once for the first time; all other reads are repeated.",
    ),
    cases=_repeated_work_cases,
    compare=exact(parts=("the number of passes", "the number of reads", "the repeated reads")),
    points=2,
)


@repeated_work.reference
def repeated_work(size, patch):
    """Count the work of a sliding window that classifies every pixel.

    Around each pixel of a square image, a square patch is cut out and classified. The
    image first gets a border of patch // 2 pixels on each side, so that the patch of
    every pixel is complete.

    Args:
        size: int, side of the image in pixels (without the border).
        patch: odd int, side of a patch in pixels.

    Returns:
        (passes, reads, repeated), three ints: how many patches go through the network,
        how many pixels are read in all of them together, and how many of these reads
        get a pixel (of the image with its border) that was read before.

    Example: size 2, patch 3. 2 * 2 = 4 passes, each reads 3 * 3 = 9 pixels: 36 reads.
        The image with its border has 4 * 4 = 16 pixels, so 36 - 16 = 20 reads are
        repeated. The answer is (4, 36, 20).
    """
    passes = size**2
    reads = passes * patch**2
    return passes, reads, reads - (size + patch - 1) ** 2


@repeated_work.mistake(
    "only where the patch fits",
    "You counted the patches that fit into the image without a border. With the border every pixel "
    "has its patch, so there are size * size passes.",
)
def repeated_work(size, patch):
    passes = (size - patch + 1) ** 2
    reads = passes * patch**2
    return passes, reads, reads - size**2


@repeated_work.mistake(
    "patches side by side",
    "You counted patches that do not overlap. The window moves by one pixel: every pixel is the "
    "centre of a patch.",
)
def repeated_work(size, patch):
    passes = (size // patch) ** 2
    return passes, passes * patch**2, 0


@repeated_work.mistake(
    "one row of passes",
    "You counted the passes of one row. The window also moves down: size * size passes.",
)
def repeated_work(size, patch):
    passes = size
    reads = passes * patch**2
    return passes, reads, reads - (size + patch - 1) ** 2


@repeated_work.mistake(
    "patch not squared",
    "You read `patch` pixels in each pass. A patch has patch * patch pixels.",
)
def repeated_work(size, patch):
    passes = size**2
    reads = passes * patch
    return passes, reads, reads - (size + patch - 1) ** 2


@repeated_work.mistake(
    "border forgotten",
    "You took size * size different pixels. The patches also read the border: the image with its "
    "border has size + patch - 1 pixels a side.",
)
def repeated_work(size, patch):
    passes = size**2
    reads = passes * patch**2
    return passes, reads, reads - size**2


@repeated_work.mistake(
    "border on one side",
    "You added patch // 2 once. The border is on both sides, so each side of the image grows by "
    "2 * (patch // 2) = patch - 1.",
)
def repeated_work(size, patch):
    passes = size**2
    reads = passes * patch**2
    return passes, reads, reads - (size + patch // 2) ** 2


@repeated_work.mistake(
    "border one pixel too wide",
    "You made the image `patch` pixels larger. The border is patch // 2 on each side, together "
    "patch - 1.",
)
def repeated_work(size, patch):
    passes = size**2
    reads = passes * patch**2
    return passes, reads, reads - (size + patch) ** 2


@repeated_work.mistake(
    "all but one of each pixel's patches",
    "You said that each pixel is read patch * patch times, and subtracted one read for each pixel "
    "of a patch. Pixels near the border are read less often; subtract the number of different "
    "pixels, (size + patch - 1) squared.",
)
def repeated_work(size, patch):
    passes = size**2
    reads = passes * patch**2
    return passes, reads, reads - patch**2


@repeated_work.mistake(
    "different pixels in place of repeated reads",
    "Your third number is how many different pixels there are. Repeated reads are all reads minus "
    "these.",
)
def repeated_work(size, patch):
    passes = size**2
    return passes, passes * patch**2, (size + patch - 1) ** 2


@repeated_work.mistake(
    "a ratio",
    "Your third number is a ratio. A count is asked for: the reads minus the different pixels.",
)
def repeated_work(size, patch):
    passes = size**2
    reads = passes * patch**2
    return passes, reads, reads / (size + patch - 1) ** 2


@repeated_work.mistake(
    "overlap of neighbours only",
    "You counted what a patch shares with its neighbour in the same row. It also shares pixels "
    "with the rows above: count the different pixels and subtract them from all reads.",
)
def repeated_work(size, patch):
    passes = size**2
    return passes, passes * patch**2, passes * patch * (patch - 1)


@repeated_work.also_right
def repeated_work(size, patch):
    side = size + 2 * (patch // 2)
    times = np.zeros((side, side), int)
    for y in range(size):
        for x in range(size):
            times[y : y + patch, x : x + patch] += 1
    return size * size, times.sum(), (times - 1).sum()
