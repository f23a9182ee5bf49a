"""Notebooks as files: reading, running, writing them, and the rules they keep."""
