"""The errors of the ISBI 2012 challenge, between two maps of membranes."""
