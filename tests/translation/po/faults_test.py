"""What a translation must keep of its message."""

import polib
import pytest

from segcourse.translation.po.faults import faults


@pytest.mark.parametrize(
    ("text", "said", "fault"),
    [
        ("Run `fit` now.", "지금 `fit`을 실행하세요.", None),
        ("Run `fit` now.", "지금 실행하세요.", "lacks the code `fit`"),
        ("The mean $x^2$ of all.", "모두의 평균", "lacks the formula $x^2$"),
        (
            "A [void](../docs/glossary.md#void) pixel",
            "[보이드](../docs/glossary.md#void) 픽셀",
            None,
        ),
        ("A [void](a.md#void) pixel", "[보이드](b.md#void) 픽셀", "lacks the target a.md#void"),
        ("![A cat](cat.png)", "![고양이](cat.png)", None),
        ("See https://example.org/a.", "참고.", "lacks the target https://example.org/a"),
        ("| a word | b |", "| 낱말 b |", "has 2 columns in place of 3"),
        ("A text.", "# 제목", "begins another block by #"),
        ("A text.", "글\n둘", "has other line breaks"),
    ],
)
def test_texts(text, said, fault):
    found = faults(polib.POEntry(msgid=text, msgstr=said))
    assert found == ([fault] if fault else [])


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("{name}: {share:.0%}", None),
        ("{share:.0%} ({name})", None),
        ("{share:.0%}", "lacks the placeholder {name}"),
        ("{name}: {share}", "lacks the placeholder {share:.0%}"),
        ("{name} {share:.0%} {other}", "has the placeholder {other}, which the message has not"),
        ("{name", "cannot be filled in: expected '}' before end of string"),
    ],
)
def test_placeholders(said, fault):
    entry = polib.POEntry(
        msgid="{name} has {share:.0%}", msgstr=said, flags=["python-brace-format"]
    )
    found = faults(entry)
    assert (fault in found) if fault else found == []


def test_the_name_of_an_argument_stands_in_front():
    entry = polib.POEntry(msgid="labels: array.", msgstr="배열.", comment="exercise 1.1, text")
    assert faults(entry) == ["does not begin with the name labels:"]


def test_an_entry_without_translation_has_no_faults():
    assert faults(polib.POEntry(msgid="`a`")) == []


def test_plural_forms_are_looked_at():
    entry = polib.POEntry(
        msgid="{n} row", msgid_plural="{n} rows", msgstr_plural={0: "행"},
        flags=["python-brace-format"],
    )  # fmt: skip
    assert faults(entry) == ["lacks the placeholder {n}"]
