"""What README.md, docs/ and the notebooks say of speed and size is what the benchmarks wrote.

Nothing is measured here. A figure that a sentence says stands in HELD, with the row that holds it,
or with the reason why none does; a new one that stands nowhere fails.
"""

import functools
import json
import re
from pathlib import Path

import pytest
import seeds
import stored

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PAGES = [
    page
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    if not page.name.endswith(".ko.md")
]
MANY = r"(?:\d[\d.,]*|twice|half|two|three|four|five|six|seven|eight|nine|ten|fifty|(?:a )?hundred)"
FIGURE = re.compile(
    rf"\b{MANY}\s(?:times\s)?as\s(?:fast|long|quick|quickly|slow|many\soperations)\b"
    r"|\btimes\s(?:the\sspeed|faster|slower|quicker)\b"
    r"|\b\d[\d.,]*\s(?:ms|GiB|MiB|GB|MB|kB|images/s|images\sa\ssecond|TFLOP/s)\b"
    r"|\b(?:faster|quicker|slower)\sthan\b|\bas\s(?:fast|quick|slow)\sas\b"
    r"|\b(?:half\sa\sminute|\d+\sseconds)\seach\b|%\sof\sthe\speak",
    re.IGNORECASE,
)
#: Notebooks keep a core and a third busy: seconds on a quiet machine, from those of a busy one.
CORES_BUSY = 1.3


@functools.cache
def results():
    found = {name: dict(rows) for name, rows in stored.read().items()}
    for name, rows in seeds.rows().items():
        found.setdefault(name, {}).update(rows)
    return found


def measured(benchmark, row, value):
    """The stored number: the median where it has a spread."""
    return stored.middle(results()[benchmark][row]["values"][value])


def quiet_seconds(notebook):
    """What a notebook takes on two cores; its processor time where they had other work."""
    row = results()["notebooks"][notebook]
    wall, processor = (row["values"][name] for name in ("seconds", "processor seconds"))
    busy = row["run"]["machine"].get("load", 0) > 1
    return min(wall, processor / CORES_BUSY) if busy else wall


def subpixel(case):
    return measured("transposed_convolution", case, "times as fast")


# Where it stands, the words, and what holds them: a function, or the reason why no benchmark does.
HELD = [
    (
        "week2_bilinear_interpolation/whole-intro",
        "about a hundred times as long",
        lambda: 30 < measured("operations", "resize by a loop in Python", "times as long") < 300,
    ),
    (
        "week3_transposed_conv/phases-layer-read",
        "for 21 classes and 500 × 500 pixels, it is more than twice as fast as the layer of Keras. "
        "With stride 2 nothing is gained.",
        lambda: (
            subpixel("FCN-8s, 500×500, ×8, 21 classes") > 2
            and 0.7 < subpixel("U-Net, 96×96, ×2, 32 to 16 channels") < 1.4
        ),
    ),
    (
        "week4_fcn/cost-read",
        "One crop (a piece cut out of the image) takes 1.2 ms. The convolutional network takes 22 "
        "ms for a 500 × 500 image with a 10 × 10 grid of outputs; a hundred crops would take "
        "100 · 1.2 = 120 ms",
        "published: Long and others 2015, section 3.1",
    ),
    (
        "week4_fcn/fcn-vgg16-read",
        "| forward time, 500 × 500 | 50 ms | 210 ms | 59 ms |",
        "published: Long and others 2015, Table 1",
    ),
    (
        "week5_transfer_learning/real-intro",
        "the second one is fetched, 59 MB",
        "the size of a file that others publish",
    ),
    (
        "week5_transfer_learning/real-cost-read",
        "about fifty times as many operations as `small_vgg`",
        lambda: 45 < measured("operations", "VGG-16 and small_vgg", "times the operations") < 55,
    ),
    (
        "week6_unet/title",
        "for about twice as long",
        "of the data set `membrane`, which is not part of the course",
    ),
    (
        "README.md",
        "three networks trained in the notebook for half a minute each",
        lambda: quiet_seconds("week4_fcn") / 3 < 30,
    ),
    (
        "README.md",
        "about 4 GB of disk space",
        lambda: 3000 < measured("operations", "the environment", "MB") < 4500,
    ),
    (
        "docs/teaching.md",
        "It loads some 4 GB on first use",
        lambda: 3000 < measured("operations", "the environment", "MB") < 4500,
    ),
    (
        "docs/final_project_rubric.md",
        "the limits (5 minutes, 4 GB)",
        "a limit that marking sets",
    ),
]


@functools.cache
def texts():
    """dict from a place to its text: pages, and the cells of text of every notebook."""
    found = {page.relative_to(ROOT).as_posix(): page.read_text("utf-8") for page in PAGES}
    for path in NOTEBOOKS:
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                found[f"{path.stem}/{cell['id']}"] = "".join(cell["source"])
    return {place: re.sub(r"\s+", " ", text) for place, text in found.items()}


@pytest.mark.parametrize(
    ("place", "words", "check"), HELD, ids=[f"{place}-{words[:40]}" for place, words, _ in HELD]
)
def test_a_figure_is_what_was_measured(place, words, check):
    assert words in texts()[place], f"{place} no longer says {words!r}: change HELD"
    if callable(check):
        assert check(), f"{place} says {words!r}; benchmarks/README.md says otherwise"


def test_no_figure_stands_without_what_holds_it():
    loose = []
    for place, text in texts().items():
        spans = [
            (text.index(words), text.index(words) + len(words))
            for where, words, _ in HELD
            if where == place and words in text
        ]
        for match in FIGURE.finditer(text):
            if not any(start <= match.start() and match.end() <= end for start, end in spans):
                loose.append(f"{place}: …{text[max(0, match.start() - 40) : match.end() + 40]}…")
    assert not loose, "\n".join(["a row of HELD is missing for", *loose])


def sources():
    """Numbers of notebooks whose source is a benchmark."""
    for path in NOTEBOOKS:
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            numbers = cell["metadata"].get("segcourse", {}).get("numbers", {})
            for number, source in numbers.items():
                if source.startswith("benchmarks/"):
                    yield path.stem, cell["id"], number, source


def stands(number, rows):
    """Whether a number, to the digits it is written with, is one of the rows or of their names."""
    places = len(number.partition(".")[2])
    wanted = float(number.replace(",", ""))
    for name, row in rows.items():
        if number in re.findall(r"\d[\d,]*(?:\.\d+)?", name):
            return True
        values = (stored.middle(value) for value in row["values"].values())
        if any(isinstance(x, (int, float)) and round(x, places) == wanted for x in values):
            return True
    return False


@pytest.mark.parametrize(("notebook", "cell", "number", "source"), list(sources()))
def test_a_number_from_a_benchmark_is_one_it_wrote(notebook, cell, number, source):
    path = ROOT / source
    assert path.is_file(), f"{notebook}, {cell}: {source!r} must be the path of a script alone"
    assert stands(number, results()[path.stem]), f"{notebook}, {cell}: {source} wrote no {number}"


def test_the_card_of_week_2_is_what_was_measured():
    """Published beside ours, with the command: the row of CamVid, and the published row in code."""
    text = texts()["week2_bilinear_interpolation/stride-read"]
    assert "`python benchmarks/stride_cost.py camvid`" in text
    strides, published, ours = re.findall(r"\| ([A-Za-z][^|]*)((?:\| [\d.]+ )+)\|", text)
    for stride, number in zip(strides[1].split("|")[1:], ours[1].split("|")[1:], strict=True):
        row = results()["stride_cost"][f"camvid, stride {stride.strip()}"]
        assert row["values"]["mean IoU, %"] == float(number)
    assert published[0].strip() == "PASCAL VOC 2011, published"


MINUTES = re.compile(r"less than (\d+) minutes of computing on two CPU cores")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_minutes_of_computing_are_enough(path):
    (minutes,) = MINUTES.findall(texts()[f"{path.stem}/title"])
    if path.stem in results()["notebooks"]:
        assert quiet_seconds(path.stem) <= 60 * int(minutes)
    else:
        assert path.stem == "final_project", "python benchmarks/notebooks.py " + path.stem
    row = next(line for line in (ROOT / "README.md").read_text("utf-8").splitlines()
               if line.startswith("|") and f"`{path.stem}`" in line)  # fmt: skip
    assert row.split("|")[-2].strip() == f"{minutes} min"


#: Cells with scores that others published: what those were measured on stands beside, and ours.
PUBLISHED = [
    ("week4_fcn/fcn-vgg16-read", "Table 1 of the paper"),
    ("week4_fcn/train-read", "Table 2 of the paper"),
    ("week6_unet/errors-tiny-read", "ISBI 2012"),
    ("bonus_deeplab/train-read", "PASCAL VOC 2012"),
]


@pytest.mark.parametrize(("place", "words"), PUBLISHED, ids=[place for place, _ in PUBLISHED])
def test_what_is_published_has_a_card(place, words):
    """Both protocols, and a command that runs this notebook or a script that is there."""
    text = texts()[place]
    assert words in text
    (card,) = re.findall(r"\*\*Published and ours\.\*\* .*?`python3 -m segcourse run (\w+)", text)
    assert place.startswith(card) and "Published: " in text and "Ours" in text


def test_no_table_of_published_scores_is_without_one():
    """A table whose cell speaks of a paper's table has a card, or is that of week 2."""
    places = {place for place, _ in PUBLISHED} | {"week2_bilinear_interpolation/stride-read"}
    for place, text in texts().items():
        scores = re.search(r"\|[^|]*(?:IoU|error)[^|]*\|", text)
        if scores and re.search(r"PASCAL VOC|ISBI", text) and not place.endswith(".md"):
            assert place in places, place
