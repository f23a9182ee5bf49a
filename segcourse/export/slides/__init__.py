"""A week as one page of slides, by the slide types in its notebook's metadata.

page.py     the page: reveal.js, styles and pictures in one file
deck.py     what is shown of each cell      paging.py   cut into slides
pieces.py   what stands on a slide, and how high it is
blocks.py   the parts of a text             lead.py     the sentence that is shown
reveal/     reveal.js 5.2.0 and its plugin for the speaker (MIT, reveal/LICENSE)
"""

from segcourse.export.slides.page import GENERATOR, to_slides

__all__ = ["GENERATOR", "to_slides"]
