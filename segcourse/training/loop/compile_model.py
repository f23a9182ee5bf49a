"""Compile a model for a run: loss, optimizer, compiler, and the seeds of its dropout."""

import keras
import numpy as np

from segcourse.training.devices.device import device
from segcourse.training.loop.weights.averaging import begin_averages
from segcourse.training.recipes.loss import make_loss
from segcourse.training.recipes.optimizer import make_optimizer


def compile_model(setup, plan):
    """Compile `setup.model` anew, for epochs by this plan, as its recipe says."""
    model, recipe = setup.model, setup.recipe
    with setup.devices.scope():
        variables = model.trainable_variables
        steps = plan.steps / plan.parts
        model.compile(
            optimizer=_loss_scaled(make_optimizer(recipe, steps, plan.parts), model),
            loss=make_loss(recipe),
            jit_compile=jit_compile(),
        )
        model.optimizer.build(variables)
        begin_averages(model)
        seed_generators(model, recipe.seed)
    setup.devices.prepare(model, setup.num_classes)


def _loss_scaled(optimizer, model):
    """The optimizer, for a model in float16 with the loss scale that Keras would put around it.

    Keras does so without writing it down: a model that is saved would come back without the scale,
    and with none of the optimizer's state.
    """
    if model.dtype_policy.name != "mixed_float16":
        return optimizer
    return keras.optimizers.LossScaleOptimizer(optimizer, name="loss_scale_optimizer")


def jit_compile():
    """What Keras is told about XLA on this device."""
    return "auto" if device().xla else False


def seed_generators(model, seed):
    """Give every seed generator of the model (dropout has one) a state of its own from `seed`."""
    states = [v for v in model.variables if v.name == "seed_generator_state"]
    for index, state in enumerate(states):
        words = np.random.SeedSequence([seed, index]).generate_state(1)
        # Keras counts up the second word with every draw.
        state.assign(np.array([words[0], 0], state.dtype))
