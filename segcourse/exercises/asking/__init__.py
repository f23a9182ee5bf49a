"""Questions to be answered before the cell that shows the answer is run.

question.py   what is asked, and what is said to each choice
registry.py   where the questions of a week are found
"""
