import pytest

from segcourse.exercises.judging.exercise import Case, Exercise
from segcourse.exercises.judging.stub import signature, stub


def new(**changes):
    made = dict(id="9.1", title="t", function="f", hints=("a", "b"), cases=lambda rng: [(1,)])
    return Exercise(**{**made, **changes})


def test_decorators_return_the_exercise_and_take_the_source():
    f = first = new()

    @f.reference
    def f(n, to=2):
        """Adds."""
        return n + to

    @f.mistake(
        "minus",
        "Not minus.",
    )
    def f(n, to=2):
        return n - to

    @f.also_right
    def f(n, to=2):
        return to + n

    assert f is first
    assert f.right.source == 'def f(n, to=2):\n    """Adds."""\n    return n + to\n'
    assert f.mistakes[0].source == "def f(n, to=2):\n    return n - to\n"
    assert f.right.build()(1) == 3 and f.mistakes[0].build()(1) == -1 and f.also[0].build()(1) == 3
    assert stub(f) == 'def f(n, to=2):\n    """Adds."""\n    raise NotImplementedError\n'


SOMETHING = 5


def test_source_has_only_what_a_notebook_has():
    f = new()

    @f.reference
    def f(n):
        return n + SOMETHING

    with pytest.raises(NameError, match="SOMETHING"):
        f.right.build()(1)


def test_reference_may_call_itself():
    f = new()

    @f.reference
    def f(n):
        return 1 if n == 0 else n * f(n - 1)

    assert f.right.build()(4) == 24


def test_a_second_reference_or_mistake_of_the_same_name_or_another_function():
    f = new()

    def g(n):
        return n

    with pytest.raises(ValueError, match="Exercise 9.1 is about `f`. Received: `g`"):
        f.reference(g)
    g.__name__ = "f"
    f.reference(g)
    with pytest.raises(ValueError, match="has a reference already"):
        f.reference(g)
    f.mistake("a", "b")(g)
    with pytest.raises(ValueError, match="has a mistake 'a' already"):
        f.mistake("a", "c")(g)


def test_case_shows_its_arguments():
    assert repr(Case(1, by="x")) == "Case(1, by='x')"


def test_stub_of_odd_forms():
    f = new()

    @f.reference
    def f(
        n: int,
        to: int = 2,
    ) -> int:
        # no docstring
        return n + to

    text = stub(f)
    assert text.endswith("raise NotImplementedError\n")
    assert signature(text) == signature(f.right.source) == "def f(n: int, to: int=2) -> int"
    namespace = {}
    exec(text, namespace)
    with pytest.raises(NotImplementedError):
        namespace["f"](1)
