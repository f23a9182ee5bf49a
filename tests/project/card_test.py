import pytest

from segcourse.project import card
from segcourse.project.card import Card
from segcourse.project.report import Report
from tests.project import tiny

HELD = {
    "split": "test",
    "images": 3,
    "size": [16, 20],
    "predicted": ["dark", "red"],
    "confusions": [["bright", "dark", 0.5]],
    "scores": {"mean_iou": 0.5},
    "iou": {"dark": 0.75, "bright": 0.0, "red": None},
    "by_size": {"small": {"found": 0.25, "count": 2, "from": 1, "to": 4}},
}
DATA = {
    "name": "My | net",
    "classes": list(tiny.CLASSES),
    "parameters": 12345,
    "minutes": 2.0,
    "trained_seconds": 90.0,
    "seed": 3,
    "recipe": {"learning_rate": 0.01},
    "device": "CPU",
    "versions": {"keras": "3.15.1"},
    "held_back": HELD,
    "val_mean_iou": 0.625,
    "true_segments": "connected components",
    "looks": 2,
    "threshold": None,
    "verdict": None,
}


def test_a_card(tmp_path):
    page = card.write(Report(DATA), [1, 2], tiny.dataset(), tmp_path, "For  tests.", "")
    assert isinstance(page, Card) and page._repr_markdown_() == str(page) == page.text
    for said in (
        "# My \\| net\n",
        "one of 3 classes (dark, bright, red). It has 12,345 weights.",
        "## What it is for\n\nFor  tests.\n",
        "tiny: Drawn by a test. Held back were the 3 images of its split test, of 16×20 pixels.",
        "Trained for 1.50 of 2 minutes, with the seed 3.",
        "It is one of 2 trainings in the log.\n\n- Machine: CPU\n",
        "`learning_rate = 0.01`",
        "| mean IoU | 0.5000 |",
        "| IoU red | – |",
        "its mean IoU is 0.6250",
        "look number 2",
        "The weakest class is bright, with an IoU of 0.0000.",
        "50% of the pixels of bright are taken for dark.",
        "Of small objects (1 to 4 pixels) 25% of the pixels are found.",
        "## Limits\n\n(not written)\n",
    ):
        assert said in page.text, said


def test_the_only_training(tmp_path):
    page = card.write(Report(DATA), [1], tiny.dataset(), tmp_path)
    assert "It is the only training in the log." in page.text


def test_what_is_no_report_and_no_sentence(tmp_path):
    with pytest.raises(ValueError, match="`report`"):
        card.write(DATA, [], tiny.dataset(), tmp_path)
    for name in ("purpose", "limits"):
        with pytest.raises(ValueError, match=f"`{name}`"):
            card.write(Report(DATA), [], tiny.dataset(), tmp_path, **{name: 3})
    assert not list(tmp_path.iterdir())
