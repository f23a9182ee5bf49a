"""What a reader can move below a cell."""

SLIDER = ".noUi-handle"
CONTROLS = f"{SLIDER}, input[type=checkbox], .widget-toggle-button, .widget-dropdown select"


def controls(cell):
    """All there are in a cell on the page."""
    cell.locator(CONTROLS).first.wait_for()
    return cell.locator(CONTROLS).all()


def move_by_key(control):
    """One step, by the keyboard: a slider away from its nearer end, a switch to the other side."""
    control.focus()
    if "noUi-handle" not in (control.get_attribute("class") or ""):
        is_list = control.evaluate("one => one.tagName === 'SELECT'")
        control.press("ArrowDown" if is_list else "Space")
        return
    low, high, now = (float(control.get_attribute(f"aria-value{n}")) for n in ("min", "max", "now"))
    control.press("ArrowLeft" if now - low > high - now else "ArrowRight")


PICTURES = "[...cell.querySelectorAll('.jp-OutputArea img')].map(one => one.src).join()"


def assert_the_picture_follows(notebook, id, move):
    """Whether `move()` changes what is drawn below the cell."""
    cell = notebook.cell(id)
    cell.locator(".jp-OutputArea img").first.wait_for()
    drawn = cell.element_handle()
    before = drawn.evaluate(f"cell => {PICTURES}")
    move()
    notebook.page.wait_for_function(
        f"([cell, before]) => {{ const now = {PICTURES}; return now && now !== before; }}",
        arg=[drawn, before],
    )
