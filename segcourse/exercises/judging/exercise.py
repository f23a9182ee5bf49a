"""What an exercise is, and how its file defines one.

The file creates an `Exercise` and hangs functions on it with decorators. Each decorator returns
the exercise itself, so the function's name may be the exercise's name and may be used again and
again:

    from segcourse.exercises.judging.exercise import Case, Exercise, close

    def pairs(rng):
        return [Case(int(n), 3) for n in rng.integers(5, 50, size=4)]

    def allowed(rng):
        kernel = int(rng.integers(1, 12))
        return Case(kernel + int(rng.integers(0, 40)), kernel)

    output_size = Exercise(
        id="3.9",
        title=N_("How large is the output?"),
        function="output_size",
        points=1,
        hints=(
            N_("How many places can the kernel stand in?"),
            N_("The last place is `size - kernel`."),
        ),
        cases=pairs,
        space=allowed,
        compare=close(),
    )

    @output_size.reference
    def output_size(size, kernel):
        '''Number of outputs of an unpadded convolution. (The stub shows this text, too.)

        Example:

        >>> output_size(5, 3)
        3
        '''
        return size - kernel + 1

    @output_size.mistake("off by one", "Count the first place too.")
    def output_size(size, kernel):
        return size - kernel

    @output_size.also_right
    def output_size(size, kernel):
        return len(range(kernel, size + 1))

The file bears the function's name, here `week3/output_size.py`, and that name stands at its place
in the `ORDER` of the folder's `__init__.py`; `registry` finds it there.

The functions are never called as they stand in the file. Their source text is taken, and runs
where a notebook would run it: in a namespace that has the names of `PREAMBLE` and nothing else.
What `solution()` shows is therefore exactly what is checked against, and works when it is pasted
into the notebook. The reference's docstring is the text of the exercise cell, and its example is
the first case of every check. Each wrong answer is complete, and the cases are built so that no two
answers of one exercise agree on all of them.
"""

import ast
import functools
import inspect
import linecache
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field

from segcourse.exercises.judging.compare import close, exact

__all__ = ["PREAMBLE", "Answer", "Case", "Exercise", "close", "exact"]

#: What every notebook has run before its first exercise.
PREAMBLE = "import numpy as np\nimport keras\nfrom keras import ops\n"
_PREAMBLE = compile(PREAMBLE, "<preamble>", "exec")
_compiled = functools.lru_cache(maxsize=None)(functools.partial(compile, mode="exec"))


class Case:
    """The arguments of one call.

    Example:

    >>> Case(3, stride=2)
    Case(3, stride=2)
    """

    def __init__(self, *args, **kwargs):
        self.args = args
        self.kwargs = kwargs

    def named(self, function):
        """The arguments under the names that `function` gives them, as (name, value) pairs."""
        try:
            bound = inspect.signature(function).bind(*self.args, **self.kwargs)
        except TypeError:
            return [(f"argument {i}", a) for i, a in enumerate(self.args, 1)] + [
                *self.kwargs.items()
            ]
        return list(bound.arguments.items())

    def positional(self, function):
        """The arguments in the order in which `function` takes them, as a tuple."""
        return inspect.signature(function).bind(*self.args, **self.kwargs).args

    def __repr__(self):
        parts = [repr(a) for a in self.args] + [f"{k}={v!r}" for k, v in self.kwargs.items()]
        return f"Case({', '.join(parts)})"


@dataclass(frozen=True)
class Answer:
    """A written answer: the reference, a wrong one and the message that helps, or a right one."""

    function: str
    source: str
    name: str
    message: str = ""

    def build(self, namespace=None):
        """Runs the source, by default in a new namespace with the preamble; gives the function."""
        if namespace is None:
            namespace = {"__name__": "__main__"}
            exec(_PREAMBLE, namespace)
        filename = f"<{self.function}: {self.name}>"
        exec(_compiled(self.source, filename), namespace)
        lines = self.source.splitlines(keepends=True)
        linecache.cache[filename] = (len(self.source), None, lines, filename)
        return namespace[self.function]

    @functools.cached_property
    def once(self):
        """The function, built once. For the reference, which keeps nothing from call to call."""
        function = self.build()
        function.__signature__ = inspect.signature(function)  # it is asked for at every call
        return function


@dataclass(eq=False, kw_only=True)
class Exercise:
    """An exercise: what is asked, how answers are checked, and the wrong answers people give.

    Args:
        id: week and number, `"4.1"`; `"B.1"` in the bonus, `"P.1"` in own_pictures.
        title: a few words, for the progress page.
        function: the name the student defines.
        points: weight in grading.
        hints: at least two, from gentle to nearly there.
        cases: `cases(rng) -> list` of `Case`s or plain tuples of positional arguments, several,
            different in size and values on every call. `rng` is a `numpy.random.Generator`; draw
            everything from it. The list is built anew for every use, so it may hold arrays,
            layers or models. The docstring's example is put before them.
        space: `space(rng) -> Case`: one draw from everything the docstring allows, odd and extreme
            inputs too (one row, no object, ties, zeros). What is right on all cases is called with
            some draws of it as well, before it is called right.
        draws: how many; few where one call is slow.
        compare: `compare(got, expected) -> None | str`: None when the two agree, otherwise a
            phrase that says in what they differ. `close(tolerance)` and `exact()` make one for
            arrays, tensors, numbers and for tuples, lists and dicts of them.
        picture: `picture(case, got, expected) -> matplotlib Figure`, where a picture tells more
            than a number. It is drawn only when both results could be compared value by value.
        seconds: how long one call may take.
    """

    id: str
    title: str
    function: str
    hints: tuple[str, ...]
    cases: Callable
    space: Callable | None = None
    draws: int = 20
    points: int = 1
    compare: Callable = field(default_factory=close)
    picture: Callable | None = None
    seconds: float = 5.0
    right: Answer | None = field(default=None, init=False)
    mistakes: list[Answer] = field(default_factory=list, init=False)
    also: list[Answer] = field(default_factory=list, init=False)

    def reference(self, function):
        """Decorator: the answer that `solution()` shows and that others are compared with."""
        if self.right is not None:
            raise ValueError(f"Exercise {self.id} has a reference already.")
        self.right = self._answer(function, "reference")
        return self

    def mistake(self, name, message):
        """Decorator: a complete wrong answer as a student writes it, and the message that helps."""

        def register(function):
            if name in [m.name for m in self.mistakes]:
                raise ValueError(f"Exercise {self.id} has a mistake {name!r} already.")
            self.mistakes.append(self._answer(function, name, message))
            return self

        return register

    def also_right(self, function):
        """Decorator: a right answer, written differently."""
        self.also.append(self._answer(function, f"also right {len(self.also) + 1}"))
        return self

    def _answer(self, function, name, message=""):
        if function.__name__ != self.function:
            raise ValueError(
                f"Exercise {self.id} is about `{self.function}`. "
                f"Received: `{function.__name__}` ({name})"
            )
        return Answer(self.function, source_of(function), name, message)


def source_of(function):
    """The source text of a function, without its decorators and not indented."""
    source = textwrap.dedent(inspect.getsource(function))
    first = ast.parse(source).body[0].lineno
    return "".join(source.splitlines(keepends=True)[first - 1 :])
