"""An independent implementation."""

import pytest


@pytest.fixture
def sklearn_metrics():
    """Not among what the course itself needs: requirements-dev.txt has it."""
    return pytest.importorskip("sklearn.metrics")
