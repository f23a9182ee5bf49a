"""`gain` against independent implementations, and the example of its text."""

import statistics

import numpy as np
import pytest

from segcourse.exercises.week5.gain import gain as exercise

gain = exercise.right.build()


def test_gain_agrees_with_the_statistics_module():
    rng = np.random.default_rng(7)
    scratch, tuned = rng.random((4, 3)), rng.random((4, 3))
    mean, spread = gain(scratch, tuned)
    for column in range(3):
        differences = list(tuned[:, column] - scratch[:, column])
        assert mean[column] == pytest.approx(statistics.mean(differences))
        assert spread[column] == pytest.approx(statistics.stdev(differences))


def test_gain_example():
    result = gain(np.array([[0.2], [0.4], [0.3]]), np.array([[0.3], [0.6], [0.6]]))
    assert result[0].tolist() == pytest.approx([0.2])
    assert result[1].tolist() == pytest.approx([0.1])


# What students write: (body, the mistake it is recognised as, a part of what is said).
WRITTEN = [
    ("d = tuned - scratch\nreturn d.mean(0), d.std(0)", "divided by the number of seeds", ""),
    ("d = tuned - scratch\nreturn d.mean(0)", "the mean alone", "2 values are expected"),
    ("d = scratch - tuned\nreturn d.mean(0), d.std(0, ddof=1)", "sign turned", ""),
    ("d = tuned - scratch\nreturn d.mean(0), d.std(0, ddof=2)", "two less", ""),
    ("d = tuned - scratch\nreturn d.mean(0), np.ptp(d, axis=0)", "largest minus smallest", ""),
    ("d = abs(tuned - scratch)\nreturn d.mean(0), d.std(0, ddof=1)", "gain without sign", ""),
    (
        "d = tuned - scratch\nreturn d.mean(0), tuned.std(0, ddof=1)",
        "spread of the tuned networks",
        "the standard deviation",
    ),
    ("d = tuned - scratch\nreturn d.std(0, ddof=1), d.mean(0)", "spread before mean", ""),
    (
        "d = tuned - scratch\nreturn list(d.mean(0)), list(d.std(0, ddof=1))",
        None,
        "the values are right, but a list came",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)
