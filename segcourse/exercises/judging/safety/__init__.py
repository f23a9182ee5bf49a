"""Somebody's code is called, and the kernel and the notebook go on as if it had not been.

time_limit.py  no call runs for ever
quiet.py       what it prints is caught
forbidden.py   it cannot end the kernel, wait for a reader or start a process
settings.py    what it sets in Python, NumPy, Keras and matplotlib is as before
guard.py       both of these, and the functions it replaces are put back
kept.py        random state, Keras' names and those of the notebook are as before
"""
