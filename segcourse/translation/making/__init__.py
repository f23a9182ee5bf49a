"""Notebooks and pages in another language, made from the English ones.

speaker.py     what is said for a message
links.py       links from another folder
notebook.py    a notebook: the same cells, other words
page.py        a page in Markdown
generated.py   all files of an edition
"""
