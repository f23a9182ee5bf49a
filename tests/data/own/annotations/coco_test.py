import json

import numpy as np
import pytest

from segcourse.data import DataError, from_folder

SQUARE = [1, 1, 4, 1, 4, 5, 1, 5]  # columns 1 to 3, rows 1 to 4
CODE = {"size": [8, 10], "counts": [75, 3, 2]}  # rows 3 to 5 of the last column


def content(files, categories=((1, "cat"), (7, "dog")), **changes):
    """COCO's JSON: on each picture a cat as a polygon and a dog as a run-length code."""
    images = [
        {"id": 10 + k, "file_name": name, "height": 8, "width": 10} for k, name in enumerate(files)
    ]
    annotations = [
        one
        for k in range(len(files))
        for one in (
            {"id": 2 * k, "image_id": 10 + k, "category_id": 1, "segmentation": [SQUARE]},
            {"id": 2 * k + 1, "image_id": 10 + k, "category_id": 7, "segmentation": CODE},
        )
    ]
    return {
        "images": images, "annotations": annotations,
        "categories": [{"id": number, "name": name} for number, name in categories], **changes,
    }  # fmt: skip


def write(path, *args, **changes):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content(*args, **changes)))


def pictures(folder, make, names):
    for name in names:
        make.save(np.zeros((8, 10, 3), "uint8"), folder / name)


def expected(background=0, cat=1, dog=2):
    labels = np.full((8, 10), background, "uint8")
    labels[1:5, 1:4] = cat
    labels[3:6, 9] = dog
    return labels


def four(folder, make, home, jsons, listed):
    """Four pictures in `home`, listed in one JSON."""
    pictures(folder / home, make, [f"{k}.png" for k in range(4)])
    write(folder / jsons, [listed.format(k) for k in range(4)])


@pytest.mark.parametrize(
    "home, jsons, listed",
    [
        ("images", "annotations/instances_default.json", "{}.png"),  # CVAT
        ("images", "result.json", "images/{}.png"),  # Label Studio
        ("images", "result.json", "..\\\\..\\\\data%20a\\\\{}.png"),  # Label Studio, a local folder
        ("JPEGImages", "annotations.json", "JPEGImages/{}.png"),  # labelme's labelme2coco.py
        (".", "coco.json", "{}.png"),
    ],
)
def test_one_json(tmp_path, make, home, jsons, listed):
    four(tmp_path, make, home, jsons, listed)
    found = from_folder(tmp_path)
    assert found.classes == ("background", "cat", "dog")
    assert (len(found.train), len(found.val)) == (3, 1)
    np.testing.assert_array_equal(found.train.labels, [expected()] * 3)
    assert "COCO's JSON" in found.source


@pytest.mark.parametrize(
    "homes",
    [
        {"train": ("train", "train/_annotations.coco.json"),
         "val": ("valid", "valid/_annotations.coco.json")},  # Roboflow
        {"train": ("train2017", "annotations/instances_train2017.json"),
         "val": ("val2017", "annotations/instances_val2017.json")},  # COCO itself
    ],
)  # fmt: skip
def test_a_json_a_split(tmp_path, make, homes):
    for number, (home, jsons) in enumerate(homes.values()):
        names = [f"{k}.png" for k in range(3 - number)]
        pictures(tmp_path / home, make, names)
        write(tmp_path / jsons, names)
    found = from_folder(tmp_path)
    assert (len(found.train), len(found.val)) == (3, 2)
    np.testing.assert_array_equal(found.val.labels, [expected()] * 2)


def test_classes_by_name_and_what_no_outline_covers(tmp_path, make):
    four(tmp_path, make, "images", "coco.json", "{}.png")
    without = from_folder(tmp_path, ("dog", "cat"))
    np.testing.assert_array_equal(without.train.labels[0], expected(255, cat=1, dog=0))
    behind = from_folder(tmp_path, ("cat", "dog", "background"))
    np.testing.assert_array_equal(behind.train.labels[0], expected(2, cat=0, dog=1))
    with pytest.raises(ValueError, match="every class of the outlines: cat, dog.*without: dog"):
        from_folder(tmp_path, ("background", "cat"))
    with pytest.raises(ValueError, match="must be names where masks are outlines"):
        from_folder(tmp_path, {1: "cat"})


def test_a_later_outline_lies_over_an_earlier_one(tmp_path, make):
    pictures(tmp_path, make, ["a.png"])
    over = [{"id": 1, "image_id": 10, "category_id": c, "segmentation": [SQUARE]} for c in (1, 7)]
    write(tmp_path / "a.json", ["a.png"], annotations=over)
    assert set(np.unique(from_folder(tmp_path).train.labels)) == {0, 2}
    write(tmp_path / "a.json", ["a.png"], annotations=over[::-1])
    assert set(np.unique(from_folder(tmp_path).train.labels)) == {0, 1}


def test_a_picture_without_annotations_is_background(tmp_path, make):
    pictures(tmp_path, make, ["a.png", "b.png"])
    write(tmp_path / "a.json", ["a.png", "b.png"], annotations=content(["a.png"])["annotations"])
    assert not from_folder(tmp_path, val=0).train.labels[1].any()


def test_pictures_that_are_missing_on_one_side_are_named(tmp_path, make):
    four(tmp_path, make, "images", "coco.json", "{}.png")
    (tmp_path / "images" / "1.png").rename(tmp_path / "images" / "new.png")
    with pytest.raises(DataError, match="1 picture without a mask: images/new.png; .*: 1.png"):
        from_folder(tmp_path)


@pytest.mark.parametrize(
    "annotation, message",
    [
        ({"category_id": 1, "segmentation": []}, "outline 1 of a.png.*perhaps only a box"),
        ({"category_id": 1, "segmentation": [[1, 2, 3, 4]]}, "three or more points"),
        ({"category_id": 1, "segmentation": {"size": [1, 1], "counts": [1]}}, "size 8×10"),
        ({"category_id": 5, "segmentation": [SQUARE]}, "category_id .* Received: 5"),
        ({"category_id": 1, "image_id": 99, "segmentation": [SQUARE]}, "does not list.*99"),
    ],
)
def test_damaged_annotations(tmp_path, make, annotation, message):
    pictures(tmp_path, make, ["a.png"])
    write(tmp_path / "a.json", ["a.png"], annotations=[{"id": 1, "image_id": 10, **annotation}])
    with pytest.raises(DataError, match=f"a.json: .*{message}"):
        _ = from_folder(tmp_path).train.labels


def test_names_that_are_there_twice(tmp_path, make):
    pictures(tmp_path, make, ["x/a.png", "y/a.png"])
    write(tmp_path / "j" / "a.json", ["a.png"])
    with pytest.raises(DataError, match="several of that name"):
        from_folder(tmp_path)


def test_mask_pictures_come_first_unless_told(tmp_path, make):
    make.many(tmp_path, 4)
    write(tmp_path / "coco.json", [f"images/{k}.png" for k in range(4)])
    with pytest.warns(UserWarning, match="outlines in coco.json are not read, as there are mask"):
        assert from_folder(tmp_path).source.startswith("mask pictures")
    with pytest.raises(DataError, match="without a mask: masks/0.png"):  # they are pictures then
        from_folder(tmp_path, masks="outlines")
    with pytest.raises(ValueError, match="`masks` must be one of auto, pictures, outlines"):
        from_folder(tmp_path, masks="files")


def test_a_damaged_json(tmp_path, make):
    pictures(tmp_path, make, ["a.png"])
    (tmp_path / "a.json").write_text('{"images": [')
    with pytest.raises(DataError, match="a.json cannot be read as JSON"):
        from_folder(tmp_path)


def test_void_is_not_for_outlines(tmp_path, make):
    pictures(tmp_path, make, ["a.png"])
    write(tmp_path / "a.json", ["a.png"])
    with pytest.raises(ValueError, match="`void` must be None where masks are outlines"):
        from_folder(tmp_path, void=1)
