"""Exercise 1.3: Instance map out of a panoptic map."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.exercises.week1._cases import panoptic_case
from segcourse.texts import N_


def _cases(rng):
    return [(*panoptic_case(rng), things) for things in ((3, 4), (3, 4), (3,))]


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
