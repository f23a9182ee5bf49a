"""Which data sets there are: known before anything heavy is imported."""

# Name -> module with load(size) -> Dataset and prepare(anew) -> Path.
MODULES = {
    "scenes": "segcourse.data.sets.scenes",
    "camvid": "segcourse.data.sets.camvid",
    "membrane": "segcourse.data.sets.membrane",
    "oxford_iiit_pet": "segcourse.data.sets.pets",
}
NAMES = tuple(MODULES)


def check_name(name, argument="name"):
    """Raise a ValueError that lists the names there are, unless `name` is one of them."""
    if not isinstance(name, str) or name not in MODULES:
        raise ValueError(
            f"`{argument}` must be one of {', '.join(NAMES)}. Received: {argument}={name!r}"
        )
