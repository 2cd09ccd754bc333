"""The house: a room imports only from the rooms below it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# From the top of the house to the cellar.
ROOMS = ("cchc", "review", "compare", "load", "audit", "extract", "normalize", "patterns")


def imported_rooms(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        found.update(name.split(".")[0] for name in names)
    return found & {*ROOMS, "samples", "tests", "benchmarks"}


@pytest.mark.parametrize("room", [room for room in ROOMS if (ROOT / room).exists()])
def test_a_room_imports_only_from_below(room: str) -> None:
    allowed = set(ROOMS[ROOMS.index(room) :])
    for file in (ROOT / room).rglob("*.py"):
        assert imported_rooms(file) <= allowed, f"{file.relative_to(ROOT)} imports {imported_rooms(file) - allowed}"


def test_no_module_is_named_after_a_dependency_and_none_is_called_utils() -> None:
    taken = {"utils", "helpers", "docx", "spacy", "regex", "pandas", "sqlalchemy", "alembic", "typer", "rich", "lxml"}
    names = {file.stem for room in ROOMS for file in (ROOT / room).rglob("*.py")}
    assert not names & taken
