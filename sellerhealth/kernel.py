"""The kernel a notebook runs in: a person's, or a batch's."""

import sys
from types import ModuleType
from typing import Any


def in_batch() -> bool:
    """Whether nobody is there: papermill and nbconvert keep no history, a person's kernel does."""
    shell = _shell()
    return shell is None or str(shell.history_manager.hist_file) == ":memory:"


def names_given(first_cells: int) -> set[str]:
    """The names a batch's first cells have defined, modules left out; none once more cells have run."""
    shell = _shell()
    if shell is None or not in_batch() or shell.execution_count > first_cells:
        return set()
    given = {name for name, value in shell.user_ns.items() if not isinstance(value, ModuleType)}
    return {name for name in given - set(shell.user_ns_hidden) if not name.startswith("_")}


def _shell() -> Any:
    return sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
