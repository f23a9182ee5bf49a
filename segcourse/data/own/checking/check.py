"""Every file of one's own pictures looked at."""

from pathlib import Path

from segcourse.data.files.pictures import in_parallel
from segcourse.data.own import folder as folders
from segcourse.data.own import layout, meaning, splits
from segcourse.data.own.checking import clean_copy, files_judged, looks, masks_judged, page
from segcourse.data.own.checking.report import Report


def check(folder, classes=None, *, void=None, masks=None, html=None, write=None):
    """What is wrong with a folder of pictures and masks, worst first, and how to mend it.

    Looks at every file: partners that are missing, damage, sizes that differ, JPEG edges in
    masks, colours and ids of no class, ids from 1, black and white, classes never seen, one class
    over 95 %, void everywhere, pictures that are in two splits. Nothing in the folder is changed.

    Args:
        folder: its path; `segcourse.json` in it is used as by `from_folder`.
        classes, void, masks: as for `from_folder`.
        html: path of a page to write, on which masks lie over their pictures; the pairs with
            something wrong come first.
        write: path of a new folder for a clean copy, which `from_folder` reads.

    Returns:
        A `Report`. `print(report)` says all; `report.right` is whether `from_folder` can read the
        folder; `report.findings` holds `grade`, `kind`, `what`, `mend` and `files` of each.

    Raises:
        ValueError: a wrong argument.
        DataError: nothing in the folder belongs together, or something cannot be written.

    Example:

    >>> import pathlib, tempfile
    >>> import numpy as np
    >>> from PIL import Image
    >>> from segcourse import data
    >>> with tempfile.TemporaryDirectory() as name:
    ...     for part in ("images", "masks"):
    ...         (pathlib.Path(name) / part).mkdir()
    ...         mask = Image.fromarray(np.eye(8, dtype="uint8") * 255)
    ...         mask.save(pathlib.Path(name) / part / "a.png")
    ...     report = data.check(name)
    >>> report.right, report.kinds()
    (True, ['black-and-white'])
    """
    folder = Path(folder).expanduser()
    chosen = folders.check_arguments(folder, classes=classes, void=void, masks=masks)
    if write is not None:
        write = clean_copy.check_target(write, folder)
    found = layout.find(folder, chosen["masks"])
    palette = isinstance(chosen["classes"], meaning.Table) and chosen["classes"].coloured
    seen = in_parallel(lambda pair: looks.look(pair, palette), found.pairs, "checking")
    parts, words = splits.assign(found.pairs, chosen["val"], chosen["test"], chosen["seed"])
    encoding, findings = masks_judged.find_encoding(chosen, found, seen)
    findings += files_judged.judge(found, seen, parts)
    findings += masks_judged.judge(chosen, found, seen, encoding, parts)
    report = Report(found, seen, encoding, parts, words, findings)
    if html is not None:
        report.done.append(page.write(report, html))
    if write is not None:
        report.done += clean_copy.write(report, write, chosen)
    return report
