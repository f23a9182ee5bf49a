"""Which hand-ins the arguments of `mark` mean."""

from pathlib import Path

from segcourse.project.checking.files import LARGEST

__all__ = ["found", "labels"]


def found(paths):
    """The hand-ins: each a folder or a zip.

    Args:
        paths: Paths of hand-ins, or of folders that hold some. In those a zip counts only where
            there is no folder of its name; hidden entries and links are left out.

    Returns:
        list of Path, each once, in the order given, inside a folder by name.

    Raises:
        ValueError: for a path where there is nothing, or what is neither a folder nor a zip.
    """
    named = {}
    for path in map(Path, paths):
        if path.is_dir():
            inside = [] if _is_one(path) else _inside(path)
            for one in inside or [path]:
                named.setdefault(one.resolve(), one)
        elif path.is_file() and path.suffix.lower() == ".zip":
            named.setdefault(path.resolve(), path)
        else:
            raise ValueError(f"FOLDER must be a folder or a zip that is there. Received: {path}")
    return list(named.values())


def labels(sources):
    """What each hand-in is called in the table: its name, or its path where two have that name.

    >>> labels([Path("a/kim"), Path("b/kim.zip"), Path("b/lee")])
    ['a/kim', 'b/kim.zip', 'lee']

    Args:
        sources: list of Path, as of `found`.

    Returns:
        list of str, in the same order.
    """
    names = [source.name.removesuffix(".zip") for source in sources]
    return [
        source.as_posix() if names.count(name) > 1 else name
        for source, name in zip(sources, names, strict=True)
    ]


def _is_one(path):
    return any((path / name).is_file() for name in LARGEST)


def _inside(path):
    entries = [one for one in sorted(path.iterdir()) if not one.name.startswith(".")]
    folders = [one for one in entries if one.is_dir() and not one.is_symlink()]
    names = {one.name for one in folders}
    return sorted(
        one
        for one in entries
        if one in folders
        or (one.suffix.lower() == ".zip" and one.is_file() and not one.is_symlink()
            and one.stem not in names)
    )  # fmt: skip
