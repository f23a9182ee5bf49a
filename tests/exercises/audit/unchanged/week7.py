"""Mutants of week 7 that change nothing: exercise, name, reason."""

UNCHANGED = {
    "7.1": {},
    "7.2": {},
    "7.3": {},
    "7.4": {},
    "7.5": {},
    "7.6": {},
}
