"""Contestants measured in turns, in one run: what holds on a busy machine is their ratio."""

import time

from stored import digits, spread


def in_turns(contestants, rounds, warm=1, clock=time.perf_counter):
    """Seconds of each contestant in each round.

    Every second round goes backwards: who comes after whom must not decide.

    Args:
        contestants: dict from a name to a function without arguments.
        rounds: how many.
        warm: rounds before them that do not count, for compiling.
        clock: what is read before and after; `time.process_time` for the processor's seconds.
    """
    times = {name: [] for name in contestants}
    for turn in range(warm + rounds):
        for name, work in list(contestants.items())[:: -1 if turn % 2 else 1]:
            start = clock()
            work()
            if turn >= warm:
                times[name].append(clock() - start)
    return times


def against(times, other, inverted=False):
    """A contestant's times as a row: its milliseconds and the ratio, round by round.

    Args:
        times: seconds of each round.
        other: the same of what it is held against.
        inverted: False for "times as long", True for "times as fast".
    """
    pairs = list(zip(times, other, strict=True))
    row = {"ms": digits(1e3 * spread(times)["median"])}
    if inverted:
        row["times as fast"] = spread([theirs / ours for ours, theirs in pairs])
    else:
        row["times as long"] = spread([ours / theirs for ours, theirs in pairs])
    return row
