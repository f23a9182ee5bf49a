"""Which data sets there are: known before anything heavy is imported."""

# Name -> module with load(size) -> Dataset and prepare(anew) -> Path.
MODULES = {
    "scenes": "segcourse.data.scenes",
    "camvid": "segcourse.data.camvid",
    "membrane": "segcourse.data.membrane",
}
NAMES = tuple(MODULES)


def check_name(name, argument="name"):
    """Raise a ValueError that lists the names there are, unless `name` is one of them."""
    if not isinstance(name, str) or name not in MODULES:
        raise ValueError(
            f"`{argument}` must be one of {', '.join(NAMES)}. Received: {argument}={name!r}"
        )
