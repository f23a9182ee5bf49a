"""The model card: what a stranger has to know of a network, on one page."""

from dataclasses import dataclass
from pathlib import Path

from segcourse.atomic_write import atomic_write
from segcourse.project.files.place import public_name
from segcourse.project.report import (
    Report,
    bar_words,
    number_words,
    one_class,
    panoptic_rows,
    score_rows,
)
from segcourse.texts import _, ngettext

NAME = "model_card.md"
NOT_WRITTEN = "(not written)"


@dataclass(frozen=True, repr=False)
class Card:
    """A model card; a notebook shows it as it is read.

    Attributes:
        text: the page, Markdown.

    Example:

    >>> Card("# FCN-8s")
    # FCN-8s
    """

    text: str

    def __str__(self):
        return self.text

    __repr__ = __str__

    def _repr_markdown_(self):
        return self.text


def write(report, log, dataset, folder, purpose="", limits=""):
    """Write the card of a reported network into a folder, whole or not at all.

    Returns:
        a `Card`.

    Raises:
        ValueError: for what is no report, and for sentences that are no text.
        OSError: if it cannot be written.
    """
    if not isinstance(report, Report):
        raise ValueError(
            "`report` must be what work.report(final.model) gave. "
            f"Received: {type(report).__name__}"
        )
    page = card(
        report.data, log, dataset, _sentence("purpose", purpose), _sentence("limits", limits)
    )
    with atomic_write(Path(folder) / NAME) as part:
        part.write_text(page.text, encoding="utf-8")
    return page


def card(data, log, dataset, purpose, limits):
    """The `Card` of the content of a report."""
    chapters = {
        _("What it is for"): purpose,
        _("Data"): _data(data, dataset),
        _("Training"): _training(data, log),
        _("Scores on the held-back images"): _scores(data),
        _("Where it is wrong"): _errors(data),
        _("Limits"): limits,
    }
    parts = [f"# {_inline(data['name'])}", _network(data)]
    parts += [f"## {title}\n\n{text}" for title, text in chapters.items()]
    return Card("\n\n".join(parts) + "\n")


def _network(data):
    text = _(
        "A network for semantic segmentation: it gives each pixel one of {count} classes "
        "({classes}). It has {parameters:,} weights."
    )
    classes = ", ".join(map(_inline, data["classes"]))
    count = len(data["classes"])
    return text.format(count=count, classes=classes, parameters=data["parameters"])


def _data(data, dataset):
    held = data["held_back"]
    text = _(
        "{name}: {source} Held back were the {images} images of its split {split}, of "
        "{height}×{width} pixels."
    )
    return text.format(
        name=_inline(public_name(dataset.name)),
        source=dataset.citation,
        images=held["images"],
        split=_inline(held["split"]),
        height=held["size"][0],
        width=held["size"][1],
    )


def _training(data, log):
    versions = ", ".join(f"{name} {number}" for name, number in data["versions"].items())
    recipe = ", ".join(f"{name} = {value}" for name, value in data["recipe"].items())
    text = _(
        "Trained for {spent:.2f} of {budget:g} minutes, with the seed {seed}. {trainings}\n\n"
        "- Machine: {device}\n"
        "- Recipe, where it differs from the default: `{recipe}`\n"
        "- Versions: {versions}"
    )
    trainings = ngettext(
        "It is the only training in the log.",
        "It is one of {count} trainings in the log.",
        len(log),
    )
    return text.format(
        spent=data["trained_seconds"] / 60,
        budget=data["minutes"],
        seed=data["seed"],
        device=data["device"],
        trainings=trainings.format(count=len(log)),
        recipe=recipe.replace("`", "'") or "–",
        versions=versions,
    )


def _scores(data):
    held = data["held_back"]
    tables = [_table([(_("score"), _("from 0 to 1")), *score_rows(held)])]
    tables.append(_table(panoptic_rows(held)))
    val = _("On the validation images, by which it was chosen, its mean IoU is {score}.")
    looks = _("This is look number {number} at the held-back images.")
    said = [
        _("True segments of PQ: {what}.").format(what=data["true_segments"]),
        val.format(score=number_words(data["val_mean_iou"])),
        bar_words(data),
        looks.format(number=data["looks"]),
    ]
    return "\n\n".join([*tables, " ".join(said)])


def _table(rows):
    """Rows of texts as a table of Markdown, the first one its head."""
    lines = ["| " + " | ".join(map(_inline, row)) + " |" for row in rows]
    lines.insert(1, "|---|" + "---:|" * (len(rows[0]) - 1))
    return "\n".join(lines)


def _errors(data):
    held = data["held_back"]
    lines = one_class(held) + [_weakest(held)]
    text = _("{share:.0%} of the pixels of {true} are taken for {predicted}.")
    for true, predicted, share in held["confusions"][:3]:
        names = {"true": _inline(true), "predicted": _inline(predicted)}
        lines.append(text.format(share=share, **names))
    text = _("Of {size} objects ({low} to {high} pixels) {share:.0%} of the pixels are found.")
    words = {"small": _("small"), "middle": _("middle"), "large": _("large")}
    for size, found in held["by_size"].items():
        if found["count"]:
            low, high = found["from"], found["to"]
            lines.append(text.format(size=words[size], low=low, high=high, share=found["found"]))
    return "\n".join(f"- {line}" for line in lines)


def _weakest(held):
    present = {name: value for name, value in held["iou"].items() if value is not None}
    if not present:
        return _("No class could be scored.")
    name = min(present, key=present.get)
    text = _("The weakest class is {name}, with an IoU of {score:.4f}.")
    return text.format(name=_inline(name), score=present[name])


def _sentence(name, value):
    if not isinstance(value, str):
        raise ValueError(f"`{name}` must be a text. Received: {name}={value!r}")
    return value.strip() or NOT_WRITTEN


def _inline(text):
    """A name that may hold anything, as plain text in Markdown."""
    escaped = "".join("\\" + letter if letter in "\\`*_{}[]<>|#" else letter for letter in text)
    return " ".join(escaped.split())
