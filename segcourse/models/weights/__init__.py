"""Weights: shipped, copied, reshaped, left out and frozen."""
