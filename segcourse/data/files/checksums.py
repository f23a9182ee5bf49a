"""The table of checksums in the README of the course's data folder."""

import hashlib
import re

ROW = re.compile(r"^\| `([^`]+)` \| ([\d,]+) \| `([0-9a-f]{64})` \|\n", re.M)


def listed(readme):
    """What the README says: dict of path to (bytes, SHA-256)."""
    rows = ROW.findall(readme.read_text("utf-8"))
    return {path: (int(size.replace(",", "")), digest) for path, size, digest in rows}


def present(folder, name):
    """What there is under `folder/name`, in the same form."""
    found = {}
    for path in sorted((folder / name).rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            found[path.relative_to(folder).as_posix()] = (len(content), digest)
    return found


def wrong(readme, name):
    """A line for each file of dataset `name` that is not what the README says."""
    there = present(readme.parent, name)
    found = []
    for path, (size, digest) in sorted(listed(readme).items()):
        if not path.startswith(f"{name}/") or there.get(path) == (size, digest):
            continue
        file = readme.parent / path
        if path not in there:
            found.append(f"{file} is missing")
        elif there[path][0] != size:
            found.append(f"{file} has {there[path][0]:,} bytes, not {size:,}")
        else:
            found.append(f"{file} was altered")
    return found


def renew(readme, name):
    """Writes the rows of dataset `name` anew, after its copy beside the README was remade."""
    rows = {path: row for path, row in listed(readme).items() if not path.startswith(f"{name}/")}
    rows |= present(readme.parent, name)
    text = readme.read_text("utf-8")
    table = "".join(
        f"| `{path}` | {size:,} | `{digest}` |\n" for path, (size, digest) in sorted(rows.items())
    )
    first = ROW.search(text)
    head = text[: first.start()] if first else text
    tail = ROW.sub("", text[first.start() :]) if first else ""
    readme.write_text(head + table + tail, "utf-8", newline="\n")
