"""The claims of the course about speed and memory, each with the row that measures it."""

from dataclasses import dataclass

KERAS = ("keras", "tensorflow")


@dataclass(frozen=True)
class Claim:
    """One row of README.md.

    Attributes:
        what: which of ours, on what.
        against: what it is held against; "" for a bound alone.
        benchmark, row, value: where it is measured: the script, its row, the value in it.
        aim: what is claimed, the number.
        least: whether the aim is the least (else the most) that is claimed.
        packages: of which the versions are told.
    """

    what: str
    against: str
    benchmark: str
    row: str
    value: str
    aim: float
    least: bool = False
    packages: tuple = KERAS

    def holds(self, number):
        """Whether a measured number is as claimed."""
        return number >= self.aim if self.least else number <= self.aim


def _many():
    yield Claim(
        "`confusion_matrix`, 8×512×512 labels, 21 classes, uint8",
        "`keras.metrics.MeanIoU`",
        "confusion_matrix",
        "confusion_matrix, uint8",
        "times as fast",
        4,
        True,
    )
    for title in ("coherent, small ids", "coherent, large ids"):
        yield Claim(
            f"counting pairs of segments, 1024×2048, 100 a side, {title}",
            "two `np.unique`, as COCO's panopticapi",
            "panoptic",
            f"{title}: count_pairs",
            "times as fast",
            4,
            True,
            ("numpy",),
        )
    for title in ("noise, small ids", "noise, large ids"):
        yield Claim(
            f"the same, salt and pepper, {title.split(', ')[1]}",
            "two `np.unique`",
            "panoptic",
            f"{title}: count_pairs",
            "times as fast",
            1,
            True,
            ("numpy",),
        )
    for segments in (1000, 5000):
        for ids in ("small ids", "large ids"):
            for name in ("count_pairs", "panoptic_quality"):
                yield Claim(
                    f"`{name}`, salt and pepper, {segments} segments a side, {ids}",
                    "two `np.unique`",
                    "panoptic",
                    f"noise, {segments} segments, {ids}: {name}",
                    "times as fast",
                    1,
                    True,
                    ("numpy",),
                )
    yield Claim(
        "`PanopticQuality.update`",
        "torchmetrics' `PanopticQuality.update`",
        "panoptic",
        "an update: PanopticQuality.update",
        "times as fast",
        300,
        True,
        ("torchmetrics", "torch"),
    )
    yield Claim(
        "memory of `panoptic_quality`",
        "the two maps",
        "panoptic",
        "coherent, large ids: memory",
        "times the two maps",
        3,
        False,
        ("numpy",),
    )
    bilinear = '`UpSampling2D(interpolation="bilinear")`'
    yield Claim(
        "`BilinearUpsampling2D`, forward and back",
        bilinear,
        "upsampling",
        "BilinearUpsampling2D",
        "times as long",
        1.1,
    )
    yield Claim(
        "`BilinearUpsampling2D(align_corners=True)`",
        bilinear,
        "upsampling",
        "BilinearUpsampling2D(align_corners=True)",
        "times as long",
        2,
    )
    for case in ("12→96, 21 channels", "8→64, 21 channels", "128→256, 64 channels"):
        yield Claim(
            f"the same, {case}",
            "`keras.ops.image.resize`, half-pixel grid",
            "upsampling",
            f"{case}, aligned corners",
            "times as long",
            2,
        )
    yield Claim(
        "`MaxUnpooling2D`",
        "the pooling that made its indices",
        "upsampling",
        "MaxUnpooling2D",
        "times as long",
        1.5,
    )
    for case in ("FCN-8s, 500×500, ×8, 21 classes", "FCN-32s, 500×500, ×32, 21 classes"):
        yield Claim(
            f"`SubpixelConv2DTranspose`, {case}",
            "`keras.layers.Conv2DTranspose`",
            "transposed_convolution",
            case,
            "times as fast",
            1,
            True,
        )
    cross_entropy = "`SparseCategoricalCrossentropy`"
    yield Claim(
        "`PixelwiseLogisticLoss`, loss and gradient, 8×96×96",
        cross_entropy,
        "pixelwise_loss",
        "PixelwiseLogisticLoss",
        "times as long",
        1,
    )
    for loss in ("DiceLoss", "FocalLoss"):
        for classes in (21, 3):
            yield Claim(
                f"`{loss}`, {classes} classes",
                cross_entropy,
                "losses",
                f"{loss}, {classes} classes",
                "times as long",
                1.5,
            )
    for net in ("U-Net", "FCN-8s"):
        yield Claim(
            f"`fit`, an epoch of {net}",
            "Keras' own `fit`",
            "training",
            f"{net}, `fit`",
            "times as long as bare",
            1.03,
        )
        for layout in ("", ", channels_last"):
            yield Claim(
                f"PyTorch eager{layout}, {net}",
                "Keras' own `fit`",
                "training",
                f"{net}, PyTorch, eager{layout}",
                "times as long as bare",
                1,
                True,
                (*KERAS, "torch"),
            )
    yield Claim(
        "`data.pipeline`, mirrored, zoomed, cut and coloured",
        "the training step of a small FCN-8s",
        "input_pipeline",
        "flip, zoom, crop, colour",
        "times as fast",
        5,
        True,
    )
    for net in ("U-Net", "FCN-8s"):
        yield Claim(
            f"waiting for a batch, training {net}",
            "the step, in percent",
            "input_waiting",
            f"{net}, training",
            "waiting, %",
            5,
        )
    yield Claim(
        "the end of an epoch after its last step, ms",
        "",
        "epoch_end",
        "the course's",
        "ms after the last step",
        50,
    )
    for kind in ("ids", "palette", "colours"):
        yield Claim(
            f"`data.from_folder`, masks as {kind}",
            "a loop that only decodes",
            "own_pictures",
            kind,
            "times as long",
            1.3,
            False,
            ("pillow", "numpy"),
        )
    for padding in ("valid", "same"):
        yield Claim(
            f"`overlap_tile_predict`, 4096×4096, padding {padding}: GiB beyond the picture",
            "",
            "tiling_memory",
            f"{padding}, 4096×4096",
            "GiB beyond the picture",
            2,
        )
    for row in (
        "fcn('vgg16', 21, 32, weights_from=vgg('D'))",
        "fcn('vgg16', 21, 32, weights='imagenet') from a file with dense layers",
    ):
        yield Claim(
            f"memory of `{row.split(' from')[0]}`",
            "the network's weights",
            "conversion_memory",
            row,
            "times the weights",
            1.2,
        )
    yield Claim("`import segcourse`, ms", "", "notebooks", "import segcourse", "ms", 200)
    for week, seconds in NOTEBOOKS.items():
        yield Claim(f"`{week}`, seconds", "", "notebooks", week, "seconds", seconds)
        yield Claim(f"`{week}`, GiB", "", "notebooks", week, "GiB", 4)


#: Seconds that a notebook may take on two cores with nothing else to do.
NOTEBOOKS = {
    "week1_tasks_overview": 60,
    "week2_bilinear_interpolation": 45,
    "week3_transposed_conv": 45,
    "week4_fcn": 120,
    "week5_transfer_learning": 180,
    "week6_unet": 120,
    "week7_metrics": 60,
    "bonus_deeplab": 90,
    "own_pictures": 120,
    "final_project": 360,
}

U_NET, FCN = "U-Net 2015, 572×572", "FCN-8s VGG16, 500×500"


def _on_a_gpu():
    for net in (U_NET, FCN):
        for work, share in (("training", 30), ("inference", 40)):
            yield Claim(
                f"{net}, {work}: percent of the matrix peak",
                "",
                "gpu",
                f"{net}, {work}, Keras on JAX",
                "of the peak, %",
                share,
                True,
                (),
            )
            yield Claim(
                f"PyTorch compiled, {net}, {work}",
                "Keras on JAX",
                "gpu",
                f"{net}, {work}, PyTorch",
                "times Keras",
                1,
                False,
                (),
            )
    yield Claim(
        "CamVid from random weights, ten minutes: mean IoU on test",
        "",
        "camvid_gpu",
        "seed 0",
        "mean IoU, %",
        66.9,
        True,
        (),
    )


CLAIMS = tuple(_many())
ON_A_GPU = tuple(_on_a_gpu())
