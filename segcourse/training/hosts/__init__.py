"""Training on several hosts, a process each."""
