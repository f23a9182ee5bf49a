"""Running notebooks, on tiny ones that import nothing heavy."""

import os
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import nbformat
import psutil
import pytest

from segcourse.command import environment, run
from segcourse.command.console import bar
from segcourse.command.environment import Stop
from segcourse.exercises.judging import registry

REPORT = {"tags": ["report"]}


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    (tmp_path / "notebooks").mkdir()
    monkeypatch.setattr(environment, "root", lambda: tmp_path)
    for name in ("SEGCOURSE_DATASET", "SEGCOURSE_QUIET"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def write(folder, name, *sources, report=True):
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    if report:
        cells[-1].metadata = nbformat.from_dict(REPORT)
    path = folder / "notebooks" / f"{name}.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def start(*weeks, dataset=None, save=False, solutions=False):
    options = dict(weeks=list(weeks), dataset=dataset, save=save, solutions=solutions)
    return run.main(SimpleNamespace(**options))


def test_runs_reports_and_writes_html(checkout, monkeypatch, capsys):
    monkeypatch.chdir(checkout)
    monkeypatch.setenv("SEGCOURSE_MANUAL_DIR", "../shared/data")
    names = ("SEGCOURSE_QUIET", "SEGCOURSE_DATASET", "TF_CPP_MIN_LOG_LEVEL", "SEGCOURSE_MANUAL_DIR")
    path = write(
        checkout,
        "week4_tiny",
        "import os, sys\nprint('not reported')",
        f"for name in {names}: print(os.environ[name])\n(os.path.basename(os.getcwd()))",
    )
    before = path.read_bytes()
    assert start("4") == 0
    printed = capsys.readouterr()
    manual = os.path.join(os.path.dirname(checkout), "shared", "data")
    assert printed.out.splitlines()[:5] == ["1", "scenes", "3", manual, "'notebooks'"]
    assert "not reported" not in printed.out
    assert "week4_tiny" in printed.err and "2/2" in printed.err
    assert "minutes" in printed.out
    page = checkout / "build" / "week4_tiny.html"
    assert str(page) in printed.out and "not reported" in page.read_text(encoding="utf-8")
    assert os.listdir(checkout / "build") == [page.name]
    assert path.read_bytes() == before


def test_with_solutions_the_exercise_cells_are_filled_in(checkout, capsys):
    path = write(checkout, "week4_tiny", "raise NotImplementedError", "print(output_size.__name__)")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].metadata["tags"] = ["exercise:4.2"]
    notebook.cells[1].source = "print([name for name in dir() if not name.startswith('_')])"
    nbformat.write(notebook, path)
    before = path.read_bytes()
    assert start("4", solutions=True) == 0
    assert registry.find("4.2").function in capsys.readouterr().out
    assert path.read_bytes() == before
    with pytest.raises(Stop, match="leave out --solutions"):
        start("4", save=True, solutions=True)


def test_kernel_imports_this_checkout_first(checkout, capsys):
    (checkout / "segcourse.py").write_text("where = 'this one'")
    write(checkout, "week4_tiny", "import segcourse; print(segcourse.where)")
    assert start("4") == 0
    assert "this one" in capsys.readouterr().out


def test_a_failing_cell_is_named_and_the_later_ones_run(checkout, capsys):
    path = write(checkout, "week4_tiny", "1 / 0", "print('mean IoU 0.5')")
    before = path.read_bytes()
    assert start("4", save=True) == 1
    printed = capsys.readouterr()
    assert "mean IoU 0.5" in printed.out
    identity = nbformat.read(path, as_version=4).cells[0].id
    assert f"week4_tiny: cell 0 ({identity}): ZeroDivisionError: division by zero" in printed.err
    assert "was not changed" in printed.err
    assert path.read_bytes() == before
    assert (checkout / "build" / "week4_tiny.html").exists()


def test_a_kernel_that_dies_is_named(checkout, capsys):
    source = "import os, sys; sys.__stderr__.write('Fatal Python error\\n'); os._exit(3)"
    write(checkout, "week4_tiny", source, "print('never')")
    assert start("4") == 1
    assert "cell 0" in (err := capsys.readouterr().err)
    assert "the kernel died (Fatal Python error)" in err


def test_save_writes_outputs_that_stay_the_same(checkout):
    source = "import sys\nprint('seen'); print('\\r 50%| | 1/2 ', file=sys.stderr)"
    path = write(checkout, "week4_tiny", source, "1 + 1")
    ids = [cell.id for cell in nbformat.read(path, as_version=4).cells]
    assert start("4", save=True) == 0
    first = path.read_bytes()
    stored = nbformat.read(path, as_version=4)
    assert [cell.id for cell in stored.cells] == ids
    assert [cell.execution_count for cell in stored.cells] == [1, 2]
    assert [output.name for output in stored.cells[0].outputs] == ["stdout"]
    assert stored.metadata.kernelspec.name == "python3"
    assert "version" not in stored.metadata.language_info
    assert all("execution" not in cell.metadata for cell in stored.cells)
    assert start("4", save=True) == 0
    assert path.read_bytes() == first


def test_save_on_another_data_set_is_refused(checkout, monkeypatch):
    path = write(checkout, "week4_tiny", "1")
    monkeypatch.setattr(run, "load", lambda name, folder: pytest.fail("not to be loaded"))
    before = path.read_bytes()
    with pytest.raises(Stop, match="Received: camvid") as stop:
        start("4", dataset="camvid", save=True)
    assert stop.value.status == 2
    monkeypatch.setenv("SEGCOURSE_DATASET", "camvid")
    with pytest.raises(Stop, match="Received: camvid"):
        start("4", save=True)
    assert path.read_bytes() == before


@pytest.fixture
def loading(monkeypatch):
    """Stands in for the process of `data NAME`; what it was asked, and how it shall end."""
    asked = SimpleNamespace(commands=[], status=0)

    def popen(command, **settings):
        asked.commands.append(command[1:])
        return SimpleNamespace(wait=lambda: asked.status)

    monkeypatch.setattr(run, "subprocess", SimpleNamespace(Popen=popen))
    return asked


def tell_data_set(checkout):
    return write(checkout, "week4_tiny", "import os; print(os.environ['SEGCOURSE_DATASET'])")


def test_a_data_set_other_than_the_stored_one_is_loaded_first(checkout, loading, capsys):
    tell_data_set(checkout)
    assert start("4", dataset="camvid") == 0
    assert loading.commands == [["-m", "segcourse", "data", "camvid"]]
    assert capsys.readouterr().out.startswith("camvid\n")


def test_nothing_runs_where_it_cannot_be_loaded(checkout, loading, monkeypatch, capsys):
    tell_data_set(checkout)
    loading.status = 1
    monkeypatch.setenv("SEGCOURSE_DATASET", "camvid")
    assert start("4") == 1
    assert loading.commands == [["-m", "segcourse", "data", "camvid"]]
    assert capsys.readouterr() == ("", "")  # that process has said why
    assert not (checkout / "build").exists()


def test_a_folder_of_ones_own_holds_in_the_kernels_working_directory(
    checkout, loading, monkeypatch, capsys, tmp_path
):
    tell_data_set(checkout)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert start("4", dataset="folder:../mine") == 0
    name = f"folder:{tmp_path / 'mine'}"
    assert loading.commands == [["-m", "segcourse", "data", name]]
    assert capsys.readouterr().out.startswith(f"{name}\n")
    monkeypatch.setenv("SEGCOURSE_DATASET", "folder:../mine")
    assert run.chosen(None) == name


@pytest.mark.parametrize("option, variable", [("scenes", None), (None, ""), (None, None)])
def test_the_stored_data_set_needs_no_look(checkout, loading, monkeypatch, option, variable):
    if variable is not None:
        monkeypatch.setenv("SEGCOURSE_DATASET", variable)
    assert run.chosen(option) == "scenes"
    monkeypatch.setattr(run, "run_one", lambda *_: False)
    tell_data_set(checkout)
    assert start("4", dataset=option) == 0 and loading.commands == []


@pytest.mark.parametrize("option, whose", [("nosuch", "--dataset"), (None, "SEGCOURSE_DATASET")])
def test_an_unknown_data_set_is_one_message(checkout, loading, monkeypatch, option, whose):
    tell_data_set(checkout)
    if option is None:
        monkeypatch.setenv("SEGCOURSE_DATASET", "nosuch")
    with pytest.raises(
        Stop, match=f"^`{whose}` must be one of scenes, camvid.*folder:PATH.* .*'nosuch'$"
    ):
        start("4", dataset=option)
    assert loading.commands == [] and not (checkout / "build").exists()


@pytest.mark.skipif(os.name == "nt", reason="sends a signal to one process")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_to_this_process_alone_reaches_the_loading_one(tmp_path, number):
    """The child cleans up and has ended when the parent ends."""
    slow = (
        "import pathlib, signal, sys, time\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "try: pathlib.Path(sys.argv[1], 'partial').touch(); time.sleep(60)\n"
        "finally: time.sleep(.2); pathlib.Path(sys.argv[1], 'partial').unlink()\n"
    )
    code = (
        "import pathlib, subprocess, sys\n"
        "from segcourse.command import run\n"
        "from segcourse.command.console.signals import interruptible\n"
        "start, slow = subprocess.Popen, [sys.executable, '-c', sys.argv[2], sys.argv[1]]\n"
        "run.subprocess.Popen = lambda command, **settings: start(slow, **settings)\n"
        "with interruptible(): run.load('camvid', pathlib.Path(sys.argv[1]))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path), slow], stderr=subprocess.PIPE, text=True,
        cwd=os.path.dirname(os.path.dirname(os.path.dirname(environment.__file__))),
    )  # fmt: skip
    try:
        wait_for(tmp_path / "partial")
        process.send_signal(number)
        _, said = process.communicate(timeout=20)
        assert "KeyboardInterrupt" in said
        assert not (tmp_path / "partial").exists()
    finally:
        process.kill()


def wait_for(path):
    limit = time.monotonic() + 30
    while not path.exists() and time.monotonic() < limit:
        time.sleep(0.05)
    assert path.exists()


def test_the_bar_names_the_cell_that_runs_and_its_time(checkout, monkeypatch, capsys):
    monkeypatch.delenv("SEGCOURSE_QUIET", raising=False)
    monkeypatch.setattr(bar, "_SECONDS", 0.1)
    path = write(checkout, "week4_tiny", "import time; time.sleep(1.5)", "1")
    first, _ = (cell.id for cell in nbformat.read(path, as_version=4).cells)
    assert start("4") == 0
    said = capsys.readouterr().err
    assert f"0/2 {first} 00:00" in said and f"0/2 {first} 00:01" in said
    assert said.count(f"0/2 {first} ") >= 5


def test_what_the_kernel_process_writes_stays_off_the_terminal(checkout, capfd):
    source = "import os; os.write(2, b'I0000 00:00:17.2 1 port.cc:153] oneDNN is on.\\n')"
    write(checkout, "week4_tiny", source)
    assert start("4") == 0
    assert "oneDNN" not in "".join(capfd.readouterr())


def test_a_file_that_is_no_notebook_is_named(checkout):
    (checkout / "notebooks" / "week4_tiny.ipynb").write_text("{ half")
    with pytest.raises(Stop, match="week4_tiny.ipynb is not a notebook"):
        start("4")


@pytest.mark.skipif(os.name == "nt", reason="sends a signal to one process")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_the_kernel_and_writes_nothing(checkout, number):
    path = write(checkout, "week4_tiny", "open('started', 'w')", "while True: pass")
    before = path.read_bytes()
    code = (
        "import pathlib, sys\n"
        "from segcourse import __main__ as entry\n"
        "from segcourse.command import environment\n"
        "environment.root = lambda: pathlib.Path(sys.argv[1])\n"
        "environment.enter = lambda arguments: None\n"
        "sys.exit(entry.main(['run', '4', '--save']))\n"
    )
    repository = os.path.dirname(os.path.dirname(os.path.dirname(environment.__file__)))
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(checkout)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": repository},
    )
    try:
        wait_for(checkout / "notebooks" / "started")
        time.sleep(0.3)
        kernels = psutil.Process(process.pid).children(recursive=True)
        assert kernels
        process.send_signal(number)
        _, said = process.communicate(timeout=30)
        assert process.returncode == 130
        assert "Interrupted" in said and "Traceback" not in said
        _, alive = psutil.wait_procs(kernels, timeout=5)
        assert not alive
    finally:
        process.kill()
    assert path.read_bytes() == before
    assert not (checkout / "build").exists()
    assert sorted(os.listdir(checkout / "notebooks")) == ["started", "week4_tiny.ipynb"]


def test_in_another_language_its_notebooks_are_run_and_never_stored(checkout, monkeypatch, capsys):
    (checkout / "notebooks/ko").mkdir()
    said = "import os\nprint(os.environ['SEGCOURSE_LANG'], os.path.basename(os.getcwd()))"
    write(checkout, "week4_tiny", said)
    write(checkout, "ko/week4_tiny", said)
    monkeypatch.setenv("SEGCOURSE_LANG", "ko")
    assert start("4") == 0
    assert capsys.readouterr().out.splitlines()[0] == "ko ko"
    assert (checkout / "build/ko/week4_tiny.html").is_file()
    with pytest.raises(Stop, match="English"):
        start("4", save=True)
    assert start(str(checkout / "notebooks/week4_tiny.ipynb")) == 0  # a path says which
    assert capsys.readouterr().out.splitlines()[0] == "en notebooks"
