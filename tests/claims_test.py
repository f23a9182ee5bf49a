"""A claim is a line or an error."""

import numpy as np
import pytest

from segcourse import holds
from segcourse.claims import ClaimError


@pytest.mark.parametrize("conditions", [(True,), (np.bool_(True), 2 > 1), (np.float32(1) > 0,)])
def test_what_holds_is_printed(conditions, capsys):
    assert holds("It is better.", *conditions) is None
    assert capsys.readouterr().out == "Holds: It is better.\n"


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ((False,), "This does not hold: It is better."),
        ((np.bool_(False),), "This does not hold: It is better."),
        ((True, False, np.nan > 1), r"This does not hold \(condition 2, 3\): It is better."),
    ],
)
def test_what_does_not_hold_is_an_error_of_one_line(conditions, said, capsys):
    with pytest.raises(ClaimError, match=said) as error:
        holds("It is better.", *conditions)
    assert error.value._render_traceback_() == [str(error.value)]
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("conditions", [(), (1,), ("yes",), (np.array([True, True]),), (None,)])
def test_what_is_no_bool_is_refused(conditions):
    with pytest.raises(ValueError, match="`conditions` must be"):
        holds("It is better.", *conditions)
