"""Outlines: how far two are apart, and the errors of the ISBI 2012 challenge of membranes."""
