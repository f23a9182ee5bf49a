"""From notebooks to a table of marks: a good one, a broken one, wrong scores, an endless one.

One training gives the files that the notebooks write. The kernels are real; so are the processes
that `mark` opens and scores with. For `hand-in` this process scores, which is quicker.
"""

import contextlib
import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace

import keras
import nbformat
import psutil
import pytest

from segcourse import data, project, training
from segcourse.command import environment, hand_in, mark
from segcourse.command.environment import Stop
from segcourse.project import scoring
from segcourse.project.checking import model_rules
from segcourse.project.checking.files import LARGEST
from segcourse.project.checking.scored_apart import Scored, scored_apart
from segcourse.project.handing_in import left, room

COPY = """
import os, pathlib, shutil
folder = pathlib.Path(os.environ["SEGCOURSE_PROJECT_DIR"], "scenes")
shutil.copytree({source!r}, folder, dirs_exist_ok=True)
"""
WRONG = """
report = folder / "report.json"
text = report.read_text().replace('"mean_iou": 0.', '"mean_iou": 0.9')
_ = report.write_text(text)
"""
ENDLESS = "while True: pass"


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A folder with what the calls of the project write for one layer, trained for a second."""
    folder = tmp_path_factory.mktemp("trained")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEGCOURSE_PROJECT_DIR", str(folder))
        patch.setenv("SEGCOURSE_PROJECT_MINUTES", "0.2")
        patch.setenv("SEGCOURSE_QUIET", "1")
        work = project.Project(data.load("scenes"))
        recipe = training.Recipe(batch_size=64)
        final = work.train_final("one layer", build, recipe)
        report = work.report(final.model)
        sentence = "It shows in a test that one layer can be handed in, and no more."
        work.write_card(report, purpose=sentence, limits=sentence)
    return folder / "scenes"


def build():
    return keras.Sequential([keras.Input((128, 128, 3)), keras.layers.Conv2D(5, 1)])


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    return tmp_path_factory.mktemp("course")


@pytest.fixture
def scores_here(monkeypatch):
    """`hand-in` has this process score."""

    def apart(model, dataset, size, *_):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            scoring.main([str(model), dataset, "--size", *map(str, size)])
        return Scored(json.loads(said.getvalue()), None, 1.0)

    monkeypatch.setattr(left, "scored_apart", apart)


@pytest.fixture
def quiet(monkeypatch):
    for name in ("SEGCOURSE_DATASET", "SEGCOURSE_PROJECT_DIR", "SEGCOURSE_PROJECT_MINUTES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SEGCOURSE_QUIET", "1")


def write(folder, name, *sources):
    cells = [nbformat.v4.new_code_cell(source, id=f"c{k}") for k, source in enumerate(sources)]
    path = folder / f"{name}.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def start(notebook, name=None, to=None, dataset=None, limit=None, force=False):
    return hand_in.main(
        SimpleNamespace(
            notebook=str(notebook), name=name, to=str(to or notebook.parent / "hand_in"),
            dataset=dataset, limit=limit, force=force,
        )
    )  # fmt: skip


def start_mark(*folders, to, minutes=mark.MINUTES, memory=mark.MEMORY):
    folders = [str(folder) for folder in folders]
    return mark.main(SimpleNamespace(folders=folders, to=str(to), minutes=minutes, memory=memory))


@pytest.mark.usefixtures("quiet", "scores_here")
class TestFourHandIns:
    """In their order: each is handed in, then all are marked."""

    def test_a_good_one(self, here, trained, capsys):
        path = write(here, "good", COPY.format(source="trained"))
        shutil.copytree(trained, here / "trained")
        before = path.read_bytes()
        assert start(path, "good") == 0
        said = capsys.readouterr().out
        assert said.count("right: ") == 6 and "wrong: " not in said and "git push" in said
        assert sorted(os.listdir(here / "hand_in" / "good")) == sorted([".gitattributes", *LARGEST])
        assert path.read_bytes() == before
        assert json.loads((here / "my_project/scenes/looks.json").read_text())

    def test_a_broken_one(self, here, capsys):
        path = write(here, "broken", "1 / 0", "print('still runs')")
        assert start(path) == 1
        said = capsys.readouterr().out
        assert "Cell 1 of 2: ZeroDivisionError" in said and "report.json" not in said
        assert said.count("wrong: ") == 1 and "not checked" not in said
        assert "Nothing was written" in said and "Missing:" in said
        assert sorted(os.listdir(here / "hand_in")) == ["good", "good.zip"]
        assert start(path, force=True) == 1
        assert "Written: " in capsys.readouterr().out
        names = {"final_project.ipynb", "hand_in.json", "final_project.html"}
        assert names < set(os.listdir(here / "hand_in" / "broken"))

    def test_one_with_wrong_scores(self, here, capsys):
        path = write(here, "wrong", COPY.format(source="trained") + WRONG)
        assert start(path, force=True) == 1
        said = capsys.readouterr().out
        assert "wrong: The model file gives the reported scores" in said
        assert "mean_iou: 0.9" in said and "in another process" in said
        entry = json.loads((here / "hand_in/wrong/hand_in.json").read_text())
        assert [c["id"] for c in entry["checks"] if c["outcome"] == "wrong"] == ["scores"]

    def test_one_that_never_ends(self, here, capsys):
        path = write(here, "endless", COPY.format(source="trained"), ENDLESS, "print('never')")
        assert start(path, limit=0.1, force=True) == 1
        said = capsys.readouterr().out
        assert "Cell 2 of 3: had not ended when the time was over (0.1 minutes" in said

    def test_they_are_marked(self, here, capsys):
        for archive in (here / "hand_in").glob("*.zip"):
            if archive.stem != "endless":
                archive.unlink()
        shutil.rmtree(here / "hand_in" / "endless")  # that one comes as a zip
        assert start_mark(here / "hand_in", to=here / "marks.csv") == 0
        said = capsys.readouterr()
        assert "4/4 wrong" in said.err and "Written: " in said.out
        text = (here / "marks.csv").read_text(encoding="utf-8-sig")
        rows = {row["hand-in"]: row for row in csv.DictReader(io.StringIO(text))}
        assert sorted(rows) == ["broken", "endless", "good", "wrong"]
        good, wrong, endless = rows["good"], rows["wrong"], rows["endless"]
        assert good["mean IoU reported"] == good["mean IoU scored"] == wrong["mean IoU scored"]
        same = {name: row["measurement.1 (of 10)"] for name, row in rows.items()}
        assert same == {"good": "10", "wrong": "0", "endless": "10", "broken": "0"}
        assert "other scores than reported: mean_iou" in wrong["remarks"]
        assert "hand-in found fault with: runs" in endless["remarks"]
        assert "missing: " in rows["broken"]["remarks"] and rows["broken"]["machine"] < "9"
        assert int(good["machine"]) > int(endless["machine"]) > int(rows["broken"]["machine"])
        assert "the same model file as " in good["remarks"]
        assert "<td>good</td>" in (here / "marks.html").read_text(encoding="utf-8")
        assert sorted(here.glob(".*")) == []


@pytest.mark.usefixtures("quiet")
class TestWrongLines:
    @pytest.mark.parametrize(
        "options, said",
        [
            ({"name": "a/b"}, "--name must be"),
            ({"name": ""}, "--name must be"),
            ({"name": "kim minji"}, "--name must be .* no spaces"),
            ({"limit": 0}, "--limit must be"),
            ({"limit": float("nan")}, "--limit must be"),
            ({"dataset": "nosuch"}, "--dataset"),
        ],
    )
    def test_hand_in(self, tmp_path, options, said):
        path = write(tmp_path, "a", "1")
        with pytest.raises(Stop, match=said) as stop:
            start(path, **options)
        assert stop.value.status == 2 and os.listdir(tmp_path) == ["a.ipynb"]

    def test_too_little_room(self, tmp_path, monkeypatch):
        path = write(tmp_path, "a", "1")
        monkeypatch.setattr(room.shutil, "disk_usage", lambda _: SimpleNamespace(free=2**20))
        with pytest.raises(Stop, match="no room in .*1 MB are left .* needs 500. Make room"):
            start(path)
        assert os.listdir(tmp_path) == ["a.ipynb"]

    def test_an_error_before_the_report_is_no_look(self, tmp_path, trained):
        look = COPY.format(source=str(trained))
        path = write(tmp_path, "a", "1 / 0", look)
        assert start(path) == 1
        assert not (tmp_path / "my_project").exists()

    def test_no_notebook(self, tmp_path):
        with pytest.raises(Stop, match="There is no .*none.ipynb"):
            start(tmp_path / "none.ipynb")
        (tmp_path / "a.ipynb").write_text("{ half")
        with pytest.raises(Stop, match="a.ipynb is not a notebook"):
            start(tmp_path / "a.ipynb")

    def test_mark(self, tmp_path):
        for folder, options, said in (
            ("none", {}, "FOLDER must be"),
            (".", {"minutes": 0}, "--minutes must be"),
            (".", {"memory": float("inf")}, "--memory must be"),
            (".", {"to": "none/marks.csv"}, "--to must lie"),
        ):
            with pytest.raises(Stop, match=said) as stop:
                start_mark(tmp_path / folder, **{"to": tmp_path / "m.csv", **options})
            assert stop.value.status == 2
        assert os.listdir(tmp_path) == []


def test_a_real_model_that_eats_memory_is_ended(trained, tmp_path):
    """A layer whose weights would need 3.4 GB."""
    path = tmp_path / "model.keras"
    with zipfile.ZipFile(trained / "model.keras") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b'"filters": 5', b'"filters": 300000000'))
    assert model_rules.fault(path, tmp_path) is None
    env = environment.variables(environment.root())
    scored = scored_apart(path, "scenes", None, tmp_path, env, minutes=2, memory_gb=2)
    assert scored.result is None and "more than 2 GB of memory" in scored.reason


def test_the_limit_is_three_times_the_budget_and_ten_minutes(monkeypatch):
    monkeypatch.setenv("SEGCOURSE_PROJECT_MINUTES", "4")
    assert hand_in._limit("scenes") == 22
    monkeypatch.delenv("SEGCOURSE_PROJECT_MINUTES")
    assert (hand_in._limit("scenes"), hand_in._limit("camvid")) == (16, 40)


@pytest.mark.skipif(os.name == "nt", reason="sends a signal to one process")
@pytest.mark.parametrize("command", ["hand-in", "mark"])
def test_ctrl_c_ends_the_children_and_leaves_nothing(tmp_path, command):
    """While the notebook runs; while a hand-in is opened, here a zip that is a pipe at its end."""
    write(tmp_path, "a", "open('started', 'w').close()", ENDLESS)
    (tmp_path / "kim").mkdir()
    lines = {
        "hand-in": ["hand-in", str(tmp_path / "a.ipynb"), "--to", str(tmp_path / "out")],
        "mark": ["mark", str(tmp_path / "kim"), "--to", str(tmp_path / "m.csv")],
    }
    code = (
        "import pathlib, subprocess, sys\n"
        "from segcourse import __main__ as entry, process_tree\n"
        "from segcourse.command import environment\n"
        "environment.enter = lambda arguments: None\n"
        "start = subprocess.Popen\n"
        "if sys.argv[2] == 'mark':\n"
        "    wait = 'import sys, time; open(sys.argv[1], \"w\"); time.sleep(60)'\n"
        "    process_tree.subprocess.Popen = lambda command, **settings: start(\n"
        "        [sys.executable, '-c', wait, sys.argv[1]], **settings)\n"
        "sys.exit(entry.main(sys.argv[2:]))\n"
    )
    started = tmp_path / "started"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(started), *lines[command]],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(Path(environment.__file__).parents[2])},
    )  # fmt: skip
    try:
        limit = time.monotonic() + 60
        while not started.exists() and time.monotonic() < limit:
            time.sleep(0.05)
        assert started.exists()
        time.sleep(0.3)
        children = psutil.Process(process.pid).children(recursive=True)
        assert children
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
        assert process.returncode == 130, said
        assert "Interrupted" in said and "Traceback" not in said
        assert not psutil.wait_procs(children, timeout=5)[1]
    finally:
        process.kill()
    assert set(os.listdir(tmp_path)) <= {"a.ipynb", "kim", "started", "out"}
    assert not (tmp_path / "out").exists() or os.listdir(tmp_path / "out") == []
