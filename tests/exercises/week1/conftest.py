"""Pictures of the course, with all their truth."""

import pytest

from segcourse import data


@pytest.fixture(scope="module")
def scenes():
    return data.load("scenes").val.take(16)
