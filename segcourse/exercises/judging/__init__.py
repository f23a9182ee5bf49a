"""From a student's function to what is said of it.

exercise.py   what an exercise is: Exercise, Case
example.py    the docstring's example, which is the first case
registry.py   find(id), all_exercises()
trial.py      one call of somebody's function, with everything around it kept safe
compare.py    when two results count as the same, and how to say in what they differ
judge.py      from a function to a Verdict
record.py     outcomes on disk
stub.py       the cell a student starts from
testing.py    what must hold for every exercise
"""
