"""`one_hot` against others, its example, and what students write."""

import keras
import numpy as np
import pytest

from segcourse.exercises.week1.one_hot import one_hot as exercise

one_hot = exercise.right.build()


@pytest.mark.parametrize("seed", range(5))
def test_one_hot_agrees_with_keras(seed):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 4, (6, 7)).astype("uint8")
    labels[rng.random((6, 7)) < 0.2] = 255
    expected = keras.utils.to_categorical(np.where(labels == 255, 4, labels), 5)[..., :4]
    result = one_hot(labels, 4)
    np.testing.assert_array_equal(result, expected)
    assert result.dtype == "float32"
    np.testing.assert_array_equal(result.sum(-1), labels != 255)


def test_one_hot_example():
    result = one_hot(np.array([[2, 0, 255]], "uint8"), 3)
    assert result.tolist() == [[[0, 0, 1], [1, 0, 0], [0, 0, 0]]]


# Wrong answers that no case told from the right one once.
REFUSED = [
    """out = (labels[..., None] == np.arange(num_classes)).astype("float32")
out[labels == labels.max()] = 0
return out""",
    """if num_classes == 1:
    return np.ones((*labels.shape, 1))
return (labels[..., None] == np.arange(num_classes)).astype(float)""",
]

# Wrong answers as students write them, and the mistake that is recognised.
SAID = [
    (
        "void shared among the classes",
        """out = np.zeros((*labels.shape, num_classes))
for c in range(num_classes):
    out[..., c] = labels == c
out[labels == 255] = 1 / num_classes
return out""",
    ),
    (
        "height and width exchanged in loops",
        """w, h = labels.shape
out = np.zeros((w, h, num_classes))
for y in range(h):
    for x in range(w):
        if labels[y, x] < num_classes:
            out[y, x, labels[y, x]] = 1
return out""",
    ),
    (
        "5 classes typed in",
        """out = np.zeros((*labels.shape, 5))
for c in range(5):
    out[..., c] = labels == c
return out""",
    ),
    (
        "128 pixels typed in",
        """out = np.zeros((128, 128, num_classes))
for i in range(128):
    for j in range(128):
        if labels[i, j] != 255:
            out[i, j, labels[i, j]] = 1
return out""",
    ),
    (
        "the notebook's map in place of the argument",
        """return np.eye(num_classes)[np.where(label == 255, 0, label)]""",
    ),
    (
        "label 255 as a channel",
        """out = np.zeros((labels.shape[0], labels.shape[1], num_classes))
for i in range(labels.shape[0]):
    for j in range(labels.shape[1]):
        out[i, j, labels[i, j]] = 1
return out""",
    ),
    (
        "void counted as the last class",
        """return keras.utils.to_categorical(np.clip(labels, 0, num_classes - 1), num_classes)""",
    ),
    (
        "class 0 left out",
        """out = np.zeros((*labels.shape, num_classes))
for c in range(1, num_classes):
    out[labels == c, c] = 1.0
return out""",
    ),
]


@pytest.mark.parametrize("body", REFUSED)
@pytest.mark.parametrize("seed", range(4))
def test_one_hot_refuses_by_its_cases(refused_by_cases, body, seed):
    refused_by_cases(exercise, body, seed)


@pytest.mark.parametrize("mistake, body", SAID)
def test_one_hot_says_what_was_done(recognised, mistake, body):
    recognised(exercise, body, mistake, "one_hot")
