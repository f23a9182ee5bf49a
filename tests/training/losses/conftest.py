"""The three losses that are means over the classes."""

import pytest

from tests.training.losses.independent import ALL


@pytest.fixture(params=ALL, ids=lambda kind: kind.__name__)
def kind(request):
    return request.param
