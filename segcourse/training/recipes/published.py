"""What the networks of the course were trained with, as far as their papers say it.

FCN: Long, Shelhamer, Darrell, "Fully convolutional networks for semantic segmentation" (2015),
section 4.3 and Table 1: SGD with momentum 0.9, batches of 20 images, a fixed rate for each
backbone, twice that rate for biases, at least 175 epochs. The decays are those of the reference
solvers.

U-Net: Ronneberger, Fischer, Brox, "U-Net" (2015), section 3: one image in a batch, momentum 0.99,
so that many images decide each step. The paper tells neither rate nor length; 1e-3 is this course's
for a loss that is the mean over pixels, and 60 epochs are too. It draws shifts, rotations, grey
values and elastic deformations: hand over `augment=segcourse.data.augment(...)`, and
`pixel_weights=segcourse.data.separation_weights`.

DeepLab v1: Chen et al., "Semantic image segmentation with deep convolutional nets and fully
connected CRFs" (2015), section 4.1: batches of 20, rate 1e-3, a tenth of it after every 2,000 of
6,000 steps, momentum 0.9, decay 5e-4, ten times the rate in the last layer. 6,000 steps are 11
epochs of its 10,582 images.

DeepLab v2: Chen et al., "DeepLab" (2018), section 4.1.2 and Table 3: batches of 10, the polynomial
of power 0.9 from 1e-3 over 20,000 steps, which are 19 epochs; else as v1. Its last layers are
fc8_1 to fc8_4.
"""

_FCN = dict(
    optimizer="sgd",
    schedule="constant",
    momentum=0.9,
    bias_rate=2.0,
    batch_size=20,
    epochs=175,
    augment=None,
)
_DEEPLAB = dict(
    optimizer="sgd",
    learning_rate=1e-3,
    momentum=0.9,
    weight_decay=5e-4,
    layer_rates={"fc8": 10.0},
)

PUBLISHED = {
    "fcn-alexnet": dict(_FCN, learning_rate=1e-3, weight_decay=5e-4),
    "fcn-vgg16": dict(_FCN, learning_rate=1e-4, weight_decay=5e-4),
    "fcn-googlenet": dict(_FCN, learning_rate=5e-5, weight_decay=2e-4),
    "unet": dict(
        optimizer="sgd",
        learning_rate=1e-3,
        schedule="constant",
        momentum=0.99,
        weight_decay=0.0,
        batch_size=1,
        epochs=60,
    ),
    "deeplab-v1": dict(_DEEPLAB, schedule="step", batch_size=20, epochs=11),
    "deeplab-v2": dict(_DEEPLAB, schedule="polynomial", batch_size=10, epochs=19),
}
