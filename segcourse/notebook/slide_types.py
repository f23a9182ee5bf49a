"""What a cell is on a slide: `metadata.slideshow.slide_type`, as Jupyter has it."""

#: Each with what it means. "-" is also what a cell without one is.
SLIDE_TYPES = {
    "slide": "begins a slide",
    "subslide": "begins a slide below the last one",
    "fragment": "goes on with the last one, when the next key is pressed",
    "-": "goes on with the last one",
    "notes": "is for the speaker alone",
    "skip": "is left out",
}


def slide_type(cell):
    """The slide type of a cell, or None where it has none or an unknown one.

    >>> slide_type({"metadata": {"slideshow": {"slide_type": "skip"}}})
    'skip'
    """
    slideshow = cell.get("metadata", {}).get("slideshow")
    found = slideshow.get("slide_type") if isinstance(slideshow, dict) else None
    return found if found in SLIDE_TYPES else None
