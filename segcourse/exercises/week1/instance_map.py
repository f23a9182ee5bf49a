"""Exercise 1.3: Instance map out of a panoptic map."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.exercises.week1._cases import (
    any_panoptic,
    case_of_one_segment,
    case_with_large_ids,
    case_without_void,
    maps_side_by_side,
    mixed_case,
)
from segcourse.exercises.week1._instance_map_mistakes import add_mistakes
from segcourse.texts import N_


def _cases(rng):
    # The crowd of the second case is one of stuff, for class 3 is no thing there. In the fifth
    # no segment is a thing.
    return [
        (*mixed_case(rng), (3, 4)),
        (*mixed_case(rng), (4, 1)),
        (*case_without_void(rng), (0, 3)),
        (*case_with_large_ids(rng), (1, 3)),
        (*mixed_case(rng), (2,)),
        (*case_of_one_segment(rng, 1, size=(3, 1)), (1, 2)),
    ]


def _space(rng):
    panoptic, info = any_panoptic(rng)
    classes = sorted({segment["category_id"] for segment in info} | {0, 3, 4})
    things = rng.permutation(classes)[: rng.integers(0, len(classes) + 1)]
    return Case(panoptic, info, tuple(int(n) for n in things))


instance_map = Exercise(
    id="1.3",
    title=N_("Instance map out of a panoptic map"),
    function="instance_map",
    hints=(
        N_("Begin with a map of zeros and make the void pixels 255. Which segments get a number?"),
        N_(
            "Keep a counter, which begins with 0. When a segment is a thing and no crowd, add 1 "
            "and write the counter into its pixels."
        ),
        N_(
            "A segment is a thing when segment['category_id'] in things; a crowd has "
            "segment['iscrowd'] == 1, and its pixels become 255."
        ),
    ),
    cases=_cases,
    space=_space,
    compare=exact(),
    picture=maps_side_by_side,
    points=2,
)


@instance_map.reference
def instance_map(panoptic, segments_info, things):
    """Number the things in a panoptic map.

    Args:
        panoptic: array [height, width] of whole numbers, ids of segments; 0 is void.
        segments_info: list of dicts with "id", "category_id" and "iscrowd".
        things: tuple of the classes that are things. All others are stuff.

    Returns:
        Array [height, width] of whole numbers. The first thing in the order of
        `segments_info` is 1, the next thing is 2, and so on, whatever their classes
        are. Stuff is 0, with iscrowd 1 too; void is 255. A crowd of things (iscrowd 1)
        is 255 and gets no number: nobody has told apart the animals in it.

    Example:

    >>> segments = [{"id": 7, "category_id": 0, "iscrowd": 0},
    ...             {"id": 4, "category_id": 3, "iscrowd": 0},
    ...             {"id": 9, "category_id": 3, "iscrowd": 0}]
    >>> instance_map(np.array([[7, 0, 9, 4]]), segments, (3, 4))
    array([[0, 255, 2, 1]])
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
    result = np.where(panoptic == 0, 255, 0)
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
    "void is 0",
    "Your void pixels are 0, as if they were stuff. Nobody knows what they are: void is 255.",
)
def instance_map(panoptic, segments_info, things):
    result = np.zeros(panoptic.shape, "uint8")
    count = 0
    for segment in segments_info:
        if segment["category_id"] in things:
            count += not segment["iscrowd"]
            result[panoptic == segment["id"]] = 255 if segment["iscrowd"] else count
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


@instance_map.mistake(
    "things typed in",
    "You typed in the classes 3 and 4. They are the things of the scenes; take the argument "
    "`things`, which is another one for other data.",
)
def instance_map(panoptic, segments_info, things):
    things = (3, 4)
    result = np.where(panoptic == 0, 255, 0).astype("uint8")
    count = 0
    for segment in segments_info:
        if segment["category_id"] in things:
            count += not segment["iscrowd"]
            result[panoptic == segment["id"]] = 255 if segment["iscrowd"] else count
    return result


@instance_map.mistake(
    "counter set to 0 in the loop",
    "All your things are 1. If the counter is set to 0 inside the loop, put this line before the "
    "loop.",
)
def instance_map(panoptic, segments_info, things):
    result = np.where(panoptic == 0, 255, 0).astype("uint8")
    for segment in segments_info:
        if segment["category_id"] in things:
            count = 1 - segment["iscrowd"]
            result[panoptic == segment["id"]] = 255 if segment["iscrowd"] else count
    return result


@instance_map.mistake(
    "a class compared with the tuple",
    "No thing gets a number. category_id == things compares one number with a tuple, which is "
    "never equal: write category_id in things.",
)
def instance_map(panoptic, segments_info, things):
    result = np.where(panoptic == 0, 255, 0).astype("uint8")
    count = 0
    for segment in segments_info:
        if segment["category_id"] == things:
            count += 1
            result[panoptic == segment["id"]] = count
    return result


@instance_map.mistake(
    "stuff is 255",
    "Your stuff is 255, as void. But stuff has a class, so it is not void: it is 0. Begin with a "
    "map of zeros.",
)
def instance_map(panoptic, segments_info, things):
    result = np.full(panoptic.shape, 255, "uint8")
    count = 0
    for segment in segments_info:
        if segment["category_id"] in things and not segment["iscrowd"]:
            count += 1
            result[panoptic == segment["id"]] = count
    return result


@instance_map.mistake(
    "stuff with iscrowd is 255",
    "Every segment with iscrowd 1 is 255 in your map. Stuff is always 0: ask first whether the "
    "segment is a thing.",
)
def instance_map(panoptic, segments_info, things):
    result = np.where(panoptic == 0, 255, 0).astype("uint8")
    count = 0
    for segment in segments_info:
        if segment["iscrowd"]:
            result[panoptic == segment["id"]] = 255
        elif segment["category_id"] in things:
            count += 1
            result[panoptic == segment["id"]] = count
    return result


@instance_map.mistake(
    "smallest id taken for void",
    "You took the smallest id for void. That goes wrong in a map without void. Void is the id 0.",
)
def instance_map(panoptic, segments_info, things):
    result = np.zeros(panoptic.shape, "uint8")
    count = 0
    for segment in segments_info:
        if segment["category_id"] in things:
            count += not segment["iscrowd"]
            result[panoptic == segment["id"]] = 255 if segment["iscrowd"] else count
    result[panoptic == panoptic.min()] = 255
    return result


@instance_map.mistake(
    "map read and written at once",
    "You looked for the ids in the map that you were changing: a number you wrote early was taken "
    "for the id of a later segment. Look into `panoptic`, write into a second array.",
)
def instance_map(panoptic, segments_info, things):
    result = panoptic.copy()
    result[panoptic == 0] = 255
    count = 0
    for segment in segments_info:
        thing, crowd = segment["category_id"] in things, segment["iscrowd"]
        count += thing and not crowd
        result[result == segment["id"]] = (255 if crowd else count) if thing else 0
    return result


@instance_map.mistake(
    "returned after the first thing",
    "Only the first thing has its number. If your `return` stands inside the loop, put it after "
    "the loop.",
)
def instance_map(panoptic, segments_info, things):
    result = np.where(panoptic == 0, 255, 0).astype("uint8")
    for segment in segments_info:
        if segment["category_id"] in things:
            result[panoptic == segment["id"]] = 255 if segment["iscrowd"] else 1
            return result
    return result


@instance_map.mistake(
    "floats",
    "The values are right, but they are floats. np.zeros gives floats unless you tell it a dtype; "
    "an instance map holds whole numbers: np.zeros(panoptic.shape, 'uint8').",
)
def instance_map(panoptic, segments_info, things):
    result = np.zeros(panoptic.shape)
    result[panoptic == 0] = 255
    count = 0
    for segment in segments_info:
        if segment["category_id"] in things:
            count += not segment["iscrowd"]
            result[panoptic == segment["id"]] = 255 if segment["iscrowd"] else count
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


@instance_map.also_right
def instance_map(panoptic, segments_info, things):
    result = np.full_like(panoptic, 255)
    number = 1
    for segment in segments_info:
        is_thing = segment["category_id"] in things
        if not is_thing:
            result[panoptic == segment["id"]] = 0
        if is_thing and not segment["iscrowd"]:
            result[panoptic == segment["id"]] = number
            number = number + 1
    return result


add_mistakes(instance_map)
