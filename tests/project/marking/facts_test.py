"""What the files of a hand-in say."""

import json
import pickle

import pytest

from segcourse.project.checking.files import LARGEST
from segcourse.project.marking.facts import facts


@pytest.fixture
def target(tmp_path):
    (tmp_path / "target").mkdir()
    return tmp_path / "target"


def test_a_good_one(good, target):
    found = facts(good, target)
    assert found["remarks"] == [] and found["files"] == sorted(LARGEST)
    assert found["log"]["different"] == 5 and found["log"]["finals"] == [found["model"]["sha256"]]
    assert found["looks"] == 2
    assert found["card"] == {"written": 2, "sections": 2, "numbers": ["0.5000"]}
    assert found["notebook"] == {
        "cells": 1, "in_order": True, "errors": 0, "pictures": 0, "paths": 0,
    }  # fmt: skip
    assert found["listed"]["altered"] == [] and found["model"]["fault"] is None
    json.dumps(found, allow_nan=False)


GARBAGE = ["", "{", "[" * 10**5, "3", "null", '"x"', "[]", '{"a": NaN}', "\x00\x1b[2J", "1" * 10**4,
           '{"cells": [3], "sha256": 3, "checks": {}}', '{"cells": [{"cell_type": "code"}]}',
           '{"sha256": {}, "checks": [1]}', '{"sha256": [], "checks": [{"id": 1}]}']  # fmt: skip


@pytest.mark.parametrize("text", GARBAGE, ids=range(len(GARBAGE)))
@pytest.mark.parametrize(
    "name", [name for name in LARGEST if name.endswith(("json", "l", "ipynb"))]
)
def test_garbage_in_any_file_harms_nothing(good, target, name, text):
    (good / name).write_text(text)
    found = facts(good, target)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert all("\x1b" not in remark and len(remark) <= 200 for remark in found["remarks"])
    assert found["card"] and found["listed"] is None or name in found["listed"]["altered"]


@pytest.mark.parametrize("name", LARGEST)
def test_bytes_that_are_no_text_or_a_pickle(good, target, name):
    for data in (b"\xff\xfe\x00", pickle.dumps(print)):
        (good / name).write_bytes(data)
        found = facts(good, target)
        json.dumps(found, allow_nan=False)
        for path in target.iterdir():
            path.unlink()


def test_what_is_missing_is_one_remark(tmp_path, target):
    (tmp_path / "empty").mkdir()
    found = facts(tmp_path / "empty", target)
    assert len(found["remarks"]) == 1 and "report.json" in found["remarks"][0]


def test_what_was_changed_is_named(good, target):
    (good / "report.json").write_text((good / "report.json").read_text().replace("0.5", "0.9"))
    assert facts(good, target)["listed"]["altered"] == ["report.json"]


def test_a_notebook_that_was_not_run_through(good, target, make):
    def code(count, *outputs):
        return {"cell_type": "code", "source": ["1"], "execution_count": count,
                "outputs": list(outputs), "metadata": {}}  # fmt: skip

    picture = {"output_type": "display_data", "data": {"image/png": "AAAA"}}
    error = {"output_type": "error", "evalue": "in /home/kim/x"}
    make.json(good, "final_project.ipynb", {"cells": [code(2, picture), code(1, error)]})
    assert facts(good, target)["notebook"] == {
        "cells": 2, "in_order": False, "errors": 1, "pictures": 1, "paths": 1,
    }  # fmt: skip


def test_a_card_that_was_not_written(good, target):
    card = good / "model_card.md"
    card.write_text("# N\n\n## What it is for\n\n(not written)\n\n## Limits\n\nfew words\n")
    assert facts(good, target)["card"]["written"] == 0


def test_damaged_lines_of_the_log_are_counted(good, target):
    with open(good / "log.jsonl", "a") as file:
        file.write("{ half\n[]\n{}\n" + "[" * 9000)
    assert facts(good, target)["log"]["damaged"] == 4
