"""The exercises of the course, and the four commands that a notebook calls.

    check.py, failed.py, hint.py, solution.py   the commands
    week1/ … week7/, bonus/, own_pictures/      a file an exercise, named after its function
    judging/                         from a student's function to what is said of it

A notebook needs four names, `from segcourse import check, failed, hint, solution`. Nothing is
imported here, so that `segcourse.exercises.check` stays the module.
"""
