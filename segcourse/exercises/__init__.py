"""The exercises of the course, and the five commands that a notebook calls.

    check.py, failed.py, hint.py, question.py, solution.py   the commands
    week1/ … week7/, bonus/, own_pictures/      a file an exercise, named after its function
    final_project/                   questions alone
    asking/                          questions to be answered before a cell is run
    judging/                         from a student's function to what is said of it

A notebook needs four names for its exercises, `from segcourse import check, failed, hint,
solution`, and `question` for its questions. Nothing is imported here, so that
`segcourse.exercises.check` stays the module.
"""
