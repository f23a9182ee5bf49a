"""Mutants that pass the check because they change nothing, a file a week.

    UNCHANGED = {
        "4.2": {
            "reference: size + 2 * padding → size + padding * 2": "multiplied in the other order",
        },
    }

The name is the one the audit prints, the value says why no allowed input can tell the mutant from
the reference. What stands here must pass the check, and must agree with the reference on a
thousand draws of the exercise's `space`. Some pass on one backend of Keras and are refused on the
other: their reason begins with `on jax: ` or `on tensorflow: `.
"""

import importlib
import pkgutil

__all__ = ["unchanged"]


def unchanged(exercise):
    """The entries of an exercise for the backend in use: a dict from mutants' names to reasons."""
    for module in pkgutil.iter_modules(__path__):
        entries = importlib.import_module(f"{__name__}.{module.name}").UNCHANGED
        if exercise.id in entries:
            return {k: why for k, why in entries[exercise.id].items() if _counts(why)}
    return {}


def _counts(reason):
    import keras  # slow, and needed here alone

    where, colon, _rest = reason.partition(": ")
    return not (colon and where.startswith("on ")) or where == f"on {keras.backend.backend()}"
