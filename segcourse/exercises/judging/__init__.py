"""From a student's function to what is said of it.

exercise.py    what an exercise is: Exercise, Case
registry.py    find(id), all_exercises()
places.py      where the exercises of a notebook lie
stub.py        the cell a student starts from
example.py     the docstring's example, which is the first case
cell.py        what the notebook's history says about the cell
judge.py       from a function to a Verdict
trial.py       one call of somebody's function: fresh arguments, what came, what was changed
safety/        what a call cannot do to the kernel and to the notebook
compare.py     when two results count as the same, and how to say in what they differ
faults.py      what is wrong with a call, as a sentence
recognise.py   which catalogued mistake it was
shown.py       the call, as a student sees it
failing.py     the input that went wrong, to be had again
record/        outcomes on disk
testing.py     what must hold for every exercise
"""
