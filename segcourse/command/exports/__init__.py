"""The forms that `python3 -m segcourse export` writes: a file each, with its arguments."""
