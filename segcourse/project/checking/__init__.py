"""What a hand-in is held against, where it is made and where it is marked."""
