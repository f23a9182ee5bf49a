from pathlib import Path

from segcourse.exercises.judging import registry
from tests.exercises.backend import needs_no_backend, touches_backend

HERE = Path(__file__).parent


def test_some_do_and_some_do_not():
    found = {id for id in ("2.1", "4.2", "4.6", "5.2") if touches_backend(registry.find(id))}
    assert found == {"4.6", "5.2"}


def test_a_file_of_tests_belongs_to_its_exercise():
    assert needs_no_backend(HERE / "week2" / "linear_test.py")
    assert needs_no_backend(HERE / "week4" / "output_size_test.py")
    assert not needs_no_backend(HERE / "week5" / "freeze_test.py")
    assert not needs_no_backend(HERE / "week3" / "keras_transposed.py")
    assert not needs_no_backend(HERE / "catalogue_test.py")
    assert not needs_no_backend(HERE / "week3")
