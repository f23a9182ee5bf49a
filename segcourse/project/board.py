"""The board to beat: what was published for CamVid."""

from dataclasses import dataclass

from segcourse.project.table import table


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

    >>> Published("ENet", 0.513, "Paszke et al.", 2016, pretrained=False).mean_iou
    0.513
    """

    name: str
    mean_iou: float
    paper: str
    year: int
    pretrained: bool


class Board(tuple):
    """Some `Published`; printed, it is a table.

    Example:

    >>> print(Board([Published("ENet", 0.513, "Paszke et al.", 2016, False)]))
    mean IoU  network  pretrained  year  paper
       0.513  ENet     no          2016  Paszke et al.
    """

    __slots__ = ()

    def __str__(self):
        rows = [("mean IoU", "network", "pretrained", "year", "paper")]
        rows += [
            (
                f"{one.mean_iou:.3f}",
                one.name,
                "yes" if one.pretrained else "no",
                str(one.year),
                one.paper,
            )
            for one in self
        ]
        return table(rows, right=(0,))

    __repr__ = __str__


#: Test split of CamVid at 360×480, 11 classes. FCN-8s, DeepLab-LargeFOV and Dilation8 were made for
#: other pictures; what they reach here stands in the table of the FC-DenseNet paper.
BOARD = Board(
    (
        Published("ENet", 0.513, "Paszke, Chaurasia, Kim, Culurciello", 2016, False),
        Published("FCN-8s", 0.570, "Long, Shelhamer, Darrell", 2015, True),
        Published("DeepLab-LargeFOV", 0.616, "Chen, Papandreou, Kokkinos and others", 2015, True),
        Published("Bayesian SegNet", 0.631, "Kendall, Badrinarayanan, Cipolla", 2015, True),
        Published("Dilation8", 0.653, "Yu, Koltun", 2016, True),
        Published("FC-DenseNet103", 0.669, "Jégou, Drozdzal, Vazquez and others", 2017, False),
    )
)
