import json
import threading

import pytest

from segcourse.project.looks import Looks


@pytest.fixture
def looks(tmp_path):
    return Looks(tmp_path / "looks.json")


def test_each_look_counts(looks):
    assert looks.read() == []
    assert [looks.add("a" * 64, 0.5), looks.add("b" * 64, None)] == [1, 2]
    assert [one["mean_iou"] for one in looks.read()] == [0.5, None]
    assert json.loads(looks.path.read_text())[0]["model_sha256"] == "a" * 64


@pytest.mark.parametrize("cut", [2, 30, 60])
def test_a_damaged_file_is_kept_and_what_can_be_read_counts_on(looks, capsys, cut):
    for _ in range(2):
        looks.add("a" * 64, 0.5)
    damaged = looks.path.read_text()[:-cut]
    looks.path.write_text(damaged)
    before = len(looks.read())
    assert before == (2 if cut == 2 else 1)
    assert looks.add("b" * 64, 0.6) == before + 1
    assert (looks.path.parent / "looks.damaged-1.json").read_text() == damaged
    assert "looks.damaged-1.json" in capsys.readouterr().out
    assert looks.add("b" * 64, 0.6) == before + 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("content", ["", "null", "{}", '["a"]', '[{"when": 3}]', "[" * 100000])
def test_what_is_no_record_is_kept_too(looks, content):
    looks.path.write_text(content)
    assert looks.add("a" * 64, 0.5) == 1
    assert (looks.path.parent / "looks.damaged-1.json").read_text() == content


def test_two_notebooks_at_once_lose_no_look(looks):
    def look():
        for _ in range(15):
            looks.add("a" * 64, 0.5)

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(looks.read()) == 30
    assert [path.name for path in looks.path.parent.iterdir()] == ["looks.json"]
