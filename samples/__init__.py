"""Reports written for the project, and the generator that writes more."""

from __future__ import annotations

from pathlib import Path


def write_samples(folder: Path, formats: tuple[str, ...] = ("txt", "docx", "pdf")) -> tuple[Path, ...]:
    """Writes the project's own reports with their truth into a folder: see `samples.catalogue`."""
    from samples.catalogue import write_samples as write

    return write(folder, formats)
