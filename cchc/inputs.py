"""The files that the paths of a command mean: files, folders with all below them, and patterns with * and ?."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from normalize.errors import UsageError

# In a folder these are taken for reports; a file that is named itself is always tried, whatever it is called.
ENDINGS = frozenset(
    {".pdf", ".docx", ".docm", ".doc", ".rtf", ".odt", ".ods", ".xlsx", ".xls", ".htm", ".html", ".mht", ".txt", ".md"}
    | {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"}
)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files to read in the order of their names, and those in the folders that are no reports by their ending."""

    files: tuple[Path, ...]
    passed_over: tuple[Path, ...]
    unreadable: tuple[Path, ...]


def find_inputs(arguments: Sequence[str]) -> Inputs:
    """Raises UsageError "no-such-path" for a path or pattern that names nothing."""
    files: dict[Path, None] = {}
    passed: list[Path] = []
    unreadable: list[Path] = []
    for argument in arguments:
        path = Path(argument)
        if path.is_dir():
            for found in _below(path, unreadable):
                if found.suffix.casefold() in ENDINGS:
                    files[found] = None
                else:
                    passed.append(found)
        elif path.exists():
            files[path] = None
        else:
            matches = sorted(glob.glob(argument, recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
            if not matches:
                raise UsageError("no-such-path", argument)
            for match in matches:
                if Path(match).is_file():
                    files[Path(match)] = None
    return Inputs(tuple(files), tuple(passed), tuple(unreadable))


def _below(folder: Path, unreadable: list[Path]) -> Iterator[Path]:
    """The files of a folder and its folders by name; hidden ones and the lock files of Word ("~$...") are left out."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        unreadable.append(folder)
        return
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _below(entry, unreadable)
        elif entry.is_file() or not entry.exists():
            yield entry
