"""Training by the clock: what is left, how long a step takes, the learning rate."""
