"""Predictions of whole images: in tiles, and sharpened by a dense CRF."""
