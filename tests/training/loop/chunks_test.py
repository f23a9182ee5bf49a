import pytest

from segcourse.training.loop.chunks import Chunks
from segcourse.training.loop.clock.pace import Pace
from segcourse.training.loop.setup.epoch_plan import EpochPlan


class Clock:
    """In place of a budget: seconds left, and steps that fit."""

    def __init__(self, left, steps):
        self.seconds_left, self.steps = left, steps

    def left(self):
        return self.seconds_left

    def steps_left(self, seconds_a_step):
        return self.steps


def cut(chunks):
    """The ends of all chunks of an epoch."""
    ends = [0]
    while ends[-1] < chunks.plan.steps:
        ends.append(chunks.end(ends[-1]))
    return ends[1:]


KNOWN = Pace(False, step_seconds=0.1)
LONG = EpochPlan(images=50, batch_size=1)


@pytest.mark.parametrize(
    ("plan", "options", "ends"),
    [
        (EpochPlan(14, 4), {}, [4]),
        (EpochPlan(14, 4, devices=2), {}, [3, 4]),  # the last batch alone
        (EpochPlan(12, 4, devices=2), {}, [3]),
        (EpochPlan(10, 1), {"every": 4}, [4, 8, 10]),
        (LONG, {"seconds": 2.0}, [20, 40, 50]),
        (LONG, {"seconds": 2.0, "every": 15}, [15, 30, 45, 50]),
        (LONG, {"seconds": 1e-6}, list(range(1, 51))),
    ],
)
def test_the_ends(plan, options, ends):
    assert cut(Chunks(plan, KNOWN, **options)) == ends


def test_before_a_step_is_timed_a_checkpoint_by_the_clock_comes_after_sixteen():
    assert Chunks(LONG, Pace(False), seconds=2.0).end(3) == 19


def test_resumed_within_an_epoch_it_ends_at_the_same_steps():
    chunks = Chunks(EpochPlan(10, 1), KNOWN, every=4)
    assert [chunks.end(first) for first in (4, 5, 7, 8, 9)] == [8, 8, 8, 10, 10]


@pytest.mark.parametrize(
    ("pace", "clock", "end"),
    [
        (Pace(True), Clock(left=-1, steps=0), 8),  # the very first is taken whatever it takes
        (Pace(True, first_seconds=5, chunks=1), Clock(left=6, steps=0), 8),
        (Pace(True, first_seconds=5, chunks=1), Clock(left=4, steps=0), None),
        (Pace(True, first_seconds=5), Clock(left=6, steps=0), 8),  # resumed, it compiles again
        (Pace(True, first_seconds=5), Clock(left=4, steps=0), None),
        (Pace(True, step_seconds=1, chunks=2), Clock(left=0, steps=3), 10),
        (Pace(True, step_seconds=1, chunks=2), Clock(left=0, steps=99), 50),
        (Pace(True, step_seconds=1, chunks=2), Clock(left=99, steps=0), None),
    ],
)
def test_by_the_clock(pace, clock, end):
    assert Chunks(LONG, pace, budget=clock).end(7) == end


def test_when_a_checkpoint_is_due():
    by_steps, by_clock = Chunks(LONG, KNOWN, every=4), Chunks(LONG, KNOWN, seconds=60.0)
    assert [by_steps.checkpoint_is_due(step, 1000.0) for step in (4, 5)] == [True, False]
    assert [by_clock.checkpoint_is_due(4, seconds) for seconds in (31.0, 29.0)] == [True, False]
    assert not Chunks(LONG, KNOWN).checkpoint_is_due(4, 1000.0)
