"""The course in other forms: for nbgrader, for pytest, as slides, for Colab; a folder each."""
