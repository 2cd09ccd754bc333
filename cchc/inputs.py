"""The files that the paths of a command mean: files, folders with all below them, and patterns with * and ?."""

from __future__ import annotations

import glob
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from cchc.addresses import content_hash_at, is_address, listed
from extract.source import MAX_BYTES
from normalize.errors import UsageError

# In a folder these are taken for reports; a file that is named itself is always tried, whatever it is called.
ENDINGS = frozenset(
    {".pdf", ".docx", ".docm", ".doc", ".rtf", ".odt", ".ods", ".xlsx", ".xls", ".htm", ".html", ".mht", ".txt", ".md"}
    | {".mhtml", ".xlsm", ".dot", ".dotx", ".ppt", ".pptx", ".odp"}
    | {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"}
)


# A path of this machine, or the address of a file elsewhere ("s3://bucket/003.pdf") as text.
Address = Path | str


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files to read in the order of their names, and those in the folders that are no reports by their ending.

    All paths are absolute: the ledger is read from other folders too. Addresses of fsspec stand as they are.
    `unreadable` are folders.
    """

    files: tuple[Address, ...]
    passed_over: tuple[Address, ...] = ()
    unreadable: tuple[Path, ...] = ()


def find_inputs(arguments: Sequence[str | Path]) -> Inputs:
    """Raises UsageError "no-such-path" for a path or pattern that names nothing."""
    files: dict[Address, None] = {}
    passed: dict[Address, None] = {}
    unreadable: dict[Path, None] = {}
    for argument in arguments:
        if isinstance(argument, str) and is_address(argument):
            for address in listed(argument):
                (files if address == argument or _is_report(address) else passed)[address] = None
            continue
        for path in _named(argument):
            if not _is_folder(path):
                files[path] = None
                continue
            for found in _below(path, unreadable, set()):
                (files if _is_report(found) else passed)[found] = None
    return Inputs(tuple(files), tuple(path for path in passed if path not in files), tuple(unreadable))


def _is_report(path: Address) -> bool:
    return PurePosixPath(path).suffix.casefold() in ENDINGS


def content_hash(path: Address) -> str | None:
    """The SHA-256 of a file, read piece by piece; None where it cannot be read, or is no file to be read as a whole."""
    if isinstance(path, str):
        return content_hash_at(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or not 0 < status.st_size <= MAX_BYTES:
            return None
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return None


def _named(argument: str | Path) -> list[Path]:
    """The paths an argument names: itself, or what fits it as a pattern (for shells that do not resolve patterns)."""
    path = Path(os.path.abspath(argument))  # noqa: PTH100 (Path.absolute keeps "..", resolve follows links)
    if os.path.lexists(path):
        return [path]
    matches = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
    if not matches:
        raise UsageError("no-such-path", str(argument))
    return [Path(match) for match in matches]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _below(folder: Path, unreadable: dict[Path, None], within: set[tuple[int, int]]) -> Iterator[Path]:
    """The files of a folder and its folders by name; hidden ones and the lock files of Word ("~$...") are left out.

    Folders that are links are followed, except into a folder they stand in.
    """
    try:
        status = folder.stat()
        with os.scandir(folder) as listing:
            entries = sorted((entry for entry in listing), key=lambda entry: entry.name)
    except OSError:
        unreadable[folder] = None
        return
    here = (status.st_dev, status.st_ino)
    if here in within:
        return
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        path = folder / entry.name
        try:
            is_folder = entry.is_dir()
        except OSError:  # its worker says why it cannot be read
            is_folder = False
        if is_folder:
            yield from _below(path, unreadable, within | {here})
        else:
            yield path
