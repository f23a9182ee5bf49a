"""The final project has questions, and no exercise: nothing in it has one right answer."""

ORDER = ()
