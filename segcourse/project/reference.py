"""The reference project: a small U-Net, and how it is trained."""

from segcourse import data, models, training


def network(num_classes, input_shape=(None, None, 3), seed=0):
    """The network, untrained.

    Example:

    >>> network(5).output_shape[-1]
    5
    """
    import keras

    keras.utils.set_random_seed(seed)
    return models.unet(num_classes, input_shape, depth=2, base_channels=8, padding="same")


def recipe(minutes, seed=0, **changes):
    """The recipe for a budget of minutes.

    Example:

    >>> recipe(2.0).minutes
    2.0
    """
    settings = {"learning_rate": 3e-3, "schedule": "cosine", "augment": data.augment(flip=True)}
    return training.Recipe(minutes=minutes, seed=seed, **{**settings, **changes})
