"""Files of data sets: fetched, checked, read, and replaced whole or not at all."""
