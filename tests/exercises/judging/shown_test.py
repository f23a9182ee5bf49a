"""Calls as students see them: whole where they are small."""

import keras
import numpy as np
import pytest

from segcourse.exercises.judging.exercise import Case
from segcourse.exercises.judging.shown import LONGEST, call_of, whole


@pytest.mark.parametrize(
    "value, text",
    [
        (np.array([[1, 2], [3, 4]]), "array([[1, 2], [3, 4]])"),
        (np.array([[1, 2]], "uint8"), "array([[1, 2]], uint8)"),
        (np.array([0.5, np.nan]), "array([0.5, nan])"),
        ([(3, 1, 0.5)], "[(3, 1, 0.5)]"),
        ((3,), "(3,)"),
        ({"a": [1, "x"], "b": None}, "{'a': [1, 'x'], 'b': None}"),
        (keras.ops.convert_to_tensor([1.0]), "array([1.], float32)"),
    ],
)
def test_whole(value, text):
    assert whole(value) == text
    assert "\n" not in whole(np.zeros((9, 9, 9)))


def test_a_small_call_is_shown_whole(shift):
    text = "shift(row=array([[0, 1, 2], [3, 4, 5]]), by=1)"
    assert call_of(shift, Case(np.arange(6).reshape(2, 3), by=1)) == text


def test_a_large_one_in_a_few_words(shift):
    text = "shift(row=an array of shape (6, 6) and dtype int64, by=1)"
    assert call_of(shift, Case(np.arange(36).reshape(6, 6), by=1)) == text
    assert call_of(shift, Case([0] * 40, by=1)) == "shift(row=a list of 40, by=1)"


def test_no_argument_is_long(shift):
    words = {f"a long name {i}": "x" * 50 for i in range(7)}
    assert call_of(shift, Case(words, by=1)) == "shift(row=a dict of 7, by=1)"
    assert len(call_of(shift, Case(["x" * 300], by=["y" * 300]))) < 2 * LONGEST + 40


def test_a_call_that_does_not_fit(shift):
    assert call_of(shift, Case(1, 2, 3)).startswith("shift(argument 1=1")
