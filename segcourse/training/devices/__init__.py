"""What there is to compute on, and how a model and its batches get there."""
