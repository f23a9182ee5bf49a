"""Further wrong answers to 1.7: other counts, other orders, other kinds of numbers."""

import numpy as np


def add_mistakes(repeated_work):
    """Puts them into the exercise's catalogue."""

    @repeated_work.mistake(
        "three channels",
        "You counted a colour pixel three times. Pixels are counted here, not numbers: no factor "
        "3.",
    )
    def repeated_work(size, patch):
        passes = size**2
        reads = 3 * passes * patch**2
        return passes, reads, reads - (size + patch - 1) ** 2

    @repeated_work.mistake(
        "three channels everywhere",
        "You counted red, green and blue one by one. A pixel is one pixel here: leave the factor 3 "
        "away.",
    )
    def repeated_work(size, patch):
        passes = size**2
        reads = 3 * passes * patch**2
        return passes, reads, reads - 3 * (size + patch - 1) ** 2

    @repeated_work.mistake(
        "size passes, reads right",
        "You counted `size` passes. The window stops at every pixel, and there are size * size of "
        "them.",
    )
    def repeated_work(size, patch):
        reads = size**2 * patch**2
        return size, reads, reads - (size + patch - 1) ** 2

    @repeated_work.mistake(
        "one dimension",
        "You counted for one row of pixels. Image and patch are squares: size * size passes, patch "
        "* patch pixels in each.",
    )
    def repeated_work(size, patch):
        passes, reads = size, size * patch
        return passes, reads, reads - (size + patch - 1)

    @repeated_work.mistake(
        "a share",
        "Your third number is a share. A count is asked for: the reads minus the different pixels, "
        "not divided.",
    )
    def repeated_work(size, patch):
        passes = size**2
        reads = passes * patch**2
        return passes, reads, 1 - (size + patch - 1) ** 2 / reads

    @repeated_work.mistake(
        "order passes, repeated, reads",
        "Your numbers are right, but in another order: first the passes, then all reads, then the "
        "repeated ones.",
    )
    def repeated_work(size, patch):
        passes = size**2
        reads = passes * patch**2
        return passes, reads - (size + patch - 1) ** 2, reads

    @repeated_work.mistake(
        "only the repeated reads",
        "You returned one number. Three are asked for: return passes, reads, repeated.",
    )
    def repeated_work(size, patch):
        passes = size**2
        reads = passes * patch**2
        return reads - (size + patch - 1) ** 2

    @repeated_work.mistake(
        "passes and repeated reads",
        "You returned two numbers. Three are asked for: return passes, reads, repeated.",
    )
    def repeated_work(size, patch):
        passes = size**2
        reads = passes * patch**2
        return passes, reads - (size + patch - 1) ** 2

    @repeated_work.mistake(
        "^ for a power",
        "In Python ^ is no power: 5 ^ 2 is 7. Write 5 ** 2, or 5 * 5.",
    )
    def repeated_work(size, patch):
        passes = size ^ 2
        reads = passes * patch ^ 2
        return passes, reads, reads - (size + patch - 1) ^ 2

    @repeated_work.mistake(
        "twice in place of squared",
        "size * 2 is twice the size. A square has size * size pixels, size ** 2.",
    )
    def repeated_work(size, patch):
        passes = size * 2
        reads = passes * patch * 2
        return passes, reads, reads - (size + patch - 1) * 2

    @repeated_work.mistake(
        "side in place of the area",
        "You subtracted the side of the image with its border. It is a square: (size + patch - 1) "
        "** 2 different pixels, with the brackets.",
    )
    def repeated_work(size, patch):
        passes = size**2
        reads = passes * patch**2
        return passes, reads, reads - (size + patch - 1)

    @repeated_work.mistake(
        "pixels read again",
        "You counted the pixels that are read more than once. The reads are asked for: a pixel "
        "that is read nine times has eight repeated reads.",
    )
    def repeated_work(size, patch):
        side = size + 2 * (patch // 2)
        times = np.zeros((side, side), int)
        for y in range(size):
            for x in range(size):
                times[y : y + patch, x : x + patch] += 1
        return size**2, int(times.sum()), int((times > 1).sum())

    @repeated_work.mistake(
        "reads of pixels read again",
        "You counted all reads of the pixels that are read more than once. The first read of each "
        "pixel is not repeated: subtract it, too.",
    )
    def repeated_work(size, patch):
        side = size + 2 * (patch // 2)
        times = np.zeros((side, side), int)
        for y in range(size):
            for x in range(size):
                times[y : y + patch, x : x + patch] += 1
        return size**2, int(times.sum()), int(times[times > 1].sum())

    @repeated_work.mistake(
        "floats",
        "Your numbers are right, but they are floats. Counts are whole numbers: ** and * of ints "
        "give ints, / and np.zeros give floats.",
    )
    def repeated_work(size, patch):
        passes = float(size) ** 2
        reads = passes * patch**2
        return passes, reads, reads - (size + patch - 1) ** 2

    @repeated_work.mistake(
        "border of one pixel",
        "Your border is always one pixel wide, as for the patches of 3 by 3 above. It is patch // "
        "2 pixels wide on each side.",
    )
    def repeated_work(size, patch):
        passes = size**2
        reads = passes * patch**2
        return passes, reads, reads - (size + 2) ** 2

    @repeated_work.mistake(
        "brackets forgotten",
        "Put size + patch - 1 in brackets before you square it: Python squares first, and it "
        "subtracts the size alone.",
    )
    def repeated_work(size, patch):
        passes = size**2
        reads = passes * patch**2
        return passes, reads, reads - size + patch - 1**2

    @repeated_work.mistake(
        "repeated reads as a float",
        "The repeated reads are right, but they are a float, because / always gives one. Counts "
        "are whole numbers: write patch // 2.",
    )
    def repeated_work(size, patch):
        passes = size**2
        reads = passes * patch**2
        return passes, reads, reads - (size + 2 * ((patch - 1) / 2)) ** 2

    @repeated_work.mistake(
        "floats from np.zeros",
        "Your counts are right, but they are floats, as np.zeros makes them. Counts are whole "
        "numbers: np.zeros(shape, int).",
    )
    def repeated_work(size, patch):
        side = size + patch - 1
        times = np.zeros((side, side))
        for y in range(size):
            for x in range(size):
                times[y : y + patch, x : x + patch] += 1
        return size**2, times.sum(), (times - 1).sum()

    @repeated_work.mistake(
        "counted in uint8",
        "You counted in uint8, where 255 + 1 is 0, and a pixel can be read more often. Count in "
        "int.",
    )
    def repeated_work(size, patch):
        side = size + patch - 1
        times = np.zeros((side, side), "uint8")
        for y in range(size):
            for x in range(size):
                times[y : y + patch, x : x + patch] += 1
        return size**2, times.sum(), (times - 1).sum()
