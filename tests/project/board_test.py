from segcourse.project import BOARD


def test_the_board():
    scores = [one.mean_iou for one in BOARD]
    assert scores == sorted(scores) and len(BOARD) == 6
    assert [one.name for one in BOARD if not one.pretrained] == ["ENet", "FC-DenseNet103"]
    assert len(str(BOARD).splitlines()) == 7
