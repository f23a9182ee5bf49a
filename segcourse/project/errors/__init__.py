"""Error analysis: the worst images, what is taken for what, small objects, borders."""
