"""The exercises of the course: one file a week, and the machinery that checks answers.

A notebook needs three names, `from segcourse import check, hint, solution`. Nothing is imported
here, so that `segcourse.exercises.check` stays the module.

    exercise.py    what an exercise is: Exercise, Case
    week4.py …     the exercises of a week, each with the wrong answers people really give
    registry.py    find(id), all_exercises()
    trial.py       one call of somebody's function, with everything around it kept safe
    compare.py     when two results count as the same, and how to say in what they differ
    judge.py       from a function to a Verdict
    check.py, hint.py, solution.py   the three commands
    record.py      outcomes on disk
    stub.py        the cell a student starts from
    testing.py     what must hold for every exercise
"""
