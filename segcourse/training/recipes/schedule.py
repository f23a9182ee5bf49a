"""The learning rate over the steps of a run."""

import math

import keras
from keras import ops

POWER = 0.9
_TICKS = 100_000  # a run by the clock counts as so many steps


def make_schedule(recipe, steps_per_epoch, parts=1):
    """The learning rate of a recipe: a float, or a Keras schedule over its steps.

    With a budget of time it is a float that the run sets anew from time to time, from
    `rate_at`.
    """
    if recipe.minutes is not None or recipe.schedule == "constant" and not recipe.warmup:
        return float(recipe.learning_rate)
    steps = math.ceil(recipe.epochs * steps_per_epoch)
    warmup = math.ceil(recipe.warmup * steps_per_epoch)
    return WarmupSchedule(recipe.learning_rate, recipe.schedule, steps, warmup, parts)


def rate_at(recipe, share):
    """The learning rate of a recipe with `minutes` where a share, 0 to 1, of them is used."""
    warmup = round(_TICKS * recipe.warmup / recipe.minutes)
    schedule = WarmupSchedule(recipe.learning_rate, recipe.schedule, _TICKS, warmup)
    return float(schedule(round(share * _TICKS)))


@keras.saving.register_keras_serializable(package="segcourse")
class WarmupSchedule(keras.optimizers.schedules.LearningRateSchedule):
    """Rise linearly for `warmup` steps, then follow `kind` down to the last of `steps`.

    Example:

    >>> schedule = WarmupSchedule(1.0, "cosine", steps=12, warmup=2)
    >>> [round(float(schedule(step)), 3) for step in (0, 1, 2, 7, 12)]
    [0.5, 1.0, 1.0, 0.5, 0.0]

    Args:
        learning_rate: the highest rate, reached at the end of the warm-up.
        kind: `"constant"`, `"polynomial"` (power 0.9), `"cosine"`, or `"step"`: a tenth in the
            second third and a hundredth in the last.
        steps: steps of the whole run.
        warmup: steps of the warm-up; step `i` of it has rate `(i + 1) / warmup`.
        parts: parts of a batch, which Keras counts as steps here.

    Reference: Chen et al., "DeepLab" (2018), section 4.1 (the polynomial); Loshchilov and
    Hutter, "SGDR" (2017), equation 5 (the cosine, without restarts).
    """

    def __init__(self, learning_rate, kind, steps, warmup=0, parts=1):
        self.learning_rate = float(learning_rate)
        self.kind = kind
        self.steps = int(steps)
        self.warmup = int(warmup)
        self.parts = int(parts)

    def __call__(self, step):
        step = ops.cast(ops.floor_divide(step, self.parts), "float32")
        done = (step - self.warmup) / max(self.steps - self.warmup, 1)
        done = ops.clip(done, 0.0, 1.0)
        share = {
            "constant": lambda: ops.ones_like(done),
            "polynomial": lambda: ops.power(1.0 - done, POWER),
            "step": lambda: ops.power(0.1, ops.floor(ops.minimum(3.0 * done, 2.0))),
            "cosine": lambda: 0.5 * (1.0 + ops.cos(math.pi * done)),
        }[self.kind]()
        rise = ops.minimum((step + 1.0) / max(self.warmup, 1), 1.0)
        return self.learning_rate * ops.where(step < self.warmup, rise, share)

    def get_config(self):
        return {
            "learning_rate": self.learning_rate,
            "kind": self.kind,
            "steps": self.steps,
            "warmup": self.warmup,
            "parts": self.parts,
        }
