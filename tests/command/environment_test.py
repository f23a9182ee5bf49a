"""The set-up, with a fake pip and fake Pythons: what is chosen, what is said, what is left."""

import errno
import os
import subprocess
import sys

import pytest

from segcourse import __main__ as entry
from segcourse.command import environment


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout without environment, set up by a plain Python that installs nothing."""
    (tmp_path / "requirements.txt").write_text("keras==3.15.1\n")
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["keras>=3.10"]\n')
    (tmp_path / "segcourse").mkdir()
    monkeypatch.setattr(environment, "root", lambda: tmp_path)
    monkeypatch.setattr(environment, "kind", lambda: "system")
    return tmp_path


@pytest.fixture
def calls(checkout, monkeypatch):
    """What the set-up does, in order; nothing of it for real."""
    done = []

    def make_venv(venv):
        done.append("make")
        environment.local_python(venv).parent.mkdir(parents=True, exist_ok=True)
        environment.local_python(venv).write_text("")

    monkeypatch.setattr(environment, "make_venv", make_venv)
    monkeypatch.setattr(environment, "has_pip", lambda python: python.exists())
    monkeypatch.setattr(environment, "pip_install", lambda python, arguments: done.append("pip"))
    monkeypatch.setattr(environment, "reexecute", lambda *_: done.append("enter"))
    return done


def test_first_call_makes_fills_and_enters(calls):
    environment.enter(["test"])
    assert calls == ["make", "pip", "enter"]


def test_second_call_only_enters(calls):
    environment.enter(["test"])
    calls.clear()
    environment.enter(["test"])
    assert calls == ["enter"]


def test_changed_requirements_are_installed_into_what_is_there(calls, checkout):
    environment.enter(["test"])
    calls.clear()
    (checkout / "requirements.txt").write_text("keras==3.15.2\n")
    environment.enter(["test"])
    assert calls == ["pip", "enter"]


def test_line_ends_do_not_change_the_stamp(checkout):
    before = environment.fingerprint(checkout)
    (checkout / "requirements.txt").write_bytes(b"keras==3.15.1\r\n")
    assert environment.fingerprint(checkout) == before


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, environment.Stop("no connection")])
def test_set_up_broken_off_in_pip_starts_anew(calls, checkout, monkeypatch, interruption):
    def breaks(python, arguments):
        raise interruption

    whole = environment.pip_install
    monkeypatch.setattr(environment, "pip_install", breaks)
    with pytest.raises((KeyboardInterrupt, environment.Stop)):
        environment.enter(["test"])
    assert calls == ["make"]
    assert not environment.is_ready(checkout)
    monkeypatch.setattr(environment, "pip_install", whole)
    environment.enter(["test"])
    assert calls == ["make", "make", "pip", "enter"]
    assert environment.is_ready(checkout)
    calls.clear()
    environment.enter(["test"])
    assert calls == ["enter"]


def test_half_made_venv_without_python_is_made_anew(calls, checkout):
    (checkout / ".venv").mkdir()
    environment.enter(["test"])
    assert calls == ["make", "pip", "enter"]


def test_venv_whose_python_has_gone_is_made_anew(calls, checkout):
    environment.enter(["test"])
    calls.clear()
    environment.local_python(checkout / ".venv").unlink()
    environment.enter(["test"])
    assert calls == ["make", "pip", "enter"]


def test_working_venv_of_the_user_is_kept(calls, checkout):
    python = environment.local_python(checkout / ".venv")
    python.parent.mkdir(parents=True)
    python.write_text("")
    environment.enter(["test"])
    assert calls == ["pip", "enter"]


def test_make_venv_replaces_what_is_there(tmp_path, monkeypatch):
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "rest").write_text("of an earlier one")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, b""))
    environment.make_venv(tmp_path / ".venv")
    assert not (tmp_path / ".venv" / "rest").exists()


def test_full_disk_is_one_message(calls, checkout, monkeypatch):
    def full(python, arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(environment, "pip_install", full)
    with pytest.raises(environment.Stop, match="disk is full"):
        environment.enter(["test"])


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
         "disk is full"),
        ("NewConnectionError: Failed to establish a new connection: [Errno -2] Name or service "
         "not known\nERROR: No matching distribution found for keras==3.15.1", "no connection"),
        ("ERROR: No matching distribution found for tensorflow==2.21.0", "no release for this"),
        ("something\nERROR: the reason", "ERROR: the reason"),
    ],
)  # fmt: skip
def test_what_pip_said_becomes_one_message(said, told):
    assert told in environment.explain(said.splitlines(), "pip did not end well")


def fake_pip(folder, lines, status):
    """A Python that has pip, whose `pip install` prints `lines` and ends with `status`."""
    python = folder / "python"
    printed = "\n".join(f"echo '{line}'" for line in lines)
    python.write_text(f"#!/bin/sh\ncase $1 in -c) exit 0;; esac\n{printed}\nexit {status}\n")
    python.chmod(0o755)
    return python


@pytest.mark.skipif(os.name == "nt", reason="the fake pip is a shell script")
def test_pip_install_shows_the_long_step_and_explains_a_failure(tmp_path, capsys):
    lines = ["Collecting keras==3.15.1", "Installing collected packages: a, b, c"]
    environment.pip_install(fake_pip(tmp_path, lines, 0), ["x"])
    assert "installing 3 packages" in capsys.readouterr().err
    with pytest.raises(environment.Stop, match="ERROR: broken"):
        environment.pip_install(fake_pip(tmp_path, ["ERROR: broken"], 1), ["x"])


def test_python_without_ensurepip_names_the_package(monkeypatch):
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(environment, "other_python", lambda usable: "python3.12")
    with pytest.raises(environment.Stop) as stop:
        environment.require_venv_module()
    major, minor = sys.version_info[:2]
    assert f"sudo apt install python{major}.{minor}-venv" in str(stop.value)
    assert "python3.12 -m segcourse" in str(stop.value)


@pytest.mark.parametrize("version", [(3, 10, 13), (3, 14, 0), (3, 7, 16)])
def test_wrong_python_is_named_with_what_to_do(checkout, monkeypatch, version, capsys):
    monkeypatch.setattr(sys, "version_info", version)
    monkeypatch.setattr(environment, "other_python", lambda: None)
    assert entry.main(["lab"]) == 1
    said = capsys.readouterr().err
    assert "3.11, 3.12 or 3.13" in said and "winget" in said and "apt install" in said


def test_wrong_python_names_another_that_is_installed():
    said = environment.wrong_python("3.10.13", "python3.12", "system", "lab --port=1")
    assert "python3.12 -m segcourse lab --port=1" in said
    assert "conda create" in environment.wrong_python("3.10.13", None, "conda", "lab")


def test_wrong_python_uses_a_finished_environment(calls, checkout, monkeypatch):
    environment.enter(["test"])
    calls.clear()

    def entered(*_):
        raise SystemExit(0)

    monkeypatch.setattr(environment, "reexecute", entered)
    monkeypatch.setattr(sys, "version_info", (3, 10, 13))
    with pytest.raises(SystemExit):
        environment.require_python(["test"])


@pytest.mark.skipif(os.name == "nt", reason="Windows has the py launcher instead")
def test_other_python_is_one_that_works(tmp_path, monkeypatch):
    for name, script in {
        "python3.13": "echo 'not installed' >&2; exit 127",  # as version managers' shims do
        "python3.12": "echo 3.12",
        "python3.11": "echo 3.11",
    }.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert environment.other_python() == "python3.12"


def test_old_pythons_can_read_the_entry():
    """Nothing above the grammar of Python 3.7 before the version is checked."""
    import ast
    from pathlib import Path

    package = Path(environment.__file__).parents[1]
    for name in ("__init__", "__main__", "command/__init__", "command/environment"):
        ast.parse((package / f"{name}.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_given_environments_get_what_they_lack(checkout, monkeypatch):
    installed = []
    monkeypatch.setattr(environment, "pip_install", lambda python, what: installed.append(what))
    monkeypatch.setattr(environment, "ranges", lambda folder: ["keras>=3.10", "nothere>=1.2"])
    environment.complete(checkout, "colab")
    environment.complete(checkout, "conda")
    environment.complete(checkout, "venv")
    pinned = ["-r", str(checkout / "requirements.txt")]
    assert installed == [["nothere>=1.2"], ["nothere>=1.2"], pinned]


def test_complete_environments_are_left_alone(checkout, monkeypatch):
    monkeypatch.setattr(environment, "pip_install", lambda *_: pytest.fail("nothing is missing"))
    environment.complete(checkout, "venv")


def test_missing_compares_versions_as_numbers():
    assert environment.missing(["pytest>=8", "pytest>=8.0.0"]) == []
    assert environment.missing(["pytest>=1000", "nothere>=0.1"]) == ["pytest>=1000", "nothere>=0.1"]
    assert environment.release("3.9") < environment.release("3.10")
    assert environment.release("2.0") == environment.release("2") == (2,)
    assert environment.release("2.18.0rc1") == (2, 18)


def test_missing_names_what_is_too_new():
    assert environment.missing(["pytest>=8,<1000"]) == []
    assert environment.missing(["pytest>=2,<3"]) == ["pytest>=2,<3"]


def test_own_ranges_are_read_and_met():
    """The environment that the tests run in is one that the course accepts."""
    from pathlib import Path

    ranges = environment.ranges(Path(environment.__file__).parents[2])
    assert len(ranges) > 10
    assert environment.missing(ranges) == []


def test_pins_and_ranges_name_the_same_packages():
    from pathlib import Path

    folder = Path(environment.__file__).parents[2]
    lines = (folder / "requirements.txt").read_text().splitlines()
    pins = {line.split("==")[0]: line.split("==")[1] for line in lines if "==" in line}
    ranges = dict(r.split(">=") for r in environment.ranges(folder))
    assert pins.keys() == ranges.keys()
    for name, least in ranges.items():
        assert environment.release(pins[name]) >= environment.release(least)


def test_lowest_versions_are_the_lower_ends_of_the_ranges():
    from pathlib import Path

    folder = Path(environment.__file__).parents[2]
    pins = {}
    for line in (folder / environment.LOWEST.requirements).read_text().splitlines():
        if line and not line.startswith("#"):
            pin, _, where = line.partition("; ")
            assert where in ("", 'python_version < "3.13"', 'python_version >= "3.13"')
            pins.setdefault(pin.split("==")[0], []).append(pin.split("==")[1])
    for name, versions in pins.items():
        assert len(versions) in (1, 2) and sorted(versions, key=environment.release) == versions, (
            name
        )
    ranges = dict(r.split(",")[0].split(">=") for r in environment.ranges(folder))
    lowest = {name: environment.release(versions[0]) for name, versions in pins.items()}
    assert lowest == {name: environment.release(least) for name, least in ranges.items()}


def lowest_list(checkout):
    (checkout / "constraints").mkdir()
    (checkout / "constraints" / "lowest.txt").write_text("keras==3.10.0\n")


@pytest.mark.parametrize("kind", ["system", "venv", "conda"])
def test_lowest_has_an_environment_of_its_own_wherever_it_is_called(
    calls, checkout, monkeypatch, kind
):
    lowest_list(checkout)
    monkeypatch.setattr(environment, "kind", lambda: kind)
    entered = []
    monkeypatch.setattr(environment, "reexecute", lambda python, *_: entered.append(python))
    environment.enter(["test", "--lowest", "-x"])
    environment.enter(["test", "--lowest"])
    assert calls == ["make", "pip"]
    assert entered == [environment.local_python(checkout / ".venv-lowest")] * 2
    assert not (checkout / ".venv").exists()
    assert not environment.is_ready(checkout) and environment.is_ready(checkout, environment.LOWEST)


def test_inside_the_lowest_environment_it_goes_on(calls, checkout, monkeypatch):
    lowest_list(checkout)
    monkeypatch.setattr(environment, "kind", lambda: "venv")
    monkeypatch.setattr(sys, "prefix", str(checkout / ".venv-lowest"))
    monkeypatch.setattr(environment, "complete", lambda *_: calls.append("complete"))
    environment.enter(["test", "--lowest"])
    assert calls == ["complete"]


def test_kinds(monkeypatch, tmp_path):
    monkeypatch.delenv("COLAB_RELEASE_TAG", raising=False)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "base_prefix", "/elsewhere")
    assert environment.kind() == "venv"
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    assert environment.kind() == "system"
    (tmp_path / "conda-meta").mkdir()
    assert environment.kind() == "conda"
    monkeypatch.setenv("COLAB_RELEASE_TAG", "release")
    assert environment.kind() == "colab"


def test_variables_put_the_checkout_first_and_paths_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", f"/other{os.pathsep}{tmp_path}")
    monkeypatch.setenv("SEGCOURSE_MANUAL_DIR", "../shared/data")
    monkeypatch.delenv("SEGCOURSE_DATA_DIR", raising=False)
    found = environment.variables(tmp_path)
    assert found["PYTHONPATH"] == f"{tmp_path}{os.pathsep}/other"
    assert found["SEGCOURSE_MANUAL_DIR"] == str(tmp_path.parent / "shared" / "data")
    assert "SEGCOURSE_DATA_DIR" not in found


@pytest.mark.skipif(os.name == "nt", reason="Windows has no exec")
def test_reexecute_passes_arguments_and_variables(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(os, "execve", lambda *arguments: seen.append(arguments))
    python = environment.local_python(tmp_path / ".venv")
    environment.reexecute(python, tmp_path, ["lab", "--port=1"])
    path, command, variables = seen[0]
    assert command == [str(python), "-m", "segcourse", "lab", "--port=1"]
    assert variables["VIRTUAL_ENV"] == str(tmp_path / ".venv")
    assert variables["PATH"].startswith(str(python.parent))


def test_child_on_windows_passes_its_status_on():
    with pytest.raises(SystemExit) as end:
        environment._go_on_in_a_child([sys.executable, "-c", "raise SystemExit(7)"], None)
    assert end.value.code == 7


def test_a_second_set_up_waits_for_the_first(checkout, capfd):
    """The lock is the system's: it is gone with the process that held it."""
    pytest.importorskip("fcntl")
    code = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from segcourse.command import environment\n"
        "with environment.setup_lock(Path(sys.argv[1])):\n"
        "    print('held', flush=True); time.sleep(0.5)\n"
    )
    folder = os.path.dirname(os.path.dirname(os.path.dirname(environment.__file__)))
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(checkout)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": folder},
    )
    holder.stdout.readline()
    with environment.setup_lock(checkout):
        assert holder.wait(5) == 0
    assert "Waiting" in capfd.readouterr().err
