"""The data sets, a file each: what `load` reads, draws or fetches."""
