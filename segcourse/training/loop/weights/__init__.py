"""The weights a run keeps: averages, the best, the last good ones, checkpoints."""
