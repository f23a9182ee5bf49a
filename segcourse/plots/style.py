"""One look for the figures of the course; of the reader's settings only Hangul is added."""

import functools
import logging
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
from matplotlib import font_manager

# A font with all Hangul syllables comes along; segcourse/plots/fonts/OFL.txt has its licence.
HANGUL = "Segcourse Hangul"
font_manager.fontManager.addfont(Path(__file__).parent / "fonts" / "SegcourseHangul.ttf")
# Matplotlib brings the first. Glyphs that it lacks, such as those of Korean, come from the next.
FONTS = (
    "DejaVu Sans",
    HANGUL,
    "NanumGothic",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "AppleGothic",
    "Noto Sans KR",
    "Noto Sans CJK KR",
    "Noto Sans CJK JP",
)


# Korean fonts call their bold face semi-bold, which Matplotlib would say in front of the reader.
logging.getLogger("matplotlib.font_manager").addFilter(
    lambda record: "Failed to find font weight" not in str(record.msg)
)


def draw_hangul():
    """Has all figures take Hangul from the font that comes along, also those of the reader.

    A class called 하늘 then is drawn in a title that a notebook sets by itself. Letters that the
    reader's own fonts have stay as they are.
    """
    families = matplotlib.rcParams["font.family"]
    if HANGUL not in families:
        matplotlib.rcParams["font.family"] = [*families, HANGUL]


draw_hangul()


def installed(fonts):
    """Those of some fonts that are on this computer; Matplotlib warns of each that is not."""
    there = {font.name for font in font_manager.fontManager.ttflist}
    return [font for font in fonts if font in there]


INK = "#222222"
QUIET = "#6B6B6B"
GRID = "#E2E2E2"

RC = {
    "figure.dpi": 100,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "axes.facecolor": "white",
    "axes.edgecolor": "#9A9A9A",
    "axes.linewidth": 0.8,
    "axes.labelcolor": INK,
    "axes.labelsize": 10.5,
    "axes.titlesize": 11.5,
    "axes.titlecolor": INK,
    "axes.titlelocation": "center",
    "axes.titlepad": 6.0,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 9.5,
    "ytick.labelsize": 9.5,
    "font.family": installed(FONTS),
    "font.size": 10.0,
    "text.color": INK,
    "text.usetex": False,
    "legend.fontsize": 10.0,
    "legend.frameon": False,
    "lines.linewidth": 1.8,
    "lines.markersize": 5.5,
    "hatch.linewidth": 0.8,
    "image.interpolation": "nearest",
    "image.origin": "upper",
}


def styled(function):
    """Run a drawing function in the course's style; the global `rcParams` stay as they were."""

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        with matplotlib.rc_context(RC):
            return function(*args, **kwargs)

    return wrapper


def new_axes(ax=None, size=(4.5, 4.5)):
    """`ax` itself, or the axes of a new figure of `size` (width, height) inches."""
    if ax is not None:
        return ax
    return plt.subplots(figsize=size, layout="constrained")[1]


def picture_axes(ax, title=None):
    """Take ticks and frame off axes that hold a picture, and write its title."""
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(False)
    if title is not None:
        ax.set_title(title, fontsize=RC["axes.titlesize"])


def chart_axes(ax, grid):
    """Ticks and a quiet grid along the axis named by `grid` ("x", "y" or "both")."""
    # Ticks are made when the figure is drawn, after the style is gone, so they are told now.
    ax.tick_params(labelsize=RC["xtick.labelsize"], color=QUIET, labelcolor=INK, length=3)
    ax.grid(True, axis=grid, color=GRID, linewidth=0.8, linestyle="-")
