"""Pictures taken out of notebooks."""

import nbformat
import pytest

from segcourse.project.handing_in.pictures import may_be_passed_on, without_pictures


def notebook(*cells):
    return nbformat.v4.new_notebook(cells=list(cells))


def code(source, *outputs):
    cell = nbformat.v4.new_code_cell(source)
    cell.outputs = list(outputs)
    return cell


def shown(**data):
    data = {name.replace("_", "/").replace("//", "_"): value for name, value in data.items()}
    return nbformat.v4.new_output("display_data", data=data)


@pytest.mark.parametrize(
    "source, names, may",
    [
        ("dataset = data.load()", ["scenes"], True),
        ("dataset = data.load()", ["camvid"], False),
        ("dataset = data.load()", ["folder:leaves"], False),
        ('more = data.load("membrane")', ["scenes"], False),
        ("more = data.from_folder(path)", ["scenes"], False),
        ('size = (180, 240) if name == "camvid" else None', ["scenes"], True),
    ],
)
def test_whose_pictures_they_are(source, names, may):
    assert may_be_passed_on(notebook(code(source)), names) is may


def test_figures_go_and_numbers_stay():
    given = notebook(
        code("plot()", shown(image_png="AAAA", text_plain="<Figure>")),
        code("print(1)", nbformat.v4.new_output("stream", text="mean IoU 0.5\n")),
        code("table", shown(text_html="<table><tr><td>0.5</td></tr></table>", text_plain="0.5")),
    )
    cleaned, count = without_pictures(given)
    assert count == 1
    (output,) = cleaned.cells[0].outputs
    assert list(output.data) == ["text/plain"] and "A picture was here" in output.data["text/plain"]
    assert cleaned.cells[1:] == given.cells[1:]
    assert "image/png" in given.cells[0].outputs[0].data  # a copy


@pytest.mark.parametrize(
    "data",
    [
        {"image/jpeg": "AA"}, {"image/svg+xml": "<svg/>"}, {"text/html": "<IMG src='data:x'>"},
        {"text/html": "<script>draw()</script>"}, {"video/mp4": "AA"},
        {"application/vnd.jupyter.widget-view+json": {}}, {"application/pdf": "AA"},
        {"text/markdown": "![](data:image/png;base64,AA)"},
    ],
)  # fmt: skip
def test_every_kind_of_picture_goes(data):
    output = nbformat.v4.new_output("display_data", data={**data, "text/plain": "x"})
    cleaned, count = without_pictures(notebook(code("x", output)))
    assert count == 1 and list(cleaned.cells[0].outputs[0].data) == ["text/plain"]


def test_pictures_in_texts_go():
    attached = nbformat.v4.new_markdown_cell("![a](attachment:a.png)")
    attached.attachments = {"a.png": {"image/png": "AAAA"}}
    inside = nbformat.v4.new_markdown_cell("See ![b](data:image/png;base64,AAAA) here")
    cleaned, count = without_pictures(notebook(attached, inside))
    assert count == 2 and "AAAA" not in str(cleaned)
    assert cleaned.cells[1].source.startswith("See ![b]") and "here" in cleaned.cells[1].source
