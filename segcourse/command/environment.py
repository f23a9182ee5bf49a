"""The environment the course runs in: found, made, finished, entered.

Standard library only, in words that Python 3.7 also reads: this runs before anything is installed.

Outside any environment, `.venv` in the checkout is made from requirements.txt. Inside a virtual
environment, a conda environment or Colab, that one is used and what it lacks is installed there.
For `test --lowest` there is always an environment of its own, `.venv-lowest`.
"""

import contextlib
import errno
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections import deque
from pathlib import Path

PYTHONS = ((3, 11), (3, 12), (3, 13))
STAMP = "segcourse-requirements.sha256"


class Kit:
    """An environment in the checkout: its folder, and the list of packages it is made from."""

    def __init__(self, name, requirements, mark):
        self.name = name
        self.requirements = requirements
        self.mark = mark  # name of the file that says that a set-up has begun and not ended


TESTED = Kit(".venv", "requirements.txt", "setup-unfinished")
LOWEST = Kit(".venv-lowest", "constraints/lowest.txt", "setup-unfinished-lowest")


class Stop(Exception):
    """Ends a command with one message for the user and an exit status."""

    def __init__(self, message, status=1):
        super().__init__(message)
        self.status = status


# Where things are


def root():
    """The checkout: the folder with requirements.txt, notebooks/ and segcourse/."""
    package = Path(__file__).resolve().parents[2]
    here = Path.cwd()
    for folder in (package, here, *here.parents):
        if (folder / "requirements.txt").is_file() and (folder / "segcourse").is_dir():
            return folder
    raise Stop("no checkout of the course here. Change into the folder that holds notebooks/.")


def local_python(venv):
    """Path of the interpreter of the virtual environment `venv`, there or not."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def kind():
    """What this interpreter belongs to: "colab", "conda", "venv" or "system"."""
    if "COLAB_RELEASE_TAG" in os.environ or "google.colab" in sys.modules:
        return "colab"
    if sys.prefix != sys.base_prefix:
        return "venv"
    if os.path.isdir(os.path.join(sys.prefix, "conda-meta")):
        return "conda"
    return "system"


def variables(folder):
    """The environment of child processes: this checkout is imported first, paths are absolute."""
    found = dict(os.environ)
    paths = [p for p in found.get("PYTHONPATH", "").split(os.pathsep) if p and p != str(folder)]
    found["PYTHONPATH"] = os.pathsep.join([str(folder), *paths])
    # A python3 kernel that the user once registered for another Python must not be taken.
    found["JUPYTER_PREFER_ENV_PATH"] = "1"
    found.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    found.pop("MPLBACKEND", None)  # pictures go into the notebook
    for name in ("SEGCOURSE_MANUAL_DIR", "SEGCOURSE_DATA_DIR", "SEGCOURSE_PROGRESS_FILE"):
        if found.get(name):
            found[name] = os.path.abspath(os.path.expanduser(found[name]))
    return found


# The right Python


def require_python(arguments):
    """Stop on a Python that the course cannot run on, unless `.venv` stands ready for it."""
    if sys.version_info[:2] in PYTHONS:
        return
    if kind() == "system" and is_ready(root()):
        reexecute(local_python(root() / ".venv"), root(), arguments)
    raise Stop(wrong_python(sys.version.split()[0], other_python(), kind(), " ".join(arguments)))


def other_python(usable="import sys"):
    """A command that starts a suitable Python where `usable` runs, or None."""
    probe = f"{usable}; print('%d.%d' % sys.version_info[:2])"
    for version in reversed(PYTHONS):
        name = "{}.{}".format(*version)
        command = ["py", "-" + name] if os.name == "nt" else ["python" + name]
        try:
            # Trying it tells a working Python from a shim that only bears the name.
            answer = subprocess.run(
                [*command, "-c", probe],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=20,
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if answer.returncode == 0 and answer.stdout.decode().strip() == name:
            return " ".join(command)
    return None


def wrong_python(version, other, where, arguments):
    """The message for a Python outside 3.11-3.13."""
    lines = [
        f"this is Python {version}. The course needs Python 3.11, 3.12 or 3.13: "
        "TensorFlow and Keras have no release for others."
    ]
    if where == "conda":
        lines += [
            "Make a conda environment with one of them:",
            "    conda create -n segcourse python=3.12",
            "    conda activate segcourse",
        ]
    elif where == "venv":
        lines += ["Leave this virtual environment (deactivate), or make it anew with one of them."]
    if other:
        lines += ["One is installed here. Run", f"    {other} -m segcourse {arguments}"]
    else:
        lines += [
            "Install one, then run the command again with it:",
            "    Windows        winget install Python.Python.3.12  (then: py -3.12 -m segcourse)",
            "    macOS          brew install python@3.12           (then: python3.12 -m segcourse)",
            "    Debian/Ubuntu  sudo apt install python3.12 python3.12-venv",
            "    all            https://www.python.org/downloads/",
        ]
    return "\n".join(lines)


# Entering


def enter(arguments):
    """Go on inside an environment that has everything; returns where this process is inside one.

    Otherwise the command starts again inside `.venv` (with `test --lowest`, inside
    `.venv-lowest`), and this call does not return.
    """
    folder = root()
    where = kind()
    kit = LOWEST if arguments[:1] == ["test"] and "--lowest" in arguments else TESTED
    if where != "system" and (kit is TESTED or is_inside(folder, kit)):
        complete(folder, where)
        os.environ.update(variables(folder))
        return
    if not is_ready(folder, kit):
        with setup_lock(folder, kit) as lock:
            if not is_ready(folder, kit):  # another process may have finished it meanwhile
                set_up(folder, lock, kit)
    reexecute(local_python(folder / kit.name), folder, arguments)


def is_inside(folder, kit):
    """Whether this interpreter belongs to the environment of the checkout."""
    return os.path.realpath(sys.prefix) == os.path.realpath(str(folder / kit.name))


def reexecute(python, folder, arguments):
    """Replace this process by `python -m segcourse arguments`."""
    found = variables(folder)
    found["VIRTUAL_ENV"] = str(python.parents[1])
    found["PATH"] = str(python.parent) + os.pathsep + found.get("PATH", "")
    command = [str(python), "-m", "segcourse", *arguments]
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "nt":
        _go_on_in_a_child(command, found)
    else:
        os.execve(command[0], command, found)


def _go_on_in_a_child(command, variables):
    """What Windows has for exec. Ctrl-C reaches both processes; the inner one answers it."""
    child = subprocess.Popen(command, env=variables)
    while True:
        try:
            sys.exit(child.wait())
        except KeyboardInterrupt:
            continue


# .venv and .venv-lowest


def fingerprint(folder, kit=TESTED):
    """Hash of the list of packages, the same for both kinds of line ends."""
    text = (folder / kit.requirements).read_text(encoding="utf-8")
    return hashlib.sha256(text.encode()).hexdigest()


def is_ready(folder, kit=TESTED):
    """Whether the environment was set up to the end, from the list of packages of now."""
    stamp = folder / kit.name / STAMP
    if not (stamp.is_file() and local_python(folder / kit.name).exists()):
        return False
    return stamp.read_text(encoding="utf-8").strip() == fingerprint(folder, kit)


@contextlib.contextmanager
def setup_lock(folder, kit=TESTED):
    """Hold `.segcourse/setup.lock`, so that one set-up at a time writes an environment.

    The system lets go of it when the process ends, however it ends; nothing is written into the
    file. Gives the `Unfinished` mark, a file beside it, which stays where a set-up is broken off.
    """
    (folder / ".segcourse").mkdir(exist_ok=True)
    path = folder / ".segcourse" / "setup.lock"
    with open(path, "a+", encoding="utf-8") as file:
        file.seek(0)
        if os.name == "nt":
            import msvcrt

            while True:
                with contextlib.suppress(OSError):  # it gives up after ten seconds
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                say("Another set-up is under way here. Waiting for it.")
                fcntl.flock(file, fcntl.LOCK_EX)
        yield Unfinished(folder, kit)


class Unfinished:
    """The mark of a set-up that has begun and not ended."""

    def __init__(self, folder, kit=TESTED):
        self.name = kit.name
        self.path = folder / ".segcourse" / kit.mark

    def is_set(self):
        return self.path.exists()

    def set(self):
        self.path.write_text(f"The set-up of {self.name} has not ended.\n", encoding="utf-8")

    def clear(self):
        self.path.unlink()


def set_up(folder, unfinished, kit=TESTED):
    """Make an environment, or finish it, from its list of packages; the stamp is written last."""
    venv = folder / kit.name
    try:
        # pip takes a package for installed that an interruption left half-copied, so a set-up
        # of ours that was broken off starts anew. A .venv made by the user is kept, if it works.
        keep = venv.exists() and not unfinished.is_set() and has_pip(local_python(venv))
        if not keep:
            require_venv_module()
        say(
            f"Setting up {kit.name} in {folder} (once): about 3 GB, a few minutes. "
            "Breaking off is safe: the next call finishes it."
        )
        unfinished.set()
        if not keep:
            make_venv(venv)
        pip_install(local_python(venv), ["-r", str(folder / kit.requirements)])
        (venv / STAMP).write_text(fingerprint(folder, kit) + "\n", encoding="utf-8")
        unfinished.clear()
        say("Set-up done.")
    except OSError as error:
        raise Stop(cannot_write(error, folder)) from None


def make_venv(venv):
    """A new, empty virtual environment with pip."""
    if venv.is_symlink() or venv.is_file():
        venv.unlink()
    elif venv.exists():
        shutil.rmtree(str(venv))
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(venv)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if made.returncode:
        output = made.stdout.decode(errors="replace").splitlines()
        raise Stop(explain(output, "python -m venv did not end well"))


def require_venv_module():
    """Stop where Python was installed without venv or ensurepip, as Debian does."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    other = other_python("import sys, venv, ensurepip")
    raise Stop(
        "this Python ({}) came without its venv and ensurepip modules. Install them:\n"
        "    sudo apt install python{}.{}-venv\n".format(sys.executable, *sys.version_info[:2])
        + (f"or use a Python that has them:\n    {other} -m segcourse" if other else "")
    )


# A given environment


def complete(folder, where):
    """Install in this environment what the course needs and it lacks."""
    lacking = missing(ranges(folder))
    unfinished = Unfinished(folder)
    if is_inside(folder, TESTED) and unfinished.is_set():
        raise Stop(
            "the set-up of .venv was broken off. Run this with the Python it was made with "
            "(deactivate it first), which finishes it, or delete the folder .venv."
        )
    if not lacking:
        return
    say("Installing what {} lacks: {}".format(sys.prefix, ", ".join(lacking)))
    try:
        # A plain virtual environment gets the tested versions. Colab and conda bring packages
        # of their own, TensorFlow above all, which are not to be replaced.
        pinned = ["-r", str(folder / "requirements.txt")]
        pip_install(Path(sys.executable), pinned if where == "venv" else lacking)
    except OSError as error:
        raise Stop(cannot_write(error, Path(sys.prefix))) from None


def ranges(folder):
    """The dependencies of pyproject.toml: "name>=version", some with ",<version" behind it."""
    import tomllib

    text = (folder / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["project"]["dependencies"]


def missing(requirements):
    """Those of `requirements` ("name>=version" or "name>=version,<version") that are not met."""
    from importlib import metadata

    found = []
    for requirement in requirements:
        pattern = r"([\w.-]+)>=([\d.]+)(?:,<([\d.]+))?"
        name, least, below = re.fullmatch(pattern, requirement).groups()
        try:
            version = metadata.version(name) or "0"
        except metadata.PackageNotFoundError:
            version = "0"
        too_new = below is not None and release(version) >= release(below)
        if release(version) < release(least) or too_new:
            found.append(requirement)
    return found


def release(version):
    """The numbers of a version: "2.18.0rc1" -> (2, 18)."""
    numbers = [int(n) for n in re.match(r"\d+(?:\.\d+)*", version).group().split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


# pip


def has_pip(python):
    """Whether `python` starts, is of a right version and has pip."""
    probe = f"import sys, pip; sys.exit(sys.version_info[:2] not in {PYTHONS!r})"
    try:
        return not subprocess.run(
            [str(python), "-c", probe],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ).returncode
    except OSError:
        return False


def pip_install(python, arguments):
    """Run pip and show how far it is; its own words are kept for the error message."""
    if not has_pip(python):  # environments made by uv have none
        subprocess.run([str(python), "-m", "ensurepip"], stdout=subprocess.DEVNULL)
    process = subprocess.Popen(
        [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        + ["--progress-bar=off", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    tail = deque(maxlen=200)
    try:
        for raw in process.stdout:
            tail.append(raw.decode(errors="replace").rstrip())
            show_progress(tail[-1])
        status = process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        raise Stop("set-up interrupted; the next call finishes it.", 130) from None
    finally:
        show_progress("")
    if status:
        raise Stop(explain(tail, "pip did not end well"))


def show_progress(line):
    """One line that follows pip on a terminal; elsewhere, a line for each long step."""
    step = re.match(r"\s*(Collecting|Downloading|Installing collected packages)\S* *(\S*)", line)
    terminal = sys.stderr.isatty()
    if step and step.group(1).startswith("Installing"):
        say("\r\033[K  installing {} packages".format(line.count(",") + 1)[0 if terminal else 4 :])
    elif terminal and (step or not line):
        text = "  {} {}".format(*step.groups()).lower() if step else ""
        sys.stderr.write("\r\033[K" + text[:78])
        sys.stderr.flush()


def explain(output, otherwise):
    """One error message from what pip or venv printed."""
    text = "\n".join(output)
    if "No space left on device" in text or "not enough space on the disk" in text:
        return (
            "the disk is full. The set-up needs about 4 GB while it runs and 3 GB after, in the "
            "checkout and in the temporary folder. Make room and run the same command again."
        )
    if re.search(
        "NewConnectionError|NameResolutionError|Failed to establish|name resolution|"
        "Max retries exceeded|Connection (refused|reset|aborted|broken|to .* timed)|"
        "ConnectTimeout|ReadTimeout|Read timed out|ProxyError|unreachable|getaddrinfo",
        text,
    ):
        return (
            "the packages could not be downloaded: no connection. The set-up needs the network "
            "once. Connect (behind a proxy, set HTTPS_PROXY) and run the same command again."
        )
    if "Permission denied" in text:
        return "the environment cannot be written to: permission denied."
    if "No matching distribution" in text:
        import platform

        here = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
        otherwise = f"a package has no release for this system ({here})"
    said = [line for line in output if line.strip()]
    errors = [line for line in said if line.lower().startswith("error")] or said[-3:]
    return "\n    ".join([otherwise + ":", *errors[-3:]])


def cannot_write(error, folder):
    """The message for an OSError of the set-up."""
    if error.errno == errno.ENOSPC:
        return explain(["No space left on device"], "")
    return f"cannot write in {folder}: {error.strerror or error}."


def say(text):
    """A line about the set-up; on stderr, so that a command's output stays its own."""
    print(text, file=sys.stderr, flush=True)
