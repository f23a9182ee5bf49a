"""Mutants of week 1 that change nothing: exercise, name, reason."""

UNCHANGED = {
    "1.1": {},
    "1.2": {},
    "1.3": {},
    "1.4": {},
    "1.5": {},
    "1.6": {},
    "1.7": {},
}
