"""What must hold for every exercise, as assertions.

`tests/exercises/catalogue_test.py` runs them on every exercise there is. They all go through
`judge`, the way a notebook does.
"""

from segcourse.exercises.judging.cases import Cases
from segcourse.exercises.judging.compare import difference, plain
from segcourse.exercises.judging.example import example_cases, shown_results
from segcourse.exercises.judging.exercise import PREAMBLE
from segcourse.exercises.judging.faults import fault
from segcourse.exercises.judging.judge import Outcome, judge
from segcourse.exercises.judging.recognise import recognise, same_result, words
from segcourse.exercises.judging.safety.kept import kept_state
from segcourse.exercises.judging.safety.quiet import quiet
from segcourse.exercises.judging.stub import signature, stub
from segcourse.exercises.judging.trial import trials

__all__ = [
    "assert_complete",
    "assert_example_runs",
    "assert_mistakes_recognised",
    "assert_reference_passes",
    "assert_right_answers_pass",
    "assert_stub_untouched",
]


def injected(source, name):
    """The function that running `source` in a notebook's namespace leaves under `name`."""
    namespace = {"__name__": "__main__"}
    exec(PREAMBLE, namespace)
    exec(compile(source, "<exercise cell>", "exec"), namespace)
    return namespace[name]


def assert_complete(exercise):
    """Everything a student may ask for is there, and told apart by name and by message."""
    assert exercise.right is not None, "no reference"
    assert exercise.title and exercise.points > 0
    assert len(exercise.hints) >= 2, "at least two hints"
    assert len(exercise.mistakes) >= 5, "at least five wrong answers that people give"
    assert len(exercise.also) >= 1, "at least one right answer in other words"
    assert exercise.space is not None, "no `space`: what else is allowed is never tried"
    messages = [mistake.message for mistake in exercise.mistakes]
    assert all(messages) and len(set(messages)) == len(messages), "each message its own"
    assert '"""' in stub(exercise), "the docstring says what is asked"


def assert_stub_untouched(exercise):
    """The cell a student starts from is untouched, and asks for what the reference takes."""
    text = stub(exercise)
    assert signature(text) == signature(exercise.right.source)
    assert judge(exercise, injected(text, exercise.function)).outcome is Outcome.UNTOUCHED


def assert_reference_passes(exercise, seeds=(0, 1, 2)):
    """What `solution()` shows is right when it is put into the cell."""
    for seed in seeds:
        function = injected(exercise.right.source, exercise.function)
        verdict = judge(exercise, function, seed)
        assert verdict.outcome is Outcome.RIGHT, verdict.message


def assert_example_runs(exercise):
    """The docstring's example can be run, gives what stands below it, and is the first case."""
    pairs = shown_results(exercise.right)
    assert pairs, "the docstring has no example with a result: `>>> f(...)` and a line below"
    for shown, came in pairs:
        found = difference(plain(came), plain(shown), tolerance=1e-3)
        assert found is None, f"the example of {exercise.function}: {found}"
    first = example_cases(exercise.right)
    assert len(first) == 1, f"the example does not call {exercise.function}"


def assert_right_answers_pass(exercise, seeds=(0, 1, 2)):
    """So are the right answers in other words."""
    for answer in exercise.also:
        for seed in seeds:
            verdict = judge(exercise, injected(answer.source, exercise.function), seed)
            assert verdict.outcome is Outcome.RIGHT, f"{answer.name}: {verdict.message}"


def assert_mistakes_recognised(exercise, seeds, wraps=False):
    """Every wrong answer fails with exactly its own message, whatever the inputs are.

    Where a number wraps round in silence, as with NumPy 1, two of them may do the same.
    """
    for mistake in exercise.mistakes:
        verdict = judge(exercise, injected(mistake.source, exercise.function), seeds[0])
        found = f"{mistake.name!r} gave {verdict.mistake!r}: {verdict.message}"
        assert verdict.outcome is Outcome.WRONG, found
        if not wraps:
            assert verdict.mistake == mistake.name, found
            assert mistake.message in verdict.message.splitlines()[0], found
    for seed in seeds:
        assert_told_apart(exercise, seed, wraps)


def assert_told_apart(exercise, seed, wraps=False):
    """Each wrong answer is wrong on the cases of this seed, and none is taken for another one."""
    with kept_state(), quiet():
        cases = Cases(exercise, seed)
        expected = list(trials(exercise, exercise.right.once, cases))
        tried = [(m, list(trials(exercise, m.build(), cases))) for m in exercise.mistakes]
        for mistake, came in tried:
            pairs = list(zip(came, expected, strict=False))
            found = recognise(exercise, came, tried, expected)
            assert any(fault(exercise, c, e) for c, e in pairs), (
                f"{mistake.name!r} passes ({seed=})"
            )
            alike = wraps and _alike(exercise, found, came, tried, expected)
            assert found is mistake or alike, (
                f"{mistake.name!r} is taken for {found and found.name!r} ({seed=})"
            )


def _alike(exercise, found, came, tried, expected):
    """Whether the mistake that was found gives the same as the one that was made."""
    if found is None:
        return False
    other = next(trials for mistake, trials in tried if mistake is found)
    return all(
        same_result(exercise, one, two, words, right)
        for one, two, right in zip(came, other, expected, strict=False)
    )
