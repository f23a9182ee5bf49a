"""Somebody's code is called, and the kernel and the notebook go on as if it had not been.

time_limit.py  no call runs for ever
quiet.py       what it prints is caught
guard.py       it cannot end the kernel, and what it replaces or sets is put back
kept.py        random state and Keras' names are as before
"""
