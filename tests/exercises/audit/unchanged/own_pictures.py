"""Mutants of the own pictures that change nothing: exercise, name, reason."""

UNCHANGED = {}
