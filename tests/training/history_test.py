from segcourse.training import History


def test_speed_is_images_over_seconds():
    epochs = [{"epoch": 1, "seconds": 3.0}, {"epoch": 2, "seconds": 1.0}]
    history = History(epochs, images_per_epoch=20, resumed_from=1)
    assert history.seconds == 4.0
    assert history.images_per_second == 10.0


def test_nothing_trained_yet():
    assert (History().seconds, History().images_per_second, History().resumed_from) == (0, 0, None)
