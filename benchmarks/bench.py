"""What the benchmarks share: a database of either kind, and a file of figures with a section for each kind of run."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy import create_engine, text

from load.store import Store

ROOT = Path(__file__).parents[1]
SERVER = "server"


@contextmanager
def database(db: str | None, folder: Path, name: str = "bench") -> Iterator[str]:
    """The address of an empty database: the one that is given, one of a server started here, or a file."""
    if db != SERVER:
        yield db or str(folder / f"{name}.db")
        return
    with server() as address:
        yield new_database(address, name)


@contextmanager
def server() -> Iterator[str]:
    """A PostgreSQL server as it is installed, which writes to the disk before it says that it has."""
    sys.path.insert(0, str(ROOT / "tests"))
    from databases import running_server, why_no_server

    if reason := why_no_server():
        raise SystemExit(reason)
    with running_server("fsync=on") as address:
        yield address


def new_database(address: str, name: str) -> str:
    engine = create_engine(f"{address}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{address}/{name}"


def database_size(store: Store) -> int:
    """Bytes of the database; of a file with what waits in its log."""
    if store.engine.dialect.name == "sqlite":
        path = Path(store.engine.url.database or "")
        return sum(part.stat().st_size for part in path.parent.glob(f"{path.name}*") if not part.name.endswith("-shm"))
    with store.reading() as connection:
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def write_section(file: str, title: str, section: str, lines: Sequence[str]) -> None:
    """Put figures into `benchmarks/FILE` under a heading of their own; the other sections stay."""
    path = ROOT / "benchmarks" / file
    sections: dict[str, str] = {}
    if path.exists():
        for part in path.read_text(encoding="utf8").split("\n## ")[1:]:
            name, _, body = part.partition("\n")
            sections[name.strip()] = body.strip()
    when = f"Measured on {date.today().isoformat()}, Python {platform.python_version()}."
    sections[section] = "\n".join([when, "", *(f"- {line}" for line in lines)])
    text = "".join(f"\n## {name}\n\n{body}\n" for name, body in sorted(sections.items()))
    path.write_text(f"# {title}\n{text}", encoding="utf8")
