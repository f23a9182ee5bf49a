import keras
import numpy as np
import pytest

from segcourse.exercises.judging.compare import close, describe, exact

A = np.arange(6, dtype="float32").reshape(2, 3)
NAN = float("nan")


@pytest.mark.parametrize(
    "got, expected",
    [
        (A, A.astype("float64")),
        (A, keras.ops.convert_to_tensor(A)),
        (np.uint8(3), 3),
        (3, 3.0),
        (0.1 + 0.2, np.float32(0.3)),
        ([2, 3], (2, 3)),
        (np.array([2, 3]), (2, 3)),
        ([A[0], A[1]], [A[0], A[1]]),
        ({"iou": np.array([0.5, NAN]), "n": 2}, {"iou": np.array([0.5, NAN]), "n": 2}),
        (np.zeros((0, 3)), np.zeros((0, 3))),
        (True, np.bool_(True)),
        ("same", "same"),
        (np.array(["cat", "dog"]), ["cat", "dog"]),
        (np.str_("cat"), "cat"),
        (None, None),
    ],
)
def test_agree(got, expected):
    assert close()(got, expected) is None


@pytest.mark.parametrize(
    "got, expected, phrase",
    [
        (A.tolist(), A, "the values are right, but a list came: return a NumPy array"),
        (keras.ops.convert_to_tensor(A), A, "the values are right, but a tensor came: return"),
        (tuple(A), A, "the values are right, but a tuple came"),
        ((2, A.tolist()), (2, A), "[1]: the values are right, but a list came"),
        ({"a": A.tolist()}, {"a": A}, "['a']: the values are right, but a list came"),
        (["cat"], np.array(["cat"]), "the values are right, but a list came"),
    ],
)
def test_right_values_in_another_form(got, expected, phrase):
    assert close()(got, expected).startswith(phrase)
    assert close(array=False)(got, expected) is None
    assert close().values(got, expected) is None


def test_a_dtype_that_is_asked_for():
    said = close(dtype=True)(A.astype("float64"), A)
    assert said == "the values are right, but their dtype is float64; float32 is asked for"
    assert close(dtype=True)(A, A) is None and exact(dtype=True)(A.astype("float64"), A) == said


@pytest.mark.parametrize(
    "got, expected, phrase",
    [
        (A.T, A, "it has the shape (3, 2), expected (2, 3)"),
        (A.astype("int32"), A, "it has the dtype int32, expected float32"),
        (A > 1, (A > 1).astype("uint8"), "it has the dtype bool, expected uint8"),
        (2.5, 2, "a whole number (int) was expected, the float 2.5 came: use // or int()"),
        (2.0, 2, "the value is right, but it is the float 2.0: use // or int()"),
        (True, 2, "a whole number (int) was expected, the bool True came"),
        (True, 2.0, "a float was expected, the bool True came"),
        (1.0, True, "True or False (bool) was expected, the float 1.0 came"),
        ([1, 2], 3, "one number was expected, 2 values (a list) came"),
        ([[1], [2, 3]], 3, "one number was expected, 2 values (a list) came"),
        ((1, 2), 3, "you returned 2 values (a tuple); one number is expected"),
        ((1,), 3.0, "you returned 1 value (a tuple); one number is expected"),
        (A, 3, "one number was expected, an array of shape (2, 3) came"),
        (3, A, "an array of shape (2, 3) was expected, one number came: 3"),
        ((A, A), A, "2 values (a tuple) came, an array of shape (2, 3) was expected"),
        (A + np.eye(2, 3), A, "2 of 6 values differ: [0, 0] is 1, expected 0"),
        (np.where(A == 4, 9, A), A, "1 of 6 values differs: [1, 1] is 9, expected 4"),
        (np.where(A == 4, NAN, A), A, "[1, 1] is NaN (not a number), expected 4"),
        (NAN, 1.0, "it is NaN (not a number), expected 1"),
        (0.5, 0.25, "it is 0.5, expected 0.25"),
        (np.array([250], "uint8"), np.array([-6]), "[0] is 250, expected -6"),
        ((2, 3), (2, 3, 4), "2 values (a tuple) came, expected: 3"),
        ([2, 3], (2, 3, 4), "2 values (a list) came, expected: 3"),
        (3, (2, 3), "2 values are expected, and this came: 3"),
        ((2, 3), (2,), "2 values (a tuple) came, expected: 1"),
        (
            A,
            (2, 3, 4),
            "3 values are expected, and this came: an array of shape (2, 3) and dtype float32",
        ),
        ((2, 5), (2, 4), "part 2 of 2 is 5, expected 4"),
        ((2, (3, 4)), (2, 4), "part 2 of 2: one number was expected, 2 values (a tuple) came"),
        ((2, (3, 5)), (2, (3, 4)), "part 2 of 2 at [1] is 5, expected 4"),
        ((A, A + 1), (A, A), "6 of 6 values differ: part 2 of 2 at [0, 0] is 1, expected 0"),
        ([2, [3, 5]], [2, [3, 4]], "[1][1] is 5, expected 4"),
        ({"a": 1}, {"a": 1, "b": 2}, "the dict lacks the key 'b'"),
        ({"a": A + 1}, {"a": A}, "6 of 6 values differ: ['a'][0, 0] is 1, expected 0"),
        (3, {"a": 1}, "a dict was expected, 3 came"),
        ("text", A, "it is 'text', expected an array of shape (2, 3) and dtype float32"),
        (None, 3, "it is None, expected 3"),
        (np.array(["cat", "cat"]), np.array(["cat", "dog"]), "[1] is 'cat', expected 'dog'"),
        ([None, 1], np.arange(2), "it is [None, 1], expected array([0, 1])"),
        ((x for x in A), A, "it is a generator, expected an array"),
        ([[1], [2, 3]], A, "it is [[1], [2, 3]], expected an array"),
    ],
)
def test_differ_and_say_how(got, expected, phrase):
    assert close()(got, expected).startswith(phrase)


@pytest.mark.parametrize(
    "got, phrase",
    [
        ((1.0, 5.0), "the velocity is 5, expected 2"),
        ((5.0, 2.0), "the weight is 5, expected 1"),
        ((1.0, None), "the velocity is None, expected 2"),
        (1.0, "2 values are expected (the weight, the velocity), and this came: 1"),
        ((1.0, 2.0, 3.0), "3 values (a tuple) came, expected: 2 (the weight, the velocity)"),
    ],
)
def test_parts_have_names(got, phrase):
    assert close(parts=("the weight", "the velocity"))(got, (1.0, 2.0)).startswith(phrase)
    assert exact(parts=("the weight", "the velocity"))(got, (1.0, 2.0)).startswith(phrase)


def test_symbolic_tensor_has_no_values():
    assert "KerasTensor" in close()(keras.Input((2, 3)), A)


def test_bfloat16_is_a_float():
    assert close(1e-2, array=False)(keras.ops.cast(A, "bfloat16"), A) is None


def test_tolerance():
    assert close(1e-2)(1.005, 1.0) is None
    assert close(1e-3)(1.005, 1.0) is not None
    assert exact()(1.0, 1.0) is None
    assert exact()(np.float32(1.0000001), 1.0) is not None


def test_describe_is_short():
    assert describe(A) == "an array of shape (2, 3) and dtype float32"
    assert describe(list(range(100))) == "a list of 100"
    assert len(describe("x" * 500)) == 60
    assert describe(keras.layers.Dense(3, name="fc6")) == "a Dense 'fc6'"
