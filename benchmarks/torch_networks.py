"""The course's FCN-8s and U-Net written in PyTorch, for comparisons: same layers, same sizes.

Images and logits are [batch, channels, height, width], as PyTorch has them.
"""

import torch
from torch import nn
from torch.nn import functional

VOID = 255
# Where the published FCN-8s cuts: pool4's score, pool3's score, the last map.
CROPS = {"original": (5, 9, 31), "same": (0, 0, 0)}


class FCN8s(nn.Module):
    """As `segcourse.models.fcn(config, num_classes, 8, geometry)` for a `VGGConfig`."""

    def __init__(self, config, num_classes, geometry):
        super().__init__()
        self.crops = CROPS[geometry]
        padded = geometry == "same"
        blocks, channels = [], 3
        for block, (kernels, filters) in enumerate(zip(config.kernels, config.filters)):  # noqa: B905
            layers = []
            for index, kernel in enumerate(kernels):
                first = block == index == 0
                padding = 100 if first and not padded else kernel // 2
                norm = config.normalization == "batch"
                layers.append(nn.Conv2d(channels, filters, kernel, padding=padding, bias=not norm))
                layers += [nn.BatchNorm2d(filters, eps=1e-3)] if norm else []
                layers.append(nn.ReLU(inplace=True))
                channels = filters
            layers.append(nn.MaxPool2d(2, ceil_mode=True))
            blocks.append(nn.Sequential(*layers))
        self.blocks = nn.ModuleList(blocks)
        size = config.dense_kernel
        self.dense = nn.Sequential(
            nn.Conv2d(channels, config.dense, size, padding=size // 2 if padded else 0),
            nn.ReLU(inplace=True),
            nn.Dropout(config.dropout),
            nn.Conv2d(config.dense, config.dense, 1),
            nn.ReLU(inplace=True),
            nn.Dropout(config.dropout),
        )
        self.score_fr = nn.Conv2d(config.dense, num_classes, 1)
        self.score_pool4 = nn.Conv2d(config.filters[3], num_classes, 1)
        self.score_pool3 = nn.Conv2d(config.filters[2], num_classes, 1)

        def up(factor):
            padding = factor // 2 if padded else 0
            return nn.ConvTranspose2d(
                num_classes, num_classes, 2 * factor, factor, padding, bias=False
            )

        self.upscore2, self.upscore_pool4, self.upscore8 = up(2), up(2), up(8)

    def forward(self, images):
        """Logits of the size of the images."""
        maps, x = [], images
        for block in self.blocks:
            x = block(x)
            maps.append(x)
        x = self.upscore2(self.score_fr(self.dense(x)))
        x = _add(x, self.score_pool4(maps[3]), self.crops[0])
        x = _add(self.upscore_pool4(x), self.score_pool3(maps[2]), self.crops[1])
        return _crop(self.upscore8(x), images, self.crops[2]).float()


class UNet(nn.Module):
    """As `segcourse.models.unet(num_classes, (…, channels), depth, base, padding)`."""

    def __init__(self, num_classes, channels, depth=4, base=64, padding="same", dropout=0.5):
        super().__init__()
        self.same = padding == "same"
        pad = 1 if self.same else 0

        def pair(inside, outside):
            return nn.Sequential(
                nn.Conv2d(inside, outside, 3, padding=pad),
                nn.ReLU(inplace=True),
                nn.Conv2d(outside, outside, 3, padding=pad),
                nn.ReLU(inplace=True),
            )

        sizes = [base * 2**level for level in range(depth + 1)]
        self.down = nn.ModuleList(
            pair(inside, outside)
            for inside, outside in zip([channels, *sizes], sizes)  # noqa: B905
        )
        self.up = nn.ModuleList(nn.ConvTranspose2d(2 * size, size, 2, 2) for size in sizes[:-1])
        self.join = nn.ModuleList(pair(2 * size, size) for size in sizes[:-1])
        self.drop = nn.Dropout(dropout)
        self.logits = nn.Conv2d(base, num_classes, 1)

    def forward(self, images):
        """Logits; without padding those of the middle."""
        maps, x = [], images
        last = len(self.down) - 1
        for level, convolutions in enumerate(self.down):
            if level:
                x = functional.max_pool2d(x, 2, ceil_mode=self.same)
            x = convolutions(x)
            x = self.drop(x) if level >= last - 1 else x
            maps.append(x)
        for level in reversed(range(last)):
            x, skip = self.up[level](x), maps[level]
            if self.same:
                x = _crop(x, skip, 0)
            else:
                skip = _crop(skip, x, (skip.shape[2] - x.shape[2]) // 2)
            x = self.join[level](torch.cat([skip, x], 1))
        return self.logits(x).float()


def loss(logits, labels):
    """Mean cross-entropy over the pixels that are not void."""
    return functional.cross_entropy(logits, labels, ignore_index=VOID)


def parameters(model):
    """Number of learned numbers, to be held against the course's."""
    return sum(parameter.numel() for parameter in model.parameters())


def _crop(larger, smaller, offset):
    height, width = smaller.shape[2:]
    return larger[:, :, offset : offset + height, offset : offset + width]


def _add(below, skip, offset):
    """Cut the larger of the two; `offset` belongs to the skip in the published geometry."""
    if below.shape[2] > skip.shape[2] or below.shape[3] > skip.shape[3]:
        below = _crop(below, skip, 0)
    else:
        skip = _crop(skip, below, offset)
    return below + skip
