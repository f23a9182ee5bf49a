"""What the exercises of week 4 ask for, and what is right; beside them lie the wrong answers."""
