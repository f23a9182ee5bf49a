"""What of the English course is a message.

    message.py         one message: its text, and where it comes from
    markdown.py        a Markdown text, paragraph by paragraph
    docstring.py       the text of a function, paragraph by paragraph
    exercise_cell.py   docstring and comments of the cell of an exercise
    notebook.py        a notebook, cell by cell
    sentences.py       what a Python source marks with `_`, `N_`, `ngettext` or `mistake`
    sources.py         which sources go into which PO file

Each reader of a text takes a function for what is said in place of a message: one that collects
them extracts, one that looks them up translates.
"""
