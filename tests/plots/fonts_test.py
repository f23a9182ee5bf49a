"""Hangul in figures, the course's and the reader's, by the font that comes along."""

import subprocess
import sys
import warnings
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from fontTools.ttLib import TTFont

from segcourse import plots
from segcourse.plots.style import FONTS, HANGUL, draw_hangul

FOLDER = Path(plots.__file__).parent / "fonts"
CLASSES = ("하늘", "잔디", "고양이", "뷁")
IMAGE = np.zeros((8, 8, 3), "uint8")
LABELS = np.arange(64).reshape(8, 8) % 4

# Nothing but what comes along and what Matplotlib brings, as in Colab.
ALONE = f"""
import warnings
from matplotlib import font_manager
font_manager.fontManager.ttflist = [
    font for font in font_manager.fontManager.ttflist if "mpl-data" in font.fname
]
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
import numpy as np
from segcourse import plots
warnings.simplefilter("error")
image, labels = np.zeros((8, 8, 3), "uint8"), np.arange(64).reshape(8, 8) % 4
plots.overlay(image, labels, {CLASSES!r}).figure.canvas.draw()
plots.bars({{"고양이": 0.5}}, "교집합").figure.canvas.draw()
fig, axis = plt.subplots()
axis.set_title("하늘 sky", fontweight="bold")
axis.set_xlabel("x축 · 값")
fig.canvas.draw()
"""


def test_the_font_has_all_syllables_its_licence_and_no_reserved_name():
    file = FOLDER / "SegcourseHangul.ttf"
    with TTFont(file) as font:
        there = set(font.getBestCmap())
        names = {str(record) for record in font["name"].names if record.nameID in (1, 4, 6)}
    assert set(range(0xAC00, 0xD7A4)) | set(range(0x3131, 0x3164)) | set(range(0x20, 0x7F)) <= there
    assert file.stat().st_size < 1.5e6
    assert not [name for name in names if "nanum" in name.lower()]
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "OFL.txt").read_text(encoding="utf-8")


def test_hangul_is_drawn_without_a_warning_where_no_other_font_has_it():
    done = subprocess.run(
        [sys.executable, "-c", ALONE], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert "font" not in done.stderr.lower()


def test_letters_of_hangul_have_ink():
    fig = plt.figure(figsize=(1, 1))
    fig.text(0.1, 0.3, "하늘", fontsize=20)
    fig.canvas.draw()
    drawn = np.asarray(fig.canvas.buffer_rgba()).copy()
    fig.texts[0].set_text("가을")
    fig.canvas.draw()
    assert (drawn != np.asarray(fig.canvas.buffer_rgba())).any()  # and no two empty boxes


def test_the_readers_own_font_stays_the_first():
    with matplotlib.rc_context({"font.family": ["serif"]}), warnings.catch_warnings():
        warnings.simplefilter("error")
        draw_hangul()
        draw_hangul()
        assert matplotlib.rcParams["font.family"] == ["serif", HANGUL]
        plt.figure().text(0, 0, "하늘")
        plt.gcf().canvas.draw()
    assert FONTS[0] == "DejaVu Sans"
