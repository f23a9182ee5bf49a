"""The exercises of the course, and the three commands that a notebook calls.

    check.py, hint.py, solution.py   the commands
    week1/ … week7/, bonus/          a file an exercise, named after its function
    judging/                         from a student's function to what is said of it

A notebook needs three names, `from segcourse import check, hint, solution`. Nothing is imported
here, so that `segcourse.exercises.check` stays the module.
"""
