"""Further wrong answers to 1.3: other orders, other numbers, and two slips at once."""

import numpy as np


def add_mistakes(instance_map):
    """Puts them into the exercise's catalogue."""

    @instance_map.mistake(
        "order of the ids",
        "You numbered the things by their ids, the smallest first. The order of `segments_info` is "
        "asked for: go through this list as it is.",
    )
    def instance_map(panoptic, segments_info, things):
        result = np.where(panoptic == 0, 255, 0).astype("uint8")
        count = 0
        for segment in sorted(segments_info, key=lambda segment: segment["id"]):
            if segment["category_id"] in things:
                count += not segment["iscrowd"]
                result[panoptic == segment["id"]] = 255 if segment["iscrowd"] else count
        return result

    @instance_map.mistake(
        "one class after the other",
        "You numbered first all things of one class, then those of the next. The order of "
        "`segments_info` is asked for, whatever the classes are: one loop over this list.",
    )
    def instance_map(panoptic, segments_info, things):
        result = np.where(panoptic == 0, 255, 0).astype("uint8")
        count = 0
        for category in things:
            for segment in segments_info:
                if segment["category_id"] == category:
                    count += not segment["iscrowd"]
                    result[panoptic == segment["id"]] = 255 if segment["iscrowd"] else count
        return result

    @instance_map.mistake(
        "pieces of each class",
        "You numbered the connected pieces of each class. Two cats that touch are one piece, and a "
        "cat behind a tree is two. The panoptic map says which pixels are one thing: panoptic == "
        "id.",
    )
    def instance_map(panoptic, segments_info, things):
        from scipy import ndimage

        result = np.where(panoptic == 0, 255, 0).astype("uint8")
        count = 0
        for category in things:
            ids = [s["id"] for s in segments_info if s["category_id"] == category]
            pieces, number = ndimage.label(np.isin(panoptic, ids))
            result[pieces > 0] = pieces[pieces > 0] + count
            count += number
        return result

    @instance_map.mistake(
        "pieces of all things",
        "You numbered the connected pieces of all things together. A cat and a dog that touch are "
        "one piece. The panoptic map says which pixels are one thing: panoptic == id.",
    )
    def instance_map(panoptic, segments_info, things):
        from scipy import ndimage

        ids = [s["id"] for s in segments_info if s["category_id"] in things]
        pieces, number = ndimage.label(np.isin(panoptic, ids))
        return np.where(panoptic == 0, 255, pieces)

    @instance_map.mistake(
        "map as it is",
        "You returned the ids of all segments. Only things get a number, 1, 2, 3, ...; stuff is 0 "
        "and void is 255.",
    )
    def instance_map(panoptic, segments_info, things):
        return panoptic.copy()

    @instance_map.mistake(
        "ids kept, crowd too",
        "You kept the ids of the things, the crowd among them. Number the things 1, 2, 3, ... in "
        "the order of segments_info; a crowd gets no number and is 255.",
    )
    def instance_map(panoptic, segments_info, things):
        result = np.where(panoptic == 0, 255, 0)
        for segment in segments_info:
            if segment["category_id"] in things:
                result[panoptic == segment["id"]] = segment["id"]
        return result

    @instance_map.mistake(
        "counted for each class",
        "You count the things of each class on their own, so the first cat and the first dog are "
        "both 1. One counter for all things is asked for.",
    )
    def instance_map(panoptic, segments_info, things):
        result = np.where(panoptic == 0, 255, 0).astype("uint8")
        counts = dict.fromkeys(things, 0)
        for segment in segments_info:
            category = segment["category_id"]
            if category in things:
                counts[category] += not segment["iscrowd"]
                result[panoptic == segment["id"]] = 255 if segment["iscrowd"] else counts[category]
        return result

    @instance_map.mistake(
        "counted from 0",
        "Your first thing has the number 0, and 0 means stuff. Add 1 to the counter before you "
        "write it.",
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
        "pieces of each class, without the crowd",
        "You numbered connected pieces. Two cats that touch are then one thing, and a cat behind a "
        "tree is two. Each segment that is a thing gets one number: panoptic == segment['id'].",
    )
    def instance_map(panoptic, segments_info, things):
        from scipy import ndimage

        crowds = [s["id"] for s in segments_info if s["iscrowd"] and s["category_id"] in things]
        result = np.where(np.isin(panoptic, [0, *crowds]), 255, 0)
        count = 0
        for category in things:
            ids = [s["id"] for s in segments_info if s["category_id"] == category]
            pieces, number = ndimage.label(np.isin(panoptic, ids) & (result != 255))
            result[pieces > 0] = pieces[pieces > 0] + count
            count += number
        return result

    @instance_map.mistake(
        "order in the map",
        "You numbered the things in the order in which they appear in the map. The order of "
        "`segments_info` is asked for: one loop over this list.",
    )
    def instance_map(panoptic, segments_info, things):
        segments = {segment["id"]: segment for segment in segments_info}
        result = np.where(panoptic == 0, 255, 0)
        numbers = {}
        for number in panoptic[panoptic > 0]:
            segment = segments[number]
            if segment["category_id"] in things and segment["iscrowd"]:
                result[panoptic == number] = 255
            elif segment["category_id"] in things:
                numbers.setdefault(number, len(numbers) + 1)
                result[panoptic == number] = numbers[number]
        return result

    @instance_map.mistake(
        "place in the list, from 0",
        "You wrote the place of the segment in the list, which counts the stuff, too. Keep a "
        "counter of your own and add 1 only when the segment is a thing.",
    )
    def instance_map(panoptic, segments_info, things):
        result = np.where(panoptic == 0, 255, 0)
        for place, segment in enumerate(segments_info):
            if segment["category_id"] in things:
                result[panoptic == segment["id"]] = 255 if segment["iscrowd"] else place
        return result

    @instance_map.mistake(
        "place of the class in things",
        "All things of one class have the same number in your map. Instances are told apart: every "
        "thing gets the next number.",
    )
    def instance_map(panoptic, segments_info, things):
        result = np.where(panoptic == 0, 255, 0)
        for segment in segments_info:
            if segment["category_id"] in things:
                number = things.index(segment["category_id"]) + 1
                result[panoptic == segment["id"]] = 255 if segment["iscrowd"] else number
        return result

    @instance_map.mistake(
        "the semantic map",
        "This is the semantic map: you wrote the class of every segment. Here stuff is 0, and the "
        "things are numbered 1, 2, 3, ...",
    )
    def instance_map(panoptic, segments_info, things):
        result = np.full(panoptic.shape, 255, "uint8")
        for segment in segments_info:
            result[panoptic == segment["id"]] = segment["category_id"]
        return result

    @instance_map.mistake(
        "id minus the three kinds of stuff",
        "You subtracted 3 from the ids. That fits the scenes, where the ids 1, 2 and 3 are stuff. "
        "Ids are any numbers, in any order: count the things with a counter of your own.",
    )
    def instance_map(panoptic, segments_info, things):
        result = np.where(panoptic == 0, 255, 0)
        for segment in segments_info:
            if segment["category_id"] in things:
                result[panoptic == segment["id"]] = 255 if segment["iscrowd"] else segment["id"] - 3
        return result

    @instance_map.mistake(
        "new map for every segment",
        "Only the last segment is in your map: you make a new map inside the loop. Make it once, "
        "before the loop.",
    )
    def instance_map(panoptic, segments_info, things):
        count = 0
        for segment in segments_info:
            result = np.where(panoptic == 0, 255, 0)
            if segment["category_id"] in things:
                count += not segment["iscrowd"]
                result[panoptic == segment["id"]] = 255 if segment["iscrowd"] else count
        return result

    @instance_map.mistake(
        "ids cut to uint8",
        "You turned the ids into uint8 before you compared them. uint8 ends at 255, and ids can be "
        "larger: 300 becomes 44. Compare `panoptic` as it is.",
    )
    def instance_map(panoptic, segments_info, things):
        panoptic = panoptic.astype("uint8")
        result = np.where(panoptic == 0, 255, 0)
        count = 0
        for segment in segments_info:
            if segment["category_id"] in things:
                count += not segment["iscrowd"]
                result[panoptic == segment["id"]] = 255 if segment["iscrowd"] else count
        return result

    @instance_map.mistake(
        "iscrowd the wrong way round",
        "You gave numbers to crowds and 255 to single things: your question about iscrowd is the "
        "wrong way round. iscrowd is 1 for a crowd.",
    )
    def instance_map(panoptic, segments_info, things):
        result = np.where(panoptic == 0, 255, 0)
        count = 0
        for segment in segments_info:
            if segment["category_id"] in things:
                count += segment["iscrowd"]
                result[panoptic == segment["id"]] = count if segment["iscrowd"] else 255
        return result

    @instance_map.mistake(
        "stuff and things exchanged",
        "You numbered the stuff. Segments with a category_id in `things` get a number, all others "
        "are 0: is there a `not` too much?",
    )
    def instance_map(panoptic, segments_info, things):
        result = np.where(panoptic == 0, 255, 0)
        count = 0
        for segment in segments_info:
            if segment["category_id"] not in things:
                count += 1
                result[panoptic == segment["id"]] = count
        return result

    @instance_map.mistake(
        "crowd numbered, void 0",
        "Two things are missing: void pixels (id 0) have to be 255, and so has a crowd, which gets "
        "no number.",
    )
    def instance_map(panoptic, segments_info, things):
        result = np.zeros(panoptic.shape, "uint8")
        count = 0
        for segment in segments_info:
            if segment["category_id"] in things:
                count += 1
                result[panoptic == segment["id"]] = count
        return result

    @instance_map.mistake(
        "crowd 0, void 0",
        "Void and crowd are 0 in your map, as if they were stuff. Both have to be 255.",
    )
    def instance_map(panoptic, segments_info, things):
        result = np.zeros(panoptic.shape, "uint8")
        count = 0
        for segment in segments_info:
            if segment["category_id"] in things and not segment["iscrowd"]:
                count += 1
                result[panoptic == segment["id"]] = count
        return result

    @instance_map.mistake(
        "floats, void 0",
        "np.zeros gives floats unless you tell it a dtype: np.zeros(panoptic.shape, 'uint8'). And "
        "void has to be 255.",
    )
    def instance_map(panoptic, segments_info, things):
        result = np.zeros(panoptic.shape)
        count = 0
        for segment in segments_info:
            if segment["category_id"] in things:
                count += not segment["iscrowd"]
                result[panoptic == segment["id"]] = 255 if segment["iscrowd"] else count
        return result

    @instance_map.mistake(
        "floats, crowd numbered, void 0",
        "np.zeros gives floats unless you tell it a dtype: np.zeros(panoptic.shape, 'uint8'). Then "
        "make void 255, and a crowd, too: it gets no number.",
    )
    def instance_map(panoptic, segments_info, things):
        result = np.zeros(panoptic.shape)
        count = 0
        for segment in segments_info:
            if segment["category_id"] in things:
                count += 1
                result[panoptic == segment["id"]] = count
        return result
