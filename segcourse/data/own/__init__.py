"""One's own folder of pictures and masks: found, read, checked."""
