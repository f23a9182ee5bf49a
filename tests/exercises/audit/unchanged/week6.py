"""Mutants of week 6 that change nothing: exercise, name, reason."""

UNCHANGED = {
    "6.1": {},
    "6.2": {},
    "6.3": {},
    "6.4": {},
    "6.5": {},
    "6.6": {},
}
