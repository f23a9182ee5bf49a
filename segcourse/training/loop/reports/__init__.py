"""What a run tells: the bar, the table of epochs, TensorBoard."""
