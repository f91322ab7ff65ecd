"""What each module of the package imports and defines, read from its source; nothing is executed."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "sellerhealth"


def modules() -> dict[str, Path]:
    """Each module's dotted name and file."""
    return {_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imported(path: Path) -> set[str]:
    """All a module imports, at its top or inside a function, as dotted names; what only types need is left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in _executed(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: an import says where from, not how many folders up"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def own(path: Path) -> set[str]:
    """The modules of the package that a module imports."""
    known = modules()
    return {_module(name, known) for name in imported(path) if name.partition(".")[0] == PACKAGE.name}


def foreign(path: Path) -> set[str]:
    """The top names of everything else it imports."""
    return {name.partition(".")[0] for name in imported(path)} - {PACKAGE.name}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function's name and the lines of its body, its docstring not counted."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            yield node.name, body[-1].end_lineno - body[0].lineno + 1 if body else 0


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _module(name: str, known: dict[str, Path]) -> str:
    """The module a dotted name is, or lies in."""
    return name if name in known else name.rpartition(".")[0]


def _executed(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"):
            yield node
            yield from _executed(node)
