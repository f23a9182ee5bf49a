"""What the text of week 4 says of its figures."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from segcourse import data, models

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "week4_fcn.ipynb"


@pytest.fixture(scope="module")
def source():
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return {cell["id"]: "".join(cell["source"]) for cell in cells}


@pytest.fixture(scope="module")
def scenes():
    return data.load("scenes")


def index_in(code, what):
    return int(re.search(rf"{re.escape(what)}\[(\d+)\]", code).group(1))


def test_the_image_of_the_heat_maps_has_cats_and_no_dog(source, scenes):
    labels = scenes.val.labels[index_in(source["patch-convert"], "val.images")]
    there = {scenes.classes[i] for i in np.unique(labels) if i != scenes.void}
    assert there == {"sky", "grass", "tree", "cat"}


def test_the_receptive_field_of_pool3_holds_the_head_and_that_of_pool5_both_cats(source, scenes):
    code = source["skip-fields"]
    image = index_in(code, "val.images")
    labels, boxes = scenes.val.labels[image], scenes.val[image]["boxes"]
    position = [int(n) for n in re.search(r"np\.array\(\[(\d+), (\d+)\]\)", code).groups()]
    small = models.fcn("small_vgg", len(scenes.classes), stride=8)
    cat = labels == scenes.classes.index("cat")
    seen = {}
    for layer in ("pool3", "pool5"):
        field = models.receptive_field(small, layer)
        nearest = np.round((np.array(position) - (field.stride - 1) / 2) / field.stride)
        top, left = (field.offset + field.stride * nearest).astype(int)
        rows = slice(max(top, 0), top + field.size)
        columns = slice(max(left, 0), left + field.size)
        seen[layer] = cat[rows, columns].sum()
    assert len(boxes) == 2
    assert 200 < seen["pool3"] < cat.sum() / 2
    assert seen["pool5"] == cat.sum()


def test_most_small_regions_are_pieces_of_larger_animals(scenes):
    from scipy import ndimage

    pieces = whole = 0
    for i, labels in enumerate(scenes.val.labels):
        instances = scenes.val[i]["instances"]
        for name in ("cat", "dog"):
            regions, count = ndimage.label(labels == scenes.classes.index(name))
            for region in range(1, count + 1):
                pixels = regions == region
                if pixels.sum() < 50:
                    of = np.unique(instances[pixels])
                    larger = np.isin(instances, of[of > 0]).sum() > 1.5 * pixels.sum()
                    pieces, whole = pieces + larger, whole + (not larger)
    assert pieces > whole
