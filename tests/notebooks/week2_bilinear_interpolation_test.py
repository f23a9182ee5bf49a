"""What the text of week 2 says of its figures, counted."""

import json
from pathlib import Path
from types import SimpleNamespace

import keras
import numpy as np
import pytest
from scipy import ndimage

from segcourse import data
from segcourse.exercises.judging import registry

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "week2_bilinear_interpolation.ipynb"
GRASS, TREE, DOG = 1, 2, 4
#: Of validation image 3: the body, tail and legs of the left dog; its legs; the head of the other.
LEFT_DOG = np.s_[50:92, :52]
LEGS = np.s_[81:90, 14:42]
HEAD = np.s_[44:76, 74:106]


@pytest.fixture(scope="module")
def val():
    return data.load("scenes", size=(128, 128)).val


def source(id):
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    (found,) = ["".join(cell["source"]) for cell in cells if cell["id"] == id]
    return found


def pieces(mask):
    """How many parts hang together over the sides of pixels."""
    return ndimage.label(mask)[1]


@pytest.fixture(scope="module")
def at_stride(val):
    """The label map of image 3, and what the notebook's own function leaves of it."""
    names = {name: registry.find(id).right.build() for name, id in NEEDED.items()}
    names |= {"np": np, "data": data, "val": val, "dataset": SimpleNamespace(num_classes=5)}
    exec(source("stride-function").partition("\n\nfilled")[0], names)
    truth = data.without_void(val.labels[3])
    return {1: truth} | {k: names["down_and_up"](truth, k) for k in (4, 8, 16, 32)}


NEEDED = {"resize": "2.3", "resize_mask": "2.4"}


def test_the_pixel_that_is_asked_is_k_half_of_each_block(capsys):
    names = {"keras": keras, "dataset": SimpleNamespace(num_classes=5), "size": (32, 32)}
    exec(source("few-network"), names)
    image = np.random.default_rng(0).random((1, 32, 32, 3)).astype("float32")
    every = names["network"](1)
    answers = np.array(every(image))
    for k in (2, 4, 8):
        asked = names["network"](k)
        asked.set_weights(every.get_weights())
        some = np.array(asked(image))
        np.testing.assert_allclose(some, answers[:, k // 2 :: k, k // 2 :: k], atol=1e-5)


def test_at_stride_4_the_left_trunk_and_the_tail_are_cut_through(at_stride):
    trunk = np.s_[:, :52]  # of the left tree
    assert pieces(at_stride[1][trunk] == TREE) == 1 < pieces(at_stride[4][trunk] == TREE)
    assert pieces(at_stride[1][LEFT_DOG] == DOG) == 1 < pieces(at_stride[4][LEFT_DOG] == DOG)


def test_at_stride_8_the_legs_and_one_trunk_are_gone(at_stride):
    assert (at_stride[1][LEGS] == DOG).any() and (at_stride[4][LEGS] == DOG).any()
    assert not (at_stride[8][LEGS] == DOG).any()
    behind = np.s_[68:84, 84:94]
    assert (at_stride[1][behind] == TREE).any() and not (at_stride[8][behind] == TREE).any()


def test_at_stride_16_the_bodies_are_one_and_the_head_is_cut_off(at_stride):
    parts, _ = ndimage.label(at_stride[16] == DOG)
    left, right, head = (parts[place] for place in ((75, 25), (100, 60), (58, 92)))
    assert 0 < left == right != head > 0


def test_the_crop_of_the_edges_holds_a_head_of_a_dog(val):
    assert "val.images[3][44:76, 74:106]" in source("inside-picture")
    dog = val.labels[3][HEAD] == DOG
    assert 0.2 < dog.mean() < 0.9
    assert not (val.labels[3][44:76, 106:110] == DOG).any()


def test_bilinear_and_rounded_puts_tree_between_grass_and_cat(val):
    names = {name: registry.find(id).right.build() for name, id in NEEDED.items()}
    names |= {"data": data, "val": val}
    exec(source("mask-fill"), names)
    ring = (names["invented"] == TREE) & (names["truth"] != TREE)
    copied = names["resize_mask"](names["small"], 64, 64)
    assert ring.sum() > 5 * ((copied == TREE) & (names["truth"] != TREE)).sum()
