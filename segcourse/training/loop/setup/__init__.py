"""What a run trains, and on what, checked before it begins."""
