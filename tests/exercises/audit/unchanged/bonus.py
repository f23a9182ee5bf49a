"""Mutants of the bonus that change nothing: exercise, name, reason."""

UNCHANGED = {
    "B.1": {},
    "B.2": {},
    "B.3": {},
    "B.4": {},
}
