"""Hold the size rules: module ≤ 300 lines, function ≤ 40, nesting ≤ 3, test ≤ 25, template ≤ 150.

An exception is a line `path[::function] NNNN` in scripts/size_exceptions.txt, where NNNN is the decision note that
explains it; an exception without its note, or one no longer needed, fails as well.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXCEPTIONS = ROOT / "scripts" / "size_exceptions.txt"
SKIPPED = {".venv", "var", "node_modules", "static", "migrations", ".git"}
MODULE, FUNCTION, NESTING, TEST, TEMPLATE = 300, 40, 3, 25, 150
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

# One finding: (place, text). A place is "path" or "path::function".
Finding = tuple[str, str]


def files(suffix: str) -> Iterator[Path]:
    """Every file of ours with `suffix`."""
    for path in sorted(ROOT.rglob(f"*{suffix}")):
        if not SKIPPED & set(path.relative_to(ROOT).parts):
            yield path


def module_findings(path: Path) -> Iterator[Finding]:
    """What one Python file breaks."""
    name = path.relative_to(ROOT).as_posix()
    text = path.read_text(encoding="utf-8")
    lines = len(text.splitlines())
    if lines > MODULE:
        yield name, f"模块 {lines} 行，上限 {MODULE}"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, FUNCTIONS):
            yield from function_findings(name, node)


def function_findings(name: str, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Finding]:
    """What one function breaks; its docstring does not count."""
    place = f"{name}::{node.name}"
    is_test = name.startswith("tests/") and node.name.startswith("test_")
    limit = TEST if is_test else FUNCTION
    length = (node.end_lineno or node.lineno) - node.lineno + 1 - docstring_length(node)
    if length > limit:
        yield place, f"{'测试' if is_test else '函数'} {length} 行，上限 {limit}"
    deepest = max(map(depth, node.body))
    if deepest > NESTING:
        yield place, f"嵌套 {deepest} 层，上限 {NESTING}"


def docstring_length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines the docstring takes."""
    if ast.get_docstring(node) is None:
        return 0
    first = node.body[0]
    return (first.end_lineno or first.lineno) - first.lineno + 1


def depth(node: ast.AST) -> int:
    """How many blocks lie inside each other; an `elif` is no deeper than its `if`, a nested function starts afresh."""
    if isinstance(node, FUNCTIONS):
        return 0
    below = 0
    for child in ast.iter_child_nodes(node):
        is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and node.orelse == [child]
        below = max(below, depth(child) - is_elif)
    return below + isinstance(node, BLOCKS)


def template_findings(path: Path) -> Iterator[Finding]:
    """What one template breaks."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if lines > TEMPLATE:
        yield path.relative_to(ROOT).as_posix(), f"模板 {lines} 行，上限 {TEMPLATE}"


def allowed() -> dict[str, str]:
    """Place → number of the decision note."""
    lines = EXCEPTIONS.read_text(encoding="utf-8").splitlines() if EXCEPTIONS.exists() else []
    entries = [line.split() for line in lines if line and not line.startswith("#")]
    return {entry[0]: entry[1] for entry in entries}


def complaints() -> Iterator[str]:
    """Everything that must be changed before the rules hold."""
    exceptions = allowed()
    found = [finding for path in files(".py") for finding in module_findings(path)]
    found += [finding for path in files(".html") for finding in template_findings(path)]
    for place, text in found:
        if place not in exceptions:
            yield f"{place}: {text}"
    for place, note in exceptions.items():
        if not list((ROOT / "docs" / "decisions").glob(f"{note}-*.md")):
            yield f"{place}: 例外引用的决定 {note} 不存在"
        if place not in {found_place for found_place, _ in found}:
            yield f"{place}: 例外已不再需要"


def main() -> int:
    """Print every complaint; 1 when there is one."""
    lines = list(complaints())
    print("\n".join(lines), file=sys.stderr)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
