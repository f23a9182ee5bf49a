import pytest

from segcourse.data.own import names


@pytest.mark.parametrize(
    "part, expected",
    {
        "images": ("picture", None), "imgs": ("picture", None), "JPEGImages": ("picture", None),
        "masks": ("mask", None), "labels": ("mask", None), "SegmentationClass": ("mask", None),
        "annotations": ("mask", None), "ground_truth": ("mask", None), "gtFine": ("mask", None),
        "trainannot": ("mask", "train"), "train_masks": ("mask", "train"),
        "train_images": ("picture", "train"), "val2017": (None, "val"), "valid": (None, "val"),
        "imagesTr": ("picture", "train"), "labelsTr": ("mask", "train"), "testing": (None, "test"),
        "SegmentationObject": ("other", None), "masks_png": ("mask", None),
        "ISIC2018_Task1_Training_GroundTruth": ("mask", "train"),
        "ISIC2018_Task1-2_Training_Input": ("picture", "train"), "img_dir": ("picture", None),
        "annotations_prepped_test": ("mask", "test"), "ann_dir": ("mask", None),
        "label-studio-export": (None, None), "street masks": ("mask", None),
        "train station": (None, None), "holiday": (None, None),
        "traintracks": (None, None), "valley": (None, None),
    }.items(),
)  # fmt: skip
def test_what_a_folder_is_called(part, expected):
    assert names.role(part) == expected


@pytest.mark.parametrize(
    "text, split",
    [("instances_train2017", "train"), ("instances_default", None), ("_annotations.coco", None),
     ("trainval", None), ("train_val", None), ("valid", "val")],
)  # fmt: skip
def test_the_split_in_a_files_name(text, split):
    assert names.split_of(text) == split


def test_endings():
    assert names.without_ending("a_mask", "mask") == "a"
    assert names.without_ending("0001TP_006690_L", "mask") == "0001TP_006690"
    assert names.without_ending("mask_12", "mask") == "12"
    assert names.without_ending("a_mask", "picture") == "a_mask"
    assert names.without_ending("7_sat", "picture") == "7"
    assert names.is_marked("a_mask") and names.is_marked("b-gt")
    assert not names.is_marked("masked") and not names.is_marked("street_L")
