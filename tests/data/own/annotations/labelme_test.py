import base64
import io
import json

import numpy as np
import pytest
from PIL import Image

from segcourse.data import DataError, check, from_folder

SQUARE = [[1, 1], [4, 1], [4, 5], [1, 5]]


def shape(label, points, kind="polygon", **more):
    return {"label": label, "points": points, "shape_type": kind, **more}


def write(folder, make, name, shapes, image="images/{}.png"):
    make.save(np.zeros((8, 10, 3), "uint8"), folder / image.format(name))
    (folder / "labels").mkdir(exist_ok=True)
    content = {"version": "5.0", "imagePath": "..\\" + image.format(name), "shapes": shapes}
    (folder / "labels" / f"{name}.json").write_text(json.dumps(content))


def test_polygons_rectangles_and_names(tmp_path, make):
    write(tmp_path, make, "a", [shape("dog", SQUARE), shape("cat", [[8, 7], [5, 6]], "rectangle")])
    write(tmp_path, make, "b", [])
    found = from_folder(tmp_path, val=0)
    assert found.classes == ("background", "cat", "dog")
    wanted = np.zeros((8, 10), "uint8")
    wanted[1:5, 1:4], wanted[6, 5:8] = 2, 1
    np.testing.assert_array_equal(found.train.labels, [wanted, wanted * 0])
    assert "labelme's JSON" in found.source


def test_circles_masks_and_void(tmp_path, make):
    bits = io.BytesIO()
    Image.fromarray(np.eye(3, dtype=bool)).save(bits, "PNG")
    mask = base64.b64encode(bits.getvalue()).decode()
    write(tmp_path, make, "a", [
        shape("ball", [[3, 3], [5, 3]], "circle"),
        shape("cut", [[7, 5], [9, 7]], "mask", mask=mask),
        shape("__ignore__", [[0, 7], [10, 7], [10, 8], [0, 8]]),
    ])  # fmt: skip
    found = from_folder(tmp_path)
    y, x = np.mgrid[:8, :10] + 0.5
    wanted = ((x - 3) ** 2 + (y - 3) ** 2 < 4).astype("uint8")
    wanted[5:8, 7:10][np.eye(3, dtype=bool)] = 2
    wanted[7] = 255
    assert found.classes == ("background", "ball", "cut")
    np.testing.assert_array_equal(found.train.labels[0], wanted)


def test_beside_the_pictures(tmp_path, make):
    for k in range(5):
        make.save(np.zeros((8, 10, 3), "uint8"), tmp_path / f"{k}.jpg")
        content = {"imagePath": "gone.jpg", "shapes": [shape("cat", SQUARE)]}
        (tmp_path / f"{k}.json").write_text(json.dumps(content))
    assert len(from_folder(tmp_path, ("background", "cat")).train) == 4


@pytest.mark.parametrize(
    "shapes, message",
    [([shape("a", SQUARE, "line")], "polygons, rectangles, circles or masks. Received: line"),
     ([{"label": "a"}], "a shape is damaged"), ([shape("a", SQUARE[:2])], "three or more points")],
)  # fmt: skip
def test_damaged_shapes(tmp_path, make, shapes, message):
    write(tmp_path, make, "a", shapes)
    with pytest.raises(DataError, match=f"a.json: .*{message}"):
        _ = from_folder(tmp_path).train.labels


def test_partners_that_are_missing(tmp_path, make):
    write(tmp_path, make, "a", [shape("cat", SQUARE)])
    write(tmp_path, make, "b", [shape("cat", SQUARE)])
    make.save(np.zeros((8, 10, 3), "uint8"), tmp_path / "images" / "c.png")
    (tmp_path / "images" / "b.png").unlink()
    with pytest.raises(DataError, match="without a mask: images/c.png; .*picture: labels/b.json"):
        from_folder(tmp_path)


def test_outlines_of_a_picture_of_another_size_are_refused(tmp_path, make):
    """Drawn on 16×20, and the picture made smaller since: nothing may lie where nobody drew."""
    write(tmp_path, make, "a", [shape("dog", SQUARE)])
    path = tmp_path / "labels" / "a.json"
    path.write_text(
        json.dumps(json.loads(path.read_text()) | {"imageHeight": 16, "imageWidth": 20})
    )
    with pytest.raises(DataError, match="must be of one size. Received: 8×10 and 16×20"):
        from_folder(tmp_path).train.images  # noqa: B018
    assert [one.kind for one in check(tmp_path).findings if one.grade == "error"] == ["size"]
