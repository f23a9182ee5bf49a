"""After an error of memory: batches in more parts, or word of what would fit."""

from dataclasses import replace

from segcourse.training.loop.compile_model import compile_model
from segcourse.training.loop.memory_error import divisors, is_out_of_memory, out_of_memory_message


def more_parts(plan):
    """The plan with batches in more parts, the fewest there are; None where there is none."""
    return next(iter(_smaller(plan)), None)


def memory_error(setup, plan, kept):
    """The MemoryError that says what would fit; steps are tried to find out.

    Args:
        setup: the `Setup`.
        plan: the `EpochPlan` whose steps did not fit.
        kept: the `KeptWeights` to begin each trial with; the model has them in the end.
    """
    accumulates, fitting, why = setup.devices.accumulates, None, None
    try:
        for smaller in _smaller(plan):
            kept.put_back()
            # Where a batch cannot be taken in parts, a smaller batch is what is tried.
            alone = replace(plan, batch_size=smaller.size, parts=1)
            if step_fits(setup, smaller if accumulates else alone):
                fitting = smaller.parts
                break
    except Exception as error:  # the memory was the first trouble, and is what is told
        why = error
    kept.put_back()
    message = out_of_memory_message(plan.batch_size, plan.parts, fitting, accumulates, why)
    return MemoryError(message)


def step_fits(setup, plan):
    """Whether the memory holds a step of this plan; it is tried."""
    compile_model(setup, plan)
    try:
        with setup.devices.running():
            setup.model.fit(setup.epoch(0, plan, 0, 1), shuffle=False, verbose=0)
        return True
    except Exception as error:
        if not is_out_of_memory(error):
            raise
        return False


def _smaller(plan):
    """The plans with more parts, from few to many; each device gets an equal share of a part."""
    counts = divisors(plan.batch_size // plan.devices, plan.parts + 1)
    return (plan.in_parts(parts) for parts in counts)
