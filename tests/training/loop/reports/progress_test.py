import keras
import pytest

from segcourse.training.loop.reports.progress import (
    Diverged,
    ProgressBar,
    StepWatcher,
    say_what_is_frozen,
)


def walk(bar):
    bar.begin(1)
    bar.step(3, 0.5)
    bar.end(1, 0.25)
    bar.mean_iou(0.6125)
    bar.close()


def test_a_person_reads_epoch_loss_speed_and_mean_iou(capsys, monkeypatch):
    monkeypatch.delenv("SEGCOURSE_QUIET", raising=False)
    walk(ProgressBar(epochs=2, images=10, batch_size=4, done=1))
    last = capsys.readouterr().err.strip().split("\r")[-1]
    for part in ("epoch 2/2", "100%", "loss 0.250", "val mean IoU 0.61", "images/s", "left"):
        assert part in last, last


def test_quiet_means_nothing_at_all(capsys, monkeypatch):
    monkeypatch.setenv("SEGCOURSE_QUIET", "1")
    walk(ProgressBar(epochs=2, images=10, batch_size=4, done=1))
    assert capsys.readouterr().err == ""


def test_the_step_with_a_loss_that_is_no_number_is_named(monkeypatch):
    monkeypatch.setenv("SEGCOURSE_QUIET", "1")
    watcher = StepWatcher(ProgressBar(epochs=1, images=4, batch_size=2))
    with pytest.raises(Diverged) as caught:
        watcher.on_train_batch_end(1, {"loss": float("nan")})
    assert caught.value.step == 2


def test_the_speed_is_that_of_the_training(capsys, monkeypatch):
    from segcourse.training.loop.reports import progress

    monkeypatch.delenv("SEGCOURSE_QUIET", raising=False)
    now = [0.0]
    monkeypatch.setattr(progress.time, "perf_counter", lambda: now[0])
    bar = ProgressBar(epochs=2, images=1000, batch_size=4)
    bar.begin(0)
    now[0] = 2.0
    bar.end(0, 0.25, images=600)  # cut short
    now[0] = 50.0  # the validation
    bar.mean_iou(0.5)
    bar.close()
    said = capsys.readouterr().err
    assert "300 images/s" in said.split("\r")[-1], said


def test_of_several_processes_one_shows_it(capsys, monkeypatch):
    monkeypatch.delenv("SEGCOURSE_QUIET", raising=False)
    walk(ProgressBar(epochs=2, images=10, batch_size=4, shown=False))
    assert capsys.readouterr().err == ""


def test_it_says_what_is_frozen(capsys, monkeypatch):
    monkeypatch.delenv("SEGCOURSE_QUIET", raising=False)
    images = keras.Input((8, 8, 3))
    inner = keras.layers.Conv2D(4, 1, trainable=False)
    model = keras.Model(images, keras.layers.Conv2D(2, 1)(inner(images)))
    say_what_is_frozen(model)
    assert capsys.readouterr().err == "1 of 2 layers with weights are frozen, 16 of 26 weights\n"
    inner.trainable = True
    say_what_is_frozen(model)
    inner.trainable = False
    monkeypatch.setenv("SEGCOURSE_QUIET", "1")
    say_what_is_frozen(model)
    assert capsys.readouterr().err == ""
