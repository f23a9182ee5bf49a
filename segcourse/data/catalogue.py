"""Which data sets there are: known before anything heavy is imported."""

import os

# Name -> module with load(size) -> Dataset and prepare(anew) -> Path.
MODULES = {
    "scenes": "segcourse.data.sets.scenes",
    "camvid": "segcourse.data.sets.camvid",
    "membrane": "segcourse.data.sets.membrane",
    "oxford_iiit_pet": "segcourse.data.sets.pets",
}
NAMES = tuple(MODULES)


#: Before the path of a folder of one's own, where a name is asked for.
FOLDER = "folder:"


def is_folder(name):
    """Whether a name is `folder:PATH`."""
    return isinstance(name, str) and name.startswith(FOLDER) and len(name) > len(FOLDER)


def absolute(name):
    """The name; that of a folder holds in every working directory.

    Example:

    >>> from segcourse.data import catalogue
    >>> catalogue.absolute("scenes"), catalogue.absolute("folder:/data/../mine")
    ('scenes', 'folder:/mine')
    """
    if not is_folder(name):
        return name
    return FOLDER + os.path.abspath(os.path.expanduser(name[len(FOLDER) :]))


def check_name(name, argument="name"):
    """Raise a ValueError that lists the names there are, unless `name` is one of them."""
    if is_folder(name):
        return
    if not isinstance(name, str) or name not in MODULES:
        raise ValueError(
            f"`{argument}` must be one of {', '.join(NAMES)}, or {FOLDER}PATH for a folder of "
            f"your own. Received: {argument}={name!r}"
        )
