import json
from dataclasses import asdict

from segcourse.training.loop.epoch_totals import EpochTotals


def test_one_chunk_keeps_its_loss_to_the_last_bit():
    loss = 0.1 + 0.2
    totals = EpochTotals()
    totals.add(3, loss, 7, 1.5)
    assert totals.mean == loss and loss * 7 / 7 != loss
    assert (totals.step, totals.images, totals.seconds) == (3, 7, 1.5)


def test_several_make_the_mean_over_the_images():
    totals = EpochTotals()
    totals.add(1, 3.0, 2, 1.0)
    totals.add(2, 1.0, 6, 1.0)
    assert (totals.mean, totals.step, totals.images, totals.seconds) == (1.5, 2, 8, 2.0)


def test_from_a_checkpoint_it_goes_on():
    totals = EpochTotals()
    totals.add(1, 3.0, 2, 1.0)
    state = json.loads(json.dumps({**asdict(totals), "epoch": 4, "history": []}))
    assert set(state) == {"step", "loss", "images", "seconds", "epoch", "history"}
    again = EpochTotals.of(state)
    assert again.mean == 3.0  # also if there is no time for another chunk
    again.add(2, 1.0, 6, 1.0)
    assert again.mean == 1.5
