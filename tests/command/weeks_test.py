import pytest

from segcourse.command import weeks
from segcourse.command.environment import Stop


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "notebooks").mkdir()
    for name in ("week1_tasks", "week10_more", "week4_fcn", "bonus_deeplab", "own_pictures"):
        (tmp_path / "notebooks" / f"{name}.ipynb").write_text("{}")
    return tmp_path


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (["4"], ["week4_fcn"]),
        (["04"], ["week4_fcn"]),
        (["week4"], ["week4_fcn"]),
        (["Week4_FCN"], ["week4_fcn"]),
        (["week4_fcn.ipynb"], ["week4_fcn"]),
        (["1"], ["week1_tasks"]),
        (["bonus"], ["bonus_deeplab"]),
        (["own_pictures"], ["own_pictures"]),
        (["own"], ["own_pictures"]),
        (["4", "1", "week4"], ["week4_fcn", "week1_tasks"]),
        ([], ["bonus_deeplab", "own_pictures", "week10_more", "week1_tasks", "week4_fcn"]),
    ],
)
def test_names_of_a_week(folder, wanted, found):
    assert [path.stem for path in weeks.find(folder, wanted)] == found


def test_a_path_names_any_notebook(folder, tmp_path, monkeypatch):
    (tmp_path / "mine.ipynb").write_text("{}")
    monkeypatch.chdir(tmp_path)
    assert weeks.find(folder, ["mine.ipynb"]) == [(tmp_path / "mine.ipynb").resolve()]


@pytest.mark.parametrize("wanted", ["9", "week", "fcn", "", "no/such.ipynb"])
def test_unknown_names_say_which_there_are(folder, wanted):
    with pytest.raises(Stop, match="bonus_deeplab, own_pictures, week10_more, week1_tasks") as stop:
        weeks.find(folder, [wanted])
    assert stop.value.status == 2


def test_no_notebooks_at_all(tmp_path):
    with pytest.raises(Stop, match="no notebooks"):
        weeks.find(tmp_path, ["4"])


def test_names_stand_for_the_notebooks_of_a_language(folder):
    assert weeks.find(folder, ["4"], "ko") == [folder / "notebooks/week4_fcn.ipynb"]  # none yet
    (folder / "notebooks/ko").mkdir()
    korean = folder / "notebooks/ko/week4_fcn.ipynb"
    korean.write_text("{}")
    assert weeks.find(folder, [], "ko") == weeks.find(folder, ["4"], "ko") == [korean]
    assert korean not in weeks.find(folder, [])
