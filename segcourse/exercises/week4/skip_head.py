"""Exercise 4.8: The head of FCN-32s, 16s and 8s. The wrong answers that people give."""

import numpy as np

from segcourse.exercises.week4.asked.skip_head import skip_head


@skip_head.mistake(
    "each map enlarged alone",
    "You enlarged each map to the size of the image by itself, and added at the end. FCN adds on "
    "the way: enlarge 2 times, add the next map, and go on with the sum.",
)
def skip_head(scores, stride, enlarge):
    total = enlarge(scores[0], stride)
    for skip in scores[1:]:
        stride = stride // 2
        total = total + enlarge(skip, stride)
    return total


@skip_head.mistake(
    "not enlarged at the end",
    "Your result has the size of the finest map. One enlargement is missing: from there to the "
    "size of the image.",
)
def skip_head(scores, stride, enlarge):
    total = scores[0]
    for skip in scores[1:]:
        total = enlarge(total, 2) + skip
    return total


@skip_head.mistake(
    "stride not halved",
    "At the end you enlarged by the stride of the coarsest map. Your sum is finer by then: each "
    "enlargement by 2 has halved its stride.",
)
def skip_head(scores, stride, enlarge):
    total = scores[0]
    for skip in scores[1:]:
        total = enlarge(total, 2) + skip
    return enlarge(total, stride)


@skip_head.mistake(
    "skips left out",
    "You enlarged the coarsest map alone. This is FCN-32s. With more maps in `scores`, add each of "
    "them on the way.",
)
def skip_head(scores, stride, enlarge):
    return enlarge(scores[0], stride)


@skip_head.mistake(
    "finest map alone",
    "Only the finest map has come into your result. Add it to what you have, and do not put it in "
    "its place.",
)
def skip_head(scores, stride, enlarge):
    for _ in scores[1:]:
        stride = stride // 2
    return enlarge(scores[-1], stride)


@skip_head.mistake(
    "maps between left out",
    "You enlarged the coarsest map at once to the size of the finest, and left out what lies "
    "between. Go step by step: 2 times, add, 2 times, add.",
)
def skip_head(scores, stride, enlarge):
    if len(scores) == 1:
        return enlarge(scores[0], stride)
    times = 2 ** (len(scores) - 1)
    return enlarge(enlarge(scores[0], times) + scores[-1], stride // times)


@skip_head.mistake(
    "first map added to itself",
    "Your loop begins at the first map, which is in the sum already. Begin at the second: "
    "scores[1:].",
)
def skip_head(scores, stride, enlarge):
    total = scores[0]
    for skip in scores:
        total = enlarge(total, 2) + skip
        stride = stride // 2
    return enlarge(total, stride)


@skip_head.mistake(
    "from fine to coarse",
    "You began with the finest map. Begin with the coarsest, scores[0]: it is the one that has to "
    "be enlarged.",
)
def skip_head(scores, stride, enlarge):
    total = scores[-1]
    for skip in scores[-2::-1]:
        total = enlarge(total, 2) + skip
        stride = stride // 2
    return enlarge(total, stride)


@skip_head.mistake(
    "added before enlarged",
    "You added the two maps first and enlarged then. They do not have the same size yet: enlarge "
    "the coarse one 2 times, then add.",
)
def skip_head(scores, stride, enlarge):
    total = scores[0]
    for skip in scores[1:]:
        total = enlarge(total + skip, 2)
        stride = stride // 2
    return enlarge(total, stride)


@skip_head.mistake(
    "not enlarged on the way",
    "You added maps of different sizes. Enlarge what you have 2 times before each sum.",
)
def skip_head(scores, stride, enlarge):
    total = scores[0]
    for skip in scores[1:]:
        total = total + skip
        stride = stride // 2
    return enlarge(total, stride)


@skip_head.mistake(
    "skip enlarged as well",
    "You enlarged the finer map as well. It has its size already: enlarge only what you have so "
    "far, and add the map as it is.",
)
def skip_head(scores, stride, enlarge):
    total = scores[0]
    for skip in scores[1:]:
        total = enlarge(total, 2) + enlarge(skip, 2)
        stride = stride // 2
    return enlarge(total, stride)


@skip_head.mistake(
    "concatenated",
    "You put the maps beside each other, so there are more channels than classes. FCN adds its "
    "scores; U-Net (week 6) concatenates.",
)
def skip_head(scores, stride, enlarge):
    total = scores[0]
    for skip in scores[1:]:
        total = np.concatenate([enlarge(total, 2), skip], axis=-1)
        stride = stride // 2
    return enlarge(total, stride)


@skip_head.mistake(
    "mean of the two",
    "You took the mean of the two maps. FCN takes their sum.",
)
def skip_head(scores, stride, enlarge):
    total = scores[0]
    for skip in scores[1:]:
        total = (enlarge(total, 2) + skip) / 2
        stride = stride // 2
    return enlarge(total, stride)


@skip_head.mistake(
    "multiplied",
    "You multiplied the two maps. FCN adds them: a score of 0 then changes nothing.",
)
def skip_head(scores, stride, enlarge):
    total = scores[0]
    for skip in scores[1:]:
        total = enlarge(total, 2) * skip
        stride = stride // 2
    return enlarge(total, stride)


@skip_head.mistake(
    "always 8 times at the end",
    "You enlarged 8 times at the end, whatever the maps are. That is right for FCN-8s alone: use "
    "`stride`, halved once for each map that was added.",
)
def skip_head(scores, stride, enlarge):
    total = scores[0]
    for skip in scores[1:]:
        total = enlarge(total, 2) + skip
    return enlarge(total, 8)


@skip_head.mistake(
    "stride divided by the number of maps",
    "You divided the stride by the number of maps. Each step halves it: two steps make it four "
    "times as small, three steps eight times.",
)
def skip_head(scores, stride, enlarge):
    total = scores[0]
    for skip in scores[1:]:
        total = enlarge(total, 2) + skip
    return enlarge(total, stride // len(scores))


@skip_head.mistake(
    "stride halved once",
    "You halved the stride once. It has to be halved for each map that is added.",
)
def skip_head(scores, stride, enlarge):
    total = scores[0]
    for skip in scores[1:]:
        total = enlarge(total, 2) + skip
    return enlarge(total, stride // 2)


@skip_head.mistake(
    "stride halved once too often",
    "You halved the stride for the coarsest map, too. Halve it only when you enlarge, once for "
    "each further map.",
)
def skip_head(scores, stride, enlarge):
    total = scores[0]
    for skip in scores[1:]:
        total = enlarge(total, 2) + skip
    return enlarge(total, stride // 2 ** len(scores))


@skip_head.mistake(
    "three maps expected",
    "Your function takes three maps, as FCN-8s has them. FCN-32s has one and FCN-16s has two: go "
    "through scores[1:] in a loop.",
)
def skip_head(scores, stride, enlarge):
    coarse, middle, fine = scores
    total = enlarge(coarse, 2) + middle
    total = enlarge(total, 2) + fine
    return enlarge(total, stride // 4)


@skip_head.mistake(
    "times is a float",
    "The number of times is a float. A division with / gives one even where nothing is left over: "
    "divide with //.",
)
def skip_head(scores, stride, enlarge):
    total = scores[0]
    for skip in scores[1:]:
        total = enlarge(total, 2) + skip
        stride = stride / 2
    return enlarge(total, stride)


@skip_head.mistake(
    "last sum enlarged by 2 only",
    "Your last enlargement is by 2. The sum still has the stride of the finest map: enlarge it by "
    "this stride.",
)
def skip_head(scores, stride, enlarge):
    total = scores[0]
    for skip in scores[1:]:
        total = enlarge(total, 2) + skip
    return enlarge(total, 2)


@skip_head.mistake(
    "list changed",
    "You took maps out of `scores` with `pop`, so the list of the caller is shorter after the "
    "call. Read scores[0], and go through scores[1:].",
)
def skip_head(scores, stride, enlarge):
    total = scores.pop(0)
    for skip in scores:
        total = enlarge(total, 2) + skip
        stride = stride // 2
    return enlarge(total, stride)
