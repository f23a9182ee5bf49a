"""The learning rate of a run by the clock."""

from segcourse.training.recipes.schedule import rate_at


class RateByClock:
    """Sets the rate that a recipe with `minutes` has where the run is in its budget.

    Args:
        recipe: the `Recipe`.
        budget: the `Budget`.
    """

    def __init__(self, recipe, budget):
        self.recipe = recipe
        self.budget = budget
        self._share = 0.0

    def set(self, optimizer, ahead=0.0):
        """Give the optimizer the rate of the time that is `ahead` seconds from now."""
        # Never back, when the next chunk turns out shorter than was thought.
        self._share = max(self._share, self.budget.share(ahead))
        inner = getattr(optimizer, "inner_optimizer", optimizer)  # a loss scale wraps it
        inner.learning_rate = rate_at(self.recipe, self._share)
