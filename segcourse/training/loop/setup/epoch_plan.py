"""The shape of an epoch: its images, its steps, and how many images are in each."""

import dataclasses
from dataclasses import dataclass


@dataclass(frozen=True)
class EpochPlan:
    """How the images of an epoch are taken in steps; a step here is a part of a batch.

    Attributes:
        images: training images in an epoch, repeats included.
        batch_size: images in one step of the optimizer.
        parts: in how many equal parts a batch is taken.
        devices: over how many devices a part is spread; images that cannot be shared equally are
            left out.
        full_only: whether a last part that is not full is left out, where there are full ones.

    Example:

    >>> plan = EpochPlan(images=11, batch_size=4, devices=2)
    >>> plan.steps, [plan.images_in(steps) for steps in range(4)]
    (3, [0, 4, 8, 10])
    """

    images: int
    batch_size: int
    parts: int = 1
    devices: int = 1
    full_only: bool = False

    @property
    def size(self):
        """Images in a full step."""
        return self.batch_size // self.parts

    @property
    def full(self):
        """How many steps are full."""
        return self.images // self.size

    @property
    def rest(self):
        """Images in the last step, if it is not full; 0 if there is none."""
        if self.full_only and self.full:
            return 0
        return self.images % self.size // self.devices * self.devices

    @property
    def steps(self):
        """Steps in an epoch."""
        return self.full + bool(self.rest)

    def images_in(self, steps):
        """Images in the first so many steps of an epoch."""
        return min(steps * self.size, self.full * self.size + self.rest)

    def in_parts(self, parts):
        """The same epoch with batches in so many parts."""
        return dataclasses.replace(self, parts=parts)
