"""The commands of `python3 -m segcourse`, one a file.

Importing a command needs nothing but the standard library, so that `--help` and the set-up run
on a bare Python; what a command stands on is imported when it starts.
"""
