"""What is changed to make mutants, on functions of a few lines."""

import pytest

from segcourse.exercises.judging.exercise import Answer
from tests.exercises.audit.mutants import mutants, mutants_of


def changed(body, arguments="a, b"):
    """The mutants of a function: its texts without the first line, by what was changed."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    answer = Answer("f", f"def f({arguments}):\n{lines}", "it")
    found = {}
    for mutant in mutants(answer):
        assert mutant.name.startswith("it: ")
        found[mutant.name[4:]] = mutant.source.partition("\n")[2].strip()
    return found


def results(body, arguments="a, b"):
    return set(changed(body, arguments).values())


def test_a_mutant_has_one_change_a_text_and_a_name_of_its_own():
    found = changed('"""Adds."""\nreturn a < b')
    assert found == {
        "a < b → a <= b": "return a <= b",
        "a < b → a > b": "return a > b",
        "a < b → a >= b": "return a >= b",
        "a < b → a == b": "return a == b",
        "a < b → a != b": "return a != b",
        "a < b → b < b": "return b < b",
        "a < b → a < a": "return a < a",
    }


def test_the_same_change_in_a_second_place_gets_a_number():
    found = changed("x = a + 1\ny = a + 1\nreturn x * y")
    assert found["a + 1 → a - 1"] == "x = a - 1\n    y = a + 1\n    return x * y"
    assert found["a + 1 → a - 1 (2)"] == "x = a + 1\n    y = a - 1\n    return x * y"


def test_names_do_not_depend_on_lines():
    one, other = (changed(f"{blank}return a // b") for blank in ("", "\n\n"))
    assert list(one) == list(other)


@pytest.mark.parametrize(
    "body, among",
    [
        ("return a and not b", {"return a or not b", "return a", "return a and b"}),
        ("return a // b", {"return a / b", "return a % b", "return b // a", "return a"}),
        ("return a & b", {"return a | b", "return a"}),
        ("return a[1]", {"return a[0]", "return a[2]", "return a[-1]", "return a"}),
        ("return a[:, b:]", {"return a[:, :b]", "return a[:, :]", "return a[:, b + 1:]"}),
        ("return a.sum(axis=0)", {"return a.sum(axis=1)", "return a.sum()", "return a"}),
        ("return a.sum(axis=(0, 1))", {"return a.sum(axis=(0,))", "return a.mean(axis=(0, 1))"}),
        ("return max(a, 0)", {"return a", "return 0", "return min(a, 0)", "return max(a, 1)"}),
        (
            "return np.clip(a, 0, b)",
            {"return a", "return np.clip(a, b, 0)", "return np.clip(a, 0)"},
        ),
        ("return abs(a)", {"return a"}),
        ("return a.copy()", {"return a"}),
        ("return np.zeros(a)", {"return np.ones(a)", "return np.zeros(a).astype('uint8')"}),
        ("return np.zeros(a, int)", {"return np.zeros(a, 'uint8')", "return np.zeros(a)"}),
        ("return a.astype('int64')", {"return a.astype('uint8')", "return a"}),
        ("return a if b else 0", {"return a", "return 0", "return 0 if b else a"}),
        ("return f(a, strict=True)", {"return a", "return f(b, strict=True)"}),
        ("return True, 0.5", {"return (False, 0.5)", "return (0.5, True)", "return (True, 1.5)"}),
    ],
)
def test_expressions(body, among):
    assert among <= results(body)


def test_arguments_are_exchanged_where_their_order_matters():
    assert "return np.pad(b, a)" in results("return np.pad(a, b)")
    assert "return max(b, a)" not in results("return max(a, b)")


def test_sizes_are_taken_for_one_another_one_use_at_a_time():
    body = "height, width = a.shape\nreturn height * 2 + width"
    found = results(body)
    assert "height, width = a.shape\n    return width * 2 + width" in found
    assert "height, width = a.shape\n    return height * 2 + height" in found
    assert not any("total" in text for text in results("total = a\nreturn a", "a"))


def test_statements():
    body = "a = a + 1\nif b:\n    a += 2\nreturn a"
    found = changed(body)
    assert found["without `a = a + 1`"] == "if b:\n        a += 2\n    return a"
    assert found["always: `if b:`"] == "a = a + 1\n    a += 2\n    return a"
    assert found["without `if b:`"] == "a = a + 1\n    return a"
    assert found["a += 2 → a = 2"] == "a = a + 1\n    if b:\n        a = 2\n    return a"
    assert not any(text.endswith("a += 2") for text in found.values()), "the return is kept"


def test_loops():
    body = "for i in range(a):\n    if i == b:\n        break\n    a += i\nreturn a"
    texts = "\n".join(results(body))
    for line in ("range(1, a)", "range(0, a - 1)", "range(0, a + 1)", "list(range(a))[::-1]"):
        assert f"for i in {line}:" in texts
    names = changed(body)
    assert "break → continue" in names and "without `break`" in names
    assert "inside the loop: `return a`" in names and "behind the loop: `a += i`" in names


def test_all_mutants_are_python_that_does_not_warn():
    body = "for i in a:\n    if i:\n        break\nreturn [0][b]"
    for mutant in changed(body).values():
        assert "0[b]" not in mutant
        assert "break" not in mutant or "for i in" in mutant


def test_right_answers_are_changed_too_and_no_text_comes_twice(week90):
    shift, _half = week90
    found = mutants_of(shift)
    assert {mutant.name.partition(":")[0] for mutant in found} == {"reference", "also right 1"}
    assert len({mutant.source for mutant in found}) == len(found)
    assert all(callable(mutant.build()) for mutant in found)
