"""A PO file brought up to date with its sources."""

from difflib import SequenceMatcher

from segcourse.translation.editions import edition, po_file

__all__ = ["merged", "read", "update"]

ALIKE = 0.6  # from which a new message is taken for a changed one


def read(path):
    """The PO file at a path, without any entry where there is none."""
    import polib  # imported where a language is asked for: English needs none of it

    # As wide as the text is: whoever translates finds a message in one line.
    return polib.pofile(str(path), wrapwidth=0) if path.exists() else polib.POFile(wrapwidth=0)


def update(code, name, messages, checkout=None):
    """The PO file of that name as it should be now; nothing is written.

    Args:
        code: str, of the language.
        name: str, of the PO file.
        messages: list of `Message`, all that there are now.
        checkout: path of the course; default that of this package.

    Returns:
        tuple (the `polib.POFile`, its text).
    """
    old = read(po_file(code, name, checkout))
    new = merged(old, messages)
    new.metadata = {
        "Project-Id-Version": f"segcourse {name}",
        "Language": code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": edition(code).plurals,
        **{key: value for key, value in old.metadata.items() if value},
    }
    return new, str(new).rstrip("\n") + "\n"


def merged(old, messages):
    """A PO file with an entry for each message, in their order.

    An entry that is still there keeps its translation. A message that is new and like one that
    has gone takes its translation, marked fuzzy, with the text that it translates. What has gone
    and was translated stays as an obsolete entry at the end, and comes back with its message.

    Args:
        old: `polib.POFile`.
        messages: list of `Message`.
    """
    import polib

    new = polib.POFile(wrapwidth=0)
    there = {entry.msgid: entry for entry in old}
    texts = list(dict.fromkeys(message.text for message in messages))
    gone = {text: entry for text, entry in there.items() if text not in set(texts)}
    for text in texts:
        same = [message for message in messages if message.text == text]
        plural = next((message.plural for message in same if message.plural), None)
        entry = polib.POEntry(msgid=text, msgid_plural=plural or "")
        entry.comment = "\n".join(dict.fromkeys(message.where for message in same))
        if text in there:
            _keep(entry, there[text])
        else:
            _like(entry, gone)
        if plural and not entry.msgstr_plural:
            entry.msgstr_plural = {0: ""}
        if "{" in text and "python-brace-format" not in entry.flags and _is_sentence(same):
            entry.flags.append("python-brace-format")
        new.append(entry)
    for entry in gone.values():
        if entry.msgstr or any(entry.msgstr_plural.values()):
            entry.obsolete = True
            entry.comment = ""
            new.append(entry)
    return new


def _is_sentence(same):
    return any(message.where.endswith(".py") for message in same)


def _keep(entry, before):
    entry.msgstr, entry.msgstr_plural = before.msgstr, dict(before.msgstr_plural)
    entry.tcomment, entry.flags = before.tcomment, list(before.flags)
    if before.fuzzy:
        entry.previous_msgid = before.previous_msgid
    if entry.msgid_plural and entry.msgstr:
        entry.msgstr, entry.msgstr_plural = "", {0: entry.msgstr}


def _like(entry, gone):
    """Gives an entry the translation of the one that has gone and is most like it, if any is."""
    best, likeness = None, ALIKE
    for text, before in gone.items():
        if not before.msgstr or before.msgid_plural or entry.msgid_plural:
            continue
        matcher = SequenceMatcher(None, text, entry.msgid, autojunk=False)
        if matcher.real_quick_ratio() >= likeness and matcher.quick_ratio() >= likeness:
            ratio = matcher.ratio()
            if ratio >= likeness:
                best, likeness = before, ratio
    if best is not None:
        del gone[best.msgid]
        entry.msgstr, entry.tcomment = best.msgstr, best.tcomment
        entry.flags = ["fuzzy"]
        # A translation that was fuzzy before belongs to a text that is older still.
        entry.previous_msgid = (best.fuzzy and best.previous_msgid) or best.msgid
