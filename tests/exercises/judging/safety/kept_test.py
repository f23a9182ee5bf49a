"""Random numbers, names of layers and names of the notebook do not depend on what was checked."""

import gc
import random

import keras
import numpy as np
import pytest

from segcourse.exercises.judging.judge import Outcome, judge
from segcourse.exercises.judging.safety.kept import kept_names, kept_state

SEEDS = {
    "np.random.seed(3)": np.random.rand,
    "np.random.set_state(np.random.RandomState(3).get_state())": np.random.rand,
    "random.seed(3)": random.random,
    "keras.utils.set_random_seed(3)": lambda: float(keras.random.normal(())),
    "keras.random.normal((2,))": lambda: float(keras.random.normal(())),
    "keras.utils.clear_session()": lambda: keras.layers.Dense(1).name,
    "keras.layers.Dense(1)": lambda: keras.layers.Dense(1).name,
}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_comes_next_is_what_would_have_come(shift, student, seed):
    draw = SEEDS[seed]
    source = f"import random\ndef shift(row, by):\n    {seed}\n    return np.roll(row, by)"
    keras.utils.set_random_seed(1)
    gc.collect()  # what other tests have left must not be cleared away in the answer's time
    with kept_state():
        expected = draw()
    assert judge(shift, student(source)).outcome is Outcome.RIGHT
    assert draw() == expected


def test_the_seed_of_tensorflow():
    tf = pytest.importorskip("tensorflow")
    keras.utils.set_random_seed(1)
    with kept_state():
        expected = float(tf.random.normal(()))
    with kept_state():
        tf.random.set_seed(7)
        tf.random.normal(())
    assert float(tf.random.normal(())) == expected


def test_names_of_the_notebook(shift, student):
    source = """
        found = [1]
        def shift(row, by):
            global found, made, np
            found, made = None, 3
            return np.roll(row, by)
        """
    function = student(source)
    names = function.__globals__
    before = dict(names)
    assert judge(shift, function).outcome is Outcome.RIGHT
    assert names == before


def test_a_deleted_name_is_there_again():
    names = {"a": 1, "b": 2}
    with kept_names(names):
        del names["a"]
        names["c"] = 3
    assert names == {"a": 1, "b": 2}
