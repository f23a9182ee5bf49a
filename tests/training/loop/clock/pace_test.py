from segcourse.training.loop.clock.pace import Pace


def test_by_the_clock_the_chunk_that_compiles_is_kept_apart():
    pace = Pace(by_clock=True)
    assert pace.is_new
    pace.note(9.0)
    assert (pace.first_seconds, pace.step_seconds, pace.is_new) == (9.0, None, False)
    pace.note(1.0)
    pace.note(2.0)
    assert (pace.first_seconds, pace.step_seconds, pace.chunks) == (9.0, 2.0, 3)


def test_without_a_clock_the_first_is_taken_for_what_it_is():
    pace = Pace(by_clock=False)
    pace.note(9.0)
    assert (pace.first_seconds, pace.step_seconds) == (0.0, 9.0)


def test_resumed_it_is_not_new():
    assert not Pace(by_clock=True, first_seconds=5.0).is_new
