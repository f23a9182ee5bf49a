"""Wrong answers to exercise 6.4 that give the network something else than it needs."""

import numpy as np


def register(predict_in_tiles):
    """Adds them to the exercise."""

    @predict_in_tiles.mistake(
        "each tile mirrored by itself",
        "You cut out the tile first and mirrored it then. Inside the image the network should "
        "see the true neighbours: mirror the whole image once, then cut out larger parts.",
    )
    def predict_in_tiles(image, tile, margin, predict):
        height, width = image.shape
        result = np.zeros((height, width))
        for top in range(0, height, tile):
            top = min(top, height - tile)
            for left in range(0, width, tile):
                left = min(left, width - tile)
                part = np.pad(image[top : top + tile, left : left + tile], margin, mode="reflect")
                result[top : top + tile, left : left + tile] = predict(part)
        return result

    @predict_in_tiles.mistake(
        "zeros around the image",
        "You put zeros around the image. Near its border the network then sees black; mirror the "
        "image instead.",
    )
    def predict_in_tiles(image, tile, margin, predict):
        height, width = image.shape
        padded = np.pad(image, margin)
        side = tile + 2 * margin
        result = np.zeros((height, width))
        for top in range(0, height, tile):
            top = min(top, height - tile)
            for left in range(0, width, tile):
                left = min(left, width - tile)
                part = predict(padded[top : top + side, left : left + side])
                result[top : top + tile, left : left + tile] = part
        return result

    @predict_in_tiles.mistake(
        "edge pixel repeated",
        "Your mirrored border repeats the edge pixel (mode 'symmetric'). The mirror stands on the "
        "edge pixel: mode 'reflect', as in exercise 6.3.",
    )
    def predict_in_tiles(image, tile, margin, predict):
        height, width = image.shape
        padded = np.pad(image, margin, mode="symmetric")
        side = tile + 2 * margin
        result = np.zeros((height, width))
        for top in range(0, height, tile):
            top = min(top, height - tile)
            for left in range(0, width, tile):
                left = min(left, width - tile)
                part = predict(padded[top : top + side, left : left + side])
                result[top : top + tile, left : left + tile] = part
        return result

    @predict_in_tiles.mistake(
        "no border around the image",
        "You cut the network's input out of the image itself. It has no pixels to spare: give it "
        "a mirrored border of `margin` first.",
    )
    def predict_in_tiles(image, tile, margin, predict):
        height, width = image.shape
        side = tile + 2 * margin
        result = np.zeros((height, width))
        for top in range(0, height, tile):
            top = min(top, height - tile)
            for left in range(0, width, tile):
                left = min(left, width - tile)
                part = predict(image[top : top + side, left : left + side])
                result[top : top + tile, left : left + tile] = part
        return result

    @predict_in_tiles.mistake(
        "part begins at top + margin",
        "You began at top + margin in the padded image. The border has already moved everything "
        "by `margin`: the part for the tile at (top, left) begins at (top, left) of the padded "
        "image.",
    )
    def predict_in_tiles(image, tile, margin, predict):
        height, width = image.shape
        padded = np.pad(image, margin, mode="reflect")
        result = np.zeros((height, width))
        for top in range(0, height, tile):
            top = min(top, height - tile)
            for left in range(0, width, tile):
                left = min(left, width - tile)
                rows = slice(top + margin, top + margin + tile + 2 * margin)
                columns = slice(left + margin, left + margin + tile + 2 * margin)
                part = predict(padded[rows, columns])
                result[top : top + tile, left : left + tile] = part
        return result

    @predict_in_tiles.mistake(
        "no border, margin subtracted",
        "You began at top - margin in the image itself. At the edge this is negative, and a "
        "negative index counts from the end. Give the image a mirrored border of `margin` first.",
    )
    def predict_in_tiles(image, tile, margin, predict):
        height, width = image.shape
        result = np.zeros((height, width))
        for top in range(0, height, tile):
            top = min(top, height - tile)
            for left in range(0, width, tile):
                left = min(left, width - tile)
                rows = slice(top - margin, top + tile + margin)
                columns = slice(left - margin, left + tile + margin)
                result[top : top + tile, left : left + tile] = predict(image[rows, columns])
        return result

    @predict_in_tiles.mistake(
        "whole image with its border",
        "You gave the network the whole image. It takes tile + 2 * margin pixels a side only: "
        "cut such parts out of the padded image, in two loops.",
    )
    def predict_in_tiles(image, tile, margin, predict):
        padded = np.pad(image, margin, mode="reflect")
        return predict(padded)

    @predict_in_tiles.mistake(
        "whole image",
        "You gave the network the image as it is. It takes tile + 2 * margin pixels a side only: "
        "mirror the border, and cut such parts out in two loops.",
    )
    def predict_in_tiles(image, tile, margin, predict):
        return predict(image)

    @predict_in_tiles.mistake(
        "axes added",
        "You gave the network an array of four axes. `predict` takes two, [rows, columns]: leave "
        "out the axes of the batch and of the channels.",
    )
    def predict_in_tiles(image, tile, margin, predict):
        height, width = image.shape
        padded = np.pad(image, margin, mode="reflect")
        side = tile + 2 * margin
        result = np.zeros((height, width))
        for top in range(0, height, tile):
            top = min(top, height - tile)
            for left in range(0, width, tile):
                left = min(left, width - tile)
                part = padded[top : top + side, left : left + side]
                part = predict(part[None, ..., None])[0, ..., 0]
                result[top : top + tile, left : left + tile] = part
        return result

    @predict_in_tiles.mistake(
        "axis of the batch added",
        "You gave the network an array of three axes. `predict` takes two, [rows, columns]: leave "
        "out the axis of the batch.",
    )
    def predict_in_tiles(image, tile, margin, predict):
        height, width = image.shape
        padded = np.pad(image, margin, mode="reflect")
        side = tile + 2 * margin
        result = np.zeros((height, width))
        for top in range(0, height, tile):
            top = min(top, height - tile)
            for left in range(0, width, tile):
                left = min(left, width - tile)
                part = padded[top : top + side, left : left + side]
                part = predict(part[None])[0]
                result[top : top + tile, left : left + tile] = part
        return result

    @predict_in_tiles.mistake(
        "border taken away twice",
        "You cut the margin off the network's output. The network has lost it already: what it "
        "gives is [tile, tile].",
    )
    def predict_in_tiles(image, tile, margin, predict):
        height, width = image.shape
        padded = np.pad(image, margin, mode="reflect")
        side = tile + 2 * margin
        result = np.zeros((height, width))
        for top in range(0, height, tile):
            top = min(top, height - tile)
            for left in range(0, width, tile):
                left = min(left, width - tile)
                part = predict(padded[top : top + side, left : left + side])
                result[top : top + tile, left : left + tile] = part[margin:-margin, margin:-margin]
        return result

    @predict_in_tiles.mistake(
        "border for three axes",
        "Your border is for three axes, as `mirror_border` of exercise 6.3 makes it. Here the "
        "image is [height, width]: give it an axis first, image[..., None], and take it away "
        "again, [..., 0].",
    )
    def predict_in_tiles(image, tile, margin, predict):
        height, width = image.shape
        padded = np.pad(image, ((margin, margin), (margin, margin), (0, 0)), mode="reflect")
        side = tile + 2 * margin
        result = np.zeros((height, width))
        for top in range(0, height, tile):
            top = min(top, height - tile)
            for left in range(0, width, tile):
                left = min(left, width - tile)
                part = predict(padded[top : top + side, left : left + side])
                result[top : top + tile, left : left + tile] = part
        return result

    @predict_in_tiles.mistake(
        "input as small as the output",
        "You gave the network as many pixels as the tile has. It loses `margin` pixels on every "
        "side, so it needs tile + 2 * margin.",
    )
    def predict_in_tiles(image, tile, margin, predict):
        height, width = image.shape
        padded = np.pad(image, margin, mode="reflect")
        result = np.zeros((height, width))
        for top in range(0, height, tile):
            top = min(top, height - tile)
            for left in range(0, width, tile):
                left = min(left, width - tile)
                part = predict(padded[top : top + tile, left : left + tile])
                result[top : top + tile, left : left + tile] = part
        return result

    @predict_in_tiles.mistake(
        "margin on one side",
        "You gave the network tile + margin pixels. The margin is lost on both sides: "
        "tile + 2 * margin.",
    )
    def predict_in_tiles(image, tile, margin, predict):
        height, width = image.shape
        padded = np.pad(image, margin, mode="reflect")
        side = tile + margin
        result = np.zeros((height, width))
        for top in range(0, height, tile):
            top = min(top, height - tile)
            for left in range(0, width, tile):
                left = min(left, width - tile)
                part = predict(padded[top : top + side, left : left + side])
                result[top : top + tile, left : left + tile] = part
        return result

    @predict_in_tiles.mistake(
        "margin subtracted twice",
        "You began at top - margin in the padded image. The border has already moved everything "
        "by `margin`: the part for the tile at (top, left) begins at (top, left) of the padded "
        "image.",
    )
    def predict_in_tiles(image, tile, margin, predict):
        height, width = image.shape
        padded = np.pad(image, margin, mode="reflect")
        result = np.zeros((height, width))
        for top in range(0, height, tile):
            top = min(top, height - tile)
            for left in range(0, width, tile):
                left = min(left, width - tile)
                rows = slice(top - margin, top + tile + margin)
                columns = slice(left - margin, left + tile + margin)
                result[top : top + tile, left : left + tile] = predict(padded[rows, columns])
        return result

    @predict_in_tiles.mistake(
        "edge pixel stretched",
        "Your border repeats the edge pixel all over (mode 'edge'). Outside of the image the "
        "network should see the image mirrored, as in exercise 6.3.",
    )
    def predict_in_tiles(image, tile, margin, predict):
        height, width = image.shape
        padded = np.pad(image, margin, mode="edge")
        side = tile + 2 * margin
        result = np.zeros((height, width))
        for top in range(0, height, tile):
            top = min(top, height - tile)
            for left in range(0, width, tile):
                left = min(left, width - tile)
                part = predict(padded[top : top + side, left : left + side])
                result[top : top + tile, left : left + tile] = part
        return result

    @predict_in_tiles.mistake(
        "no border, parts cut off at the edge",
        "At the edge of the image your part is cut off, and the network gets too few pixels. "
        "Give the image a mirrored border of `margin` first: then no part reaches over the edge.",
    )
    def predict_in_tiles(image, tile, margin, predict):
        height, width = image.shape
        result = np.zeros((height, width))
        for top in range(0, height, tile):
            top = min(top, height - tile)
            for left in range(0, width, tile):
                left = min(left, width - tile)
                rows = slice(max(top - margin, 0), top + tile + margin)
                columns = slice(max(left - margin, 0), left + tile + margin)
                result[top : top + tile, left : left + tile] = predict(image[rows, columns])
        return result

    @predict_in_tiles.mistake(
        "padded below and right, not moved back",
        "You gave the image a wider border below and on the right, so the last tile stays in "
        "its step and reaches over the edge. A network that pools gives other values there: move "
        "the last tile back, left = min(left, width - tile), and the same for the rows.",
    )
    def predict_in_tiles(image, tile, margin, predict):
        height, width = image.shape
        down, right = -height % tile, -width % tile
        border = ((margin, margin + down), (margin, margin + right))
        padded = np.pad(image, border, mode="reflect")
        side = tile + 2 * margin
        result = np.zeros((height + down, width + right))
        for top in range(0, height, tile):
            for left in range(0, width, tile):
                part = predict(padded[top : top + side, left : left + side])
                result[top : top + tile, left : left + tile] = part
        return result[:height, :width]

    @predict_in_tiles.mistake(
        "zeros below and right, not moved back",
        "You filled the image up with zeros below and on the right, so that the tiles fit. The "
        "network then sees black behind the edge: mirror the image by `margin` only, and move "
        "the last tile back, left = min(left, width - tile), and the same for the rows.",
    )
    def predict_in_tiles(image, tile, margin, predict):
        height, width = image.shape
        full = np.pad(image, ((0, -height % tile), (0, -width % tile)))
        padded = np.pad(full, margin, mode="reflect")
        side = tile + 2 * margin
        result = np.zeros(full.shape)
        for top in range(0, height, tile):
            for left in range(0, width, tile):
                part = predict(padded[top : top + side, left : left + side])
                result[top : top + tile, left : left + tile] = part
        return result[:height, :width]

    @predict_in_tiles.mistake(
        "tiles laid from the end",
        "You laid the tiles from the end, and moved the first one. A network that pools gives "
        "other values in tiles that begin elsewhere: lay them from 0 on, in steps of `tile`, and "
        "move the last one back to the edge.",
    )
    def predict_in_tiles(image, tile, margin, predict):
        height, width = image.shape
        padded = np.pad(image, margin, mode="reflect")
        side = tile + 2 * margin
        result = np.zeros((height, width))
        for top in [*range(height - tile, 0, -tile), 0]:
            for left in [*range(width - tile, 0, -tile), 0]:
                part = predict(padded[top : top + side, left : left + side])
                result[top : top + tile, left : left + tile] = part
        return result

    @predict_in_tiles.mistake(
        "overlaps averaged",
        "You took the mean where two tiles overlap. The text asks for the later tile there: write "
        "it over what is there, with =, and count nothing.",
    )
    def predict_in_tiles(image, tile, margin, predict):
        height, width = image.shape
        padded = np.pad(image, margin, mode="reflect")
        side = tile + 2 * margin
        total, count = np.zeros((height, width)), np.zeros((height, width))
        for top in range(0, height, tile):
            top = min(top, height - tile)
            for left in range(0, width, tile):
                left = min(left, width - tile)
                part = predict(padded[top : top + side, left : left + side])
                total[top : top + tile, left : left + tile] += part
                count[top : top + tile, left : left + tile] += 1
        return total / count

    @predict_in_tiles.mistake(
        "earlier tile kept in the overlap",
        "Where the last tile overlaps its neighbour, your result holds what the neighbour says. "
        "Write the tiles from the top left to the bottom right, each over what is there.",
    )
    def predict_in_tiles(image, tile, margin, predict):
        height, width = image.shape
        padded = np.pad(image, margin, mode="reflect")
        side = tile + 2 * margin
        result = np.zeros((height, width))
        for top in reversed(range(0, height, tile)):
            top = min(top, height - tile)
            for left in reversed(range(0, width, tile)):
                left = min(left, width - tile)
                part = predict(padded[top : top + side, left : left + side])
                result[top : top + tile, left : left + tile] = part
        return result
