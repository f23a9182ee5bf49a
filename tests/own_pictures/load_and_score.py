"""In a new process: load a model that was trained on a folder, and print what it scores there.

Arguments: pairs of a model's file and the name of its data set.
"""

import json
import sys

import keras

from segcourse import data
from segcourse.training import evaluate

scores = []
for path, name in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
    model = keras.saving.load_model(path)
    scores.append(evaluate(model, data.load(name).val)["pixel_accuracy"])
print(json.dumps(scores))
