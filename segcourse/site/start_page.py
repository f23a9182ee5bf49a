"""The first page: where each of three readers begins, and the table of weeks."""

import re

from segcourse.texts import _

TIME = re.compile(r"\*\*Time:\*\*\s*(.*)")


def start_page(titles, times, docs):
    """The source (Markdown, str) of the start page.

    Args:
        titles: dict from the name of each notebook (without its ending) to its title, in order.
        times: dict from the same names to what `time_of` gave.
        docs: set of the names of the pages in docs/, without their endings.

    Example:

    >>> "| [Week 1](notebooks/week1_tasks.ipynb) |" in start_page(
    ...     {"week1_tasks": "Week 1 · Tasks"}, {"week1_tasks": []}, set())
    True
    """
    parts = [
        f"# {_('A course on semantic segmentation in Keras 3')}",
        "```{image} docs/overlay.png\n:alt: "
        + _("Three drawn scenes, the true label maps, and what three networks make of them")
        + "\n:class: start-picture\n```"
        if "overlay.png" in docs
        else "",
        _(
            "Which class is each pixel of this picture? One notebook a week goes from enlarging a "
            "map of numbers to FCN, U-Net and DeepLab. Every idea is first written in plain loops, "
            "then found again in a layer. Networks are built, trained and measured on your own "
            "computer, without a GPU."
        ),
        _readers(docs),
        f"## {_('The weeks')}",
        _table(titles, times),
        _(
            "Times are for one student. Every page shows the notebook with all its outputs. "
            "Solutions are folded away: try first."
        ),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def time_of(first_cell):
    r"""The three parts of the line "Time: …" of a notebook, a list of str; [] where there is none.

    Example:

    >>> time_of("**Time:** about 95 minutes to read, about 2 hours for exercises, no computing.")
    ['95\xa0min', '2\xa0h', '-']
    """
    found = TIME.search(first_cell)
    if found is None:
        return []
    parts = [part for part in found[1].split(",") if part.strip()]
    return [_short(part) for part in parts[:3]]


def _short(part):
    found = re.search(r"(less than )?(\d+(?:\.\d+)?) (minutes?|hours?)", part)
    if found is None:
        return "-"
    unit = "min" if found[3].startswith("minute") else "h"
    words = ["<" if found[1] else "", found[2], unit]
    return "\N{NO-BREAK SPACE}".join(word for word in words if word)


def _table(titles, times):
    heads = (_("week"), _("about"), _("reading"), _("exercises"), _("computing"))
    lines = [" | ".join(("", *heads, "")).strip(), "|" + " --- |" * len(heads)]
    for name, title in titles.items():
        label, about = _parts(title)
        spans = [*times[name], "", "", ""][:3]
        link = f"[{label}](notebooks/{name}.ipynb)"
        lines.append("| " + " | ".join((link, about, *spans)) + " |")
    return "\n".join(lines)


def _parts(title):
    """ "Week 4" and "Fully convolutional networks" of a title; of other titles, the same."""
    for sign in ("·", ":"):
        label, found, about = title.partition(sign)
        if found:
            about = about.strip()
            return label.strip(), about[:1].upper() + about[1:]
    return title, ""


def _readers(docs):
    """Three cards: student, leader, developer. A page that is not there is not named."""
    student = [
        _("Read on here, or work through it on your own computer. In a clone of the course:"),
        "`python3 -m segcourse lab`",
        f"[{_('Week 1')}](notebooks/week1_tasks_overview.ipynb)",
        _page(docs, "glossary", _("Glossary")),
        f"[{_('Commands and data sets')}](README.md)",
    ]
    leader = [
        _("Teach it in seven weeks or in two days; the exercises check themselves."),
        _page(docs, "teaching", _("How to teach it")),
        _page(docs, "exercises", _("How well the checks judge")),
        _page(docs, "final_project_rubric", _("How the project is marked")),
    ]
    developer = [
        _("The package below the notebooks: layers, networks, metrics, data, training."),
        f"[{_('All public names')}](api/index.rst)",
        _page(docs, "architecture", _("How the course is built")),
        _page(docs, "own_pictures", _("Your own pictures")),
    ]
    cards = (
        (_("You learn"), student),
        (_("You lead a seminar"), leader),
        (_("You build"), developer),
    )
    body = "\n\n".join(_card(title, lines) for title, lines in cards)
    return f"::::{{grid}} 1 1 3 3\n:gutter: 3\n\n{body}\n\n::::"


def _card(title, lines):
    text = "\n\n".join(line for line in lines if line)
    return f":::{{grid-item-card}} {title}\n\n{text}\n:::"


def _page(docs, name, title):
    return f"[{title}](docs/{name}.md)" if name in docs else ""
