import json

import numpy as np
import pytest

from segcourse.metrics import PanopticQuality, panoptic_quality_of_files, write_panoptic

CATEGORIES = {1: {"name": "sky", "isthing": 0}, 2: {"name": "cat", "isthing": 1}}


def image(rng):
    ids = rng.integers(0, 4, (6, 8)).repeat(5, 0) * 70000
    info = [
        {"id": int(number), "category_id": int(rng.integers(1, 3)), "iscrowd": 0}
        for number in np.unique(ids[ids > 0])
    ]
    return ids, info


@pytest.fixture
def files(tmp_path):
    rng = np.random.default_rng(0)
    true = {k: image(rng) for k in range(5)}
    pred = {
        k: (np.where(rng.random(ids.shape) < 0.2, 0, ids), info)
        for k, (ids, info) in reversed(true.items())
    }
    write_panoptic(tmp_path / "true.json", true, CATEGORIES)
    write_panoptic(tmp_path / "pred.json", pred, CATEGORIES)
    return tmp_path, true, pred


def test_files_score_as_the_maps_in_them(files):
    folder, true, pred = files
    quality = PanopticQuality(CATEGORIES)
    for k in true:
        quality.update(true[k], pred[k])
    result = panoptic_quality_of_files(folder / "true.json", folder / "pred.json")
    np.testing.assert_equal(result, quality.result())
    assert 0 < result["all"]["pq"] < 1


def test_results_need_no_categories_but_the_truth_does(files):
    folder, *_ = files
    for name in ("true", "pred"):
        file = folder / f"{name}.json"
        content = json.loads(file.read_text())
        del content["categories"], content["images"]
        if name == "true":
            expected = panoptic_quality_of_files(file, folder / "pred.json")
        file.write_text(json.dumps(content))
    paths = folder / "true.json", folder / "pred.json"
    assert panoptic_quality_of_files(*paths, CATEGORIES) == expected
    with pytest.raises(ValueError, match="`categories` must be given"):
        panoptic_quality_of_files(*paths)


def test_a_missing_prediction(files):
    folder, _, pred = files
    del pred[3], pred[4]
    write_panoptic(folder / "pred.json", pred, CATEGORIES)
    with pytest.raises(ValueError, match="Missing: 2, the first is image 3"):
        panoptic_quality_of_files(folder / "true.json", folder / "pred.json")


def test_an_error_names_the_image(files):
    folder, *_ = files
    file = folder / "pred.json"
    content = json.loads(file.read_text())
    content["annotations"][1]["segments_info"].pop()
    file.write_text(json.dumps(content))
    with pytest.raises(ValueError, match="^Image 3: `pred` .*not in segments_info: id 210000"):
        panoptic_quality_of_files(folder / "true.json", file)
