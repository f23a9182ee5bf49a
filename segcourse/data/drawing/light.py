"""Light: where it comes from, its colour, and what the camera makes of it."""

from dataclasses import dataclass

import numpy as np

# Time of day: sky at the top, sky at the horizon, colour of the sun, colour of the shade.
TIMES = {
    "noon": ((0.30, 0.53, 0.86), (0.74, 0.86, 0.95), (1.02, 1.00, 0.94), (0.58, 0.64, 0.74)),
    "morning": ((0.42, 0.62, 0.85), (0.96, 0.87, 0.74), (1.06, 0.94, 0.76), (0.58, 0.60, 0.70)),
    "overcast": ((0.66, 0.70, 0.75), (0.85, 0.86, 0.87), (0.86, 0.88, 0.90), (0.72, 0.74, 0.78)),
    "evening": ((0.30, 0.33, 0.62), (0.98, 0.62, 0.38), (1.10, 0.82, 0.60), (0.50, 0.47, 0.62)),
    "dusk": ((0.13, 0.16, 0.34), (0.55, 0.42, 0.52), (0.66, 0.63, 0.76), (0.40, 0.41, 0.58)),
}
_SHARES = (0.34, 0.20, 0.18, 0.18, 0.10)


@dataclass(frozen=True)
class Light:
    """The light of one picture; colours are RGB, 1.0 full, float [3, 1, 1].

    Pictures under work have their colours first, [3, h, w]: maps [h, w] then fit as they are.
    """

    time: str
    zenith: np.ndarray
    horizon: np.ndarray
    sun: np.ndarray
    shade: np.ndarray
    direction: tuple  # unit vector (x, y) towards the sun in the picture, y down
    strength: float  # contrast of sunlit and shaded sides

    def shine(self, albedo, lit):
        """Colour of a surface that is `lit` 0 (in shade) .. 1 (facing the sun)."""
        return albedo * (self.shade + (self.sun - self.shade) * lit)

    def shape(self, distance, roundness):
        """How a rounded body is lit, 0..1: its sides turn away from or to the sun."""
        slope_y, slope_x = np.gradient(distance)
        facing = slope_x * self.direction[0] + slope_y * self.direction[1]
        rim = np.clip(1.0 + distance / roundness, 0.0, 1.0)
        return np.clip(0.62 + self.strength * facing * rim - 0.10 * rim, 0.0, 1.0)


def colour(rgb):
    """An RGB triple as float [3, 1, 1], to be mixed with maps [h, w]."""
    return np.asarray(rgb, "float64")[:, None, None]


def draw_light(rng):
    """A time of day and a direction of the sun."""
    time = list(TIMES)[rng.choice(len(_SHARES), p=_SHARES)]
    zenith, horizon, sun, shade = (
        colour(TIMES[time][i] * rng.uniform(0.94, 1.06, 3)) for i in range(4)
    )
    angle = rng.uniform(-1.25, 1.25)
    strength = rng.uniform(0.12, 0.25) if time == "overcast" else rng.uniform(0.3, 0.55)
    return Light(
        time, zenith, horizon, sun, shade, (float(np.sin(angle)), -float(np.cos(angle))), strength
    )


def _blur(image, sigma):
    """A soft lens: five weighted neighbours along each axis."""
    weights = np.exp(-0.5 * (np.arange(3) / sigma) ** 2)
    weights = weights / (weights[0] + 2 * weights[1] + 2 * weights[2])
    for axis in (1, 2):
        pad = [(2, 2) if i == axis else (0, 0) for i in range(3)]
        wide, size = np.pad(image, pad, mode="edge"), image.shape[axis]
        part = [wide[:, k : k + size] if axis == 1 else wide[..., k : k + size] for k in range(5)]
        image = (
            weights[0] * part[2]
            + weights[1] * (part[1] + part[3])
            + weights[2] * (part[0] + part[4])
        )
    return image


def photograph(rng, image):
    """What the camera adds: colour cast, exposure, contrast, vignette, blur, noise.

    Takes float [3, h, w], gives uint8 [h, w, 3].
    """
    height, width = image.shape[1:]
    image = image * colour(rng.uniform(0.95, 1.05, 3)) * rng.uniform(0.98, 1.25)
    image = 0.5 + (image - 0.5) * rng.uniform(0.85, 1.12)
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    image = image * (1.0 - rng.uniform(0.0, 0.18) * (x * x + y * y) / 2.0)
    sigma = round(float(rng.uniform(0.0, 0.75)), 1)
    if sigma >= 0.3:
        image = _blur(image, sigma)
    image = image + rng.standard_normal(image.shape) * rng.uniform(0.002, 0.018)
    image = (np.clip(image, 0.0, 1.0) * 255.0 + 0.5).astype("uint8")
    return np.ascontiguousarray(image.transpose(1, 2, 0))
