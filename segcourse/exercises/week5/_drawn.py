"""Cases with a model that is made when it is needed.

A check runs twenty mistakes, and Keras takes some milliseconds for each layer. Most mistakes differ
on the docstring's example already, and the copies of the arguments that a check keeps are looked at
and never called with.
"""

from functools import cached_property

from segcourse.exercises.judging.exercise import Case


class Drawn(Case):
    """A case that makes its arguments on the first call.

    Args:
        make: function without arguments that returns them, as a tuple. What is random in it was
            drawn before.
        said: their names, and what is shown in their places.
    """

    def __init__(self, make, **said):
        self._make, self._said, self.kwargs = make, said, {}

    @cached_property
    def args(self):
        return self._make()

    def named(self, function):
        return list(self._said.items())


class Model:
    """What is shown in place of a model: the names of its layers."""

    def __init__(self, *names):
        self.name = ", ".join(names)


class Layer:
    """What is shown in place of a layer."""

    def __init__(self, name):
        self.name = name
