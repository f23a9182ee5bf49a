"""The web site of the course: notebooks, docs and docstrings as pages that need no network.

    stage.py         the sources of the pages, in a folder of their own
    build.py         from the checkout to the finished folder
    settings.py      what Sphinx is told

Sphinx is loaded when a site is built, and not before.
"""
