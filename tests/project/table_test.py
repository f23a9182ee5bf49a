from segcourse.project.table import table


def test_columns():
    assert table([("a", "1"), ("bbb", "22")], right=(1,)) == "a     1\nbbb  22"
