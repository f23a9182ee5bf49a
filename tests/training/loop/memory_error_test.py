import pytest

from segcourse.training.loop.memory_error import divisors, is_out_of_memory, out_of_memory_message


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), True),
        (RuntimeError("RESOURCE_EXHAUSTED: Out of memory while trying to allocate"), True),
        (ValueError("OOM when allocating tensor with shape[8,64,500,500]"), True),
        (ValueError("the zoom is wrong"), False),
    ],
)
def test_how_memory_gives_out(error, said):
    assert is_out_of_memory(error) is said


def test_numbers_of_equal_parts():
    assert divisors(12) == [1, 2, 3, 4, 6, 12] and divisors(12, 3) == [3, 4, 6, 12]
    assert divisors(1, 2) == []


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ((8, 2, 4), "4 images at a time. 2 would fit: use batch_size=2, or .* accumulate=4 "),
        ((8, 1, None), "8 images at a time, and one image does not fit either: use smaller"),
        ((8, 1, 4, False), "8 images at a time. 2 would fit: use batch_size=2.$"),
        (
            (8, 1, None, True, KeyError()),
            "8 images at a time; use a smaller batch_size. .* tried. .KeyError.$",
        ),
    ],
)
def test_what_would_fit_is_told(given, says):
    with pytest.raises(MemoryError, match=f"^Out of memory with {says}"):
        raise MemoryError(out_of_memory_message(*given))
