"""The board to beat: what was published for CamVid."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Published:
    """One published network.

    Attributes:
        name: of the network.
        mean_iou: on the test split of CamVid at 360×480, 11 classes, 0 to 1.
        paper: where it is from.
        year: of that paper.
        pretrained: whether its weights came from other pictures (ImageNet); False is from scratch.

    Example:

    >>> Published("ENet", 0.513, "Paszke et al., ENet", 2016, pretrained=False).mean_iou
    0.513
    """

    name: str
    mean_iou: float
    paper: str
    year: int
    pretrained: bool


BOARD = (Published("ENet", 0.513, "Paszke, Chaurasia, Kim, Culurciello: ENet", 2016, False),)
