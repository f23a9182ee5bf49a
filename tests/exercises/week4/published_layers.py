"""The layers of two published networks, and stacks drawn by chance."""

# (kernel, stride, padding); the dense layers stand as the convolutions they become.
ALEXNET = [
    *[(11, 4, 0), (3, 2, 0)],
    *[(5, 1, 2), (3, 2, 0)],
    *[(3, 1, 1), (3, 1, 1), (3, 1, 1), (3, 2, 0)],
    *[(6, 1, 0), (1, 1, 0), (1, 1, 0)],
]
VGG16 = [
    *[(3, 1, 1)] * 2 + [(2, 2, 0)],
    *[(3, 1, 1)] * 2 + [(2, 2, 0)],
    *[(3, 1, 1)] * 3 + [(2, 2, 0)],
    *[(3, 1, 1)] * 3 + [(2, 2, 0)],
    *[(3, 1, 1)] * 3 + [(2, 2, 0)],
    *[(7, 1, 0), (1, 1, 0), (1, 1, 0)],
]


def layers_of(rng, length):
    return [tuple(int(rng.integers(*span)) for span in ((1, 6), (1, 4))) for _ in range(length)]
