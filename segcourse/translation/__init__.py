"""The course in another language: its messages, and what is made from them.

English texts are the only source. Each message, a paragraph or a sentence, has an entry in a PO
file under `segcourse/locale/<language>/LC_MESSAGES/`; a text whose entry is missing or has to be
looked at again is shown in English.

    editions.py        which languages there are, and where their files lie
    message.py         one message: its text, and where it comes from
    markdown.py        a Markdown text, paragraph by paragraph
    docstring.py       the text of a function, paragraph by paragraph
    exercise_cell.py   docstring and comments of the cell of an exercise
    notebook.py        a notebook, cell by cell
    sentences.py       what a Python source marks with `_`, `N_`, `ngettext` or `mistake`
    sources.py         which sources go into which PO file
    merge.py           a PO file brought up to date with its sources
"""
