"""Trained models as files that are run without Keras and without the course."""
