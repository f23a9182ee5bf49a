"""What is done and what is not: of one reader, and of a class.

course.py         weeks, exercises and questions, read without importing one
summary.py        a record, counted week by week
class_folder.py   the records in a folder, and what else lies there
stuck.py          the records of a class, counted exercise by exercise
words.py          both as text
chart.py          bars as SVG
page.py           both as an HTML page
start_page.py     what JupyterLab opens first
"""
