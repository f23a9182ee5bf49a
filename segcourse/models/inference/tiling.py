"""Prediction of pictures of any size, tile by tile."""

import keras
import numpy as np

from segcourse.checks.pictures import as_floats, picture
from segcourse.checks.sizes import integer_from_zero, positive_integer, positive_pair
from segcourse.models.arguments import keras_model
from segcourse.models.inference.tile_plan import padded_cuts, unpadded_cuts
from segcourse.models.insight.receptive_field import grid, reach
from segcourse.models.networks.unet_sizes import CheckTiling, check_size, next_size


def overlap_tile_predict(model, image, tile, *, margin=None, overlap=0, batch_size=4):
    """Predict a picture of any size in tiles, with no seam to be seen.

    For a network without padding, such as `unet(padding="valid")`, tiles overlap by the border it
    takes off, and what lies beyond the picture is the picture mirrored, its edge pixel not
    repeated. The result is that of one pass over the picture mirrored so at its border.

    For a network that keeps the size, such as `fcn` and the padded `unet`, tiles overlap by
    `margin` on either side of a seam, and what comes out there is dropped. With the margin left to
    be computed, no output that is kept depends on a pixel beyond its tile: the result is that of
    one pass over the whole picture. Nothing is mirrored, but for a model of one fixed size, to
    fill the tiles at the picture's end.

    Tiles begin where whole cells of the network's coarsest map do: poolings see the same windows
    in all of them. Beside the picture and the result only one batch of tiles is held. There is a
    progress bar, none where SEGCOURSE_QUIET is 1.

    Args:
        model: a functional `keras.Model` from images `(batch, height, width, channels)` in 0..1
            to logits.
        image: one picture, `[height, width, channels]`, uint8 0..255 or float
            0..1.
        tile: height and width of a tile in pixels, or a pair of them; for a model of one size
            that size.
        margin: for a network that keeps the size, pixels that are dropped at either side of a
            seam. None for as many as its receptive field reaches. Fewer are quicker; the tiles
            then differ a little where they meet.
        overlap: for such a network, over how many pixels more a tile passes into the next, as a
            weighted mean of their logits. It hides the seams where the margin is too small.
        batch_size: tiles predicted at a time.

    Returns:
        logits, float32 `[height, width, classes]`.

    Raises:
        ValueError: for an image that is float outside 0..1 or has other than the model's channels,
            for a tile that the model does not take or that is no larger than its margins (the
            nearest that will do are named), and for a model that neither keeps the size nor takes
            off a border, or does not say what goes in.

    Example:
        >>> import os; os.environ["SEGCOURSE_QUIET"] = "1"
        >>> import numpy as np
        >>> from segcourse.models import overlap_tile_predict, unet
        >>> model = unet(num_classes=2, depth=1, base_channels=2, padding="valid")
        >>> overlap_tile_predict(model, np.zeros((50, 3, 1)), tile=32).shape
        (50, 3, 2)

    Reference: Ronneberger, Fischer, Brox, "U-Net" (2015), section 2 and figure 2. Week 6.
    """
    keras_model("model", model, runs=True)
    _check_functional(model)
    image = picture("`image`", image, model.inputs[0].shape[-1])
    tile = _tile(tile, model)
    batch_size = positive_integer("batch_size", batch_size)
    overlap = integer_from_zero("overlap", overlap)
    rows, columns = _cuts(model, image.shape[:2], tile, margin, overlap)
    return _predict(model, image, rows, columns, batch_size)


def _cuts(model, size, tile, margin, overlap):
    """The tiles along the height and along the width."""
    borders = _borders(model, tile)
    step = grid(model)
    if borders == (0, 0):
        return _padded(model, size, tile, step, margin, overlap)
    if margin is not None or overlap:
        raise ValueError(
            "`margin` and `overlap` must be left alone for a network that takes off a border. "
            f"Received: margin={margin}, overlap={overlap}"
        )
    return [
        unpadded_cuts(length, side, border, _unpadded_step(model, length, side, border, step))
        for length, side, border in zip(size, tile, borders, strict=True)
    ]


def _unpadded_step(model, length, tile, border, cell):
    outputs = tile - 2 * border
    if outputs < min(length, cell):
        depth = _depth(model)
        least = 2 * border + min(length, cell)
        least = least if depth is None else next_size(least, depth)
        raise ValueError(
            f"`tile` must be at least {least}: the network takes off {2 * border} pixels, and "
            f"tiles begin every {cell} pixels. Received: tile={tile}"
        )
    return outputs // cell * cell


def _padded(model, size, tile, cell, margin, overlap):
    for side in tile:
        if side % cell:
            below = f"{side - side % cell} or " if side > cell else ""
            raise ValueError(
                f"`tile` must be a multiple of the network's coarsest cell, {cell} pixels. "
                f"Nearest: {below}{side + -side % cell}. Received: tile={side}"
            )
    if margin is not None:
        margin = integer_from_zero("margin", margin)
    elif any(length > side for length, side in zip(size, tile, strict=True)):
        margin = max(reach(model))
    fixed = model.inputs[0].shape[1:3]
    cuts = []
    for length, side, known in zip(size, tile, fixed, strict=True):
        step = 0
        if length > side:
            step = (side - 2 * margin - overlap) // cell * cell
            if step < cell:
                least = -(-(2 * margin + overlap + cell) // cell) * cell
                raise ValueError(
                    f"`tile` must be at least {least}: a margin of {margin} pixels on either side, "
                    f"an overlap of {overlap}, and a cell of {cell}. Received: tile={side}"
                )
        cuts.append(padded_cuts(length, side, margin, overlap, step, fill=known is not None))
    return cuts


def _predict(model, image, rows, columns, batch_size):
    # Only here: the room of the data brings TensorFlow, on another backend too.
    from segcourse.data.progress import bar

    if model.predict_function is None and not model.compiled:
        # Left alone, Keras compiles the prediction of a bare model with XLA on a CPU too.
        model.jit_compile = _on_accelerator()
    groups = {}  # by the shape of the tile: those at the end of the picture may be smaller
    for row in rows:
        for column in columns:
            groups.setdefault((len(row.pixels), len(column.pixels)), []).append((row, column))
    result = np.zeros((*image.shape[:2], model.output_shape[-1]), "float32")
    with bar(what="tiles", total=len(rows) * len(columns), leave=False) as shown:
        for tiles in groups.values():
            for start in range(0, len(tiles), batch_size):
                batch = tiles[start : start + batch_size]
                logits = model.predict_on_batch(np.stack([_cut(image, *one) for one in batch]))
                for (row, column), one in zip(batch, logits, strict=True):
                    _add(result, row, column, one)
                shown.update(len(batch))
    return result


def _cut(image, row, column):
    return as_floats(image[row.pixels[:, None], column.pixels[None]])


def _add(result, row, column, logits):
    """Add what is kept of a tile to the result, with its weights."""
    kept = logits[
        row.first - row.start : row.last - row.start,
        column.first - column.start : column.last - column.start,
    ]
    weights = row.weights[:, None, None] * column.weights[:, None]
    result[row.first : row.last, column.first : column.last] += weights * kept


def _borders(model, tile):
    """Pixels the network takes off each side, along the height and the width."""
    channels = model.inputs[0].shape[-1]
    try:
        shape = model.compute_output_shape((1, *tile, channels))
    except ValueError as error:
        raise ValueError(
            f"`tile` must be a size the model takes. Received: tile={tile}; {error}"
        ) from error
    maps = shape[1:3] if len(shape) == 4 else (0, 0)
    lost = [side - out for side, out in zip(tile, maps, strict=True)]
    kept = all(0 <= less < side for less, side in zip(lost, tile, strict=True))
    if not kept or any(less % 2 for less in lost) or (0 in lost) != (lost == [0, 0]):
        raise ValueError(
            "`model` must give logits of its images' size, or with the same border taken off "
            f"opposite sides. Received: output {tuple(shape)} for tiles {tile}"
        )
    return tuple(less // 2 for less in lost)


def _tile(tile, model):
    pair = positive_pair("tile", tile)
    for side, known in zip(pair, model.inputs[0].shape[1:3], strict=True):
        if known is not None and side != known:
            raise ValueError(
                f"`tile` must be the one size the model takes, {known}. Received: tile={side}"
            )
    depth = _depth(model)
    for side in pair if depth is not None else ():
        check_size(side, depth, "tile")
    return pair


def _depth(model):
    """How many poolings the unpadded U-Net has that looks for sizes that tile; or None."""
    found = [layer.depth for layer in model.layers if isinstance(layer, CheckTiling)]
    return found[0] if found else None


def _check_functional(model):
    """Raise a ValueError unless a model says what goes in: only then can its layers be followed."""
    inputs = getattr(model, "inputs", None)
    if not inputs or len(inputs) != 1 or len(inputs[0].shape) != 4:
        raise ValueError(
            "`model` must be a functional or a built sequential keras.Model of one input, images "
            "[batch, height, width, channels]: one of your own class can be called within such a "
            f"model if its layers are given one by one. Received: model={model!r}"
        )


def _on_accelerator():
    if keras.config.backend() == "jax":
        return True
    return any(not device.lower().startswith("cpu") for device in keras.distribution.list_devices())
