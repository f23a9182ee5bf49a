"""Elastic deformation of images and of their masks with them."""

import keras
from keras import ops

from segcourse.checks.sizes import integer, number
from segcourse.data.batching.elastic import GRID, bilinear, displacements, nearest


@keras.saving.register_keras_serializable(package="segcourse")
class RandomElasticDeformation(keras.layers.Layer):
    """Bends images at random, and their masks alike.

    Displacement vectors are drawn from a normal distribution, on a grid of 3×3 points from corner
    to corner. Bicubic interpolation, a cubic spline along each axis, makes a displacement `d` for
    every pixel, and the pixel at `p` gets what lay at `p + d`: bilinear for images, which are
    mirrored at their border, nearest for masks, which are void beyond it.

    Only in training (`training=True`, the default where nothing says otherwise). Every example of
    a batch is bent in its own way.

    Args:
        sigma: standard deviation of the vectors in pixels.
        void: what mask pixels get that come from beyond the border.
        seed: integer, or None.

    Call arguments:
        images: `(batch, height, width, channels)`, or a dict with them as "images", and the
            masks as "segmentation_masks": integer `(batch, height, width)`, a last axis of 1
            allowed.

    Output: as the input, the same shapes and dtypes; integer images become those of the layer.

    Raises:
        ValueError: if `sigma` is negative, or masks are not integer or of another size.

    Example:
        >>> import numpy as np
        >>> from segcourse.layers import RandomElasticDeformation
        >>> bend = RandomElasticDeformation(sigma=2.0, seed=1)
        >>> stripes = np.arange(8).repeat(8).reshape(1, 8, 8)
        >>> both = bend({"images": stripes[..., None] / 7, "segmentation_masks": stripes})
        >>> tuple(both["images"].shape), tuple(both["segmentation_masks"].shape)
        ((1, 8, 8, 1), (1, 8, 8))

    Reference: Ronneberger, Fischer, Brox, "U-Net" (2015), section 3.1: a 3×3 grid, 10 pixels.
    Week 6.
    """

    def __init__(self, sigma=10.0, void=255, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.sigma = number("sigma", sigma, lambda value: value >= 0, "of at least 0")
        self.void = integer("void", void)
        self.seed = seed
        self.generator = keras.random.SeedGenerator(seed)
        self.supports_masking = True

    def compute_output_spec(self, images, training=True):
        return keras.tree.map_structure(
            lambda tensor: keras.KerasTensor(tensor.shape, dtype=tensor.dtype), self._floats(images)
        )

    def _floats(self, images):
        """The same with integer images in the layer's dtype: between pixels there are no bytes."""
        if isinstance(images, dict):
            return {**images, "images": self._floats(images["images"])}
        if "float" in keras.backend.standardize_dtype(images.dtype):
            return images
        return ops.cast(images, self.compute_dtype)

    def call(self, images, training=True):
        images = self._floats(images)
        if not training or not self.sigma:
            return images
        both = images if isinstance(images, dict) else {"images": images}
        rows, columns = self._places(both["images"])
        bent = {**both, "images": bilinear(both["images"], rows, columns, ops)}
        if "segmentation_masks" in both:
            bent["segmentation_masks"] = self._bend_masks(both, rows, columns)
        return bent if isinstance(images, dict) else bent["images"]

    def _places(self, images):
        """Where each new pixel is read: rows and columns, float32 [batch, height, width]."""
        batch, height, width = ops.shape(images)[:3]
        vectors = self.sigma * keras.random.normal(
            (batch, 2, GRID, GRID), dtype="float32", seed=self.generator
        )
        rows, columns = (ops.arange(size, dtype="float32")[None] for size in (height, width))
        field = displacements(vectors, rows * _grid_step(height), columns * _grid_step(width), ops)
        return rows[..., None] + field[:, 0], columns[:, None] + field[:, 1]

    def _bend_masks(self, both, rows, columns):
        images, masks = both["images"], ops.convert_to_tensor(both["segmentation_masks"])
        flat = ops.squeeze(masks, -1) if len(masks.shape) == 4 and masks.shape[-1] == 1 else masks
        if "int" not in keras.backend.standardize_dtype(masks.dtype):
            raise ValueError(f"the masks must be integer. Received: dtype={masks.dtype}")
        known = zip(flat.shape[1:], images.shape[1:3], strict=False)
        if len(flat.shape) != 3 or any(a != b for a, b in known if None not in (a, b)):
            raise ValueError(
                "the masks must be (batch, height, width) as their images. Received: "
                f"masks {tuple(masks.shape)}, images {tuple(images.shape)}"
            )
        bent = nearest(flat, rows, columns, self.void, ops)
        return ops.reshape(bent, ops.shape(masks))

    def get_config(self):
        return {**super().get_config(), "sigma": self.sigma, "void": self.void, "seed": self.seed}


def _grid_step(size):
    """Grid steps per pixel: the first and the last pixel lie on grid points."""
    return (GRID - 1) / ops.maximum(ops.cast(size, "float32") - 1, 1.0)
