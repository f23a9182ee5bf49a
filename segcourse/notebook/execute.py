"""Run the cells of a notebook in a kernel of its own."""

import asyncio
import functools
import tempfile
from contextlib import asynccontextmanager
from dataclasses import dataclass

import nbclient
import nbformat

from segcourse import process_tree
from segcourse.notebook.smaller_pictures import slim
from segcourse.notebook.stderr import ANSI, LOG, warned


@dataclass(frozen=True)
class Failure:
    """A cell that raised or warned: its place among all cells from 0, its id, the line it said."""

    index: int
    id: str
    line: str
    warns: bool = False

    def __str__(self):
        return f"cell {self.index} ({self.id}): {self.line}"


class _Client(nbclient.NotebookClient):
    """A client that leaves Ctrl-C to asyncio, which cancels the run and so ends the kernel.

    nbclient's own handler kills the kernel and lets the run find it dead, as if it had crashed.
    """

    @asynccontextmanager
    async def async_setup_kernel(self, **kwargs):
        self.km = self.km or self.create_kernel_manager()
        try:
            await self.async_start_new_kernel(**kwargs)
            await self.async_start_new_kernel_client()
            yield
        except BaseException:
            self.shutdown_kernel = "immediate"
            process = getattr(self.km.provisioner, "process", None) if self.km else None
            if process is not None and process.poll() is None:
                process_tree.end(process.pid)  # the kernel would leave alone what cells started
            raise
        finally:
            await self._async_cleanup_kernel()


def execute(notebook, folder, env, on_start=None, on_done=None, limit=None, stop=False):
    """Run all code cells of `notebook`, in place, also those after a failing one.

    Args:
        notebook: nbformat notebook; outputs and counts of its code cells are replaced.
        folder: working directory of the kernel.
        env: dict, environment of the kernel.
        on_start: called with the cell's id before every code cell.
        on_done: called without arguments after every code cell.
        limit: seconds that all cells may take, from when the kernel is ready, or None. The kernel
            and what it has started are ended then, and the cell that ran is the last `Failure`.
        stop: whether nothing more is run after the first cell that raises.

    Returns:
        list of `Failure`, in the order of the cells. It ends with the cell where the kernel
        died, if it did (most often for want of memory). What the kernel's process itself writes
        is not shown (TensorFlow logs there when it starts); its last words go into that entry.

    Raises:
        KeyboardInterrupt: on Ctrl-C, after the kernel has ended.
    """
    last = {"index": 0}

    def start(cell, cell_index):
        last["index"] = cell_index
        if on_start:
            on_start(cell.get("id", ""))

    def done(cell, cell_index, execute_reply):
        if on_done:
            on_done()

    client = _Client(
        notebook,
        kernel_name="python3",
        timeout=None,
        startup_timeout=120,
        allow_errors=not stop,
        store_widget_state=False,
        extra_arguments=["--log-level=ERROR"],  # not: "kernel is running without encryption"
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(folder)}},
        on_cell_execute=start,
        on_cell_executed=done,
    )
    with tempfile.TemporaryFile() as said:
        try:
            asyncio.run(_run(client, limit, env=env, stdout=said, stderr=said))
        except nbclient.exceptions.CellExecutionError:
            # What stands below is from an older run.
            return [one for one in failures(notebook) if one.index <= last["index"]]
        except _TimeIsOver:
            cell = notebook.cells[last["index"]]
            line = f"had not ended when the time was over ({limit / 60:.3g} minutes for all cells)"
            return [*failures(notebook), Failure(last["index"], cell.get("id", ""), line)]
        except nbclient.exceptions.DeadKernelError:
            cell = notebook.cells[last["index"]]
            line = f"the kernel died ({_last_words(said) or 'out of memory?'})"
            return [*failures(notebook), Failure(last["index"], cell.get("id", ""), line)]
    return failures(notebook)


def _last_words(file):
    """The last line in `file` that is no line of TensorFlow's log; empty where there is none."""
    file.seek(0)
    lines = file.read().decode(errors="replace").splitlines()
    return next((s for s in reversed(lines) if s.strip() and not LOG.match(s)), "")


class _TimeIsOver(Exception):
    pass


async def _run(client, limit, **kernel):
    try:
        async with asyncio.timeout(None) as clock:
            client.on_notebook_start = functools.partial(_wind, clock, limit)
            await _to_the_end(client, **kernel)
    except TimeoutError:
        if clock.expired():
            raise _TimeIsOver from None
        raise


def _wind(clock, limit, notebook):
    if limit is not None:
        clock.reschedule(asyncio.get_running_loop().time() + limit)


async def _to_the_end(client, **kernel):
    try:
        await client.async_execute(**kernel)
    except nbclient.exceptions.DeadKernelError:
        # nbclient takes a cancelled cell for a dead kernel; Ctrl-C is to stay Ctrl-C, and the end
        # of the time, which cancels as well, the end of the time.
        if asyncio.current_task().cancelling():
            raise asyncio.CancelledError from None
        raise


def failures(notebook):
    """The `Failure` of every cell that raises, where its tags do not allow it, or that warns."""
    found = []
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or "raises-exception" in cell.metadata.get("tags", []):
            continue
        for output in cell.outputs:
            if output.get("name") == "stderr" and warned(output.text):
                line = f"warns: {warned(output.text).splitlines()[0]}"
                found.append(Failure(index, cell.get("id", ""), line, warns=True))
            if output.output_type == "error":
                lines = ANSI.sub("", "\n".join(output.traceback)).strip().splitlines()
                line = lines[-1] if lines else f"{output.ename}: {output.evalue}"
                found.append(Failure(index, cell.get("id", ""), line))
    return found


def reports(notebook):
    """Text outputs, one string, of the cells tagged `report`."""
    texts = []
    for cell in notebook.cells:
        if cell.cell_type == "code" and "report" in cell.metadata.get("tags", []):
            for output in cell.outputs:
                if output.output_type == "stream" and output.name == "stdout":
                    texts.append(output.text.rstrip("\n"))
                elif output.output_type == "execute_result":
                    texts.append(output.data.get("text/plain", ""))
    return "\n".join(texts)


def normalised(notebook):
    """A copy of a notebook that was run, as the course stores it.

    Without stderr, timings and widget states, which differ from run to run, and with the kernel
    and the language named alike on every computer. Large pictures are made smaller files (`slim`).
    Ids of the cells stay.
    """
    stored = nbformat.from_dict(notebook)
    stored.metadata.pop("widgets", None)
    stored.metadata["kernelspec"] = {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    }
    stored.metadata["language_info"] = {"name": "python"}
    for cell in stored.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [o for o in cell.outputs if o.get("name") != "stderr"]
            for data in (o.data for o in cell.outputs if "image/png" in o.get("data", ())):
                data["image/png"] = slim(data["image/png"])
    return stored
