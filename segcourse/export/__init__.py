"""The course for other programs.

pytest_files/   a test an exercise, for pytest
slides/         a week as one page of slides
"""
