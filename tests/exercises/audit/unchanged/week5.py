"""Mutants of week 5 that change nothing: exercise, name, reason."""

UNCHANGED = {
    "5.1": {},
    "5.2": {},
    "5.3": {},
    "5.4": {},
    "5.5": {},
    "5.6": {},
    "5.7": {},
}
