"""A notebook that is open in JupyterLab, moved by mouse and keyboard."""

import contextlib

import nbformat

READY = 600_000  # ms; until page and kernel are there. On a busy machine minutes have been seen
RUN = 1_800_000  # ms; a whole notebook
RUN_CELL = 600_000  # ms; one that does not train

# The application is asked what it knows: cells that are far away may not be drawn.
PANEL = "[...jupyterapp.shell.widgets('main')].find(one => one.context?.path === path)"
IS_READY = f"""path => {{
    const panel = window.jupyterapp && {PANEL};
    return Boolean(panel?.context.isReady)
        && panel.sessionContext.session?.kernel?.status === 'idle'; }}"""
CELLS = f"""path => {PANEL}.content.widgets.map(one => one.model.toJSON())"""
IDS = f"""path => {PANEL}.content.widgets.map(one => one.model.id)"""
SAVE = f"""path => {PANEL}.context.save()"""  # a promise, which holds until the file is written
# A command's promise holds until the last cell has run, or one has failed.
LISTEN = """() => {
    window.ended = false;
    const seen = (_, command) => {
        if (!/^notebook:(restart-)?run-/.test(command.id)) return;
        jupyterapp.commands.commandExecuted.disconnect(seen);
        command.result.finally(() => { window.ended = true; });
    };
    jupyterapp.commands.commandExecuted.connect(seen); }"""
RED_TYPES = ("application/vnd.jupyter.stderr", "application/vnd.jupyter.error")
RED = ", ".join(
    [f'[data-mime-type="{kind}"]' for kind in RED_TYPES] + [".jupyter-widgets-error-widget"]
)
INSTEAD = "Error (displaying|creating) widget|could not be displayed|Loading widget"
SHOWN_RED = f"""path => {PANEL}.content.widgets.flatMap(one => {{
    const outputs = [...one.node.querySelectorAll('.jp-OutputArea-output')].filter(output =>
        output.matches('{RED}') || output.querySelector('{RED}')
        || /{INSTEAD}/.test(output.textContent));
    return outputs.map(output => [one.model.id, output.textContent]); }})"""
VIEW = "application/vnd.jupyter.widget-view+json"


class Notebook:
    """Opens `path` and waits for its kernel."""

    def __init__(self, page, lab, path):
        self.page = page
        self.path = path
        self.file = lab.course / "notebooks" / path
        page.goto(lab.page_of(path), timeout=READY)
        self.wait_for_kernel()
        self._cells = page.locator(".jp-NotebookPanel:visible .jp-Notebook .jp-Cell")

    def wait_for_kernel(self):
        self.page.wait_for_function(IS_READY, arg=self.path, timeout=READY)

    # What there is

    def cells(self):
        """All cells, as the notebook's file would have them."""
        return [nbformat.from_dict(cell) for cell in self.page.evaluate(CELLS, self.path)]

    def cell(self, id):
        """The cell on the page."""
        return self._cells.nth(self.page.evaluate(IDS, self.path).index(id))

    def outputs(self, id):
        """The outputs of a cell on the page."""
        return self.cell(id).locator(".jp-OutputArea-output")

    def text(self, id):
        """What is to be read below a cell."""
        return "\n".join(self.outputs(id).all_inner_texts())

    def red(self):
        """What is red, or stands in place of a widget: [id of the cell, its text]."""
        cells = self.cells()
        for cell in cells:  # a widget is made when it comes into view
            if any(VIEW in output.get("data", {}) for output in cell.get("outputs", ())):
                self.cell(cell.id).scroll_into_view_if_needed()
        stored = [
            [cell.id, output.get("text") or "\n".join(output.get("traceback", ()))]
            for cell in cells
            for output in cell.get("outputs", ())
            if output.output_type == "error" or output.get("name") == "stderr"
        ]
        return stored or self.page.evaluate(SHOWN_RED, self.path)

    # What is done

    def run_all(self, restart=False):
        """By the menu; returns when the last cell has run, or one of them has failed."""
        name = "Restart Kernel and Run All Cells…" if restart else "Run All Cells"
        with self._until_run(RUN):
            self._choose("Run", name)
            if restart:
                dialog = self.page.locator(".jp-Dialog")
                dialog.locator("button.jp-mod-accept").click()

    def run_above(self, id):
        """All cells above this one, by the menu."""
        self.select(id)
        with self._until_run(RUN):
            self._choose("Run", "Run All Above Selected Cell")

    def _choose(self, menu, item):
        self.page.locator(".lm-MenuBar").get_by_role("menuitem", name=menu, exact=True).click()
        self.page.locator(".lm-Menu").get_by_text(item, exact=True).click()

    @contextlib.contextmanager
    def _until_run(self, limit):
        """Waits at its end until what was begun inside has run."""
        self.page.evaluate(LISTEN)
        yield
        self.page.wait_for_function("() => window.ended", timeout=limit)
        self.wait_for_kernel()

    def select(self, id):
        """The cell is the current one, and keys are commands."""
        self.cell(id).locator(".jp-InputPrompt").click()

    def run(self, id):
        """The cell alone, by Shift + Enter; returns what is to be read below it."""
        self.select(id)
        with self._until_run(RUN_CELL):
            self.page.keyboard.press("Shift+Enter")
        return self.text(id)

    def type_last_line(self, id, text):
        """Key by key, in place of the last line; the indentation stays."""
        self.cell(id).locator(".cm-content").click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.press("Shift+Home")
        self.page.keyboard.type(text)

    def write(self, id, text):
        """At once, in place of all that stands in the cell."""
        self.cell(id).locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def paste_below(self, id, text):
        """Into a new cell, from the clipboard; returns the new cell's id."""
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.select(id)
        self.page.keyboard.press("b")
        self.page.keyboard.press("Enter")
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.page.keyboard.press("Control+v")
        ids = self.page.evaluate(IDS, self.path)
        new = ids[ids.index(id) + 1]
        assert self.cell(new).locator(".cm-content").inner_text().strip() == text
        return new

    def save(self):
        """Saves; returns the notebook as its file has it."""
        self.page.evaluate(SAVE, self.path)
        return nbformat.read(self.file, as_version=4)
