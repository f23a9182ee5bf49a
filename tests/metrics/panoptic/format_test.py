import json

import numpy as np
import pytest
from PIL import Image

from segcourse.metrics import ids_to_rgb, read_panoptic, rgb_to_ids, write_panoptic

CATEGORIES = {1: {"name": "sky", "isthing": 0}, 2: {"name": "cat", "isthing": 1}}
IDS = np.array([[0, 5, 5], [16777215, 5, 70000]])
INFO = [
    {"id": 70000, "category_id": 2, "iscrowd": 1},
    {"id": 5, "category_id": 1, "iscrowd": 0, "area": 99, "bbox": [9, 9, 9, 9]},
    {"id": 16777215, "category_id": 2},
]
MEASURED = [
    {"id": 70000, "category_id": 2, "iscrowd": 1, "area": 1, "bbox": [2, 1, 1, 1]},
    {"id": 5, "category_id": 1, "iscrowd": 0, "area": 3, "bbox": [1, 0, 2, 2]},
    {"id": 16777215, "category_id": 2, "iscrowd": 0, "area": 1, "bbox": [0, 1, 1, 1]},
]


def test_colours_are_the_bytes_of_the_id():
    ids = np.array([[0, 255, 256, 65536, 5 + 256 * 6 + 65536 * 7]])
    rgb = [[[0, 0, 0], [255, 0, 0], [0, 1, 0], [0, 0, 1], [5, 6, 7]]]
    np.testing.assert_array_equal(ids_to_rgb(ids), rgb)
    np.testing.assert_array_equal(rgb_to_ids(np.array(rgb, "uint8")), ids)


def test_every_byte_comes_back():
    ids = np.random.default_rng(0).integers(0, 1 << 24, (50, 40), dtype=np.uint32)
    np.testing.assert_array_equal(rgb_to_ids(ids_to_rgb(ids)), ids)


@pytest.mark.parametrize("ids", [[[-1]], [[1 << 24]], [[0.5]], [1, 2]])
def test_what_is_no_id_has_no_colour(ids):
    with pytest.raises(ValueError, match="^`ids` must"):
        ids_to_rgb(ids)


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 4), (4, 4, 1)])
def test_what_is_no_colour_has_no_id(shape):
    with pytest.raises(ValueError, match="^`rgb` must"):
        rgb_to_ids(np.zeros(shape, "uint8"))


def test_what_is_written_is_read_again(tmp_path):
    path = tmp_path / "val.json"
    other = np.ones((4, 2), "uint8"), [{"id": np.int64(1), "category_id": np.int64(1)}]
    write_panoptic(path, iter([(139, (IDS, INFO)), ("street 2", other)]), CATEGORIES)
    images = read_panoptic(path)
    assert list(images) == [139, "street 2"] and len(images) == 2 and 139 in images
    assert images.categories == CATEGORIES
    ids, segments = images[139]
    np.testing.assert_array_equal(ids, IDS)
    assert segments == MEASURED
    np.testing.assert_array_equal(images["street 2"][0], other[0])
    assert sorted(file.name for file in tmp_path.rglob("*.*")) == [
        "000000000139.png",
        "street 2.png",
        "val.json",
    ]


def test_the_file_is_as_coco_describes_it(tmp_path):
    write_panoptic(tmp_path / "val.json", {139: (IDS, INFO)}, CATEGORIES)
    content = json.loads((tmp_path / "val.json").read_text())
    assert content == {
        "images": [{"id": 139, "file_name": "000000000139.png", "height": 2, "width": 3}],
        "annotations": [
            {"image_id": 139, "file_name": "000000000139.png", "segments_info": MEASURED}
        ],
        "categories": [
            {"id": 1, "name": "sky", "isthing": 0},
            {"id": 2, "name": "cat", "isthing": 1},
        ],
    }
    with Image.open(tmp_path / "val" / "000000000139.png") as image:
        pixels = np.asarray(image).astype(int)
    np.testing.assert_array_equal(pixels @ [1, 256, 65536], IDS)


@pytest.mark.parametrize(
    ("images", "words"),
    [
        ({7: (IDS, INFO[:2])}, "Image 7: .*not in segments_info: segment id 16777215"),
        ({7: (IDS[:1], INFO)}, "Image 7: .*not in the map: segment id"),
        ({7: (IDS, [*INFO, {"id": 3, "category_id": 8}])}, "Image 7: .*category_id=8"),
        ({7: (IDS - 6, INFO)}, "Image 7: .*id"),
        ({"../up": (IDS, INFO)}, r"`images` .*'../up'"),
        ({-3: (IDS, INFO)}, "`images` .*-3"),
        ([(7, (IDS, INFO)), (7, (IDS, INFO))], "`images` .*Twice: 7"),
    ],
)
def test_an_error_leaves_the_file_as_it_was(tmp_path, images, words):
    path = tmp_path / "val.json"
    write_panoptic(path, {1: (IDS, INFO)}, CATEGORIES)
    before = path.read_bytes()
    with pytest.raises(ValueError, match=words):
        write_panoptic(path, images, CATEGORIES)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["val.json"]


def test_the_path_ends_in_json(tmp_path):
    with pytest.raises(ValueError, match="`path` must be a file that ends in .json"):
        write_panoptic(tmp_path / "val", {}, CATEGORIES)


@pytest.mark.parametrize("mode", ["L", "RGBA", "P", "I;16"])
def test_a_png_that_is_not_three_channel(tmp_path, mode):
    write_panoptic(tmp_path / "val.json", {139: (IDS, INFO)}, CATEGORIES)
    Image.new(mode, (3, 2)).save(tmp_path / "val" / "000000000139.png")
    read = mode.split(";")[0]  # Pillow before 11.3 reads 16 bits as mode I
    with pytest.raises(ValueError, match=f"Image 139: .*three channels.*mode {read}"):
        read_panoptic(tmp_path / "val.json")[139]


def test_a_jpeg_whose_colours_are_not_exact(tmp_path):
    write_panoptic(tmp_path / "val.json", {139: (IDS, INFO)}, CATEGORIES)
    Image.new("RGB", (3, 2)).save(tmp_path / "val" / "000000000139.png", format="JPEG")
    with pytest.raises(ValueError, match="Image 139: .*must be a PNG.*JPEG"):
        read_panoptic(tmp_path / "val.json")[139]


@pytest.mark.parametrize("keep", [0, 20, -30])
def test_a_damaged_png(tmp_path, keep):
    write_panoptic(tmp_path / "val.json", {139: (IDS, INFO)}, CATEGORIES)
    file = tmp_path / "val" / "000000000139.png"
    file.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(ValueError, match="Image 139: .*000000000139.png cannot be read"):
        read_panoptic(tmp_path / "val.json")[139]


def annotations(*entries):
    return json.dumps({"annotations": entries})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[1, 2]", "annotations"),
        ("{", "JSONDecodeError"),
        ('{"images": []}', "annotations"),
        ('{"annotations": 3}', "annotations"),
        (annotations({"file_name": "a.png"}), "image_id"),
        (annotations({"image_id": 1}, {"image_id": 1}), "twice: 1"),
        ('{"annotations": [], "categories": [{"id": 1}]}', "isthing"),
    ],
)
def test_a_file_that_is_no_panoptic_json(tmp_path, text, words):
    (tmp_path / "val.json").write_text(text)
    with pytest.raises(ValueError, match=f"^`path` must .*{words}"):
        read_panoptic(tmp_path / "val.json")


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"segments_info": []}, "file_name"),
        ({"segments_info": [], "file_name": "../secret.png"}, "file_name .*secret"),
        ({"segments_info": [], "file_name": "none.png"}, "no file .*none.png"),
        ({"file_name": "none.png"}, "segments_info"),
    ],
)
def test_a_wrong_annotation(tmp_path, entry, words):
    (tmp_path / "val.json").write_text(annotations({"image_id": 4, **entry}))
    with pytest.raises(ValueError, match=f"^Image 4: .*{words}"):
        read_panoptic(tmp_path / "val.json")[4]


def test_every_flipped_bit_of_a_png_is_noticed(tmp_path):
    ids = np.arange(12, dtype="int32").reshape(3, 4) % 3
    pair = ids, [{"id": number, "category_id": 1} for number in (1, 2)]
    write_panoptic(tmp_path / "val.json", {7: pair}, {1: {"name": "cat", "isthing": 1}})
    path = next((tmp_path / "val").iterdir())
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        try:
            read = read_panoptic(tmp_path / "val.json")[7][0]
        except ValueError:
            continue
        np.testing.assert_array_equal(read, ids)  # no bit of the picture itself
