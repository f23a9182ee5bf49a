"""The course in another language: its messages, and what is made from them.

English texts are the only source. Each message, a paragraph or a sentence, has an entry in a PO
file under `segcourse/locale/<language>/LC_MESSAGES/`; a text whose entry is missing or has to be
looked at again is shown in English.

    editions.py    which languages there are, and where their files lie
    language.py    which of them a reader is spoken to in
    catalogue.py   the PO files, read while the course runs
    reading/       what of notebooks, pages and sources is a message
    po/            a PO file brought up to date, and what is wrong with a translation
    making/        notebooks and pages in another language
"""
