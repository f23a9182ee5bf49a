"""Train a network on several hosts, one process each:

    python -m segcourse.training.several_hosts --coordinator HOST:PORT --processes N --index I \
        --checkpoint FOLDER [--data scenes] [--network small_vgg] [--epochs 10] [--batch-size 32]

docs/several_hosts.md says how to start it by hand, under Slurm, and on a cloud's pod.
"""

import argparse
import os
import sys


def main(arguments=None):
    """One process of the job; the exit status is 1 if it had to stop."""
    options = _options(arguments)
    os.environ["KERAS_BACKEND"] = "jax"
    if options.index:
        os.environ["SEGCOURSE_QUIET"] = "1"  # one process talks
    import keras

    from segcourse import data
    from segcourse.models import fcn
    from segcourse.training.hosts.on_hosts import evaluate_on_hosts, fit_on_hosts, join_hosts
    from segcourse.training.recipes.recipe import Recipe

    try:
        join_hosts(options.coordinator, options.processes, options.index)
        keras.utils.set_random_seed(options.seed)  # the same first weights everywhere
        dataset = data.load(options.data)
        model = fcn(options.network, dataset.num_classes, stride=options.stride)
        recipe = Recipe(
            learning_rate=options.learning_rate,
            schedule="cosine",
            epochs=options.epochs,
            batch_size=options.batch_size,
            augment=data.augment(color=0.2),
            seed=options.seed,
            checkpoint=options.checkpoint,
            checkpoint_steps=options.checkpoint_steps,
        )
        fit_on_hosts(model, dataset.train, dataset.val, recipe)
        found = evaluate_on_hosts(model, dataset.val, dataset.num_classes)
        if options.index == 0:
            print(f"validation mean IoU {found['mean_iou']:.4f}", flush=True)
    except ConnectionError as error:
        print(f"Stopped: {error}", file=sys.stderr, flush=True)
        # Not by way of JAX's farewell, which waits for those that are gone.
        os._exit(1)


def _options(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0].rstrip(":"))
    add = parser.add_argument
    add("--coordinator", required=True, help="host:port of process 0")
    add("--processes", type=int, required=True, help="how many processes there are")
    add("--index", type=int, required=True, help="which one this is, from 0")
    add("--checkpoint", required=True, help="folder that all hosts can read")
    add("--checkpoint-steps", type=int, help="write within an epoch too, after so many steps")
    add("--data", default="scenes", help="a data set of segcourse.data")
    add("--network", default="small_vgg", help="backbone of the FCN")
    add("--stride", type=int, default=8, help="stride of the FCN: 32, 16 or 8")
    add("--epochs", type=int, default=10)
    add("--batch-size", type=int, default=32, help="images in one step, of all hosts together")
    add("--learning-rate", type=float, default=3e-3)
    add("--seed", type=int, default=0)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
