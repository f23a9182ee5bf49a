from pathlib import Path

import numpy as np
import pytest
from PIL import Image


def save(array, path, **settings):
    """Writes an array as a picture file, with the folders it needs."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not isinstance(array, Image.Image):
        array = Image.fromarray(array)
    array.save(path, **settings)
    return path


def mask(seed=0, classes=3, shape=(8, 10)):
    """A label map in which every class is there."""
    ids = np.random.default_rng(seed).integers(0, classes, shape).astype("uint8")
    ids.flat[:classes] = np.arange(classes)
    return ids


def picture(labels, k=0):
    """The picture of a label map: its colours tell its labels, its blue the number."""
    return np.stack([labels * 20, labels * 10, np.full_like(labels, k)], axis=-1)


class Maker:
    """Writes tiny data sets; picture k is coloured by its mask, so that pairs can be told."""

    save, mask, picture = staticmethod(save), staticmethod(mask), staticmethod(picture)

    def pair(self, image, label, k=0, classes=3, shape=(8, 10), encode=lambda ids: ids):
        """A picture at one path and its mask at another; returns the ids."""
        ids = mask(k, classes, shape)
        save(picture(ids, k), image)
        save(encode(ids), label)
        return ids

    def many(self, folder, count=5, encode=lambda ids: ids, ending=".png", **settings):
        """`images/` and `masks/` in a folder; returns the ids by picture name."""
        return {
            f"images/{k}.png": self.pair(
                folder / "images" / f"{k}.png", folder / "masks" / f"{k}{ending}", k,
                encode=encode, **settings,
            )
            for k in range(count)
        }  # fmt: skip

    @staticmethod
    def belong(split):
        """Whether every label map of a split is that of its picture."""
        np.testing.assert_array_equal(split.images[..., 0] // 20, split.labels)
        return True


@pytest.fixture
def make():
    return Maker()
