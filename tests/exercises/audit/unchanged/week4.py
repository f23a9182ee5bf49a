"""Mutants of week 4 that change nothing: exercise, name, reason."""

UNCHANGED = {
    "4.1": {},
    "4.2": {},
    "4.3": {},
    "4.4": {},
    "4.5": {},
    "4.6": {},
    "4.7": {},
}
