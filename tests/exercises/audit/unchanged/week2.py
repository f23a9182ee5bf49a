"""Mutants of week 2 that change nothing: exercise, name, reason."""

UNCHANGED = {
    "2.1": {},
    "2.2": {},
    "2.3": {},
    "2.4": {},
    "2.5": {},
    "2.6": {},
    "2.7": {},
}
