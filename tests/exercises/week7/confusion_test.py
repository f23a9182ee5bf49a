"""`confusion` against independent implementations, and the example of its text."""

import numpy as np
import pytest

from segcourse.exercises.week7.confusion import confusion as exercise
from tests.exercises.week7.maps_and_matrices import maps

confusion = exercise.right.build()


LOOP = """\
m = np.zeros((num_classes, num_classes), dtype=np.int64)
h, w = labels.shape
for y in range(h):
    for x in range(w):
"""


@pytest.mark.parametrize("classes", [2, 5, 40])
def test_confusion_agrees_with_scikit_learn(classes, sklearn_metrics):
    labels, predictions = maps(classes, classes)
    kept = labels != 255
    expected = sklearn_metrics.confusion_matrix(
        labels[kept], predictions[kept], labels=np.arange(classes)
    )
    np.testing.assert_array_equal(confusion(labels, predictions, classes), expected)


def test_confusion_leaves_void_out_and_keeps_absent_classes():
    labels = np.array([[0, 255], [1, 255]], "uint8")
    result = confusion(labels, np.array([[0, 0], [0, 1]], "uint8"), 3)
    assert result.tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 0]]


def test_confusion_example():
    labels, predictions = np.array([[[0, 0, 1, 255]], [[0, 1, 1, 0]]], "uint8")
    assert confusion(labels, predictions, 2).tolist() == [[1, 1], [0, 1]]


# What students write: (body, the mistake it is recognised as, a part of what is said).
KEPT = "kept = labels != 255\nt, p = labels[kept], predictions[kept]\n"
WRITTEN = [
    (
        LOOP + "        m[labels[y, x], predictions[y, x]] += 1\nreturn m",
        "void as an index",
        "raised IndexError: index 255",
    ),
    (
        LOOP + "        if labels[y, x] < 255:\n"
        "            m[predictions[y, x], labels[y, x]] += 1\nreturn m",
        "predicted class in the rows",
        "values differ",
    ),
    (
        LOOP + "        if labels[y, x] == predictions[y, x]:\n"
        "            m[labels[y, x], labels[y, x]] += 1\nreturn m",
        "only right pixels counted",
        "values differ",
    ),
    (
        LOOP.replace("np.int64", "labels.dtype") + "        if labels[y, x] != 255:\n"
        "            m[labels[y, x], predictions[y, x]] += 1\nreturn m",
        "counted in uint8",
        "",
    ),
    (
        LOOP.replace("(num_classes, num_classes)", "(3, 3)") + "        if labels[y, x] != 255:\n"
        "            m[labels[y, x], predictions[y, x]] += 1\nreturn m",
        "3 classes typed in",
        r"the shape \(3, 3\)",
    ),
    (
        LOOP.replace("h, w", "w, h") + "        if labels[y, x] == 255:\n            continue\n"
        "        m[labels[y, x], predictions[y, x]] += 1\nreturn m",
        "height and width exchanged",
        "IndexError",
    ),
    (
        LOOP + "        if labels[y, x] != 255:\n"
        "            m[labels[y, x], predictions[y, x]] += 1\n    return m",
        "return after one row",
        "",
    ),
    (
        KEPT + "return np.bincount(t * num_classes + p).reshape(num_classes, num_classes)",
        "uint8 overflow without minlength",
        "",
    ),
    (
        KEPT + "pairs = t.astype(int) * 256 + p\n"
        "return np.bincount(pairs, minlength=65536).reshape(256, 256)",
        "256 rows without void",
        "",
    ),
    (
        KEPT + "m = np.zeros((t.max() + 1, t.max() + 1), int)\n"
        "for i, j in zip(t, p):\n    m[i, j] += 1\nreturn m",
        "size from the labels alone",
        "",
    ),
    (
        KEPT + "m = np.zeros((num_classes,) * 2, 'int16')\nnp.add.at(m, (t, p), 1)\nreturn m",
        "counted in int16",
        "",
    ),
    (
        KEPT + "pairs = num_classes * t.astype('int16') + p\n"
        "return np.bincount(pairs, minlength=num_classes**2).reshape(num_classes, -1)",
        None,
        "",
    ),
    ("return [[0]]", None, "has the shape"),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)
