"""The checkpoints of a run: what they are told by, and what they hold beside the weights."""

import time

from segcourse.training.devices.precision import choose_precision
from segcourse.training.loop.weights.checkpoint import CheckpointFolder, model_fingerprint
from segcourse.training.loop.weights.settings import settings_fingerprint


def open_folder(setup):
    """The `CheckpointFolder` of a setup whose model is compiled; None where there is none."""
    recipe = setup.recipe
    if recipe.checkpoint is None:
        return None
    precision = choose_precision(recipe) or "float32"
    fingerprint = {
        # What "auto" chose: with another precision the optimizer may have other variables.
        "recipe": {**recipe.fingerprint(), "precision": precision},
        "model": {**model_fingerprint(setup.model), **settings_fingerprint(setup.model)},
        "data": setup.train.fingerprint(),
    }
    best = recipe.patience is not None
    return CheckpointFolder(
        recipe.checkpoint, setup.model, fingerprint, writes=setup.devices.writes, best=best
    )


class CheckpointWriter:
    """Writes the checkpoints of a run, and keeps time for the last one.

    Args:
        folder: the `CheckpointFolder`.
        parts: in how many parts a batch is taken.
        pace: the `Pace` of the run.
        budget: its `Budget`, or None.
    """

    def __init__(self, folder, parts, pace, budget=None):
        self.folder = folder
        self.parts = parts
        self.pace = pace
        self.budget = budget
        self.begin()

    def begin(self):
        """Count the seconds to the next one from here."""
        self._since = time.perf_counter()

    def seconds(self):
        """Seconds since the last one, or since `begin`."""
        return time.perf_counter() - self._since

    def save(self, state):
        """Write one; `state` is what `CheckpointFolder.save` takes."""
        spent = self.budget.used() if self.budget else 0.0
        times = {"spent": spent, "first_seconds": self.pace.first_seconds}
        self.begin()
        self.folder.save({**state, **times, "parts": self.parts})
        if self.budget:
            self.budget.keep_for_the_end(self.seconds() + self.pace.validation_seconds)
        self.begin()
