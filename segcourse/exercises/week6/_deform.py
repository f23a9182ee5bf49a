"""Wrong answers to exercise 6.5 that read at other places."""

import numpy as np


def register(deform):
    """Adds them to the exercise."""

    @deform.mistake(
        "meshgrid of height and width",
        "np.meshgrid(a, b) gives arrays with a row for each number of b. With the height first the "
        "two come out lying on their side: np.indices(labels.shape) has the right order.",
    )
    def deform(image, labels, dy, dx):
        from scipy import ndimage

        height, width = labels.shape
        rows, columns = np.meshgrid(np.arange(height), np.arange(width))
        places = [rows + dy, columns + dx]
        image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
        labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
        return image, labels

    @deform.mistake(
        "meshgrid gives columns first",
        "np.meshgrid(np.arange(width), np.arange(height)) gives the columns first and then the "
        "rows. Write columns, rows = …, or use np.indices(labels.shape).",
    )
    def deform(image, labels, dy, dx):
        from scipy import ndimage

        height, width = labels.shape
        rows, columns = np.meshgrid(np.arange(width), np.arange(height))
        places = [rows + dy, columns + dx]
        image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
        labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
        return image, labels

    @deform.mistake(
        "displacements cut to whole numbers",
        "You made the displacements whole numbers. The image is read between the pixels, and so a "
        "fraction counts: leave dy and dx as they are.",
    )
    def deform(image, labels, dy, dx):
        from scipy import ndimage

        rows, columns = np.indices(labels.shape)
        places = [rows + dy.astype(int), columns + dx.astype(int)]
        image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
        labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
        return image, labels

    @deform.mistake(
        "places cut to whole numbers",
        "You made the places whole numbers. The image is read between the pixels, and so a "
        "fraction counts: leave them as they are.",
    )
    def deform(image, labels, dy, dx):
        from scipy import ndimage

        rows, columns = np.indices(labels.shape)
        places = [(rows + dy).astype(int), (columns + dx).astype(int)]
        image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
        labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
        return image, labels

    @deform.mistake(
        "sign reversed",
        "You read at (y - dy, x - dx). The text says where a pixel of the result comes from: add "
        "the displacement.",
    )
    def deform(image, labels, dy, dx):
        from scipy import ndimage

        rows, columns = np.indices(labels.shape)
        places = [rows - dy, columns - dx]
        image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
        labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
        return image, labels

    @deform.mistake(
        "dx and dy swapped",
        "You added dx to the rows and dy to the columns. dy moves along the height, which is the "
        "first axis.",
    )
    def deform(image, labels, dy, dx):
        from scipy import ndimage

        rows, columns = np.indices(labels.shape)
        places = [rows + dx, columns + dy]
        image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
        labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
        return image, labels

    @deform.mistake(
        "places as x, y",
        "You gave the places as [x, y]. Arrays are indexed row first: [y, x].",
    )
    def deform(image, labels, dy, dx):
        from scipy import ndimage

        rows, columns = np.indices(labels.shape)
        places = [columns + dx, rows + dy]
        image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
        labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
        return image, labels

    @deform.mistake(
        "displacement taken for the place",
        "You read at (dy, dx). These are displacements: add them to the row and the column of each "
        "pixel, np.indices(labels.shape).",
    )
    def deform(image, labels, dy, dx):
        from scipy import ndimage

        image = ndimage.map_coordinates(image, [dy, dx], order=1, mode="nearest")
        labels = ndimage.map_coordinates(labels, [dy, dx], order=0, mode="nearest")
        return image, labels

    @deform.mistake(
        "zero outside",
        "Outside of the image you got 0: SciPy's default mode is 'constant'. Class 0 would grow "
        "into the image from the border; use mode='nearest'.",
    )
    def deform(image, labels, dy, dx):
        from scipy import ndimage

        rows, columns = np.indices(labels.shape)
        places = [rows + dy, columns + dx]
        image = ndimage.map_coordinates(image, places, order=1)
        labels = ndimage.map_coordinates(labels, places, order=0)
        return image, labels

    @deform.mistake(
        "zero outside the image",
        "Outside of the image you got 0: SciPy's default mode is 'constant'. The image needs "
        "mode='nearest' too.",
    )
    def deform(image, labels, dy, dx):
        from scipy import ndimage

        rows, columns = np.indices(labels.shape)
        places = [rows + dy, columns + dx]
        image = ndimage.map_coordinates(image, places, order=1)
        labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
        return image, labels

    @deform.mistake(
        "zero outside the labels",
        "Outside of the image the labels are 0: SciPy's default mode is 'constant'. Class 0 "
        "would grow in from the border: the labels need mode='nearest' too.",
    )
    def deform(image, labels, dy, dx):
        from scipy import ndimage

        rows, columns = np.indices(labels.shape)
        places = [rows + dy, columns + dx]
        image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
        labels = ndimage.map_coordinates(labels, places, order=0)
        return image, labels

    @deform.mistake(
        "mirrored outside",
        "Outside of the image you mirrored it. The text asks for the nearest pixel of the "
        "border: mode='nearest'.",
    )
    def deform(image, labels, dy, dx):
        from scipy import ndimage

        rows, columns = np.indices(labels.shape)
        places = [rows + dy, columns + dx]
        image = ndimage.map_coordinates(image, places, order=1, mode="mirror")
        labels = ndimage.map_coordinates(labels, places, order=0, mode="mirror")
        return image, labels

    @deform.mistake(
        "wrapped around outside",
        "Outside of the image you went on at the opposite edge: an index of -1 is the last row. "
        "Hold the places inside, np.clip(y, 0, height - 1), and the columns too.",
    )
    def deform(image, labels, dy, dx):
        from scipy import ndimage

        rows, columns = np.indices(labels.shape)
        places = [rows + dy, columns + dx]
        image = ndimage.map_coordinates(image, places, order=1, mode="grid-wrap")
        labels = ndimage.map_coordinates(labels, places, order=0, mode="grid-wrap")
        return image, labels

    @deform.mistake(
        "places not held inside",
        "A place outside of the image has no index: below 0 Python counts from the end, and "
        "beyond the last row it stops with an error. Hold it inside: np.clip(row, 0, height - 1), "
        "and the columns too.",
    )
    def deform(image, labels, dy, dx):
        from scipy import ndimage

        rows, columns = np.indices(labels.shape)
        places = [rows + dy, columns + dx]
        image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
        new_labels = np.zeros_like(labels)
        for y in range(labels.shape[0]):
            for x in range(labels.shape[1]):
                row, column = round(y + dy[y, x]), round(x + dx[y, x])
                new_labels[y, x] = labels[row, column]
        return image, new_labels

    @deform.mistake(
        "places held below the end only",
        "A place above or left of the image has an index below 0, and Python then counts from "
        "the end. Hold it inside on both sides: np.clip(row, 0, height - 1), and the columns too.",
    )
    def deform(image, labels, dy, dx):
        from scipy import ndimage

        rows, columns = np.indices(labels.shape)
        places = [rows + dy, columns + dx]
        image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
        height, width = labels.shape
        new_labels = np.zeros_like(labels)
        for y in range(labels.shape[0]):
            for x in range(labels.shape[1]):
                row = min(round(y + dy[y, x]), height - 1)
                column = min(round(x + dx[y, x]), width - 1)
                new_labels[y, x] = labels[row, column]
        return image, new_labels

    @deform.mistake(
        "pushed in place of read",
        "You pushed every pixel to its new place. Some places then get two pixels and some none. "
        "Ask for every pixel of the result where it comes from.",
    )
    def deform(image, labels, dy, dx):
        height, width = labels.shape
        rows, columns = np.indices(labels.shape)
        y = np.clip(np.round(rows + dy), 0, height - 1).astype(int)
        x = np.clip(np.round(columns + dx), 0, width - 1).astype(int)
        new_image, new_labels = np.zeros_like(image), np.zeros_like(labels)
        new_image[y, x] = image
        new_labels[y, x] = labels
        return new_image, new_labels

    @deform.mistake(
        "mirrored outside, the edge twice",
        "Outside of the image you mirrored it, with the edge pixel twice (SciPy's 'reflect'). "
        "The text asks for the nearest pixel of the border: mode='nearest'.",
    )
    def deform(image, labels, dy, dx):
        from scipy import ndimage

        rows, columns = np.indices(labels.shape)
        places = [rows + dy, columns + dx]
        image = ndimage.map_coordinates(image, places, order=1, mode="reflect")
        labels = ndimage.map_coordinates(labels, places, order=0, mode="reflect")
        return image, labels

    @deform.mistake(
        "both by index, not held inside",
        "A place outside of the image has no index: hold it inside with np.clip(row, 0, height - "
        "1). And the image is read between the pixels: ndimage.map_coordinates with order=1 and "
        "mode='nearest' does both.",
    )
    def deform(image, labels, dy, dx):
        new_image, new_labels = np.zeros_like(image), np.zeros_like(labels)
        for y in range(labels.shape[0]):
            for x in range(labels.shape[1]):
                row, column = round(y + dy[y, x]), round(x + dx[y, x])
                new_image[y, x] = image[row, column]
                new_labels[y, x] = labels[row, column]
        return new_image, new_labels

    @deform.mistake(
        "one list of rows, one of columns",
        "np.arange gives one row number for each row. A place belongs to each pixel, so the row "
        "numbers have to be an array [height, width]: np.indices(labels.shape) gives both arrays.",
    )
    def deform(image, labels, dy, dx):
        from scipy import ndimage

        rows, columns = np.arange(labels.shape[0]), np.arange(labels.shape[1])
        places = [rows + dy, columns + dx]
        image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
        labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
        return image, labels

    @deform.mistake(
        "places not in one list",
        "map_coordinates takes the places as one list of two arrays, [rows + dy, columns + dx], "
        "the rows first.",
    )
    def deform(image, labels, dy, dx):
        from scipy import ndimage

        rows, columns = np.indices(labels.shape)
        image = ndimage.map_coordinates(image, rows + dy, columns + dx, order=1, mode="nearest")
        labels = ndimage.map_coordinates(labels, rows + dy, columns + dx, order=0, mode="nearest")
        return image, labels

    @deform.mistake(
        "by hand, held below the end only",
        "Above the image and left of it your indices are below 0, and Python then counts from "
        "the end: -1 is the last row. Hold the places inside first: np.clip(y, 0, height - 1), and "
        "x too.",
    )
    def deform(image, labels, dy, dx):
        height, width = labels.shape
        new_image, new_labels = np.zeros(labels.shape), np.zeros_like(labels)
        for i in range(height):
            for j in range(width):
                y, x = i + dy[i, j], j + dx[i, j]
                top, left = int(np.floor(y)), int(np.floor(x))
                down, across = y - top, x - left
                below, right = min(top + 1, height - 1), min(left + 1, width - 1)
                top, left = min(top, height - 1), min(left, width - 1)
                new_image[i, j] = (
                    (1 - down) * (1 - across) * image[top, left]
                    + (1 - down) * across * image[top, right]
                    + down * (1 - across) * image[below, left]
                    + down * across * image[below, right]
                )
                row, column = min(round(y), height - 1), min(round(x), width - 1)
                new_labels[i, j] = labels[row, column]
        return new_image, new_labels

    @deform.mistake(
        "by hand, not held inside",
        "Beyond the last row or column there is no pixel, and below 0 Python counts from the end. "
        "Hold the places inside first, np.clip(y, 0, height - 1), and the neighbour below too: "
        "min(top + 1, height - 1); the columns likewise.",
    )
    def deform(image, labels, dy, dx):
        height, width = labels.shape
        new_image, new_labels = np.zeros(labels.shape), np.zeros_like(labels)
        for i in range(height):
            for j in range(width):
                y, x = i + dy[i, j], j + dx[i, j]
                top, left = int(np.floor(y)), int(np.floor(x))
                down, across = y - top, x - left
                below, right = top + 1, left + 1
                new_image[i, j] = (
                    (1 - down) * (1 - across) * image[top, left]
                    + (1 - down) * across * image[top, right]
                    + down * (1 - across) * image[below, left]
                    + down * across * image[below, right]
                )
                new_labels[i, j] = labels[round(y), round(x)]
        return new_image, new_labels

    @deform.mistake(
        "both by index, held below the end only",
        "A place above or left of the image has an index below 0, and Python then counts from "
        "the end: hold it inside on both sides. And the image is read between the pixels: "
        "ndimage.map_coordinates with order=1 and mode='nearest' does both.",
    )
    def deform(image, labels, dy, dx):
        height, width = labels.shape
        new_image, new_labels = np.zeros(labels.shape), np.zeros_like(labels)
        for i in range(height):
            for j in range(width):
                y, x = i + dy[i, j], j + dx[i, j]
                row, column = min(round(y), height - 1), min(round(x), width - 1)
                new_image[i, j] = image[row, column]
                new_labels[i, j] = labels[row, column]
        return new_image, new_labels
