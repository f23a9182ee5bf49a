import statistics

import pytest

from segcourse.training import label_curve
from segcourse.training.label_curve import RESULTS, read

ROWS = """dataset,way,images,seed,mean_iou,seconds,date
scenes,frozen,32,1,0.5000,1.0,2026-11-20
scenes,frozen,32,0,0.4000,1.0,2026-11-20
scenes,frozen,16,0,0.3000,1.0,2026-11-20
camvid,from scratch,32,0,0.2000,1.0,2026-11-20
"""


def test_rows_are_sorted_by_way_number_and_seed(tmp_path):
    path = tmp_path / "results.csv"
    path.write_text(ROWS, "utf-8")
    assert label_curve("scenes", path) == {"frozen": {32: [0.4, 0.5], 16: [0.3]}}
    assert label_curve("camvid", path) == {"from scratch": {32: [0.2]}}
    with pytest.raises(ValueError, match="`dataset` must be one of camvid, scenes. Received"):
        label_curve("membrane", path)
    with pytest.raises(ValueError, match="`path` must be a results file.*none.csv"):
        label_curve("scenes", tmp_path / "none.csv")


def test_the_committed_results_hold_the_claim():
    """Fine-tuning beats scratch at 32 images by 0.05 and more, and no seed says otherwise."""
    curve = label_curve("scenes")
    assert set(curve) == {"from scratch", "frozen", "fine-tuned", "FCN-32s-fixed"}
    for numbers in curve.values():
        assert set(numbers) == {16, 32, 64, 128}
        assert all(len(found) >= 3 for found in numbers.values())
    tuned, scratch = curve["fine-tuned"][32], curve["from scratch"][32]
    assert statistics.mean(tuned) - statistics.mean(scratch) >= 0.05
    assert min(tuned) > max(scratch)


def test_no_result_is_there_twice():
    keys = [(row["dataset"], row["way"], row["images"], row["seed"]) for row in read(RESULTS)]
    assert len(keys) == len(set(keys))
