"""Mutants of week 3 that change nothing: exercise, name, reason."""

UNCHANGED = {
    "3.1": {},
    "3.2": {},
    "3.3": {},
    "3.4": {},
    "3.5": {},
    "3.6": {},
}
