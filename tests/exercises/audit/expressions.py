"""What may be changed in an expression: operators, constants, calls, indices, names.

Each function takes a node and yields the nodes that may stand in its place.
"""

import ast
import itertools

__all__ = ["expression_changes"]

COMPARED = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
OPPOSITE = {ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is}
OPERATORS = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add, ast.FloorDiv, ast.Pow),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div, ast.Mult, ast.Mod),
    ast.Mod: (ast.FloorDiv, ast.Mult),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr, ast.BitXor),
    ast.BitOr: (ast.BitAnd, ast.BitXor),
    ast.BitXor: (ast.BitAnd, ast.BitOr),
    ast.LShift: (ast.RShift,),
    ast.RShift: (ast.LShift,),
}
#: Where `a - b` and `b - a` differ.
ORDERED = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)

#: Texts of which one may stand for another.
TEXTS = (
    # Not float64: it is right for float32 unless the text names the dtype, and then float16 tells.
    ("float32", "float16", "int64", "uint8", "bool"),
    ("reflect", "symmetric", "edge", "constant", "wrap"),
    ("same", "valid"),
    ("nearest", "bilinear"),
)
#: Functions of which one may stand for another.
FUNCTIONS = (
    "max min",
    "maximum minimum",
    "amax amin",
    "nanmax nanmin",
    "argmax argmin",
    "floor ceil round",
    "round int float",
    "any all",
    "sum mean max",
    "nanmean nansum",
    "std var",
    "prod sum",
    # `empty` is left out: whether it is right depends on what the memory held before.
    "zeros ones",
    "zeros_like ones_like",
    "logical_and logical_or logical_xor",
    "exp log",
    "sqrt square",
    "repeat tile",
    "hstack vstack",
    "concatenate stack",
    "append extend",
    "sort argsort",
    "sorted reversed",
    "flip flipud fliplr",
    "rows columns",
    "keys values",
    "linspace arange",
    "union1d intersect1d",
    "subtract add",
)
#: Functions that lose something when another one stands for them; the other way nothing changes.
WEAKER = {"nansum": "sum", "nanmean": "mean", "nanmax": "max", "nanmin": "min"}
#: Functions whose first two arguments may change places.
SYMMETRIC = {
    "max", "min", "maximum", "minimum", "logical_and", "logical_or", "add", "multiply", "union1d",
    "intersect1d", "isclose", "array_equal", "clip", "hypot",
}  # fmt: skip
#: Where each argument may be the one that is left over.
CHOOSING = {"max", "min", "maximum", "minimum", "clip", "where"}
CREATING = {
    "zeros", "ones", "empty", "full", "array", "asarray", "zeros_like", "ones_like", "full_like",
    "arange", "eye", "empty_like",
}  # fmt: skip
#: What may stand for Python's own types where a dtype is meant.
DTYPES = {
    "int": ("uint8", "float32", "bool"),
    "float": ("float32", "int64"),
    "bool": ("uint8", "int64"),
}
MODULES = {"np", "ops", "keras", "ndimage", "scipy", "itertools", "math"}


def expression_changes(node, place, scope):
    """All nodes that may stand in the place of `node`."""
    if isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del)):
        return
    for kind, changes in _CHANGES.items():
        if isinstance(node, kind):
            for change in changes:
                yield from change(node, place, scope)


def _made(node, **fields):
    """A copy of the node, one level deep, with other fields."""
    return type(node)(**{**dict(ast.iter_fields(node)), **fields})


def _with_item(items, index, new):
    return [*items[:index], *new, *items[index + 1 :]]


def _called(function, *args):
    return ast.Call(function, list(args), [])


def _plus(node, number):
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return ast.Constant(node.value + number)
    operator = ast.Add() if number > 0 else ast.Sub()
    return ast.BinOp(node, operator, ast.Constant(abs(number)))


# Operators


def compared(node, place, scope):
    for i, operator in enumerate(node.ops):
        others = COMPARED if isinstance(operator, COMPARED) else (OPPOSITE[type(operator)],)
        for other in others:
            if not isinstance(operator, other):
                yield _made(node, ops=_with_item(node.ops, i, [other()]))


def computed(node, place, scope):
    for other in OPERATORS.get(type(node.op), ()):
        yield _made(node, op=other())
    if isinstance(node.op, ORDERED):
        yield _made(node, left=node.right, right=node.left)
    yield node.left
    yield node.right


def joined(node, place, scope):
    yield _made(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    for i in range(len(node.values)):
        rest = _with_item(node.values, i, [])
        yield rest[0] if len(rest) == 1 else _made(node, values=rest)


def unary(node, place, scope):
    yield node.operand
    if _is_negative(node) and _function_name(place.holder) != "reshape":  # any number does there
        value = node.operand.value
        for other in (-value + 1, -value - 1) if isinstance(value, int) else (-value / 2,):
            yield ast.Constant(other)


def _is_negative(node):
    """Whether it is a number such as -1."""
    number = isinstance(node.operand, ast.Constant)
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and number


def chosen(node, place, scope):
    yield node.body
    yield node.orelse
    yield _made(node, body=node.orelse, orelse=node.body)


# Constants and names


def constant(node, place, scope):
    value = node.value
    if getattr(place.holder, "arg", None) == "strict" or isinstance(place.holder, ast.UnaryOp):
        new = []
    elif isinstance(value, bool):
        new = [not value]
    elif isinstance(value, int):
        new = [value + 1, value - 1, *([0] if value > 1 else []), *_negative(value, place)]
    elif isinstance(value, float):
        new = [value + 1, -value, value / 2, value * 1.1, 0.0, round(value)]
    elif isinstance(value, str):
        new = _other_texts(value, scope)
    else:
        new = []
    for other in new:
        if other != value:
            yield ast.Constant(other)


def _other_texts(value, scope):
    alike = "int64" if value == "int32" else value  # where one does, the other does
    groups = [scope.texts, *(group for group in TEXTS if alike in group)]
    return [text for group in groups for text in group if text not in (value, alike)]


def _negative(value, place):
    """Not for an index of a shape: `shape[1]` and `shape[-1]` are the same wherever it is right."""
    at = place.holder
    of_shape = isinstance(at, ast.Subscript) and getattr(at.value, "attr", None) == "shape"
    return [] if value == 0 or of_shape else [-value]


def name(node, place, scope):
    for other in scope.others(node.id):
        yield ast.Name(other, ast.Load())
    if not _is_called(node, place):
        for other in DTYPES.get(node.id, ()):
            yield ast.Constant(other)


def _is_called(node, place):
    return isinstance(place.holder, ast.Call) and place.field == "func"


# Calls


def call(node, place, scope):
    for first, second in itertools.combinations(range(len(node.args)), 2):
        if (first, second) == (0, 1) and _function_name(node) in SYMMETRIC:
            continue
        args = list(node.args)
        args[first], args[second] = args[second], args[first]
        yield _made(node, args=args)
    for i, keyword in enumerate(node.keywords):
        if keyword.arg != "strict":  # it only finds lengths that differ
            yield _made(node, keywords=_with_item(node.keywords, i, []))
    if len(node.args) > 1:
        yield _made(node, args=node.args[:-1])
    yield from _other_function(node)
    yield from _left_over(node)
    if _function_name(node) in CREATING:
        for dtype in ("uint8", "int64") if _makes_floats(node) else ("uint8",):
            if not _says(node, dtype):
                yield _called(ast.Attribute(node, "astype", ast.Load()), ast.Constant(dtype))


def _makes_floats(node):
    """Whether it is `np.zeros(shape)` or its like, with no dtype."""
    plain = len(node.args) == 1 and not node.keywords
    return plain and _function_name(node) in ("zeros", "ones", "eye")


def _says(node, text):
    """Whether a text is one of the call's own arguments."""
    values = [*node.args, *(keyword.value for keyword in node.keywords)]
    return any(isinstance(v, ast.Constant) and v.value == text for v in values)


def _function_name(node):
    called = getattr(node, "func", None)
    return getattr(called, "attr", getattr(called, "id", None))


def _other_function(node):
    name = _function_name(node)
    field = "attr" if isinstance(node.func, ast.Attribute) else "id"
    groups = [group.split() for group in FUNCTIONS if name in group.split()]
    for other in (*itertools.chain(*groups), WEAKER.get(name)):
        if other not in (name, None):
            yield _made(node, func=_made(node.func, **{field: other}))


def _left_over(node):
    """What is left when nothing is called: an argument, or what the method belongs to."""
    args = [arg for arg in node.args if not isinstance(arg, ast.Starred)]
    yield from args if _function_name(node) in CHOOSING else args[:1]
    if isinstance(node.func, ast.Attribute) and not _is_module(node.func.value):
        yield node.func.value


def _is_module(node):
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in MODULES


def attribute(node, place, scope):
    if node.attr in ("T", "values"):
        yield node.value


# Indices, tuples, loops inside an expression


def subscript(node, place, scope):
    yield node.value
    index = node.slice
    if isinstance(index, (ast.Name, ast.BinOp)):
        yield _made(node, slice=_plus(index, 1))
        yield _made(node, slice=_plus(index, -1))


def cut(node, place, scope):
    """A slice, with an end missing or one further."""
    for field in ("lower", "upper", "step"):
        end = getattr(node, field)
        if end is None:
            continue
        yield _made(node, **{field: None})
        if not isinstance(end, ast.Constant) and field != "step":
            yield _made(node, **{field: _plus(end, 1)})
            yield _made(node, **{field: _plus(end, -1)})
    if node.step is None:
        if node.lower is not None:
            yield _made(node, lower=None, upper=node.lower)
        if node.upper is not None:
            yield _made(node, lower=node.upper, upper=None)


def several(node, place, scope):
    """A tuple or list: two neighbours exchanged, one left out."""
    for i in range(len(node.elts) - 1):
        elts = list(node.elts)
        elts[i], elts[i + 1] = elts[i + 1], elts[i]
        yield _made(node, elts=elts)
    if len(node.elts) > 1:
        for i in range(len(node.elts)):
            yield _made(node, elts=_with_item(node.elts, i, []))


def comprehension(node, place, scope):
    for i in range(len(node.ifs)):
        yield _made(node, ifs=_with_item(node.ifs, i, []))


def gone_through(node, place, scope):
    """What a loop goes through, without its first or last, or from behind."""
    if place.field != "iter":
        return
    if _function_name(node) == "range":
        yield from _other_range(node)
    else:
        yield _listed(node, ast.Constant(1), None)
        yield _listed(node, None, ast.Constant(-1))
    if _has_an_order(place.holder):
        yield _listed(node, None, None, ast.Constant(-1))


def _listed(node, *bounds):
    copied = _called(ast.Name("list", ast.Load()), node)
    return ast.Subscript(copied, ast.Slice(*bounds), ast.Load())


def _other_range(node):
    start, stop = ([ast.Constant(0)] + node.args)[:2] if len(node.args) == 1 else node.args[:2]
    step = node.args[2:]
    for number in (1, -1):
        yield _made(node, args=[start, _plus(stop, number), *step])
    yield _made(node, args=[_plus(start, 1), stop, *step])
    if not isinstance(start, ast.Constant):  # from -1, the last is only counted once more
        yield _made(node, args=[_plus(start, -1), stop, *step])


def _has_an_order(loop):
    """Whether it may matter from which end a loop goes: one that ends early, or makes a list."""
    if isinstance(loop, ast.comprehension):
        return True
    inside = [node for statement in loop.body for node in ast.walk(statement)]
    return any(
        isinstance(node, (ast.Break, ast.Return)) or _function_name(node) == "append"
        for node in inside
    )


_CHANGES = {
    ast.Compare: (compared,),
    ast.BinOp: (computed,),
    ast.BoolOp: (joined,),
    ast.UnaryOp: (unary,),
    ast.IfExp: (chosen,),
    ast.Constant: (constant,),
    ast.Name: (name,),
    ast.Call: (call,),
    ast.Attribute: (attribute,),
    ast.Subscript: (subscript,),
    ast.Slice: (cut,),
    ast.Tuple: (several,),
    ast.List: (several,),
    ast.comprehension: (comprehension,),
    ast.expr: (gone_through,),
}
