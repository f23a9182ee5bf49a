"""PO files: one brought up to date with its sources, and what is wrong with a translation."""
