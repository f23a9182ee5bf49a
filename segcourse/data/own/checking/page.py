"""A page of masks over their pictures: whether they lie there is seen in a minute."""

import base64
import colorsys
import html
import io
from pathlib import Path

import numpy as np
from PIL import Image

from segcourse.atomic_write import atomic_write
from segcourse.data.files.errors import DataError
from segcourse.data.files.pictures import in_parallel, resize_labels
from segcourse.data.own import masks, photograph
from segcourse.data.split import VOID

MOST = 200  # pictures on a page
_SIDE = 320  # pixels, the longer side of a picture on the page
_GOLDEN = 0.61803398875
_STYLE = """
body{font:16px/1.4 sans-serif;margin:1em;background:#fff;color:#111}
figure{display:inline-block;margin:.4em;vertical-align:top;max-width:320px}
figure div{position:relative}figure img{display:block}
figure img+img{position:absolute;left:0;top:0;opacity:.6}
#plain:checked~main img+img,figure div:hover img+img{opacity:0}
figcaption{font-size:13px;overflow-wrap:anywhere}.bad{color:#a00}
i{display:inline-block;width:1em;height:1em;border:1px solid #111;vertical-align:-.15em}
pre{background:#f3f3f3;padding:.7em;white-space:pre-wrap}
"""


def colours(count):
    """uint8 [count, 3]: hues far apart, lighter and darker in turns."""
    found = [
        colorsys.hls_to_rgb(k * _GOLDEN % 1, (0.6, 0.42, 0.75)[k % 3], 0.95) for k in range(count)
    ]
    return (np.array(found).reshape(-1, 3) * 255).round().astype("uint8")


def write(report, path):
    """Writes the page of a `Report`; returns a sentence that says where."""
    path = Path(path).expanduser()
    shown = _chosen(report)
    figures = in_parallel(lambda one: _figure(report, *one), shown, "drawing")
    rest = len(report.looks) - len(shown)
    text = _page(report, figures, rest)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_write(path) as part:
            part.write_text(text, "utf-8")
    except OSError as error:
        raise DataError(f"The page {path} could not be written: {error.strerror}.") from error
    return f"{len(shown)} of {len(report.looks)} pictures with their masks are in {path}"


def _chosen(report):
    """(look, kinds of what is wrong with it): all that have something, then evenly the others."""
    wrong = {}
    for finding in report.findings:
        for path in finding.files:
            wrong.setdefault(path, []).append(finding.kind)
    both = [
        (one, [*wrong.get(one.pair.picture, []), *wrong.get(one.pair.mask.path, [])])
        for one in report.looks
    ]
    if report.layout.kind == "COCO's JSON":  # one file for all: it says nothing about a picture
        both = [(one, wrong.get(one.pair.picture, [])) for one in report.looks]
    bad = [one for one in both if one[1]][:MOST]
    good = [one for one in both if not one[1]]
    places = np.linspace(0, len(good) - 1, min(MOST - len(bad), len(good))).round().astype(int)
    return [*bad, *(good[k] for k in places)]


def _figure(report, look, wrong):
    name = html.escape(look.pair.name)
    kinds = f'<br><span class="bad">{html.escape(", ".join(wrong))}</span>' if wrong else ""
    try:
        pictures = _pictures(report, look, name)
    except DataError as error:
        pictures = f'<p class="bad">{html.escape(str(error))}</p>'
    return f"<figure><div>{pictures}</div><figcaption>{name}{kinds}</figcaption></figure>"


def _pictures(report, look, name):
    array = photograph.read(look.pair.picture)
    picture = Image.fromarray(array)
    picture.thumbnail((_SIDE, _SIDE))
    size = picture.size[::-1]
    texts = [_img(picture, "JPEG", f"the picture {name}", quality=80)]
    if look.mask_shape:
        labels, classes = _labels(report, look, array.shape[:2])
        there = np.unique(labels[labels != VOID])
        names = ", ".join(html.escape(classes[k]) for k in there) or "nothing but void"
        overlay = _overlay(resize_labels(labels, size), len(classes))
        texts.append(_img(overlay, "PNG", f"its mask: {names}"))
    return "".join(texts)


def _labels(report, look, shape):
    """Label map of a pair, and the names in it; values of no class get places of their own."""
    coloured = report.encoding is not None and report.encoding.coloured
    stored = look.pair.mask.read(shape, palette=coloured)
    if report.encoding is not None:
        return report.encoding.nearest(stored), report.encoding.classes
    values, places = np.unique(stored.values, return_inverse=True)
    names = [str(masks.unpack(int(v)) if stored.coloured else int(v)) for v in values[:VOID]]
    return np.minimum(places, VOID).reshape(stored.values.shape).astype("uint8"), names


def _overlay(labels, count):
    """The labels in colour, with white lines between classes; void is see-through."""
    table = np.concatenate([colours(count), np.zeros((256 - count, 3), "uint8")])
    edge = np.zeros(labels.shape, bool)
    edge[:, 1:] |= labels[:, 1:] != labels[:, :-1]
    edge[1:] |= labels[1:] != labels[:-1]
    bands = np.where(edge[..., None], np.uint8(255), table[labels])
    alpha = np.where((labels == VOID) & ~edge, 0, 255).astype("uint8")
    return Image.fromarray(np.concatenate([bands, alpha[..., None]], axis=-1))


def _img(picture, kind, alt, **settings):
    stream = io.BytesIO()
    picture.save(stream, kind, **settings)
    data = base64.b64encode(stream.getvalue()).decode()
    width, height = picture.size
    return (
        f'<img width="{width}" height="{height}" alt="{alt}" '
        f'src="data:image/{kind.lower()};base64,{data}">'
    )


def _page(report, figures, rest):
    title = f"Masks over their pictures: {html.escape(report.folder.name)}"
    legend = ""
    if report.encoding is not None:
        table = colours(len(report.encoding.classes))
        legend = " ".join(
            f'<span><i style="background:rgb{tuple(map(int, colour))}"></i> {html.escape(name)}'
            "</span>"
            for name, colour in zip(report.encoding.classes, table, strict=True)
        )
    more = f"<p>{rest} more pictures are not shown.</p>" if rest else ""
    return (
        f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style><h1>{title}</h1><pre>{html.escape(str(report))}</pre>"
        f'<p>{legend}</p><input type="checkbox" id="plain"> <label for="plain">pictures without '
        "masks</label> (or point at one). Void is see-through; white lines are borders."
        f"<main>{''.join(figures)}</main>{more}</html>\n"
    )


__all__ = ["MOST", "colours", "write"]
