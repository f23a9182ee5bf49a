from urllib.parse import parse_qs, urlsplit

import pytest

from segcourse.notebook import address
from segcourse.notebook.address import Address, read


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://github.com/kim/seg", "https://github.com/kim/seg"),
        ("https://github.com/kim/seg.git", "https://github.com/kim/seg"),
        (" https://github.com/kim/seg/ ", "https://github.com/kim/seg"),
        ("HTTPS://GitHub.com/Kim/seg", "https://github.com/Kim/seg"),
        ("https://www.github.com/kim/seg", "https://github.com/kim/seg"),
        ("https://gitlab.com/uni/vision/seg.git", "https://gitlab.com/uni/vision/seg.git"),
        ("http://git.uni.kr:3000/kim/seg", "http://git.uni.kr:3000/kim/seg"),
        ("https://git.example.org/segcourse", "https://git.example.org/segcourse"),
    ],
)
def test_addresses_of_repositories(given, kept):
    assert read(given).url == kept


@pytest.mark.parametrize(
    "given",
    [
        "", "segcourse", "github.com/kim/seg", "git@github.com:kim/seg.git", "../segcourse",
        "ssh://git@github.com/kim/seg", "file:///srv/seg", "ftp://github.com/kim/seg",
        "https://", "https://github.com", "https://github.com/kim", "https://github.com//seg",
        "https://github.com/kim/seg/tree/main", "https://github.com/kim/seg?tab=readme",
        "https://github.com/kim/seg#readme", "https://github.com/kim/../seg",
        "https://github.com/kim/my seg", 'https://github.com/kim/"seg', "https://github.com/kim/.git",
        "https://kim:secret@github.com/kim/seg", "https://github.com:x/kim/seg", "https://[1/kim/seg",
        "https://git hub.com/kim/seg", "https://github.com/kim/-seg", "https://github.com/kim/s\\eg",
    ],
)  # fmt: skip
def test_what_is_none_is_refused_with_the_reason(given):
    with pytest.raises(ValueError, match="the address must") as error:
        read(given)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("branch", ["", "-f", "a b", "a..b", "/a", "a/", "a.lock", 'a"', "a\n"])
def test_branches_that_git_refuses(branch):
    with pytest.raises(ValueError, match="the branch must"):
        read("https://github.com/kim/seg", branch)


def test_colab_opens_what_lies_on_github():
    here = read("https://github.com/kim/seg", "term/2")
    assert here.colab("week1_x") == (
        "https://colab.research.google.com/github/kim/seg/blob/term/2/notebooks/week1_x.ipynb"
    )
    assert read("https://gitlab.com/kim/seg").colab("week1_x") is None
    assert read("https://github.com.kim.org/kim/seg").colab("week1_x") is None


def test_a_placeholder_is_known():
    assert read("https://git.example.org/segcourse").placeholder
    assert read("https://example.com/kim/seg").placeholder
    assert not read("https://github.com/example/seg").placeholder
    assert not read("https://git.myexample.org/kim/seg").placeholder


def test_the_link_of_nbgitpuller_names_all_it_needs():
    link = read("https://gitlab.com/kim/seg.git", "term/2").nbgitpuller("https://hub.uni.kr/")
    parts = urlsplit(link)
    assert (parts.netloc, parts.path) == ("hub.uni.kr", "/hub/user-redirect/git-pull")
    assert parse_qs(parts.query) == {
        "repo": ["https://gitlab.com/kim/seg.git"],
        "branch": ["term/2"],
        "urlpath": ["lab/tree/seg/notebooks"],
    }


def test_the_address_of_the_course_is_one_that_would_be_taken():
    here = address.of_course()
    assert read(here.url, here.branch) == here
    assert address.in_pyproject('[project.urls]\nRepository = "https://a.kr/b"') == Address(
        "https://a.kr/b", "main"
    )
