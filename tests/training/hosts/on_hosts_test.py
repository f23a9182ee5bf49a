"""Two processes on loopback train as one does; one is killed, the other says so and stops."""

import json
import socket
import time
from pathlib import Path

import keras
import numpy as np
import pytest

from segcourse.training.hosts import on_hosts as hosts
from tests import forks

EPOCHS = 6


@pytest.fixture(scope="module")
def jax():
    """Hosts join through JAX: what needs it runs where requirements-dev.txt is installed."""
    return pytest.importorskip("jax", reason="needs JAX (pip install -r requirements-dev.txt)")


@pytest.fixture(scope="module")
def start(jax):
    """A function that starts a process of a job."""
    settings = dict(KERAS_BACKEND="jax", SEGCOURSE_QUIET="1", XLA_FLAGS="")
    with forks.server("tests.training.hosts.host", **settings) as begin:

        def start(port, processes, index, folder, result):
            return begin(f"127.0.0.1:{port}", processes, index, folder, result, EPOCHS)

        yield start


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def ended_well(*processes):
    for process in processes:
        said = process.wait(timeout=600)
        assert process.returncode == 0, said[-3000:]


def job(start, folder, results):
    port = free_port()
    return [start(port, 2, index, folder, results[index]) for index in (0, 1)]


def read(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))


def same(one, other):
    for a, b in zip(one["history"], other["history"], strict=True):
        for name in ("loss", "val_loss", "val_mean_iou", "learning_rate"):
            assert b[name] == pytest.approx(a[name], rel=1e-5, abs=1e-9)
    assert other["mean_iou"] == pytest.approx(one["mean_iou"], rel=1e-6)
    np.testing.assert_array_equal(one["predicted"], other["predicted"])
    for a, b in zip(one["weights"], other["weights"], strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-3, atol=1e-5)


@pytest.fixture(scope="module")
def alone(start, tmp_path_factory):
    """A run of one process: begun when it is first asked for, and waited for in the end."""
    folder = tmp_path_factory.mktemp("alone")
    process = start(0, 1, 0, folder / "run", folder / "found.json")

    def found():
        ended_well(process)
        return read(folder / "found.json")

    return found


@pytest.mark.parametrize("killed", [0, 1])
def test_a_job_of_two_is_killed_and_resumed_and_ends_as_one_process(start, alone, killed, tmp_path):
    results = [tmp_path / "0.json", tmp_path / "1.json"]
    folder = tmp_path / "job"
    both = job(start, folder, results)
    other = both[1 - killed]
    end = time.monotonic() + 600
    while not any(folder.glob("epoch_*.npz")):
        assert both[0].poll() is None, both[0].said()
        assert time.monotonic() < end
        time.sleep(0.01)
    both[killed].kill()
    at = time.monotonic()
    said = other.wait(timeout=600)
    both[killed].wait(timeout=60)
    assert time.monotonic() - at < 60
    assert other.returncode != 0 and not any(result.exists() for result in results)
    # Who loses the coordinator is ended by JAX, in its words where it is quicker than the course.
    signs = ["Another process of the job has ended"]
    signs += ["process 0 of the job, at 127.0.0.1:"] if killed == 0 else [str(folder)]
    found = [sign for sign in signs if sign in said]
    if killed == 0 and not found:
        assert "indicates that another task died" in said, said[-3000:]
    else:
        assert found == signs if killed else found, said[-3000:]
        assert "they go on from the last checkpoint" in said

    ended_well(*job(start, folder, results))
    one, first, second = alone(), *map(read, results)
    assert first["resumed"] != [None, 0]
    same(one, first)
    same(one, second)
    # Process 0 alone has written: each file once, and nothing half written.
    assert not list(tmp_path.rglob("*.part"))
    lines = (tmp_path / "job.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + EPOCHS


def test_an_address_nobody_listens_at_is_named(monkeypatch):
    monkeypatch.setattr(keras.config, "backend", lambda: "jax")
    port = free_port()
    start = time.monotonic()
    with pytest.raises(ConnectionError, match=f"nobody listens at 127.0.0.1:{port}"):
        hosts.join_hosts(f"127.0.0.1:{port}", 2, 1, timeout=0.5)
    assert time.monotonic() - start < 10


def test_bad_arguments_are_named(monkeypatch):
    with pytest.raises(ValueError, match="`index` must be from 0 to 1"):
        hosts.join_hosts("127.0.0.1:9", 2, 2)
    with pytest.raises(ValueError, match='`coordinator` must be "host:port"'):
        hosts.join_hosts("somewhere", 2, 0)
    with pytest.raises(ValueError, match="with a port from 1 to 65535. Received: .*:65536"):
        hosts.join_hosts("127.0.0.1:65536", 2, 0)
    monkeypatch.setattr(keras.config, "backend", lambda: "tensorflow")
    with pytest.raises(ValueError, match="must use the JAX backend"):
        hosts.join_hosts("127.0.0.1:9", 2, 1)


def test_all_waiting_together_takes_the_timeout_and_the_reason_is_told(jax, monkeypatch):
    now, patience = [0.0], []

    def wait(*args):
        now[0] += 7.0

    def initialize(*args, initialization_timeout, **options):
        patience.append(initialization_timeout)
        raise RuntimeError("DEADLINE_EXCEEDED: Barrier timed out\nand more")

    monkeypatch.setattr(keras.config, "backend", lambda: "jax")
    monkeypatch.setattr(hosts.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(hosts, "_wait_for", wait)
    monkeypatch.setattr(jax.distributed, "initialize", initialize)
    with pytest.raises(ConnectionError, match=r"within 10 seconds. \(DEADLINE.* timed out\)$"):
        hosts.join_hosts("127.0.0.1:9", 2, 1, timeout=10.0)
    assert patience == [3]


def test_the_script_takes_its_arguments(monkeypatch, capsys):
    from segcourse.training import several_hosts

    given = ["--coordinator", "a:1", "--processes", "2", "--index", "1", "--checkpoint", "here"]
    options = several_hosts._options(given)
    assert (options.coordinator, options.processes, options.index) == ("a:1", 2, 1)
    with pytest.raises(SystemExit):
        several_hosts._options(given[:-2])
    assert "--checkpoint" in capsys.readouterr().err


def test_what_is_no_loss_of_a_process_stays_what_it_is():
    with pytest.raises(ValueError, match="the zoom is wrong"), hosts._others_may_go("folder"):
        raise ValueError("the zoom is wrong")
    with pytest.raises(ConnectionError, match="last checkpoint in folder"):
        with hosts._others_may_go("folder"):
            raise ValueError("UNKNOWN: Gloo AllGather failed: Connection reset by peer")
