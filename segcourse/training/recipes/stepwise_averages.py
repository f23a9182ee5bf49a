"""Moving averages of the weights, taken once a step."""

from contextlib import contextmanager

from keras import ops


class StepwiseAverages:
    """For optimizers: with `use_ema`, the averages follow the steps, not the parts of a batch.

    Where a batch is taken in parts (`gradient_accumulation_steps`), Keras averages after each
    part, when nothing has changed.

    At the end of its `fit` Keras puts the averages in the place of the weights. `held_back` keeps
    it from that, for a training that is made of many such `fit`s.
    """

    _held_back = False

    @contextmanager
    def held_back(self):
        """Within, the end of a `fit` leaves the weights as they are."""
        self._held_back = True
        try:
            yield
        finally:
            self._held_back = False

    def finalize_variable_values(self, var_list):
        """What Keras calls at the end of its `fit`."""
        if not self._held_back:
            super().finalize_variable_values(var_list)

    def _update_model_variables_moving_average(self, trainable_variables):
        parts = self.gradient_accumulation_steps or 1
        changed = ops.equal((self._iterations + 1) % parts, 0)
        first = ops.equal(self.iterations, 0)
        kept = ops.where(changed, ops.where(first, 0.0, self.ema_momentum), 1.0)
        averages = self._model_variables_moving_average
        for variable, average in zip(trainable_variables, averages, strict=True):
            if average is not None:
                share = ops.cast(kept, variable.dtype)
                average.assign(share * average + (1 - share) * variable)
