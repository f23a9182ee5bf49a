"""A PO file that follows its sources."""

import polib
import pytest

from segcourse.translation.po.merge import merged
from segcourse.translation.reading.message import Message

SKY = "The sky is the largest class of all images in this set."
CHANGED = "The sky is the largest class of nearly all images in this set."


def messages(*texts):
    return [Message(text, "cell a, paragraph") for text in texts]


def file(*texts, **said):
    made = merged(polib.POFile(), messages(*texts))
    for entry in made:
        entry.msgstr = said.get(entry.msgid, f"한글: {entry.msgid}")
    return made


def entry(made, text):
    return next(one for one in made if one.msgid == text)


def test_entries_are_in_the_order_of_the_text_and_say_where_it_is():
    made = merged(
        polib.POFile(), [Message("b", "cell one, item"), Message("a", "cell two, heading")]
    )
    assert [(one.msgid, one.comment) for one in made] == [
        ("b", "cell one, item"), ("a", "cell two, heading"),
    ]  # fmt: skip


def test_a_text_that_occurs_twice_is_one_entry():
    made = merged(polib.POFile(), [Message("a", "cell one, item"), Message("a", "cell two, item")])
    assert [one.comment for one in made] == ["cell one, item\ncell two, item"]


def test_nothing_changes_where_nothing_has_changed():
    made = file(SKY, "Another text.")
    assert str(merged(made, messages(SKY, "Another text."))) == str(made)


def test_a_changed_message_is_fuzzy_and_keeps_its_translation():
    made = merged(file(SKY, "Another text."), messages("Another text.", CHANGED))
    assert [one.msgid for one in made] == ["Another text.", CHANGED]
    changed = entry(made, CHANGED)
    assert changed.fuzzy and not changed.translated()
    assert changed.msgstr == f"한글: {SKY}" and changed.previous_msgid == SKY
    assert not entry(made, "Another text.").fuzzy


def test_changed_twice_it_remembers_what_was_translated():
    once = merged(file(SKY), messages(CHANGED))
    twice = merged(once, messages(CHANGED.replace("this", "our")))
    assert twice[0].fuzzy and twice[0].previous_msgid == SKY


def test_a_new_message_is_empty():
    made = merged(file(SKY), messages(SKY, "Something else."))
    assert entry(made, "Something else.").msgstr == "" and not entry(made, "Something else.").fuzzy


def test_what_has_gone_is_obsolete_and_comes_back():
    gone = merged(file(SKY, "Another text."), messages("Another text."))
    assert [(one.msgid, bool(one.obsolete)) for one in gone] == [
        ("Another text.", False),
        (SKY, True),
    ]
    back = merged(gone, messages(SKY, "Another text."))
    assert entry(back, SKY).translated() and not entry(back, SKY).obsolete


def test_what_has_gone_and_was_not_translated_is_dropped():
    made = merged(file(SKY, **{SKY: ""}), messages("Another text."))
    assert [one.msgid for one in made] == ["Another text."]


@pytest.mark.parametrize("text", ["{n} rows", "no placeholder"])
def test_sentences_of_the_package_say_that_they_are_filled_in(text):
    made = merged(polib.POFile(), [Message(text, "exercises/hint.py")])
    assert ("python-brace-format" in made[0].flags) == ("{" in text)
