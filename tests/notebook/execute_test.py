import os

import nbformat
import psutil
import pytest

from segcourse.notebook.execute import execute, failures, normalised, reports
from segcourse.notebook.html import to_html, with_alternative_texts

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)


def notebook(*outputs, tags=(), after="The cat sits on *grass*. It is small."):
    cell = nbformat.v4.new_code_cell("x", metadata={"tags": list(tags)})
    cell.outputs = list(outputs)
    return nbformat.v4.new_notebook(cells=[cell, nbformat.v4.new_markdown_cell(after)])


def stream(text, name="stdout"):
    return nbformat.v4.new_output("stream", name=name, text=text)


def result(text):
    return nbformat.v4.new_output("execute_result", data={"text/plain": text}, execution_count=1)


def error(traceback):
    return nbformat.v4.new_output("error", ename="ValueError", evalue="no", traceback=traceback)


def test_reports_are_the_text_of_tagged_cells():
    outputs = stream("mean IoU 0.5\n"), stream("hidden", "stderr"), result("0.5")
    assert reports(notebook(*outputs, tags=["report"])) == "mean IoU 0.5\n0.5"
    assert reports(notebook(*outputs)) == ""


def test_failures_give_the_last_line_without_colours():
    found = failures(notebook(error(["\x1b[31mTraceback\x1b[0m", "\x1b[31mValueError\x1b[0m: no"])))
    assert [(f.index, f.line) for f in found] == [(0, "ValueError: no")]
    assert failures(notebook(error([])))[0].line == "ValueError: no"
    assert failures(notebook(error([]), tags=["raises-exception"])) == []
    assert failures(notebook(stream("fine"))) == []


def test_a_cell_that_warns_is_a_failure_and_a_bar_is_none():
    found = failures(notebook(stream("\nUserWarning: clipped\n  imshow(x)\n", "stderr")))
    assert [(f.index, f.line) for f in found] == [(0, "warns: UserWarning: clipped")]
    assert failures(notebook(stream("\r 1/2\r 2/2\n2026-01-31 12:00: I note\n", "stderr"))) == []
    fonts = "Matplotlib is building the font cache; this may take a moment.\n"
    assert failures(notebook(stream(fonts, "stderr"))) == []


def test_normalised_drops_what_differs_from_run_to_run():
    ran = notebook(stream("kept"), stream("dropped", "stderr"))
    ran.cells[0].metadata["execution"] = {"iopub.execute_input": "2026-01-31T12:00:00Z"}
    ran.metadata["widgets"] = {"state": {}}
    ran.metadata["kernelspec"] = {"name": "mine", "display_name": "Mine"}
    ran.metadata["language_info"] = {"name": "python", "version": "3.11.7"}
    stored = normalised(ran)
    assert [output.text for output in stored.cells[0].outputs] == ["kept"]
    assert stored.cells[0].metadata == {"tags": []}
    assert stored.cells[0].id == ran.cells[0].id
    assert stored.metadata == {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }
    nbformat.validate(stored)


def test_normalised_keeps_other_metadata_and_the_notebook_given():
    ran = notebook(stream("a", "stderr"))
    ran.metadata["colab"] = {"toc_visible": True}
    assert normalised(ran).metadata["colab"] == {"toc_visible": True}
    assert len(ran.cells[0].outputs) == 1


def test_pictures_in_html_are_described_by_the_text_after_them():
    shown = notebook(nbformat.v4.new_output("display_data", data={"image/png": PIXEL}))
    page = to_html(shown, "week4")
    assert 'alt="The cat sits on grass."' in page
    assert "<title>week4" in page
    described = with_alternative_texts(notebook(*shown.cells[0].outputs, after="## Next\n\nA dog."))
    assert described.cells[0].outputs[0].metadata["image/png"]["alt"] == "A dog."
    assert not shown.cells[0].outputs[0].metadata


@pytest.mark.parametrize("loop", ["while True: pass", "import time; time.sleep(60)"])
def test_what_never_ends_is_ended_with_all_it_started(tmp_path, loop):
    starts = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print(child.pid)"
    )
    cells = [nbformat.v4.new_code_cell(source) for source in (starts, loop, "1")]
    ran = nbformat.v4.new_notebook(cells=cells)
    (failure,) = execute(ran, tmp_path, dict(os.environ), limit=4.5)
    assert (failure.index, failure.id) == (1, cells[1].id)
    assert failure.line == "had not ended when the time was over (0.075 minutes for all cells)"
    assert not psutil.pid_exists(int(ran.cells[0].outputs[0].text))
    assert ran.cells[2].execution_count is None
