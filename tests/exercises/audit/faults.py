"""Wrong answers that are made from behaviour, not from text: the reference with a fault.

A fault lies before the reference (it gets another input than the caller gave), behind it (what it
gives is changed), or in a property of the input (it gives nothing at all where that is so). If the
fault changes the result for some allowed input and the check does not notice, the cases have a
hole.
"""

import functools
import inspect
import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from segcourse.exercises.judging.compare import plain
from segcourse.exercises.judging.copies import same
from tests.exercises.audit.changes import changes
from tests.exercises.audit.conditions import is_extreme, properties

__all__ = ["Fault", "faults"]

#: The share of all inputs that must have a property, for a fault to lie in it: of one at the edge
#: of what is allowed, and of any other. The draws of a check find the others anyway.
RARE, FREQUENT = 0.025, 0.1


@dataclass(frozen=True)
class Fault:
    """A fault, by name; `make` puts it into a reference and gives the faulty function."""

    name: str
    make: Callable


def faults(cases, results, names):
    """The faults that say something for an exercise.

    Args:
        cases: allowed inputs, a list of `Case`s.
        results: what the reference gives for them.
        names: the names of its arguments.
    """
    values = [dict(_named(case, names)) for case in cases]
    yield from _input_faults(values)
    yield from _output_faults(results)
    yield from _property_faults(values, results)


def _named(case, names):
    return [*zip(names, case.args, strict=False), *case.kwargs.items()]


# Before the reference


def _input_faults(values):
    for name in dict.fromkeys(name for arguments in values for name in arguments):
        given = [arguments[name] for arguments in values if name in arguments]
        for said, change in _all_changes(given).items():
            if "NaN for" not in said:  # it is results that people make NaN
                yield Fault(f"{name} {said}", _changing_input(name, change))
        if any(not same(value, given[0]) for value in given):
            yield Fault(f"{name} of the first call", functools.partial(_freezing, name))
    for one, other in itertools.combinations(values[0], 2):
        if type(values[0][one]) is type(values[0][other]):
            yield Fault(f"{one} and {other} exchanged", _exchanging(one, other))


def _all_changes(given):
    """The changes for values of all the kinds that came, if they change one at least."""
    return {
        said: change
        for said, change in changes(given).items()
        if any(not same(_changed(change, value), value) for value in given)
    }


def _changed(change, value):
    """The changed value, or the value where the change makes no sense for it."""
    try:
        with np.errstate(all="ignore"):
            return change(value)
    except Exception:
        return value


def _with_arguments(right, changed):
    """The reference, called with `changed(arguments)`, a function from a dict to a dict."""
    signature = inspect.signature(right)

    @functools.wraps(right)
    def faulty(*args, **kwargs):
        bound = signature.bind(*args, **kwargs)
        bound.arguments.update(changed(dict(bound.arguments)))
        return right(*bound.args, **bound.kwargs)

    return faulty


def _changing_input(name, change):
    def changed(arguments):
        if name not in arguments:
            return {}
        return {name: _changed(change, arguments[name])}

    return lambda right: _with_arguments(right, changed)


def _freezing(name, right):
    first = []

    def changed(arguments):
        first.append(arguments.get(name))
        return {name: first[0]} if name in arguments else {}

    return _with_arguments(right, changed)


def _exchanging(one, other):
    def changed(arguments):
        return {one: arguments[other], other: arguments[one]}

    return lambda right: _with_arguments(right, changed)


# Behind the reference


def _output_faults(results):
    for said, change in _all_changes([plain_result(result) for result in results]).items():
        yield Fault(f"the result {said}", _changing_output(change))


def plain_result(value):
    """Tensors as arrays, tuples as tuples."""
    if isinstance(value, (tuple, list)):
        return type(value)([plain_result(item) for item in value])
    return plain(value)


def _changing_output(change):
    def make(right):
        @functools.wraps(right)
        def faulty(*args, **kwargs):
            return _changed(change, plain_result(right(*args, **kwargs)))

        return faulty

    return make


# In a property


def _property_faults(values, results):
    having = [properties(v.items(), plain_result(r)) for v, r in zip(values, results, strict=True)]
    often = Counter(said for found in having for said in found)
    for said, times in sorted(often.items()):
        share = times / len(having)
        if (RARE if is_extreme(said) else FREQUENT) <= share < 1:
            yield Fault(f"nothing where {said}", functools.partial(_failing, said))


def _failing(said, right):
    signature = inspect.signature(right)

    @functools.wraps(right)
    def faulty(*args, **kwargs):
        arguments = dict(signature.bind(*args, **kwargs).arguments)
        result = right(*args, **kwargs)
        return None if said in properties(arguments.items(), plain_result(result)) else result

    return faulty
