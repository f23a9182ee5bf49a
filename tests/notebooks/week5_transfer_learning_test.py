"""What week 5 says of its figures and tables."""

import json
from pathlib import Path

import keras
import numpy as np
import pytest

from segcourse import data, models, training

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "week5_transfer_learning.ipynb"


def printed(cell_id):
    """The lines that a cell of the stored notebook prints."""
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    (cell,) = (cell for cell in cells if cell["id"] == cell_id)
    streams = (out for out in cell["outputs"] if out["output_type"] == "stream")
    return "".join("".join(out["text"]) for out in streams).splitlines()


@pytest.fixture(scope="module")
def scores():
    """A row of the table of section 8 for each way: four scores, and the one of training."""
    rows = (line.rsplit(maxsplit=5) for line in printed("ways-scores")[2:])
    return {name: [float(number) for number in numbers] for name, *numbers in rows}


def test_frozen_and_from_scratch_each_win_two_scores(scores):
    won = np.array(scores["frozen"][:4]) > scores["from scratch"][:4]
    assert won.tolist() == [False, True, True, False]


def test_fine_tuned_is_best_and_its_distance_from_training_to_validation_is_largest(scores):
    assert all(scores["fine-tuned"][k] == max(row[k] for row in scores.values()) for k in range(5))
    distances = {name: row[4] - row[2] for name, row in scores.items()}
    assert max(distances, key=distances.get) == "fine-tuned"
    assert min(scores, key=lambda name: scores[name][4]) == "FCN-32s-fixed"


def test_pretraining_replaces_seven_of_eight_images():
    curve = training.label_curve("scenes")
    tuned, scratch = np.mean(curve["fine-tuned"][16]), np.mean(curve["from scratch"][128])
    assert abs(tuned - scratch) < 0.01


def test_batch_normalisation_gives_what_the_question_says():
    lines = dict(line.split(":") for line in printed("batch-norm-run"))
    assert json.loads(lines["in training"]) == [-1.22, 0.0, 1.22]
    assert all(
        0 < value < x
        for value, x in zip(json.loads(lines["in prediction"]), (2, 4, 6), strict=True)
    )
    assert lines["in prediction"].strip() == lines["frozen, in training"].strip()


def test_the_heat_maps_are_brightest_at_their_images():
    pictures, answers = data.objects(200, seed=505)
    classifier = models.small_vgg(weights="objects")
    right = classifier.predict(pictures / 255.0, verbose=0).argmax(axis=-1) == answers
    nine = np.array([np.flatnonzero(right & (answers == i))[0] for i in range(10)][-9:])
    collage = np.concatenate([np.concatenate(pictures[row], axis=1) for row in nine.reshape(3, 3)])
    network = models.convolutionalize(classifier)
    scores = network.predict(collage[None] / 255.0, verbose=0)[0]
    probability = keras.ops.convert_to_numpy(keras.ops.softmax(scores))
    for label in ("flower", "house", "bird"):
        number = data.OBJECT_CLASSES.index(label)
        heat = probability[..., number]
        row, column = divmod(int(np.flatnonzero(answers[nine] == number)[0]), 3)
        y, x = np.unravel_index(heat.argmax(), heat.shape)
        assert max(abs(y - 3 * row), abs(x - 3 * column)) <= 1
