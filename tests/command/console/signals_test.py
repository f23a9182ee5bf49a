import signal
import sys
import time

import pytest

from segcourse.command.console.signals import held_back, interruptible


class Interrupted:
    """Ctrl-C arrives while this is taken down, where Python drops exceptions."""

    def __del__(self):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_signals_raise_keyboard_interrupt_and_the_handlers_come_back(name):
    number = getattr(signal, name, None)
    if number is None:
        pytest.skip(f"no {name} on this system")
    before = signal.getsignal(number)
    with pytest.raises(KeyboardInterrupt), interruptible():
        signal.raise_signal(number)
    assert signal.getsignal(number) is before


def test_an_interrupt_that_python_drops_comes_again(capsys):
    hook, started = sys.unraisablehook, time.monotonic()
    with pytest.raises(KeyboardInterrupt), interruptible():
        thing = Interrupted()
        del thing
        time.sleep(30)
    assert time.monotonic() - started < 20
    assert sys.unraisablehook is hook and "ignored" not in capsys.readouterr().err


def test_an_interrupt_dropped_at_the_very_end_is_raised_on_leaving():
    with pytest.raises(KeyboardInterrupt), interruptible():
        thing = Interrupted()
        del thing


def test_other_errors_in_destructors_are_still_told(monkeypatch):
    class Wrong:
        def __del__(self):
            raise ValueError("told")

    told = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    with interruptible():
        thing = Wrong()
        del thing
    assert [str(one.exc_value) for one in told] == ["told"]


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_an_interrupt_held_back_comes_at_the_end_of_the_block(name):
    number = getattr(signal, name, None)
    if number is None:
        pytest.skip(f"no {name} on this system")
    passed = []
    with pytest.raises(KeyboardInterrupt), interruptible():
        with held_back():
            signal.raise_signal(number)
            passed.append("the block is done")
        passed.append("never here")
    assert passed == ["the block is done"]
    with interruptible(), held_back():
        pass


def test_an_interrupt_that_pybind11_has_swallowed_is_an_interrupt():
    text = "pybind11::error_already_set: MISMATCH of original and normalized active exception types"
    with pytest.raises(KeyboardInterrupt), interruptible():
        raise RuntimeError(f"{text}: ORIGINAL NotFoundError REPLACED BY KeyboardInterrupt: <EMPTY>")
    with pytest.raises(RuntimeError, match="REPLACED BY ValueError"), interruptible():
        raise RuntimeError(f"{text}: ORIGINAL NotFoundError REPLACED BY ValueError: <EMPTY>")


@pytest.mark.parametrize("wrap", [False, True])
def test_an_error_that_an_interrupt_has_caused_is_an_interrupt(wrap):
    with pytest.raises(KeyboardInterrupt), interruptible():
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt as interrupt:
            if wrap:
                raise RuntimeError("could not go on") from interrupt
            raise OSError(9, "Bad file descriptor")  # noqa: B904
    with pytest.raises(OSError, match="of its own"), interruptible():
        raise OSError(5, "of its own")
