"""What stands in the notebooks is what they show with TensorFlow: other backends draw otherwise."""

import keras
import pytest


def pytest_collection_modifyitems(items):
    if keras.config.backend() != "tensorflow":
        skipped = pytest.mark.skip(reason="the notebooks are stored as TensorFlow computes them")
        for item in items:
            if "tests/notebooks/" in item.path.as_posix():
                item.add_marker(skipped)
