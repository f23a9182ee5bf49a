import numpy as np
import pytest
from PIL import Image

from segcourse.data import DataError, from_folder
from segcourse.data.own import masks

COLOURS = np.array([(0, 0, 0), (255, 0, 0), (10, 200, 30)], "uint8")
BY_COLOUR = {(0, 0, 0): "sky", "#ff0000": "tree", (10, 200, 30): "dog"}
NAMES = ("sky", "tree", "dog")


def palette(ids):
    picture = Image.fromarray(ids)
    picture.putpalette(COLOURS.ravel().tolist())
    return picture


def rgba(ids):
    return np.concatenate([COLOURS[ids], np.full((*ids.shape, 1), 255, "uint8")], axis=-1)


def all_are(found, ids):
    for name in found.splits:
        for one in found.split(name):
            np.testing.assert_array_equal(one["label"], ids[one["file"]])
    assert found.train.labels.dtype == np.uint8
    return True


@pytest.mark.parametrize(
    "encode, classes",
    [
        (lambda ids: ids, NAMES),
        (lambda ids: ids, None),
        (lambda ids: ids.astype("uint16"), NAMES),
        (lambda ids: ids.astype("int32"), NAMES),
        (palette, NAMES),
        (palette, BY_COLOUR),
        (lambda ids: COLOURS[ids], BY_COLOUR),
        (rgba, BY_COLOUR),
        (lambda ids: np.repeat(ids[..., None], 3, 2), NAMES),
        (lambda ids: np.repeat(ids[..., None], 3, 2), None),
        (lambda ids: ids + 1, {1: "sky", 2: "tree", 3: "dog"}),
        (lambda ids: ids + 1, None),
        (lambda ids: ids.astype("uint16") * 300, {0: "sky", 300: "tree", 600: "dog"}),
        (lambda ids: (2 - ids) * 100, {200: "sky", 100: "tree", 0: "dog"}),
    ],
)
def test_kinds_of_masks(tmp_path, make, encode, classes):
    wide = encode(np.zeros((1, 1), "uint8"))
    ending = ".tif" if getattr(wide, "dtype", None) == np.int32 else ".png"
    ids = make.many(tmp_path, encode=encode, ending=ending)
    found = from_folder(tmp_path, classes)
    assert found.num_classes == 3 and all_are(found, ids)
    if isinstance(classes, dict):
        assert found.classes == NAMES


@pytest.mark.parametrize("white, kind", [(255, "uint8"), (65535, "uint16")])
def test_black_and_white(tmp_path, make, white, kind):
    ids = make.many(tmp_path, classes=2, encode=lambda a: a.astype(kind) * white)
    found = from_folder(tmp_path)
    assert found.classes == ("background", "foreground") and all_are(found, ids)
    assert from_folder(tmp_path, ("road", "crack")).classes == ("road", "crack")
    with pytest.raises(DataError, match=f"only 0 and {white}: they are black and white"):
        from_folder(tmp_path, NAMES)


def test_black_and_white_with_masks_that_are_all_black(tmp_path, make):
    make.many(tmp_path, 4, classes=2, encode=lambda a: a * 0)
    paths = tmp_path / "images/9.png", tmp_path / "masks/9.png"
    ids = make.pair(*paths, 9, 2, encode=lambda a: a * 255)
    found = from_folder(tmp_path, ("road", "crack"), val=0).train
    np.testing.assert_array_equal(found.labels[4], ids)
    assert not found.labels[:4].any()


def test_one_bit(tmp_path, make):
    ids = make.many(tmp_path, classes=2, encode=lambda a: a.astype(bool))
    assert all_are(from_folder(tmp_path, ("road", "crack")), ids)


def test_void_in_all_its_forms(tmp_path, make):
    make.many(tmp_path, classes=4)
    by_argument = from_folder(tmp_path, NAMES, void=3)
    by_name = from_folder(tmp_path, (*NAMES, "Void"))
    by_dict = from_folder(tmp_path, {0: "sky", 1: "tree", 2: "dog", 3: None})
    for found in (by_argument, by_name, by_dict):
        assert found.classes == NAMES
        assert (found.train.labels == 255).any() and 3 not in found.train.labels
        np.testing.assert_array_equal(found.train.labels, by_argument.train.labels)
    shifted = from_folder(tmp_path, ("void", *NAMES))
    np.testing.assert_array_equal(np.unique(shifted.train.labels), [0, 1, 2, 255])
    assert set(np.unique(from_folder(tmp_path, NAMES[:2], void=[2, 3]).train.labels)) == {0, 1, 255}


def test_several_ids_of_one_class(tmp_path, make):
    make.many(tmp_path)
    found = from_folder(tmp_path, {0: "rest", 1: "animal", 2: "animal"})
    assert found.classes == ("rest", "animal") and found.train.labels.max() == 1


def test_255_is_void_unless_it_has_a_name(tmp_path, make):
    make.many(tmp_path, encode=lambda a: np.array([0, 127, 255], "uint8")[a])
    with pytest.warns(UserWarning, match="ids 0, 127, each taken for a class; 255 is void"):
        assert from_folder(tmp_path).num_classes == 2
    named = from_folder(tmp_path, {0: "sky", 127: "tree", 255: "dog"})
    assert named.classes == NAMES and named.train.labels.max() == 2


@pytest.mark.parametrize(
    "encode, classes, message",
    [
        (lambda a: a + 1, NAMES, "Allowed: 0 sky, 1 tree, 2 dog, 255 void. Received: 3. Ids start"),
        (lambda a: COLOURS[a], NAMES, r"in colours, such as .*\(255, 0, 0\).*classes=\{\(255"),
        (lambda a: COLOURS[a], None, r"in colours: \(0, 0, 0\), .*classes=\{\(255"),
        (lambda a: COLOURS[a] + 1, BY_COLOUR, r"no class. Allowed: \(0, 0, 0\) sky, .*\(1, 1, 1\)"),
        (lambda a: a.astype("float32"), NAMES, "a mask must be grey, of a palette.*mode F"),
        (lambda a: a * 0 + 255, None, "All masks hold only 255, which is void"),
    ],
)  # fmt: skip
def test_masks_that_are_not_what_they_should(tmp_path, make, encode, classes, message):
    ending = ".tif" if "mode F" in message else ".png"
    make.many(tmp_path, encode=encode, ending=ending)
    with pytest.raises(DataError, match=message) as caught:
        _ = from_folder(tmp_path, classes).train.labels
    assert "masks" in str(caught.value)


def test_objects_numbered_instead_of_classes(tmp_path, make):
    make.many(tmp_path, 2, classes=400, shape=(20, 21), encode=lambda a: a)
    ids = np.arange(420, dtype="uint16").reshape(20, 21)
    make.save(ids, tmp_path / "masks" / "0.png")
    with pytest.raises(DataError, match="numbers of objects"):
        from_folder(tmp_path)


def test_a_jpeg_is_no_mask_whatever_its_name(tmp_path, make):
    make.many(tmp_path, encode=lambda a: a * 100)
    make.save(make.mask(1), tmp_path / "masks" / "1.png", format="JPEG")
    with pytest.raises(DataError, match="masks/1.png: a mask must not be a JPEG"):
        _ = from_folder(tmp_path, {0: "a", 100: "b", 200: "c"}).train.labels


def test_a_see_through_mask(tmp_path, make):
    ids = make.mask()
    bands = rgba(ids)
    bands[0, 0, 3] = 100
    with pytest.raises(DataError, match="must not be see-through.*alpha down to 100"):
        masks.stored(make.save(bands, tmp_path / "a.png"))


@pytest.mark.parametrize("kind", ["uint8", "uint16", "uint32"])
def test_counts(kind):
    rng = np.random.default_rng(0)
    values = rng.integers(0, 200, (30, 40)).astype(kind)
    counts = masks.Stored(values, False, "PNG").counts()
    assert counts == {v: int((values == v).sum()) for v in map(int, np.unique(values))}


@pytest.mark.parametrize(
    "classes",
    ["cat", ("a", "a"), (), {}, {(0, 0, 256): "a"}, {0: "a", (1, 2, 3): "b"}, {-1: "a"}, {0: 3},
     {0: None}, ("a", 3), 5, {"red": "a"}],
)  # fmt: skip
def test_wrong_classes(tmp_path, make, classes):
    make.many(tmp_path, 2)
    with pytest.raises(ValueError, match="`classes`"):
        from_folder(tmp_path, classes)


@pytest.mark.parametrize("void", ["x", -1, 1.5, [70000], (1, 2)])
def test_wrong_void(tmp_path, make, void):
    make.many(tmp_path, 2)
    with pytest.raises(ValueError, match="`void`"):
        from_folder(tmp_path, NAMES, void=void)
