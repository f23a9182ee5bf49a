"""A test an exercise, written for pytest, and what runs a student's answer in it.

write.py         the folder of tests      new_folder.py   there whole or not at all
tasks.py         the exercises of a notebook of the course, as its metadata say
plugin.py        what pytest calls
submission.py    a student's notebook     needs.py        what a cell needs from above it
grader.py        an answer and a verdict  worker.py       the process in which the answer runs
"""

from segcourse.export.pytest_files.new_folder import NotEmpty
from segcourse.export.pytest_files.write import write_tests

__all__ = ["NotEmpty", "write_tests"]
