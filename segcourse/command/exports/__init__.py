"""The kinds of `python3 -m segcourse export`, a file each: arguments and calls alone."""
