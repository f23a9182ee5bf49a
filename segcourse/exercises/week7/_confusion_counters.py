"""Wrong answers to exercise 7.1 that count in numbers that are too small."""

import numpy as np


def register(confusion):
    """Adds them to the exercise."""

    @confusion.mistake(
        "counted in uint8",
        "You count in uint8, and uint8 ends at 255: the next number is 0 again. A class may have "
        "thousands of pixels: count in np.zeros((num_classes, num_classes), int).",
    )
    def confusion(labels, predictions, num_classes):
        matrix = np.zeros((num_classes, num_classes), "uint8")
        kept = labels != 255
        np.add.at(matrix, (labels[kept], predictions[kept]), 1)
        return matrix

    @confusion.mistake(
        "counted in int16",
        "You count in 16 bits: int16 ends at 32767 and uint16 at 65535, and counting goes on from "
        "the other end. A class may have more pixels than that: count in "
        "np.zeros((num_classes, num_classes), int).",
    )
    def confusion(labels, predictions, num_classes):
        matrix = np.zeros((num_classes, num_classes), "int16")
        kept = labels != 255
        np.add.at(matrix, (labels[kept], predictions[kept]), 1)
        return matrix
