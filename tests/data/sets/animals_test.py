import numpy as np
import pytest

from segcourse import data


@pytest.fixture(scope="module")
def val():
    return data.load("scenes").val.take(24)


def make_example(left=40, top=60, right=80, bottom=90, size=128, class_id=4):
    """A grey picture with one red animal that fills its box; its keypoints are all one pixel."""
    panoptic = np.full((size, size), 2, "int32")
    panoptic[top:bottom, left:right] = 4
    image = np.full((size, size, 3), 100, "uint8")
    image[panoptic == 4] = [255, 0, 0]
    points = np.tile([left + 5, top + 7, 2], (11, 1))
    points[5:7] = [[0, 0, 0], [left, top, 1]]
    return {
        "image": image,
        "label": np.where(panoptic == 4, class_id, 1).astype("uint8"),
        "panoptic": panoptic,
        "segments_info": [{"id": 2, "category_id": 1}, {"id": 4, "category_id": class_id}],
        "boxes": np.array([[left, top, right, bottom]], "int32"),
        "box_classes": np.array([class_id], "int32"),
        "keypoints": points[None].astype("int32"),
    }


def test_the_box_bounds_the_animal_in_the_crop():
    found = data.animals([make_example()], size=60, repeats=20)
    assert len(found) == 20
    assert set(found.classes.tolist()) == {1}
    for image, box in zip(found.images, found.boxes, strict=True):
        red = image[..., 0] - image[..., 1] > 0.6
        rows, columns = np.nonzero(red)
        around = [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]
        np.testing.assert_allclose(box * 60, around, atol=1.6)
        assert (0 <= box).all() and (box <= 1).all()
        assert (box[2] - box[0]) / (box[3] - box[1]) == pytest.approx(40 / 30)


def test_keypoints_keep_their_place_in_the_box_or_are_mirrored():
    found = data.animals([make_example()], size=60, repeats=30)
    x, y = 5.5 / 40, 7.5 / 30
    low, high = found.boxes[:, None, :2], found.boxes[:, None, 2:]
    inside = ((found.keypoints[..., :2] - low) / (high - low))[:, [0, 10]]
    mirrored = np.isclose(inside[..., 0], 1 - x, atol=1e-4)
    assert 0 < mirrored[:, 0].sum() < 30
    assert (mirrored | np.isclose(inside[..., 0], x, atol=1e-4)).all()
    np.testing.assert_allclose(inside[..., 1], y, atol=1e-4)


def test_points_that_are_not_seen_are_zero():
    found = data.animals([make_example()], repeats=3)
    assert (found.keypoints[:, 5:7] == 0).all()
    assert (found.keypoints[:, :5, 2] == 1).all()


def test_the_box_of_a_head_by_hand():
    example = make_example()
    example["keypoints"][0, :5, :2] = [[45, 67], [54, 71], [46, 68], [47, 69], [48, 70]]
    # The points span 10×5 pixels; 0.35 · 10, rounded, is 4 pixels on each side: 18×13.
    found = data.animals([example], size=16, part="head", repeats=4)
    sides = found.boxes[:, 2:] - found.boxes[:, :2]
    np.testing.assert_allclose(sides[:, 0] / sides[:, 1], 18 / 13, rtol=1e-5)
    assert (1 / 1.7 < sides[:, 0]).all() and (sides[:, 0] <= 1).all()


def test_head_boxes_hold_the_points_of_the_head(val):
    found = data.animals(val, part="head")
    points = found.keypoints[:, :5]
    low, high = found.boxes[:, None, :2], found.boxes[:, None, 2:]
    inside = ((low <= points[..., :2]) & (points[..., :2] <= high)).all(-1)
    assert inside[points[..., 2] > 0].all()
    assert found.points[:5] == ("nose", "near_eye", "far_eye", "near_ear", "far_ear")


def test_small_hidden_and_crowded_animals_are_left_out():
    with pytest.raises(ValueError, match="`split` must hold animals that are large enough"):
        data.animals([make_example(right=50, bottom=70)])
    hidden = make_example()
    hidden["keypoints"][0, :4, 2] = 1
    with pytest.raises(ValueError, match="large enough"):
        data.animals([hidden])
    crowded = make_example()
    crowded["panoptic"][60:90, 60:80] = 5
    crowded["segments_info"].append({"id": 5, "category_id": 3})
    with pytest.raises(ValueError, match="large enough"):
        data.animals([crowded])


def test_a_seed_decides_everything(val):
    one, other, third = (data.animals(val, 24, seed=seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(one.images, other.images)
    np.testing.assert_array_equal(one.boxes, other.boxes)
    assert one.boxes.shape != third.boxes.shape or (one.boxes != third.boxes).any()


def test_types_and_names(val):
    found = data.animals(val, size=20)
    assert found.images.dtype == found.boxes.dtype == found.keypoints.dtype == "float32"
    assert found.classes.dtype == "int32" and set(found.classes.tolist()) == {0, 1}
    assert found.images.min() >= 0 and found.images.max() <= 1
    assert found.images.shape == (len(found), 20, 20, 3)
    assert found.names == ("cat", "dog")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"size": 0}, "`size` must be a positive integer. Received: size=0"),
        ({"repeats": 1.5}, "`repeats` must be a positive integer. Received: repeats=1.5"),
        ({"part": "tail"}, "`part` must be 'whole' or 'head'. Received: part='tail'"),
    ],
)
def test_wrong_arguments(val, arguments, message):
    with pytest.raises(ValueError, match=message):
        data.animals(val, **arguments)


def test_a_split_without_animals_is_named():
    with pytest.raises(ValueError, match="must be one of `scenes`.*Received.*image, label"):
        data.animals([{"image": None, "label": None}])
