"""How well the checks tell right answers from wrong ones, counted: the audit of all exercises.

Wrong answers are made by the thousand, in two ways that know nothing of each other:

- `mutants`: a right answer's source with one thing changed (`<` for `<=`, an axis, a lost line);
- `faults`: the reference with a fault before or behind it (the input flipped, the result clipped).

Whatever passes the check and still differs from the reference somewhere is a hole in the cases:
they have to become better. What passes because it changes nothing stands in `unchanged/`, with the
reason, and is confirmed on a thousand inputs.

    python -m tests.exercises.audit                  the table of all exercises
    python -m tests.exercises.audit week1 4.2        these, and what passes that must not
    python -m tests.exercises.audit --save           writes the table to docs/exercises.md

Run it from the root of the checkout.
"""
