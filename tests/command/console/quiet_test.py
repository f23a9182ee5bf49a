import logging
import os
import sys

import pytest

from segcourse.command.console.quiet import quiet_font_cache, quiet_import, quiet_tensorflow


def test_drops_what_is_written_inside_and_nothing_after(capfd):
    with quiet_import():
        os.write(2, b"logged")
    os.write(2, b"said")
    with pytest.raises(ImportError), quiet_import():
        raise ImportError
    os.write(2, b" again")
    assert capfd.readouterr().err == "said again"


def test_tensorflow_is_quiet_on_its_first_import_alone(tmp_path, monkeypatch, capfd):
    (tmp_path / "tensorflow.py").write_text("import os; os.write(2, b'log'); there = 1")
    (tmp_path / "other.py").write_text("import os; os.write(2, b'said')")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "tensorflow", raising=False)
    finders = list(sys.meta_path)
    quiet_tensorflow()
    import other  # noqa: F401
    import tensorflow

    assert tensorflow.there == 1 and sys.meta_path == finders
    assert capfd.readouterr().err == "said"
    sys.modules.pop("tensorflow")


def test_matplotlib_lists_its_fonts_in_silence(caplog, monkeypatch):
    logger = logging.getLogger("matplotlib.font_manager")
    monkeypatch.setattr(logger, "filters", [])
    quiet_font_cache()
    logger.warning("Matplotlib is building the font cache; this may take a moment.")
    logger.warning("findfont: no such font")
    assert [record.getMessage() for record in caplog.records] == ["findfont: no such font"]
