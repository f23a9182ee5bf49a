"""Set the address of the repository in all files that name it, and the badges for Colab.

The address and the branch go into pyproject.toml, the first cell of every notebook, which clones
the course in Colab, the badges "Open in Colab" below the titles, and the pages that repeat the old
address. In README.md a list of all badges takes the place between the lines <!-- colab --> and
<!-- /colab -->. All files are written, or none; a second call changes nothing.

Colab opens notebooks from GitHub only. With another host there are no badges.
"""

from segcourse.command import environment
from segcourse.command.environment import Stop
from segcourse.notebook import address as addresses


def arguments(parser):
    parser.add_argument(
        "--repository",
        metavar="URL",
        required=True,
        help="address of the repository, such as https://github.com/OWNER/NAME",
    )
    parser.add_argument("--branch", default="main", help="branch that readers get (default main)")


def main(options):
    """Write the address; print what has changed and how the course is opened from there."""
    from segcourse.export.colab import addressed, write_together

    folder = environment.root()
    try:
        address = addresses.read(options.repository, options.branch)
    except ValueError as error:
        raise Stop(str(error), 2) from None
    try:
        texts = addressed(folder, address)
    except (ValueError, OSError) as error:
        raise Stop(f"{error} Nothing was changed.") from None
    try:
        write_together(texts)
    except OSError as error:
        said = environment.cannot_write(error, folder)
        raise Stop(f"{said} Nothing was changed.") from None
    for path in texts:
        print(f"changed: {path.relative_to(folder).as_posix()}")
    print(outcome(address, len(texts)))
    return 0


def outcome(address, changed):
    """What the address means for readers, a few lines."""
    lines = [f"{address.url}, branch {address.branch}: {changed or 'no'} files changed."]
    if address.placeholder:
        return "\n".join([*lines, "This address is a placeholder: there are no badges."])
    if address.github:
        lines += ["Colab opens a notebook at", f"    {address.colab('week1_tasks_overview')}"]
    else:
        lines += ["No badges: Colab opens notebooks from github.com only."]
    lines += ["A JupyterHub with nbgitpuller opens the course at (put your hub for HUB)"]
    lines += [f"    {address.nbgitpuller('https://HUB')}"]
    return "\n".join(lines)
