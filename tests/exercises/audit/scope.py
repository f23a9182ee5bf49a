"""What is known about the names and texts of a function that is to be changed."""

import ast
import itertools
import re

__all__ = ["Scope"]

#: Names that people take for one another. Between two groups nothing is exchanged.
TAKEN_FOR_ONE_ANOTHER = (
    "height width rows columns cols channels depth size side h w c n m count",
    "y x i j k r c row column col left top right bottom a b dy dx di dj v u",
    "true pred predicted labels predictions target got expected tp fp fn",
    "num_true num_pred num_classes classes n",
    "mean variance gamma beta std",
    "kernel stride padding dilation rate size",
    "first last step start stop end",
    "low high small large lower upper near far",
)


class Scope:
    """The names a function has, and the texts in it.

    Attributes:
        texts: the string constants, in the order of the text.
    """

    def __init__(self, function):
        nodes = list(ast.walk(function))
        arguments = [arg for node in nodes if isinstance(node, ast.arguments) for arg in node.args]
        stored = [n for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
        parameters = [argument.arg for argument in arguments]
        self.names = list(dict.fromkeys(parameters + [name.id for name in stored]))
        self.texts = list(dict.fromkeys(filter(None, map(_text, nodes))))
        self._groups = [parameters, *map(_unpacked, nodes), *self._alike()]
        self._groups += [group.split() for group in TAKEN_FOR_ONE_ANOTHER]

    def others(self, name):
        """Names of the function that may be taken for `name`."""
        if name not in self.names:
            return []
        groups = [group for group in self._groups if name in group]
        return [
            other
            for other in self.names
            if other != name and any(other in group for group in groups)
        ]

    def _alike(self):
        """Pairs of names that share a word: `area_a` and `area_b`, `y0` and `y1`."""
        for one, other in itertools.combinations(self.names, 2):
            if set(_words(one)) & set(_words(other)):
                yield [one, other]


def _words(name):
    return re.findall(r"[a-z]+", name.lower())


def _text(node):
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_text else None


def _unpacked(node):
    """The names that are bound side by side: `height, width = image.shape`."""
    if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Store):
        return [name.id for name in ast.walk(node) if isinstance(name, ast.Name)]
    return []
