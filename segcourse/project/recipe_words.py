"""A recipe as JSON has it: what differs from the default one, and no path of the machine."""

from dataclasses import fields

from segcourse.training.losses.sum_of_losses import Combining
from segcourse.training.recipes.recipe import Recipe

# Files that a training writes tell nothing of the network, and where a student keeps them.
_LEFT_OUT = ("checkpoint", "checkpoint_seconds", "checkpoint_steps", "csv", "tensorboard")


def recipe_words(recipe):
    """The fields of a recipe that differ from `Recipe()`, as numbers and texts.

    Example:

    >>> recipe_words(Recipe(learning_rate=3e-3, minutes=2.0, epochs=3, class_weights=(1, 2)))
    {'learning_rate': 0.003, 'minutes': 2.0, 'class_weights': [1.0, 2.0]}
    """
    default = Recipe()
    # Epochs have no meaning beside a budget.
    left_out = _LEFT_OUT if recipe.minutes is None else (*_LEFT_OUT, "epochs")
    return {
        field.name: _words(getattr(recipe, field.name))
        for field in fields(Recipe)
        if field.name not in left_out
        and getattr(recipe, field.name) != getattr(default, field.name)
    }


def _words(value):
    if isinstance(value, bool | int | str | None):
        return value
    if isinstance(value, float):
        return float(value)
    if isinstance(value, list | tuple):
        return [_words(one) for one in value]
    if isinstance(value, Combining):
        return _loss(value)
    return _function(value)


def _loss(loss):
    """A loss in words: its class, or the sum it is."""
    if not hasattr(loss, "losses"):
        return type(loss).__name__
    pairs = zip(loss.weights, loss.losses, strict=True)
    return " + ".join(f"{weight:g} {type(one).__name__}" for weight, one in pairs)


def _function(value):
    """A function, or an augmentation, by its name and what it was made with."""
    if hasattr(value, "func"):  # functools.partial
        settings = ", ".join(f"{key}={one!r}" for key, one in value.keywords.items())
        return f"{_function(value.func)}({settings})"
    name = getattr(value, "__qualname__", type(value).__qualname__)
    state = vars(value) if hasattr(value, "draws") else {}
    chosen = [f"{key}={one!r}" for key, one in sorted(state.items()) if one not in (None, 0, False)]
    return f"{name}({', '.join(chosen)})" if chosen else name
