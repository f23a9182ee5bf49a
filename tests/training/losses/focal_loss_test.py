import numpy as np
import pytest

from segcourse.training import FocalLoss
from tests.training.losses.independent import a_batch, focal, gradient_of, mean


@pytest.mark.parametrize(("gamma", "alpha"), [(0, None), (0.5, 0.25), (2, 0.9), (3.5, None)])
def test_gamma_and_alpha(gamma, alpha):
    labels, logits = a_batch()
    loss = FocalLoss(gamma=gamma, alpha=alpha)
    wanted = mean(focal(labels, logits, gamma=gamma, alpha=alpha))
    assert float(loss(labels, logits)) == pytest.approx(wanted, rel=1e-5)
    assert np.isfinite(gradient_of(loss, labels, logits * 1e4)).all()


def test_an_easy_pixel_counts_less_than_in_the_logistic_loss():
    """At q = 0.9 a hundredth of it, as the paper says in section 3.2."""
    labels = np.zeros((1, 1, 1), int)
    logits = np.log([[[[9.0, 1 / 9]]]])
    plain, focused = (float(FocalLoss(gamma=gamma)(labels, logits)) for gamma in (0, 2))
    assert plain / focused == pytest.approx(100, rel=1e-4)
