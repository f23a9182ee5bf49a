"""A slider of week 3, dragged by the mouse and moved by the keyboard. Half a minute."""

from tests.browser.controls import SLIDER, assert_the_picture_follows, move_by_key

NOTEBOOK, CELL = "week3_transposed_conv", "scatter-slider"


def test_moved_slider_changes_the_picture(opened):
    notebook = opened(NOTEBOOK)
    notebook.run_above(CELL)
    notebook.run(CELL)
    handle = notebook.cell(CELL).locator(SLIDER)
    handle.scroll_into_view_if_needed()

    def drag():
        box = handle.bounding_box()
        track = notebook.cell(CELL).locator(".noUi-target").bounding_box()
        notebook.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        notebook.page.mouse.down()
        notebook.page.mouse.move(track["x"], box["y"] + box["height"] / 2, steps=8)
        notebook.page.mouse.up()

    assert_the_picture_follows(notebook, CELL, drag)
    assert_the_picture_follows(notebook, CELL, lambda: move_by_key(handle))
    assert notebook.red() == []
