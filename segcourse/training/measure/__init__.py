"""How fast a model is, how many operations it takes, and what the device could do."""
