"""Cats and dogs: bones, fur and faces.

An animal is built in its own coordinates: body length 1, x towards where it looks,
y down, feet at y = 0. `Placed` carries that into the picture.
"""

from dataclasses import dataclass

import numpy as np

from segcourse.data.drawing.fur import draw_fur
from segcourse.data.drawing.light import colour as rgb
from segcourse.data.drawing.shapes import (
    capsule,
    chain,
    coverage,
    ellipse,
    polygon,
    smooth_union,
)

KEYPOINTS = (
    "nose", "near_eye", "far_eye", "near_ear", "far_ear", "tail_base", "tail_tip",
    "near_front_foot", "far_front_foot", "near_back_foot", "far_back_foot",
)  # fmt: skip


@dataclass(frozen=True)
class Build:
    """How one cat or dog is built; lengths are shares of the body's length."""

    species: str
    leg: float
    leg_radius: float
    chest: float
    waist: float
    neck: float  # length
    neck_rise: float  # angle above the horizontal, radians
    head: float
    snout: float  # how far it reaches beyond the head
    snout_radius: float
    ear: str  # "point" or "flop"
    ear_size: float
    tail: float
    tail_radius: float
    turn: float  # 0 the face looks at us, 1 it is seen from the side


def draw_build(rng, species):
    """A cat or a dog as they come: the two overlap in everything but the whole."""
    if species == "cat":
        return Build(
            species, leg=rng.uniform(0.25, 0.35), leg_radius=rng.uniform(0.030, 0.042),
            chest=rng.uniform(0.135, 0.175), waist=rng.uniform(0.125, 0.17),
            neck=rng.uniform(0.05, 0.13), neck_rise=rng.uniform(0.3, 1.0),
            head=rng.uniform(0.145, 0.18), snout=rng.uniform(0.0, 0.02),
            snout_radius=rng.uniform(0.055, 0.07), ear="point",
            ear_size=rng.uniform(0.15, 0.19), tail=rng.uniform(0.65, 0.95),
            tail_radius=rng.uniform(0.024, 0.040), turn=rng.uniform(0.0, 0.75),
        )  # fmt: skip
    return Build(
        species, leg=rng.uniform(0.34, 0.54), leg_radius=rng.uniform(0.030, 0.048),
        chest=rng.uniform(0.155, 0.205), waist=rng.uniform(0.10, 0.15),
        neck=rng.uniform(0.14, 0.26), neck_rise=rng.uniform(0.35, 1.05),
        head=rng.uniform(0.115, 0.145), snout=rng.uniform(0.13, 0.22),
        snout_radius=rng.uniform(0.045, 0.065),
        ear="point" if rng.uniform() < 0.25 else "flop",
        ear_size=rng.uniform(0.11, 0.17), tail=rng.uniform(0.25, 0.55),
        tail_radius=rng.uniform(0.026, 0.045), turn=rng.uniform(0.35, 1.0),
    )  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """One animal, ready to be laid on the scene.

    Attributes:
        window: slices (rows, columns) of the picture it covers; the arrays fit the window.
        distance: float, below 0 where the animal is.
        image: float [3, h, w], its colours, meant for where it is.
        alpha: float 0..1, how much of each pixel it covers.
        keypoints: float [len(KEYPOINTS), 2], x and y in the picture.
    """

    window: tuple
    distance: np.ndarray
    image: np.ndarray
    alpha: np.ndarray
    keypoints: np.ndarray


class Placed:
    """From an animal's own coordinates to the picture's: scaled, mirrored, moved."""

    def __init__(self, foot, scale, facing, size):
        self.foot, self.scale, self.facing = foot, scale, facing
        ahead, behind = (1.0 * scale + 3, 1.45 * scale + 3)[:: self.facing]
        x0, x1 = int(np.clip(foot[0] - behind, 0, size)), int(np.clip(foot[0] + ahead, 0, size))
        y0 = int(np.clip(foot[1] - 1.5 * scale, 0, size))
        y1 = int(np.clip(foot[1] + 0.25 * scale + 3, 0, size))
        self.window = slice(y0, y1), slice(x0, x1)
        y, x = np.mgrid[y0:y1, x0:x1] + 0.5
        self.x, self.y = x, y

    def point(self, p):
        return (self.foot[0] + self.facing * p[0] * self.scale, self.foot[1] + p[1] * self.scale)

    def length(self, value, least=0.0):
        return max(value * self.scale, least)

    def bone(self, a, b, ra, rb, least=0.85):
        return capsule(
            self.x, self.y, self.point(a), self.point(b),
            self.length(ra, least), self.length(rb, least),
        )  # fmt: skip

    def chain(self, points, ra, rb, least=0.8):
        points = [self.point(p) for p in points]
        return chain(self.x, self.y, points, self.length(ra, least), self.length(rb, least))

    def oval(self, centre, rx, ry):
        return ellipse(
            self.x, self.y, self.point(centre), self.length(rx, 0.5), self.length(ry, 0.5)
        )

    def polygon(self, corners):
        return polygon(self.x, self.y, [self.point(p) for p in corners])


def draw_animal(rng, species, foot, scale, facing, size, light):
    """An animal whose feet stand around `foot` (x, y), with a body `scale` pixels long.

    Args:
        rng: random generator.
        species: `"cat"` or `"dog"`.
        foot: x and y in the picture, below the middle of the body.
        scale: length of the body in pixels.
        facing: 1 looks to the right, -1 to the left.
        size: side of the picture.
        light: the picture's `Light`.

    Returns:
        A `Drawn`.
    """
    build = draw_build(rng, species)
    at = Placed(foot, scale, facing, size)
    pose = _POSES[rng.choice(len(_POSES), p=_POSE_SHARES)]
    bones, points = pose(rng, at, build)
    head, tones, head_points = _head(at, build, points.pop("head"))
    points.update(head_points)
    tail, points["tail_tip"] = _tail(rng, at, build, points["tail_base"], bones["sitting"])
    fur = draw_fur(rng, at, scale)
    # Painted from far to near; each tone says how bright that part is.
    layers = [
        (bones["far"], 0.74),
        (head["far_ear"], 0.80),
        (tail, 0.92),
        (smooth_union(bones["body"], bones["near"], at.length(0.06, 0.8)), 1.0),
        (head["skull"], 1.05),
        (head["near_ear"], 0.93),
    ]
    image, alpha = _paint(layers, fur, light, at)
    image = _face(image, tones, at)
    distance = np.minimum.reduce([layer[0] for layer in layers])
    keypoints = np.array([at.point(points[name]) for name in KEYPOINTS])
    return Drawn(at.window, distance, image, np.maximum(alpha, coverage(distance)), keypoints)


def _paint(layers, fur, light, at):
    image = np.zeros((3, *at.x.shape))
    alpha = np.zeros(at.x.shape)
    for distance, tone in layers:
        over = coverage(distance)
        lit = light.shape(distance, at.length(0.13, 1.0)) * tone
        colour = light.shine(fur, lit) * tone
        # A darker seam where one part passes in front of another.
        seam = 1.0 - 0.22 * np.clip(1.0 - np.abs(distance) / at.length(0.022, 0.7), 0, 1)
        image = image * (1 - over) + colour * (seam * over)
        alpha = np.maximum(alpha, over)
    return image / np.maximum(alpha, 1e-3), alpha


def _leg(at, build, hip, knee, foot, near=True):
    thick = build.leg_radius
    upper = at.bone(hip, knee, thick * 2.0, thick * 1.05)
    lower = at.bone(knee, foot, thick * 1.05, thick * 0.85)
    paw = at.bone(foot, (foot[0] + 0.045, foot[1]), thick, thick * 0.9)
    return np.minimum(np.minimum(upper, lower), paw)


def _walking_leg(rng, at, build, hip, bend):
    """One leg from the hip to the ground, its knee bent forward or back."""
    swing = rng.uniform(-0.42, 0.42) * build.leg
    lift = max(0.0, rng.uniform(-0.12, 0.10)) * build.leg
    foot = (hip[0] + swing, -0.9 * build.leg_radius - lift)
    middle = 0.5 * (hip[1] + foot[1])
    knee = (hip[0] + 0.5 * swing + bend * build.leg, middle)
    return _leg(at, build, hip, knee, foot), foot


def _standing(rng, at, build):
    slope = rng.uniform(-0.05, 0.05)
    height = build.leg + 0.8 * build.chest
    rump, chest = (-0.37, -height + slope), (0.33, -height - slope)
    middle = (0.0, -height - 0.02 + rng.uniform(-0.02, 0.04))
    body = smooth_union(
        at.bone(rump, middle, build.waist * 1.05, build.waist),
        at.bone(middle, chest, build.waist, build.chest),
        at.length(0.08, 0.8),
    )
    body, head = _neck(rng, at, build, body, chest)
    low = 0.35 * build.chest
    legs, points = {}, {"head": head, "tail_base": (rump[0] - 0.9 * build.waist, rump[1] - 0.05)}
    for side, shift in (("near", 0.0), ("far", 0.05)):
        front, points[f"{side}_front_foot"] = _walking_leg(
            rng, at, build, (chest[0] - 0.01 + shift, chest[1] + low), -0.06
        )
        back, points[f"{side}_back_foot"] = _walking_leg(
            rng, at, build, (rump[0] + 0.03 + shift, rump[1] + low), -0.16
        )
        legs[side] = np.minimum(front, back)
    return {"body": body, "sitting": False, **legs}, points


def _sitting(rng, at, build):
    height = build.leg + 0.85 * build.chest + 0.12
    rump, chest = (-0.22, -build.waist * 1.1), (0.12, -height - 0.08)
    body = smooth_union(
        at.bone(rump, chest, build.waist * 1.15, build.chest * 0.95),
        at.oval((rump[0] + 0.07, rump[1] - 0.03), build.waist * 1.35, build.waist * 1.15),
        at.length(0.06, 0.8),
    )
    body, head = _neck(rng, at, build, body, chest)
    points = {"head": head, "tail_base": (rump[0] - 0.75 * build.waist, rump[1] + 0.03)}
    legs = {}
    for side, shift in (("near", 0.0), ("far", 0.08)):
        foot = (chest[0] + 0.07 + shift + rng.uniform(-0.02, 0.03), -0.9 * build.leg_radius)
        hip = (chest[0] + shift, chest[1] + 0.05)
        knee = (0.5 * (hip[0] + foot[0]) - 0.01, 0.5 * (hip[1] + foot[1]))
        front = _leg(at, build, hip, knee, foot)
        back_foot = (rump[0] + 0.24 + shift, -0.9 * build.leg_radius)
        back = at.bone((rump[0] + 0.05, -0.05), back_foot, 0.05, build.leg_radius)
        legs[side] = np.minimum(front, back)
        points[f"{side}_front_foot"], points[f"{side}_back_foot"] = foot, back_foot
    return {"body": body, "sitting": True, **legs}, points


def _lying(rng, at, build):
    rump, chest = (-0.37, -build.waist), (0.33, -build.chest * 1.02)
    body = at.bone(rump, chest, build.waist * 1.05, build.chest)
    body, head = _neck(rng, at, build, body, chest)
    points = {"head": head, "tail_base": (rump[0] - 0.9 * build.waist, rump[1] + 0.03)}
    legs = {}
    for side, shift in (("near", 0.0), ("far", 0.07)):
        front = (chest[0] + 0.30 + shift + rng.uniform(-0.04, 0.06), -0.9 * build.leg_radius)
        back = (rump[0] + 0.30 + shift, -0.9 * build.leg_radius)
        legs[side] = np.minimum(
            at.bone((chest[0], -0.08), front, 0.06, build.leg_radius),
            at.bone((rump[0] + 0.02, -0.09), back, 0.10, build.leg_radius),
        )
        points[f"{side}_front_foot"], points[f"{side}_back_foot"] = front, back
    return {"body": body, "sitting": True, **legs}, points


_POSES = (_standing, _sitting, _lying)
_POSE_SHARES = (0.66, 0.22, 0.12)


def _neck(rng, at, build, body, chest):
    rise = build.neck_rise + rng.uniform(-0.15, 0.15)
    reach = build.chest * 0.7 + build.neck
    start = (chest[0] + 0.02, chest[1] - 0.25 * build.chest)
    end = (start[0] + np.cos(rise) * reach, start[1] - np.sin(rise) * reach)
    thick = at.bone(start, end, build.chest * 0.62, build.head * 0.72)
    head = (end[0] + 0.35 * build.head, end[1] - 0.35 * build.head)
    return smooth_union(body, thick, at.length(0.10, 0.8)), head


def _head(at, build, centre):
    """Skull, muzzle and ears around `centre`; tones are the details painted on top."""
    cx, cy = centre
    r, turn = build.head, build.turn
    away = turn * (0.55 * r + build.snout)
    nose = (cx + away, cy + 0.22 * r + 0.10 * build.snout)
    skull = at.oval(centre, r * 1.03, r * 0.95)
    muzzle = at.bone(
        (cx + 0.25 * away, cy + 0.30 * r), (nose[0], nose[1] + 0.10 * r),
        build.snout_radius * 1.25, build.snout_radius,
    )  # fmt: skip
    skull = smooth_union(skull, muzzle, at.length(0.03, 0.6))
    spread = 0.62 * (1.0 - 0.45 * turn) * r
    shift = -0.28 * turn * r
    ears, places = {}, {}
    for side, way in (("far", 1.0), ("near", -1.0)):
        root = (cx + shift + way * spread, cy - 0.62 * r)
        shape = _pointed_ear if build.ear == "point" else _hanging_ear
        ears[side], places[side] = shape(at, build, root, way)
    eye = 0.42 * r * (1.0 - 0.5 * turn)
    eyes = {
        side: (cx + 0.42 * turn * r + way * eye, cy - 0.12 * r)
        for side, way in (("far", 1.0), ("near", -1.0))
    }
    parts = {"skull": skull, "near_ear": ears["near"], "far_ear": ears["far"]}
    points = {
        "nose": (nose[0], nose[1]), "near_eye": eyes["near"], "far_eye": eyes["far"],
        "near_ear": places["near"], "far_ear": places["far"],
    }  # fmt: skip
    tones = {"nose": nose, "eyes": eyes, "radius": r, "turn": turn, "cat": build.species == "cat"}
    return parts, tones, points


def _pointed_ear(at, build, root, way):
    wide, tall = 0.42 * build.ear_size, build.ear_size
    tip = (root[0] + way * 0.30 * build.ear_size, root[1] - 0.85 * tall)
    corners = [(root[0] - wide, root[1] + 0.25 * tall), (root[0] + wide, root[1] + 0.3 * tall), tip]
    inner = (root[0] + way * 0.12 * build.ear_size, root[1] - 0.3 * tall)
    return at.polygon(corners) - 0.25, inner


def _hanging_ear(at, build, root, way):
    top = (root[0] + way * 0.02, root[1] + 0.05)
    tip = (root[0] + way * 0.42 * build.ear_size - 0.02, root[1] + build.ear_size)
    return at.bone(top, tip, 0.28 * build.ear_size, 0.36 * build.ear_size), (
        0.4 * top[0] + 0.6 * tip[0],
        0.4 * top[1] + 0.6 * tip[1],
    )


def _tail(rng, at, build, base, low):
    """A curve of six bones: it rises or, for an animal on the ground, lies behind it."""
    points = [(base[0] + 0.05, base[1] + 0.02), base]
    if low:
        angle, curl = np.pi - 0.15, rng.uniform(-0.32, 0.05)
    else:
        angle, curl = np.pi + rng.uniform(-0.75, 0.9), rng.uniform(-0.38, 0.38)
    for _ in range(6):
        x, y = points[-1]
        step = build.tail / 6
        y = min(y + np.sin(angle) * step, -build.tail_radius)
        points.append((x + np.cos(angle) * step, y))
        angle += curl
    return at.chain(points, build.tail_radius * 1.25, build.tail_radius * 0.75), points[-1]


def _face(image, tones, at):
    """Eyes and nose; they are colours only and do not change the outline."""
    r, dark = tones["radius"], rgb([0.07, 0.05, 0.06])
    nose = coverage(at.oval(tones["nose"], 0.20 * r, 0.16 * r))
    pink = rgb([0.62, 0.36, 0.36])
    image = image * (1 - nose) + nose * (pink if tones["cat"] else dark)
    for side, place in tones["eyes"].items():
        if side == "far" and tones["turn"] > 0.6:
            continue
        eye = coverage(at.oval(place, 0.16 * r, 0.18 * r))
        iris = rgb([0.55, 0.60, 0.16]) if tones["cat"] else rgb([0.20, 0.12, 0.06])
        image = image * (1 - eye) + eye * iris
        pupil = coverage(at.oval(place, 0.07 * r, 0.14 * r))
        image = image * (1 - pupil) + pupil * dark
    return image
