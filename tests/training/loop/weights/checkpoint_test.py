import errno
import importlib
import shutil
import signal
import time

import keras
import numpy as np
import pytest

from segcourse.training import Recipe, fit
from segcourse.training.loop.epoch_trainer import EpochTrainer
from tests import forks
from tests.training import runs

EPOCHS = 16  # of the run that is killed
checkpoint = importlib.import_module("segcourse.training.loop.weights.checkpoint")


def tiny(classes=2, filters=3):
    """Small enough to train in no time; dropout for a seed generator."""
    return keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            keras.layers.Conv2D(filters, 1),
            keras.layers.Dropout(0.5),
            keras.layers.Conv2D(classes, 1),
        ]
    )


def train(folder, model=None, data=None, **changes):
    model = model or tiny()
    recipe = Recipe(**{"epochs": 2, "learning_rate": 0.01, "checkpoint": folder, **changes})
    return model, fit(model, data or runs.data(), recipe=recipe)


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A function that gives the model of a run of so many epochs, and the folder it wrote."""
    found = {}

    def after(epochs):
        if epochs not in found:
            folder = tmp_path_factory.mktemp("trained")
            found[epochs] = train(folder, epochs=epochs)[0], folder
        return found[epochs]

    return after


@pytest.fixture
def two_epochs(trained, tmp_path):
    """The model of a run of two epochs, in `tmp_path` what it wrote."""
    return copied(trained(2), tmp_path)


@pytest.fixture
def three_epochs(trained, tmp_path):
    return copied(trained(3), tmp_path)


def copied(run, folder):
    shutil.copytree(run[1], folder, dirs_exist_ok=True)
    return run[0]


def test_two_files_are_kept_and_nothing_else(tmp_path):
    train(tmp_path / "deep" / "folder", epochs=3)
    names = sorted(path.name for path in (tmp_path / "deep" / "folder").iterdir())
    assert names == ["epoch_00002.npz", "epoch_00003.npz"]


def test_it_holds_plain_arrays_without_pickle(two_epochs, tmp_path):
    model = two_epochs
    with np.load(tmp_path / "epoch_00002.npz", allow_pickle=False) as file:
        arrays = [file[name] for name in file.files if name != "state"]
    expected = [*model.variables, *model.optimizer.variables]
    assert all(map(np.array_equal, arrays, map(keras.ops.convert_to_numpy, expected)))
    assert any(variable.name == "seed_generator_state" for variable in expected)


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: whole[: len(whole) // 2],
        lambda whole: b"",
        lambda whole: whole[:600] + bytes([whole[600] ^ 1]) + whole[601:],
    ],
    ids=["cut short", "empty", "one bit"],
)
def test_a_damaged_newest_falls_back_to_the_one_before(three_epochs, tmp_path, damage):
    whole = three_epochs
    newest = tmp_path / "epoch_00003.npz"
    damaged = damage(newest.read_bytes())
    newest.write_bytes(damaged)
    with pytest.warns(UserWarning, match="epoch_00003.npz.damaged .*going on from epoch_00002"):
        again, history = train(tmp_path, epochs=3)
    assert history.resumed_from == 2
    assert all(map(np.array_equal, runs.weights(whole), runs.weights(again)))
    assert (tmp_path / "epoch_00003.npz.damaged").read_bytes() == damaged


def test_all_damaged_starts_anew_and_keeps_them_aside(three_epochs, tmp_path):
    names = ("epoch_00002.npz", "epoch_00003.npz")
    for name in names:
        (tmp_path / name).write_bytes(name.encode())
    with pytest.warns(UserWarning, match="starting anew") as said:
        _, history = train(tmp_path, epochs=3)
    (warning,) = [str(one.message) for one in said if "Damaged" in str(one.message)]
    assert "going on" not in warning
    assert history.resumed_from is None and len(history.epochs) == 3
    for name in names:
        assert (tmp_path / f"{name}.damaged").read_bytes() == name.encode()
    assert train(tmp_path, epochs=3)[1].resumed_from == 3


def one_pixel_else(which):
    """The usual data, but one value of the images (0) or of the labels (1)."""
    data = [array.copy() for array in runs.data()]
    data[which].flat[-1] ^= 1
    return tuple(data)


def test_labels_of_another_integer_type_are_the_same_data(two_epochs, tmp_path):
    images, labels = runs.data()
    _, history = train(tmp_path, data=(np.asfortranarray(images), labels.astype("int64")))
    assert history.resumed_from == 2


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"learning_rate": 0.02}, "learning_rate: 0.01 there, 0.02 here"),
        ({"seed": 5}, "seed: 0 there, 5 here"),
        ({"optimizer": "sgd"}, "'adamw' there, 'sgd' here"),
        ({"model": lambda: tiny(filters=5)}, "differs in model weights"),
        ({"data": runs.data(5)}, "differs in data images: .*12, 8, 8, 3.* there, .*5, 8, 8, 3"),
        ({"data": one_pixel_else(0)}, "differs in data images: .* crc32 .* here$"),
        ({"data": one_pixel_else(1)}, "differs in data labels: .* crc32 .* here$"),
        ({"epochs": 1}, "`epochs` must be at least the 2"),
    ],
)
def test_a_checkpoint_of_another_run_is_refused_and_kept(two_epochs, tmp_path, changes, says):
    before = (tmp_path / "epoch_00002.npz").read_bytes()
    if "model" in changes:
        changes = {**changes, "model": changes["model"]()}
    with pytest.raises(ValueError, match=says):
        train(tmp_path, **changes)
    assert (tmp_path / "epoch_00002.npz").read_bytes() == before


def test_epochs_can_not_be_added_to_a_schedule_that_ends(tmp_path):
    train(tmp_path, schedule="cosine")
    with pytest.raises(ValueError, match="epochs: 2 there, 3 here"):
        train(tmp_path, schedule="cosine", epochs=3)


def test_a_folder_that_is_none_is_an_error_before_training(tmp_path):
    (tmp_path / "file").write_text("I was here first")
    with pytest.raises(OSError, match="Nothing was trained.*Received: checkpoint="):
        train(tmp_path / "file")
    assert (tmp_path / "file").read_text() == "I was here first"


def test_a_folder_without_room_is_an_error_before_training(tmp_path, monkeypatch):
    usage = type("usage", (), {"free": 100})
    monkeypatch.setattr(checkpoint.shutil, "disk_usage", lambda folder: usage)
    with pytest.raises(OSError, match="must have room for .* Nothing was trained"):
        train(tmp_path)


def test_a_disk_that_fills_up_keeps_the_earlier_checkpoints(tmp_path, monkeypatch):
    train(tmp_path, epochs=1)
    before = (tmp_path / "epoch_00001.npz").read_bytes()

    def full(file, **arrays):
        file.write(b"half of it")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(checkpoint.np, "savez", full)
    with pytest.raises(OSError, match="epoch 2 could not be written.*Earlier checkpoints are kept"):
        train(tmp_path, epochs=2)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "epoch_00001.npz": before
    }


def test_what_a_kill_left_half_written_is_cleared_away(tmp_path):
    (tmp_path / ".epoch_00007.npz.0.part").write_bytes(b"half")
    _, history = train(tmp_path)
    assert history.resumed_from is None
    assert not list(tmp_path.glob("*.part"))


def wait_for(folder, epoch, process):
    """Until the checkpoint of an epoch, or a later one, stands."""
    end = time.monotonic() + 240
    while not any(int(path.stem.split("_")[1]) >= epoch for path in folder.glob("epoch_*.npz")):
        assert process.poll() is None, process.said()
        assert time.monotonic() < end, "no checkpoint in time"
        time.sleep(0.002)


def test_killed_and_interrupted_and_resumed_ends_with_the_same_weights(tmp_path):
    folder = tmp_path / "killed"
    with forks.server("tests.training.runs", SEGCOURSE_QUIET="1") as start:
        whole = start(tmp_path / "whole", EPOCHS, tmp_path / "whole.npz")
        for epoch, sent in ((2, signal.SIGKILL), (9, signal.SIGINT)):
            process = start(folder, EPOCHS, tmp_path / "none.npz")
            wait_for(folder, epoch, process)
            time.sleep(0.013)  # into the next epoch
            process.send_signal(sent)
            said = process.wait(timeout=240)
            assert process.returncode != 0
            assert not (tmp_path / "none.npz").exists()
            assert sent == signal.SIGKILL or said.rstrip().endswith("KeyboardInterrupt")
        resumed = start(folder, EPOCHS, tmp_path / "resumed.npz")
        for process in (whole, resumed):
            said = process.wait(timeout=240)
            assert process.returncode == 0, said
    with np.load(tmp_path / "whole.npz") as one, np.load(tmp_path / "resumed.npz") as other:
        assert one.files == other.files
        for name in one.files:
            np.testing.assert_array_equal(one[name], other[name])


class Killed(Exception):
    """In place of a kill, to stop at a step."""


@pytest.fixture
def stop_at(monkeypatch):
    """A set of (epoch, step): a run stops before it trains on from there; nothing is tidied up."""
    real, places = EpochTrainer.steps, set()

    def watched(self, epoch, first, last):
        if (epoch, first) in places:
            raise Killed
        return real(self, epoch, first, last)

    monkeypatch.setattr(EpochTrainer, "steps", watched)
    return places


def test_it_goes_on_within_an_epoch(tmp_path, stop_at):
    def recipe(folder):
        return runs.recipe(epochs=3, checkpoint=folder, checkpoint_steps=1, ema=0.5)

    whole = runs.model()
    expected = fit(whole, runs.data(), recipe=recipe(tmp_path / "whole"))
    for place, name in (((0, 1), "epoch_00000_step_000001"), ((1, 2), "epoch_00001_step_000002")):
        stop_at.add(place)
        with pytest.raises(Killed):
            fit(runs.model(), runs.data(), recipe=recipe(tmp_path / "killed"))
        assert (tmp_path / "killed" / f"{name}.npz").exists()
        stop_at.clear()
    again = runs.model()
    history = fit(again, runs.data(), recipe=recipe(tmp_path / "killed"))
    assert (history.resumed_from, history.resumed_step) == (1, 2)
    assert all(map(np.array_equal, runs.weights(whole), runs.weights(again)))
    for one, other in zip(history.epochs, expected.epochs, strict=True):
        assert one["loss"] == pytest.approx(other["loss"], rel=1e-6)


def test_a_damaged_one_within_an_epoch_falls_back_to_the_one_before(tmp_path, stop_at):
    recipe = runs.recipe(epochs=2, checkpoint=tmp_path, checkpoint_steps=1)
    whole, again = runs.model(), runs.model()
    fit(whole, runs.data(), recipe=runs.recipe(epochs=2))
    stop_at.add((1, 2))
    with pytest.raises(Killed):
        fit(runs.model(), runs.data(), recipe=recipe)
    stop_at.clear()
    newest = tmp_path / "epoch_00001_step_000002.npz"
    newest.write_bytes(newest.read_bytes()[:1000])
    with pytest.warns(UserWarning, match="going on from epoch_00001_step_000001"):
        history = fit(again, runs.data(), recipe=recipe)
    assert (history.resumed_from, history.resumed_step) == (1, 1)
    assert all(map(np.array_equal, runs.weights(whole), runs.weights(again)))


def test_files_are_written_within_a_long_epoch_by_the_clock(tmp_path, monkeypatch):
    folder = checkpoint.CheckpointFolder
    real, names = folder.save, []

    def save(self, state):
        names.append((state["epoch"], state["step"]))
        real(self, state)

    monkeypatch.setattr(folder, "save", save)
    data = runs.data(7)
    recipe = runs.recipe(epochs=2, batch_size=1, checkpoint=tmp_path, checkpoint_seconds=1e-6)
    fit(runs.model(), data, recipe=recipe)
    assert names[-1] == (2, 0) and (1, 5) in names  # a file a step, once the time is known
    names.clear()
    recipe = runs.recipe(epochs=2, batch_size=1, checkpoint=tmp_path / "b", checkpoint_seconds=None)
    fit(runs.model(), data, recipe=recipe)
    assert names == [(1, 0), (2, 0)]


def test_other_shapes_are_refused_before_the_first_is_assigned(two_epochs, tmp_path, monkeypatch):
    monkeypatch.setattr(checkpoint.CheckpointFolder, "_check_same_run", lambda *args: None)
    model = tiny(filters=5)
    before = runs.weights(model)[0].copy()
    with pytest.raises(ValueError, match=r"same model.*\(1, 1, 3, 3\) there, \(1, 1, 3, 5\) here"):
        train(tmp_path, model)
    np.testing.assert_array_equal(before, runs.weights(model)[0])


def test_a_file_that_may_not_be_read_is_not_put_aside(two_epochs, tmp_path, monkeypatch):
    names = sorted(tmp_path.iterdir())

    def denied(path):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(checkpoint, "_read", denied)
    with pytest.raises(PermissionError, match="epoch_00002.npz"):
        train(tmp_path)
    assert sorted(tmp_path.iterdir()) == names


def test_room_for_the_best_weights_is_asked_for_too(tmp_path, monkeypatch):
    usage = type("usage", (), {"free": 350})
    monkeypatch.setattr(checkpoint.shutil, "disk_usage", lambda folder: usage)
    monkeypatch.setattr(checkpoint, "_bytes", lambda variables: 100)
    train(tmp_path / "without")  # three files
    recipe = Recipe(epochs=1, checkpoint=tmp_path / "with", patience=2)
    with pytest.raises(OSError, match="must have room for"):
        fit(tiny(), runs.data(), runs.data(), recipe)


def test_best_weights_that_cannot_be_written_say_so(tmp_path, monkeypatch):
    def full(file, **arrays):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(checkpoint.np, "savez", full)
    with pytest.raises(OSError, match="best weights, those of epoch 3, .*best.npz.*No space left"):
        checkpoint.BestWeights(tmp_path).write(3, [])
