import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pytest


@pytest.fixture(autouse=True)
def closed_figures():
    """Each test starts and ends without open figures."""
    plt.close("all")
    yield
    plt.close("all")
