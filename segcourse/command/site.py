"""Build the web site of the course: all notebooks with outputs, the docs, all public names.

The pages need no network and no server: open index.html. Nothing is run; the outputs are those
stored in the notebooks. A warning, or a link that leads nowhere, is an error that names the page;
then nothing is written. Needs: pip install "segcourse[site]".
"""

import importlib.util
import time

from segcourse.command import environment
from segcourse.command.console.signals import interruptible
from segcourse.command.environment import Stop

FOLDER = "build/site"
PACKAGES = ("sphinx", "myst_nb", "sphinx_book_theme", "sphinx_design")


def arguments(parser):
    parser.add_argument("--to", metavar="FOLDER", help=f"where to write it; default {FOLDER}")
    parser.add_argument("--url", metavar="ADDRESS", help="https://… where it will lie, if known")


def main(options):
    """Build the site; print where it lies."""
    checkout = environment.root()
    if options.url is not None and not options.url.startswith(("https://", "http://")):
        raise Stop(f"--url must begin with https:// or http://. Received: {options.url}", 2)
    if missing := [name for name in PACKAGES if importlib.util.find_spec(name) is None]:
        raise Stop(f'{", ".join(missing)} is missing: pip install "segcourse[site]"')
    from segcourse.site.build import check_target

    try:
        target = check_target(options.to or checkout / FOLDER)
    except ValueError as error:
        raise Stop(str(error), 2) from None
    with interruptible():
        _build(checkout, target, options.url)
    return 0


def _build(checkout, target, url):
    from segcourse.command.console.quiet import quiet_tensorflow
    from segcourse.site.addresses import colab_address
    from segcourse.site.build import build, repository_of

    start = time.monotonic()
    print("Building the site. About a minute.", flush=True)
    quiet_tensorflow()
    try:
        pages = build(checkout, target, url)
    except ValueError as error:
        raise Stop(f"the site was not written.\n{error}") from None
    except OSError as error:
        raise Stop(environment.cannot_write(error, target)) from None
    repository = repository_of(checkout)
    if colab_address(repository, "") is None:
        print(f"Without Colab buttons: Colab reads from GitHub alone, not from {repository}.")
    print(f"{len(pages)} pages in {time.monotonic() - start:.0f} s: {target / 'index.html'}")
