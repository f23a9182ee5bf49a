"""What a reader meets first: the address that `lab` prints, in a browser."""

from tests.browser.notebooks_test import NOTEBOOKS

NEWS = """async () => {
    await jupyterapp.restored;
    const id = '@jupyterlab/apputils-extension:notification';
    const { settings } = await jupyterapp.serviceManager.settings.fetch(id).then(
        one => ({ settings: one.schema.properties.fetchNews.default }));
    return settings; }"""
NARROW = """() => [...document.querySelectorAll('.jp-DirListing-itemName')]
    .filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent)"""


def test_page_of_the_weeks_no_news_and_whole_names(lab, page):
    page.goto(lab.first_page)
    page.wait_for_function("() => window.jupyterapp")
    page.locator(".jp-DirListing-itemName").first.wait_for()
    shown = page.locator(".jp-MarkdownViewer")
    shown.get_by_role("heading").first.wait_for()
    addresses = shown.locator("a").evaluate_all("all => all.map(one => one.href)")
    for name in NOTEBOOKS:
        assert any(name in address for address in addresses), name
    assert page.evaluate(NEWS) == "false"
    assert page.get_by_text("Jupyter news").count() == 0
    listed = page.locator(".jp-DirListing-itemName").all_inner_texts()
    assert {f"{name}.ipynb" for name in NOTEBOOKS} <= set(listed)
    assert page.evaluate(NARROW) == []


def test_a_link_of_the_first_page_opens_its_notebook(lab, page):
    page.goto(lab.first_page)
    page.wait_for_function("() => window.jupyterapp")
    page.locator(".jp-MarkdownViewer a", has_text="Bilinear").first.click()
    page.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for()
    lab.end_kernels()
