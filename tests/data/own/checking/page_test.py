import base64
import io
import re
from html.parser import HTMLParser

import numpy as np
from PIL import Image

from segcourse import data
from segcourse.data.own.checking import page


class Images(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "img":
            self.found.append(dict(attrs))


def decoded(image):
    data_url = image["src"].split(",", 1)[1]
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data_url))))


def test_masks_lie_over_their_pictures(tmp_path, make):
    ids = make.many(tmp_path / "in", 3)
    report = data.check(tmp_path / "in", ("sky", "tree", "<dog>"), html=tmp_path / "a" / "p.html")
    assert report.done == [f"3 of 3 pictures with their masks are in {tmp_path / 'a' / 'p.html'}"]
    text = (tmp_path / "a" / "p.html").read_text("utf-8")
    images = Images(text).found
    assert len(images) == 6 and "&lt;dog&gt;" in text and "<dog>" not in text
    assert images[0]["alt"] == "the picture images/0.png"
    assert images[1]["alt"] == "its mask: sky, tree, <dog>"
    overlay, labels = decoded(images[1]), ids["images/0.png"]
    inner = np.ones(labels.shape, bool)  # not where lines are drawn
    inner[:, 1:] &= labels[:, 1:] == labels[:, :-1]
    inner[1:] &= labels[1:] == labels[:-1]
    np.testing.assert_array_equal(overlay[inner][:, :3], page.colours(3)[labels[inner]])
    assert "http" not in text  # it needs no network


def test_what_is_wrong_comes_first_and_void_is_see_through(tmp_path, make, monkeypatch):
    monkeypatch.setattr(page, "MOST", 4)
    make.many(tmp_path / "in", 9)
    make.save(np.full((8, 10), 255, "uint8"), tmp_path / "in" / "masks" / "7.png")
    (tmp_path / "in" / "images" / "8.png").write_bytes(b"")
    data.check(tmp_path / "in", ("a", "b", "c"), html=tmp_path / "p.html")
    text = (tmp_path / "p.html").read_text("utf-8")
    shown = re.findall(r"<figcaption>(images/\d.png)", text)
    assert shown[:2] == ["images/7.png", "images/8.png"] and len(shown) == 4
    assert "void</span>" in text and "5 more pictures are not shown" in text
    void = next(one for one in Images(text).found if one["alt"] == "its mask: nothing but void")
    assert not decoded(void)[..., 3].any()


def test_masks_that_are_not_understood_are_shown_too(tmp_path, make):
    make.many(tmp_path / "in", 2, encode=lambda ids: np.dstack([ids * 9, ids, ids]))
    data.check(tmp_path / "in", html=tmp_path / "p.html")
    assert "its mask: (0, 0, 0), (9, 1, 1)" in (tmp_path / "p.html").read_text("utf-8")


def test_colours_differ():
    assert len({tuple(colour) for colour in page.colours(40).tolist()}) == 40
