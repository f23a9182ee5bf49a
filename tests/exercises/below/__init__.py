"""What stands below an exercise in its notebook, run with the answers that its check accepts.

A notebook is gone through once, from the top, with the references (`walk`). Every accepted answer
goes along: a cell that uses its function, or what came of it (`cells`), is run with it as well, and
must print and draw the same (`texts`). Answers are those that an exercise's file calls right, and
the reference with its result in another form (`forms`).
"""
