"""Exercise 1.2: Semantic map out of a panoptic map."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.exercises.week1._cases import (
    any_panoptic,
    case_of_one_segment,
    case_with_large_ids,
    case_without_void,
    maps_side_by_side,
    mixed_case,
)
from segcourse.texts import N_


def _cases(rng):
    return [
        mixed_case(rng),
        case_without_void(rng),
        case_with_large_ids(rng),
        case_of_one_segment(rng, 1, size=(2, 3)),
        case_of_one_segment(rng, 0, size=(3, 1)),
    ]


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
    space=any_panoptic,
    compare=exact(),
    picture=maps_side_by_side,
    points=2,
)


@semantic_map.reference
def semantic_map(panoptic, segments_info):
    """Give every pixel its class, out of a panoptic map.

    Args:
        panoptic: array [height, width] of whole numbers: the id of the segment that
            each pixel belongs to; 0 is void. Ids can be larger than 255.
        segments_info: list with one dict for each segment. "id" is its number in the
            map, "category_id" its class (from 0 on). It also has "iscrowd" (0 or 1).
            Other keys may be missing.

    Returns:
        Array [height, width] of whole numbers, the classes; void is 255. A crowd
        (iscrowd 1) has its class as any other segment.

    Example:

    >>> segments = [{"id": 7, "category_id": 0, "iscrowd": 0},
    ...             {"id": 9, "category_id": 4, "iscrowd": 0}]
    >>> semantic_map(np.array([[7, 7, 0, 9]]), segments)
    array([[0, 0, 255, 4]])
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
    return panoptic.copy()


@semantic_map.mistake(
    "ids in place of classes, void set",
    "Void is right, but the other pixels hold ids. Two cats have two ids but one class: write "
    "segment['category_id'].",
)
def semantic_map(panoptic, segments_info):
    return np.where(panoptic == 0, 255, panoptic)


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
    "a key that need not be there",
    "A segment surely has the keys 'id', 'category_id' and 'iscrowd', and no others. The pixels of "
    "a segment are panoptic == segment['id']; its box and its area do not say which they are.",
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


@semantic_map.mistake(
    "number in the list taken for the id",
    "You took 1, 2, 3, ... for the ids. That fits the scenes, but ids are any numbers, with gaps: "
    "the id of a segment is segment['id'].",
)
def semantic_map(panoptic, segments_info):
    result = np.full(panoptic.shape, 255, "uint8")
    for number, segment in enumerate(segments_info, start=1):
        result[panoptic == number] = segment["category_id"]
    return result


@semantic_map.mistake(
    "place in the list taken for the id",
    "You took the place in the list, 0, 1, 2, ..., for the id. Then the first segment gets the "
    "void, which has the id 0. The id of a segment is segment['id'].",
)
def semantic_map(panoptic, segments_info):
    result = np.full(panoptic.shape, 255, "uint8")
    for number, segment in enumerate(segments_info):
        result[panoptic == number] = segment["category_id"]
    return result


@semantic_map.mistake(
    "only things",
    "Only cats and dogs have their class. Stuff has a class too: in a semantic map every pixel "
    "that is not void has one.",
)
def semantic_map(panoptic, segments_info):
    result = np.full(panoptic.shape, 255, "uint8")
    for segment in segments_info:
        if segment["category_id"] in (3, 4):
            result[panoptic == segment["id"]] = segment["category_id"]
    return result


@semantic_map.mistake(
    "stuff is 0",
    "You made all stuff 0, as in an instance map. Here sky, grass and tree have their own classes, "
    "and 0 is one of them: write category_id for every segment.",
)
def semantic_map(panoptic, segments_info):
    result = np.where(panoptic == 0, 255, 0)
    for segment in segments_info:
        if segment["category_id"] in (3, 4):
            result[panoptic == segment["id"]] = segment["category_id"]
    return result


@semantic_map.mistake(
    "0 made void at the end",
    "At the end you turned every 0 into 255. But 0 is a class, too. Begin with a map full of 255; "
    "or look for void in `panoptic`.",
)
def semantic_map(panoptic, segments_info):
    result = np.zeros(panoptic.shape, "uint8")
    for segment in segments_info:
        result[panoptic == segment["id"]] = segment["category_id"]
    result[result == 0] = 255
    return result


@semantic_map.mistake(
    "smallest id taken for void",
    "You took the smallest id for void. That goes wrong in a map without void. Void is the id 0.",
)
def semantic_map(panoptic, segments_info):
    result = np.full(panoptic.shape, 255, "uint8")
    for segment in segments_info:
        result[panoptic == segment["id"]] = segment["category_id"]
    result[panoptic == panoptic.min()] = 255
    return result


@semantic_map.mistake(
    "ids cut to uint8",
    "You turned the ids into uint8 before you compared them. uint8 ends at 255, and ids can be "
    "larger: 300 becomes 44. Compare `panoptic` as it is.",
)
def semantic_map(panoptic, segments_info):
    panoptic = panoptic.astype("uint8")
    result = np.full(panoptic.shape, 255, "uint8")
    for segment in segments_info:
        result[panoptic == segment["id"]] = segment["category_id"]
    return result


@semantic_map.mistake(
    "looked for ids in the new map",
    "You looked for the ids in the new map, where they are not. The pixels of a segment are "
    "panoptic == segment['id'].",
)
def semantic_map(panoptic, segments_info):
    result = np.full(panoptic.shape, 255, "uint8")
    for segment in segments_info:
        result[result == segment["id"]] = segment["category_id"]
    return result


@semantic_map.mistake(
    "id taken for a row",
    "result[segment['id']] is the row with this number. The pixels of the segment are "
    "result[panoptic == segment['id']].",
)
def semantic_map(panoptic, segments_info):
    result = np.full(panoptic.shape, 255, "uint8")
    for segment in segments_info:
        result[segment["id"]] = segment["category_id"]
    return result


@semantic_map.mistake(
    "segment looked up by its id",
    "You took the id for a place in a list. The place of a segment is not its id: go through the "
    "list and compare segment['id'] with the pixels.",
)
def semantic_map(panoptic, segments_info):
    classes = [segment["category_id"] for segment in segments_info]
    return np.array([[classes[number - 1] if number else 255 for number in r] for r in panoptic])


@semantic_map.mistake(
    "void not in the dict",
    "Your dict has the ids of the segments, and void, the id 0, is none of them. Add it: "
    "classes[0] = 255.",
)
def semantic_map(panoptic, segments_info):
    classes = {segment["id"]: segment["category_id"] for segment in segments_info}
    result = np.zeros(panoptic.shape, "uint8")
    for y in range(panoptic.shape[0]):
        for x in range(panoptic.shape[1]):
            result[y, x] = classes[panoptic[y, x]]
    return result


@semantic_map.mistake(
    "height and width exchanged",
    "You read width and height in the wrong order. It is height, width = panoptic.shape: the rows "
    "come first, as in panoptic[y, x].",
)
def semantic_map(panoptic, segments_info):
    width, height = panoptic.shape
    classes = {segment["id"]: segment["category_id"] for segment in segments_info}
    result = np.full((height, width), 255, "uint8")
    for y in range(height):
        for x in range(width):
            result[y, x] = classes.get(panoptic[y, x], 255)
    return result


@semantic_map.mistake(
    "number in the list taken for the id, others 0",
    "You took 1, 2, 3, ... for the ids, so most pixels are left at 0. Ids are any numbers, with "
    "gaps: the id of a segment is segment['id'].",
)
def semantic_map(panoptic, segments_info):
    result = np.zeros(panoptic.shape, "uint8")
    result[panoptic == 0] = 255
    for number, segment in enumerate(segments_info, start=1):
        result[panoptic == number] = segment["category_id"]
    return result


@semantic_map.mistake(
    "class taken for the id",
    "You looked for the class in the panoptic map. It holds ids: compare with segment['id'], write "
    "segment['category_id'].",
)
def semantic_map(panoptic, segments_info):
    result = np.full(panoptic.shape, 255, "uint8")
    for segment in segments_info:
        result[panoptic == segment["category_id"]] = segment["category_id"]
    return result


@semantic_map.mistake(
    "list of classes with an id as place",
    "classes[panoptic] takes the id for a place in the list of segments. Ids are any numbers, with "
    "gaps, and void is 0: go through the segments and compare panoptic with segment['id'].",
)
def semantic_map(panoptic, segments_info):
    classes = np.array([segment["category_id"] for segment in segments_info])
    return classes[panoptic]


@semantic_map.mistake(
    "table of 256 rows",
    "Your table has 256 rows, and ids can be larger. Make it as long as the largest id asks for, "
    "panoptic.max() + 1, or go through the segments without a table.",
)
def semantic_map(panoptic, segments_info):
    table = np.full(256, 255, "uint8")
    for segment in segments_info:
        table[segment["id"]] = segment["category_id"]
    return table[panoptic]


@semantic_map.mistake(
    "None for void",
    "dict.get gives None for an id that is not in the dict, and void, 0, is not in it. Give it a "
    "second argument: classes.get(number, 255).",
)
def semantic_map(panoptic, segments_info):
    classes = {segment["id"]: segment["category_id"] for segment in segments_info}
    return np.vectorize(classes.get)(panoptic)


@semantic_map.mistake(
    "dot in place of brackets",
    "A segment is a dict: its values are read with brackets, segment['category_id'].",
)
def semantic_map(panoptic, segments_info):
    result = np.full(panoptic.shape, 255, "uint8")
    for segment in segments_info:
        result[panoptic == segment.id] = segment.category_id
    return result


@semantic_map.mistake(
    "map read and written at once, void last",
    "You read the map that you were changing: a class you wrote early was taken for the id of a "
    "later segment, and class 0 for void. Look into `panoptic`, write into a second array.",
)
def semantic_map(panoptic, segments_info):
    result = panoptic.copy()
    for segment in segments_info:
        result[result == segment["id"]] = segment["category_id"]
    result[result == 0] = 255
    return result


@semantic_map.mistake(
    "128 pixels typed in",
    "Your result has 128 rows and columns. Only the scenes are so large: take panoptic.shape.",
)
def semantic_map(panoptic, segments_info):
    result = np.full((128, 128), 255, "uint8")
    for segment in segments_info:
        result[panoptic == segment["id"]] = segment["category_id"]
    return result


@semantic_map.mistake(
    "floats, void 0",
    "np.zeros makes every pixel 0, and void has to be 255; and it makes floats, while classes are "
    "whole numbers. Begin with np.full(panoptic.shape, 255, 'uint8').",
)
def semantic_map(panoptic, segments_info):
    result = np.zeros(panoptic.shape)
    for segment in segments_info:
        result[panoptic == segment["id"]] = segment["category_id"]
    return result


@semantic_map.mistake(
    "floats",
    "The values are right, but they are floats. np.zeros and np.ones give floats unless you tell "
    "them a dtype; a label map holds whole numbers: np.full(panoptic.shape, 255, 'uint8').",
)
def semantic_map(panoptic, segments_info):
    result = np.ones(panoptic.shape) * 255
    for segment in segments_info:
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


@semantic_map.also_right
def semantic_map(panoptic, segments_info):
    result = panoptic.copy()
    result[panoptic == 0] = 255
    for segment in segments_info:
        result[panoptic == segment["id"]] = segment["category_id"]
    return result
