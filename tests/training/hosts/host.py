"""One process of a job on the tiny task, a fork in which JAX has done nothing yet."""

import json
import os
import sys

import keras
import numpy as np

import segcourse.data.batching.batches  # noqa: F401  imported before the forks
from segcourse.training import Recipe, evaluate, fit, predict_labels
from segcourse.training.hosts import on_hosts as hosts
from tests.training.devices import two_devices


def main(coordinator, processes, index, folder, result, epochs):
    """Train, evaluate and predict; write down what came.

    With one process no job is joined: what it finds is what the others are held against.
    """
    processes, index = int(processes), int(index)
    options = dict(batch_size=4, epochs=int(epochs), learning_rate=0.02, schedule="cosine")
    recipe = Recipe(checkpoint=folder, checkpoint_steps=1, csv=folder + ".csv", **options)
    data, val = two_devices.data(14), two_devices.data(5)
    try:
        if processes > 1:
            hosts.join_hosts(coordinator, processes, index)
        keras.utils.set_random_seed(0)
        model = two_devices.model()
        if processes > 1:
            history = hosts.fit_on_hosts(model, data, val, recipe)
            scores = hosts.evaluate_on_hosts(model, val, 2)
            predicted = hosts.predict_on_hosts(model, val[0])
        else:
            history = fit(model, data, val, recipe)
            scores, predicted = evaluate(model, val), predict_labels(model, val[0])
    except ConnectionError as error:
        print(f"Stopped: {error}", file=sys.stderr, flush=True)
        os._exit(1)
    found = {
        "history": history.epochs,
        "resumed": [history.resumed_from, history.resumed_step],
        "mean_iou": scores["mean_iou"],
        "predicted": predicted.tolist(),
        "weights": [np.asarray(w, "float64").ravel().tolist() for w in model.get_weights()],
    }
    with open(result, "w", encoding="utf-8") as file:
        json.dump(found, file)
