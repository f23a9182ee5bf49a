"""Images and their labels, and how batches are made of them."""

from segcourse.training.loop.weights.checkpoint import data_fingerprint


class LabelledImages:
    """What a run trains or validates on.

    Args:
        images: `[n, height, width, channels]`, uint8 0..255 or float 0..1.
        labels: integers `[n, height, width]`.
        weights: float32 `[n, height, width]`, a weight for every pixel; or None.
    """

    def __init__(self, images, labels, weights=None):
        self.images = images
        self.labels = labels
        self.weights = weights

    def __len__(self):
        return len(self.images)

    def batches(self, size, **settings):
        """`segcourse.data.Batches` of so many images; `settings` are theirs."""
        # Only here is TensorFlow needed on another backend, for its input pipeline.
        import segcourse.data

        arrays = self.images, self.labels
        return segcourse.data.Batches(arrays, size, weights=self.weights, **settings)

    def fingerprint(self):
        """What tells this data from other data."""
        return data_fingerprint(self.images, self.labels, self.weights)
