"""Numbers that the text of a notebook says, and where each of them comes from.

A number in a sentence repeats what a cell above printed, or what the same cell of text works out in
a formula, a table, a line of code, or a calculation that is right: "7 · 4 = 28". Any other one has
its source in the cell's metadata:

    "segcourse": {"numbers": {"45.4": "Long and others 2015, Table 2"}}

Left out are whole numbers up to 12, years, the numbers of weeks, sections, tables and names, and
the title cell, which says minutes.
"""

import ast
import operator
import re

__all__ = ["unheld"]

SMALL = 12
#: What a cell of text works out by itself: formulas, code, tables.
WORKED = re.compile(
    r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|^\s*\|.*\|\s*$", re.DOTALL | re.MULTILINE
)
#: A calculation in a sentence, such as "(500 − 227) / 32 + 1 = 9.53"; the last side may be rounded.
CALCULATION = re.compile(r"[\d(][\d\s.,·×*/+−()-]*(?:\s*[=≈][\d\s.,·×*/+−()-]*[\d)])+")
OPERATORS = str.maketrans({"·": "*", "×": "*", "−": "-", ",": None})
#: Addresses, the targets of links, tags of HTML and headings say no numbers.
SILENT = re.compile(r"\]\([^)]*\)|https?://\S+|<[^>]*>|^#.*$", re.MULTILINE)
#: What is counted by its number, or called by it: "week 4", "sections 3.2 and 3.4", "VGG-16".
CALLED = re.compile(
    r"\b(?:weeks?|exercises?|sections?|tables?|figures?|fig\.|chapters?|lectures?|VOC|ILSVRC|"
    r"NumPy|Keras|TensorFlow|Python)\s+\d+(?:\.\d+)*(?:(?:,| and| to| or)\s+\d+(?:\.\d+)*)*"
    r"|\b[A-Za-z]\w*-\d+\w*",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?(?!\w|\.\d)")
CALCULATE = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
YEAR = re.compile(r"(?:19|20)\d\d")


def unheld(cells):
    """The numbers of the text that nothing holds.

    Args:
        cells: of a notebook, as nbformat gives them.

    Yields:
        tuple (index of the cell, the number as it is written).
    """
    above = ""
    for index, cell in enumerate(cells):
        if cell.cell_type == "code":
            above += f"\n{cell.source}\n{_printed(cell)}"
        elif cell.cell_type == "markdown" and index > 0 and not cell.source.startswith("# "):
            worked = [*WORKED.findall(cell.source), *_calculations(cell.source)]
            held = _numbers(above + "\n" + "\n".join(worked))
            held |= set(_sources(cell))
            for number in _said(cell.source):
                if _plain(number) not in held:
                    yield index, number


def _sources(cell):
    return {_plain(number) for number in cell.metadata.get("segcourse", {}).get("numbers", {})}


def _said(text):
    """The numbers of the sentences, as they are written, each once."""
    for kind in (WORKED, SILENT, CALLED):
        text = kind.sub(" ", text)
    found = dict.fromkeys(match.group() for match in NUMBER.finditer(text))
    return [number for number in found if not _is_small(number) and not YEAR.fullmatch(number)]


def _calculations(text):
    """Those of a text that come out."""
    return [found for found in CALCULATION.findall(text) if _comes_out(found)]


def _comes_out(calculation):
    """Whether all sides are the same, each rounded as the side with the fewest digits is."""
    sides = [side.translate(OPERATORS).strip(" .") for side in re.split("[=≈]", calculation)]
    try:
        values = [_value(ast.parse(side, mode="eval").body) for side in sides]
    except (SyntaxError, ValueError, ZeroDivisionError):
        return False
    last = sides[-1].partition(".")[2] if sides[-1].replace(".", "").isdigit() else ""
    return all(abs(value - values[-1]) <= 0.5000001 * 10 ** -len(last) for value in values)


def _value(node):
    if isinstance(node, ast.BinOp) and type(node.op) in CALCULATE:
        return CALCULATE[type(node.op)](_value(node.left), _value(node.right))
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return node.value
    raise ValueError("no calculation")


def _is_small(number):
    return number.isdigit() and int(number) <= SMALL


def _numbers(text):
    return {_plain(match) for match in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)}


def _plain(number):
    """Without the commas between thousands."""
    return number.replace(",", "")


def _printed(cell):
    parts = []
    for output in cell.outputs:
        parts.append(output.get("text", ""))
        parts += [v for k, v in output.get("data", {}).items() if k.startswith("text/")]
    return "\n".join(parts)
