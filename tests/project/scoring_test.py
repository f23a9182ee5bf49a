import json
import math
import warnings

import numpy as np
import pytest

from segcourse import data, metrics, training
from segcourse.project import scoring
from segcourse.project.files import handed_over, model_file
from segcourse.project.scoring import categories, score
from tests.project import tiny

NAMES = {
    "pixel_accuracy", "mean_accuracy", "mean_iou", "frequency_weighted_iou", "mean_dice",
    "near_borders", "boundary_iou", "pq_all", "sq_all", "rq_all", "pq_things", "sq_things",
    "rq_things", "pq_stuff", "sq_stuff", "rq_stuff",
}  # fmt: skip


def test_a_perfect_network():
    split = tiny.split("test", 3, 0)
    result = score(tiny.perfect(), split, "tiny", split.classes)
    scores = result["scores"]
    assert set(scores) == NAMES
    assert scores.pop("pq_things") is scores.pop("sq_things") is scores.pop("rq_things") is None
    assert set(scores.values()) == {1.0}
    assert result["iou"] == dict.fromkeys(tiny.CLASSES, 1.0)
    assert result["predicted"] == list(tiny.CLASSES) and result["confusions"] == []
    assert (result["split"], result["images"], result["size"]) == ("test", 3, [16, 20])
    assert result["true_segments"] == "connected components"
    assert json.loads(json.dumps(result, allow_nan=False)) == result


def test_as_the_metrics_of_the_course_say():
    split, model = tiny.split("test", 3, 0), tiny.model()
    result = score(model, split, "tiny", split.classes)
    expected = training.evaluate(model, split)
    for name in ("pixel_accuracy", "mean_accuracy", "mean_iou", "frequency_weighted_iou"):
        assert result["scores"][name] == pytest.approx(expected[name])
    guesses = training.predict_labels(model, split.images)
    dice = [2 * iou / (1 + iou) for iou in expected["iou"]]
    assert result["scores"]["mean_dice"] == pytest.approx(np.mean(dice))
    kinds = categories("tiny", split.classes)
    quality = metrics.PanopticQuality(kinds)
    for labels, guess in zip(split.labels, guesses, strict=True):
        quality.update(metrics.from_semantic(labels, kinds), metrics.from_semantic(guess, kinds))
    assert result["scores"]["pq_all"] == pytest.approx(quality.result()["all"]["pq"])


def test_one_class_only():
    split = tiny.split("test", 3, 0)
    result = score(tiny.constant(1), split, "tiny", split.classes)
    assert result["predicted"] == ["bright"]
    assert result["iou"]["dark"] == 0.0 and result["scores"]["boundary_iou"] < 0.5


def test_a_class_that_is_nowhere_has_no_score():
    split = tiny.split("test", 2, 0, classes=("dark", "bright"))
    result = score(tiny.perfect(), split, "tiny", tiny.CLASSES)
    assert result["iou"]["red"] is None and result["scores"]["mean_iou"] == 1.0


def test_scenes_has_things_and_panoptic_truth():
    split = data.load("scenes").val.take(2)
    result = score(tiny.constant(3, outputs=5), split, "scenes", split.classes)
    assert result["true_segments"] == "panoptic truth"
    assert result["scores"]["pq_things"] is not None
    assert sum(one["count"] for one in result["by_size"].values()) > 0


@pytest.mark.parametrize("outputs", [2, 4])
def test_another_number_of_classes_is_refused(outputs):
    split = tiny.split("test", 1, 0)
    with pytest.raises(ValueError, match=f"the 3 classes.*Received: a model of {outputs} classes"):
        score(tiny.constant(outputs - 1, outputs), split, "tiny", split.classes)


def test_weights_of_nan_are_refused():
    split, model = tiny.split("test", 1, 0), tiny.model()
    model.set_weights([one * math.nan for one in model.get_weights()])
    with pytest.raises(ValueError, match="weights of NaN"):
        score(model, split, "tiny", split.classes)


def test_the_command(tmp_path, capsys):
    split, model = tiny.split("test", 3, 0), tiny.model()
    model_file.save(model, tmp_path / "model.keras")
    handed_over.write(split, "tiny", tmp_path / "split.npz")
    assert scoring.main([str(tmp_path / "model.keras"), str(tmp_path / "split.npz")]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result == score(model, split, "tiny", split.classes)


def test_the_command_says_in_one_line_what_is_wrong(tmp_path, capsys):
    model_file.save(tiny.model(outputs=2), tmp_path / "model.keras")
    assert scoring.main([str(tmp_path / "none.keras"), "scenes", "--size", "16", "16"]) == 1
    assert capsys.readouterr().err == "none.keras is not there.\n"
    assert scoring.main([str(tmp_path / "model.keras"), "scenes", "--size", "16", "16"]) == 1
    assert "the 5 classes" in capsys.readouterr().err
    assert scoring.main([str(tmp_path / "model.keras"), "nothing"]) == 1
    said = capsys.readouterr()
    assert len(said.err.splitlines()) == 1 and "`name`" in said.err and not said.out
    assert scoring.main([str(tmp_path / "model.keras"), str(tmp_path / "none.npz")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_class_seen_in_the_void_alone_is_no_warning():
    labels = np.zeros((1, 12, 12), "uint8")
    labels[0, 2:9, 2:9] = 255
    guesses = np.where(labels == 255, 1, 0).astype("uint8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert 0 <= scoring._boundaries(labels, guesses, 2) <= 1
