"""From a split to the batches of a training: order, augmentation, weights."""
