import numpy as np

from segcourse import data
from segcourse.project.files import handed_over


def test_the_panoptic_truth_goes_with_it(tmp_path):
    split = data.load("scenes").val.take(2)
    handed_over.write(split, "scenes", tmp_path / "split.npz")
    found, name = handed_over.read(tmp_path / "split.npz")
    assert name == "scenes" and len(found) == 2 and found.classes == split.classes
    for key in ("image", "label", "panoptic"):
        assert np.array_equal(found[1][key], split[1][key])
    assert found[1]["segments_info"] == split[1]["segments_info"]
