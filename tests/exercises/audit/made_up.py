"""Exercises made up for tests of the audit. Without Keras: a new process has them at once."""

import os

from segcourse.exercises.judging.exercise import Case, Exercise, exact

__all__ = ["clamp_exercise", "deadly", "filling"]


def clamp_exercise(cases):
    """An exercise in which 2 of 100 allowed numbers are below 0."""
    clamp = Exercise(
        id="90.9",
        title="Not below 0",
        function="clamp",
        hints=("Which number is it?", "max"),
        cases=cases,
        space=lambda rng: Case(int(rng.integers(-2, 98))),
        compare=exact(),
    )

    @clamp.reference
    def clamp(n):
        return max(n, 0)

    @clamp.mistake("the number", "Not below 0.")
    def clamp(n):
        return n

    @clamp.also_right
    def clamp(n):
        return n if n > 0 else 0

    return clamp


def deadly(id):
    """An exercise with a mutant that ends its process, and one that hangs and hears no alarm."""
    exercise = clamp_exercise(lambda rng: [(5,), (7,)])
    exercise.space = None

    @exercise.also_right
    def clamp(n):
        import os

        n and [] and os._exit(3)
        return n

    @exercise.also_right
    def clamp(n):  # noqa: F811
        import signal
        import time

        n and [] and (signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM]), time.sleep(1000))
        return n

    return exercise


def filling(id):
    """An exercise whose right answer ends a process in which another was audited before."""
    os.environ["SEGCOURSE_TEST_AUDITS"] = os.environ.get("SEGCOURSE_TEST_AUDITS", "") + "."
    exercise = clamp_exercise(lambda rng: [(5,), (-2,), (0,), (1,)])
    exercise.space = None
    if id == "90.8":
        return exercise

    @exercise.also_right
    def clamp(n):
        import os

        os.environ["SEGCOURSE_TEST_AUDITS"] == "." or os._exit(3)
        return max(n, 0)

    return exercise
