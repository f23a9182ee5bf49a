import os

import pytest

from segcourse.command.quiet import quiet_import


def test_drops_what_is_written_inside_and_nothing_after(capfd):
    with quiet_import():
        os.write(2, b"logged")
    os.write(2, b"said")
    with pytest.raises(ImportError), quiet_import():
        raise ImportError
    os.write(2, b" again")
    assert capfd.readouterr().err == "said again"
