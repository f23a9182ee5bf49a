"""Reports as they come from others."""

import copy
import json

import pytest

from segcourse.project.checking.checked_report import FIELDS, checked_report, read_json

MOST = 10_000
REPORT = {
    "schema": 1,
    "dataset": "scenes",
    "classes": ["sky", "cat"],
    "minutes": 2,
    "trained_seconds": 119.5,
    "name": "FCN-8s",
    "parameters": 1000,
    "held_back": {
        "split": "test",
        "images": 3,
        "size": [4, 5],
        "scores": {"mean_iou": 0.5, "pq_things": None},
        "iou": {"sky": 0.5, "cat": None},
        "confusions": [["sky", "cat", 0.1]],
    },
    "val_mean_iou": 0.6,
    "looks": 1,
    "model_sha256": "0" * 64,
    "true_segments": "connected components",
    "unknown": "<script>",
}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "report.json"

    def write(value):
        path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
        return path

    return write


def test_known_fields_alone_are_kept(file):
    report = checked_report(file(REPORT), MOST)
    assert set(report) == set(FIELDS)
    assert report["held_back"]["scores"] == {"mean_iou": 0.5, "pq_things": None}
    assert "confusions" not in report["held_back"]


@pytest.mark.parametrize("name", FIELDS)
def test_a_missing_field_is_named(file, name):
    report = {key: value for key, value in REPORT.items() if key != name}
    with pytest.raises(ValueError, match=f"report.json: {name} is missing"):
        checked_report(file(report), MOST)


@pytest.mark.parametrize(
    "name, value",
    [
        ("schema", 2), ("dataset", 3), ("dataset", "x" * 201), ("classes", "sky"),
        ("classes", ["a"] * 301), ("minutes", True), ("minutes", "2"), ("minutes", 10**400),
        ("trained_seconds", None), ("looks", -1), ("looks", 1.5), ("parameters", 2**80),
        ("held_back", []), ("held_back", {}), ("model_sha256", ["0"]),
    ],
)  # fmt: skip
def test_a_field_of_another_kind_is_named(file, name, value):
    with pytest.raises(ValueError, match=f"report.json: {name} is wrong"):
        checked_report(file({**REPORT, name: value}), MOST)


@pytest.mark.parametrize("size", [[0, 4], [4], ["4", 5], [10**9, 1], "45"])
def test_a_size_that_no_image_has_is_refused(file, size):
    report = copy.deepcopy(REPORT)
    report["held_back"]["size"] = size
    with pytest.raises(ValueError, match="held_back is wrong"):
        checked_report(file(report), MOST)


@pytest.mark.parametrize(
    "text",
    ["{ half", "[" * 9000, '{"looks": NaN}', '{"looks": Infinity}', "1" * 9000, "", "\x00", "[]"],
)
def test_garbage_is_one_sentence(file, text):
    with pytest.raises(ValueError, match="report.json is not") as error:
        checked_report(file(text), MOST)
    assert len(str(error.value)) < 300 and "\n" not in str(error.value)


def test_an_endless_number_is_wrong(file):
    text = json.dumps(REPORT).replace("119.5", "1e999")
    with pytest.raises(ValueError, match="trained_seconds is wrong"):
        checked_report(file(text), MOST)


def test_no_more_is_read_than_is_allowed(file, tmp_path):
    with pytest.raises(ValueError, match="too large: more than 10 bytes"):
        read_json(file("1" * 11), 10)
    with pytest.raises(ValueError, match="cannot be read"):
        read_json(tmp_path / "none.json", 10)
    (tmp_path / "latin.json").write_bytes(b'"\xff"')
    with pytest.raises(ValueError, match="UTF-8"):
        read_json(tmp_path / "latin.json", 10)
