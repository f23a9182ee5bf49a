import csv
import importlib
import os

import pytest

from segcourse.training import Recipe, fit
from tests.training import runs


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return [{k: float(v) for k, v in row.items()} for row in csv.DictReader(file)]


def test_a_line_an_epoch_and_none_twice_after_a_resume(tmp_path):
    recipe = dict(checkpoint=tmp_path / "run", csv=tmp_path / "logs" / "run.csv")
    fit(runs.model(), runs.data(), runs.data(4), runs.recipe(epochs=2, **recipe))
    history = fit(runs.model(), runs.data(), runs.data(4), runs.recipe(epochs=3, **recipe))
    assert history.resumed_from == 2
    assert read(tmp_path / "logs" / "run.csv") == history.epochs
    assert [path.name for path in (tmp_path / "logs").iterdir()] == ["run.csv"]


def test_tensorboard_reads_the_same_numbers(tmp_path):
    import tensorflow as tf

    recipe = runs.recipe(epochs=2, tensorboard=tmp_path / "board")
    history = fit(runs.model(), runs.data(), runs.data(4), recipe)
    (file,) = (tmp_path / "board").iterdir()
    found = {}
    for record in tf.data.TFRecordDataset(str(file)):
        event = tf.compat.v1.Event.FromString(record.numpy())
        for value in event.summary.value:
            found[value.tag, event.step] = float(tf.make_ndarray(value.tensor))
    for epoch in history.epochs:
        for name, value in epoch.items():
            if name != "epoch":
                assert found.pop((name, epoch["epoch"])) == pytest.approx(value, rel=1e-6)
    assert found == {}


@pytest.mark.parametrize("argument", ["csv", "tensorboard"])
def test_a_place_that_cannot_be_written_to_is_an_error_before_training(tmp_path, argument):
    (tmp_path / "file").write_text("I was here first")
    with pytest.raises(OSError, match=f"`{argument}` must be .*Nothing was trained"):
        fit(runs.model(), runs.data(), recipe=Recipe(**{argument: tmp_path / "file" / "inside"}))


def test_a_log_that_can_no_longer_be_written_is_named(tmp_path, monkeypatch):
    module = importlib.import_module("segcourse.training.loop.reports.logs")
    logs = module.Logs(tmp_path / "run.csv")

    def full(one, other):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(
        OSError, match="`csv` must be .*No space left.*Epoch 1 could not be written"
    ):
        logs.write([{"epoch": 1, "loss": 0.5}])
