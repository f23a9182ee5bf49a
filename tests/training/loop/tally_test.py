import json
from dataclasses import asdict

from segcourse.training.loop.tally import Tally


def test_one_stretch_keeps_its_loss_to_the_last_bit():
    loss = 0.1 + 0.2
    tally = Tally()
    tally.add(3, loss, 7, 1.5)
    assert tally.mean == loss and loss * 7 / 7 != loss
    assert (tally.step, tally.images, tally.seconds) == (3, 7, 1.5)


def test_several_make_the_mean_over_the_images():
    tally = Tally()
    tally.add(1, 3.0, 2, 1.0)
    tally.add(2, 1.0, 6, 1.0)
    assert (tally.mean, tally.step, tally.images, tally.seconds) == (1.5, 2, 8, 2.0)


def test_from_a_checkpoint_it_goes_on():
    tally = Tally()
    tally.add(1, 3.0, 2, 1.0)
    state = json.loads(json.dumps({**asdict(tally), "epoch": 4, "history": []}))
    assert set(state) == {"step", "loss", "images", "seconds", "epoch", "history"}
    again = Tally.of(state)
    assert again.mean == 3.0  # also if there is no time for another stretch
    again.add(2, 1.0, 6, 1.0)
    assert again.mean == 1.5
