"""papermill's way of running a notebook, in this process: each notebook has a kernel of its own, and no sockets.

What a cell leaves is what it leaves in JupyterLab: the kernel is IPython's own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty
from threading import Event
from typing import Any

from ipykernel.inprocess.ipkernel import InProcessInteractiveShell
from ipykernel.inprocess.manager import InProcessKernelManager
from nbformat.v4 import output_from_msg
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from traitlets.config import Config

NAME = "sellerhealth"
PATIENCE = 5.0
SHOWN = {"stream", "display_data", "execute_result", "error"}
READERS = frozenset({"report", "lesson", "interactive"})
"""Whom a cell can be for, by its tags; one without any of these is for everybody."""
NOBODY = Config({"HistoryManager": {"hist_file": ":memory:", "enabled": False}})
"""A kernel nobody types into: `kernel.in_batch` knows it by this."""


class InProcess(Engine):  # type: ignore[misc]
    """An engine that ends where a cell fails; the cells after it have no number then."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,  # noqa: ARG003 - papermill's signature
        reached: Callable[[int], None],
        readers: frozenset[str] = READERS,
        **_: Any,
    ) -> None:
        """Run the cells that are for one of `readers`, in turn; `reached` is told the index of each before it runs."""
        code = [(i, cell) for i, cell in enumerate(nb_man.nb.cells) if is_run(cell, readers)]
        with _kernel() as client:
            for index, cell in code:
                reached(index)
                nb_man.cell_start(cell, index)
                is_over = _ran(client, cell)
                nb_man.cell_complete(cell, index)
                if is_over:
                    break


def is_run(cell: Any, readers: frozenset[str]) -> bool:
    """Whether a cell holds code for one of these readers: what nobody will see is not worked out."""
    tagged = READERS.intersection(cell.metadata.get("tags", ()))
    return cell.cell_type == "code" and bool(cell.source.strip()) and (not tagged or not tagged.isdisjoint(readers))


def register() -> None:
    """Make the engine known to papermill."""
    papermill_engines.register(NAME, InProcess)


@contextmanager
def _kernel() -> Iterator[Any]:
    """A kernel that knows nothing of the notebook before."""
    manager: Any = InProcessKernelManager(config=NOBODY)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        yield client
    finally:
        _stop(manager.kernel.iopub_thread)
        InProcessInteractiveShell.clear_instance()


def _stop(thread: Any) -> None:
    """Stop a kernel's thread, and before that its own task, which it would leave to be complained of."""
    is_over = Event()

    def cancel() -> None:
        task = thread._event_pipe_gc_task  # noqa: SLF001 - nobody else ends it
        task.add_done_callback(lambda _: is_over.set())
        task.cancel()

    thread.io_loop.add_callback(cancel)
    is_over.wait(PATIENCE)
    thread.stop()


def _ran(client: Any, cell: Any) -> bool:
    """Run a cell; whether no other may follow, since it failed or ended the kernel."""
    try:
        client.execute(cell.source, allow_stdin=False)
    except Empty:
        # The kernel itself failed, on a cell that awaits: such a cell has not run.
        return True
    reply = client.get_shell_msg(timeout=0)["content"]
    cell.outputs = list(_outputs(client))
    cell.execution_count = reply["execution_count"]
    return bool(reply["status"] != "ok" or client.kernel.shell.exit_now)


def _outputs(client: Any) -> Iterator[Any]:
    while client.iopub_channel.msg_ready():
        message = client.iopub_channel.get_msg()
        if message["msg_type"] in SHOWN:
            yield output_from_msg(message)
