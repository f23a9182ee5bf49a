"""Exercise 1.2: Semantic map out of a panoptic map."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.exercises.week1._cases import panoptic_case
from segcourse.texts import N_


def _cases(rng):
    return [panoptic_case(rng) for _ in range(3)]


semantic_map = Exercise(
    id="1.2",
    title=N_("Semantic map out of a panoptic map"),
    function="semantic_map",
    hints=(
        N_("Begin with a map in which every pixel is void. Then go through the segments."),
        N_("The pixels of one segment are panoptic == segment['id']. What number do they get?"),
        N_(
            "result[panoptic == segment['id']] = segment['category_id'], in a loop; result begins "
            "as np.full(panoptic.shape, 255, 'uint8')."
        ),
    ),
    cases=_cases,
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
