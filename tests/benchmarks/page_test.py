"""The page of claims is made from what is stored, and says what is missing."""

import copy

import page
import pytest
import stored
from claims import CLAIMS, ON_A_GPU


def test_the_page_that_is_there_is_that_of_the_results():
    text, plots = page.make(stored.read())
    assert (page.HOME / "README.md").read_text("utf-8") == text, "python3 benchmarks/run.py --page"
    there = {path.name: path.read_text("utf-8") for path in (page.HOME / "plots").iterdir()}
    assert there == plots
    assert set(plots) == {f"{what}.svg" for what in page.GROWTH}
    assert sum(map(len, plots.values())) < 300_000


def test_the_heading_that_others_link_to():
    text, _ = page.make({})
    assert "\n## Nets on one GPU in bfloat16\n" in text


def test_without_a_gpu_its_rows_are_empty_and_say_why():
    results = {name: rows for name, rows in stored.read().items() if "gpu" not in name}
    text, _ = page.make(results)
    rows = text.split("## Nets on one GPU")[1].split("\n## ")[0].splitlines()[4:]
    assert len([row for row in rows if row.startswith("|")]) == len(ON_A_GPU)
    assert all("there was no GPU" in row and "| – |" in row for row in rows if row)


def test_every_claim_has_a_row_and_a_value_that_its_benchmark_writes():
    results, text = stored.read(), page.make(stored.read())[0]
    for claim in CLAIMS:
        assert f"| {claim.what} |" in text
        assert (page.HOME / f"{claim.benchmark}.py").is_file()
        row = results[claim.benchmark].get(claim.row)
        assert row, f"{claim.benchmark} wrote no {claim.row!r}"
        assert claim.value in row["values"]


@pytest.mark.parametrize(("ratio", "said"), [(1.4, "holds"), (1.6, "**does not hold**")])
def test_a_claim_is_judged_by_its_median(ratio, said):
    (claim,) = (claim for claim in CLAIMS if claim.row == "MaxUnpooling2D")
    results = copy.deepcopy(stored.read())
    spread = {"median": ratio, "low": 1.0, "high": 2.0}
    results[claim.benchmark][claim.row]["values"][claim.value] = spread
    (line,) = (x for x in page.make(results)[0].splitlines() if x.startswith(f"| {claim.what} |"))
    assert f"{ratio} (1–2) times as long" in line and f"| {said} |" in line
    run = results[claim.benchmark][claim.row]["run"]
    assert run["date"] in line and f"`{run['command']}`" in line and "keras 3" in line
