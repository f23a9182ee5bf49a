"""Mutants that pass the check because they change nothing, a file a week.

    UNCHANGED = {
        "4.2": {
            "reference: size + 2 * padding → size + padding * 2": "multiplied in the other order",
        },
    }

The name is the one the audit prints, the value says why no allowed input can tell the mutant from
the reference. What stands here must pass the check, and must agree with the reference on a
thousand draws of the exercise's `space`.
"""

import importlib
import pkgutil

__all__ = ["unchanged"]


def unchanged(exercise):
    """The entries of an exercise: a dict from a mutant's name to the reason. Empty without any."""
    for module in pkgutil.iter_modules(__path__):
        entries = importlib.import_module(f"{__name__}.{module.name}").UNCHANGED
        if exercise.id in entries:
            return entries[exercise.id]
    return {}
