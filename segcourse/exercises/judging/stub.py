"""What a student starts from: the signature, the docstring, and nothing else."""

import ast
import textwrap

__all__ = ["has_code", "signature", "stub"]


def stub(exercise):
    """The source of the exercise cell: the reference with `raise NotImplementedError` for a body.

    `python3 -m segcourse lint` compares each exercise cell with it.
    """
    return _head(exercise.right.source) + "    raise NotImplementedError\n"


def has_code(source):
    """Whether the first function in `source` does more than say its text and raise.

    Example:

    >>> has_code('def f(a):\\n    "Text."\\n    raise NotImplementedError')
    False
    >>> has_code("def f(a):\\n    a = a + 1\\n    raise NotImplementedError")
    True
    """
    try:
        body = _function(ast.parse(textwrap.dedent(source))).body
    except (SyntaxError, StopIteration):
        return False
    return any(not isinstance(node, (ast.Expr, ast.Pass, ast.Raise)) for node in body)


def signature(source):
    """The `def` line of the first function in `source`, in one normal form, to compare two of them.

    Example:

    >>> signature("def f( a,b = 2 ):\\n    return a")
    'def f(a, b=2)'
    """
    function = _function(ast.parse(source))
    returns = f" -> {ast.unparse(function.returns)}" if function.returns else ""
    return f"def {function.name}({ast.unparse(function.args)}){returns}"


def _head(source):
    """Everything up to the end of the docstring, as it is written."""
    function = _function(ast.parse(source))
    lines = source.splitlines(keepends=True)
    first = function.body[0]
    if ast.get_docstring(function) is None:
        return (
            "".join(lines[: first.lineno - 1])
            if first.lineno > function.lineno
            else (signature(source) + ":\n")
        )
    if first.lineno > function.lineno:
        head = "".join(lines[: first.end_lineno])
        return head if head.endswith("\n") else head + "\n"
    doc = textwrap.indent(f'"""{ast.get_docstring(function)}"""', "    ")
    return f"{signature(source)}:\n{doc}\n"


def _function(tree):
    return next(node for node in tree.body if isinstance(node, ast.FunctionDef))
