"""Damaged files: a reader gives a document or one of the program's own errors, whatever stands in the file.

A longer run: `python -m benchmarks.fuzz`. What it finds is kept in `corpus/`, named by its format, with a damaged file
of each way in which a reader may refuse one.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.readers import read_source
from extract.sniffing import kind_of
from extract.source import Source
from fuzz.mutations import BY_OFFICE, KINDS, TOKENS, Damage, damaged, seeds
from normalize.errors import CchcError

CORPUS = Path(__file__).parent / "corpus"

DAMAGES = st.lists(
    st.builds(
        Damage,
        kind=st.sampled_from(KINDS),
        at=st.floats(0, 1),
        size=st.integers(0, 400),
        token=st.integers(0, len(TOKENS) - 1),
        part=st.integers(0, 6),
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture(autouse=True)
def _no_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged PDF must not cost the seconds that the recognition of its page takes."""
    monkeypatch.setattr("extract.scan.recognition.installed_recogniser", lambda: None)


def read(data: bytes, name: str) -> None:
    if not data:
        return
    source = Source.of(data, Path(name))
    with contextlib.suppress(CchcError):
        if kind_of(data, name) not in BY_OFFICE | {"image"}:
            read_source(source)


@pytest.mark.parametrize("name", [name for name in seeds() if not name.endswith(".rtf")])
def test_a_whole_file_is_read(name: str) -> None:
    assert read_source(Source.of(seeds()[name], Path(name))).pages


@pytest.mark.parametrize("name", seeds())
@given(damages=DAMAGES)
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck])
def test_damaged_files(name: str, damages: list[Damage]) -> None:
    read(damaged(seeds()[name], damages), name)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.*")), ids=lambda path: path.name)
def test_the_corpus(path: Path) -> None:
    read(path.read_bytes(), path.name)
