import keras
import numpy as np

from segcourse.training import Recipe
from segcourse.training.loop.compile_model import compile_model, seed_generators
from segcourse.training.loop.setup.setup import make_setup
from tests.training import runs


def generators(model):
    return [
        keras.ops.convert_to_numpy(variable)
        for variable in model.variables
        if variable.name == "seed_generator_state"
    ]


def two_dropouts():
    layers = [keras.layers.Dropout(0.5), keras.layers.Dropout(0.5), keras.layers.Conv2D(2, 1)]
    return keras.Sequential([keras.Input((8, 8, 3)), *layers])


def test_seeds_differ_within_a_model_and_follow_from_the_number():
    states = []
    for seed in (1, 1, 2):
        model = two_dropouts()
        seed_generators(model, seed)
        states.append(np.array(generators(model)))
    assert states[0][0, 0] != states[0][1, 0]
    assert np.array_equal(states[0], states[1]) and not np.array_equal(states[0], states[2])
    assert (states[0][:, 1] == 0).all()


def test_it_is_compiled_as_the_recipe_says():
    recipe = Recipe(class_weights=(1, 2), void=9, accumulate=4, batch_size=8, ema=0.9)
    images, labels = runs.data()
    setup = make_setup(two_dropouts(), (images, np.minimum(labels, 1)), None, recipe)
    compile_model(setup, setup.plan)
    optimizer, loss = setup.model.optimizer, setup.model.loss
    assert (optimizer.gradient_accumulation_steps, optimizer.built) == (4, True)
    assert (loss.void, loss.class_weights) == (9, (1.0, 2.0))
    averages = optimizer._model_variables_moving_average
    for average, variable in zip(averages, setup.model.trainable_variables, strict=True):
        assert np.array_equal(*map(keras.ops.convert_to_numpy, (average, variable)))
