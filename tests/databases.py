"""Databases for the tests of the store: SQLite always, a real PostgreSQL where its server is installed.

The server is started here on a free port, with its data in a temporary folder, as an ordinary user (it refuses root).
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from load.store import Store

_NUMBERS = itertools.count()


@cache
def server_folder() -> Path | None:
    """Where the programs of the PostgreSQL server are; Debian keeps them out of the path."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    found = str(installed[-1]) if installed else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def why_no_server() -> str | None:
    if server_folder() is None:
        return "no PostgreSQL server is installed (initdb not found)"
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "psycopg is not installed (extra postgres)"
    if os.geteuid() == 0 and _ordinary_user() is None:
        return "running as root, and no ordinary user to start the server as"
    return None


def _ordinary_user() -> str | None:
    names = {entry.pw_name for entry in pwd.getpwall()}
    usable = shutil.which("runuser") or shutil.which("setpriv")
    return next((name for name in ("postgres", "nobody") if usable and name in names), None)


def _as_ordinary_user(*command: str) -> list[str]:
    if os.geteuid() != 0:
        return [*command]
    user = _ordinary_user() or ""
    if shutil.which("runuser"):
        return ["runuser", "-u", user, "--", *command]
    return ["setpriv", f"--reuid={user}", "--regid", str(pwd.getpwnam(user).pw_gid), "--clear-groups", *command]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a running server, without a database."""
    if reason := why_no_server():
        pytest.skip(reason)
    with running_server() as address:
        yield address


@contextmanager
def running_server(*settings: str) -> Iterator[str]:
    """A server of its own with these settings ("fsync=off"); its address, without a database."""
    programs, folder, port = server_folder() or Path(), Path(tempfile.mkdtemp(prefix="cchc-pg-")), _free_port()
    if os.geteuid() == 0:
        shutil.chown(folder, _ordinary_user() or 0)
    data = str(folder / "data")
    making = [str(programs / "initdb"), "-D", data, "-U", "cchc", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run(_as_ordinary_user(*making, "--no-sync"), check=True, capture_output=True, cwd="/")
    options = ["-p", str(port), "-k", str(folder), "-c", "listen_addresses=127.0.0.1"]
    options += [part for setting in settings or ("fsync=off",) for part in ("-c", setting)]
    running = subprocess.Popen(
        _as_ordinary_user(str(programs / "postgres"), "-D", data, *options),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
    )
    try:
        address = f"postgresql+psycopg://cchc@127.0.0.1:{port}"
        _wait(address, running)
        yield address
    finally:
        running.terminate()
        running.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(address: str, running: subprocess.Popen[bytes]) -> None:
    engine = create_engine(f"{address}/postgres")
    for _ in range(300):
        if running.poll() is not None:
            raise RuntimeError("the PostgreSQL server ended at its start")
        try:
            engine.connect().close()
        except Exception:  # the server is not up yet, whatever the driver calls that
            time.sleep(0.1)
        else:
            engine.dispose()
            return
    raise RuntimeError("the PostgreSQL server did not come up in 30 s")


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes the address of a new, empty database of each kind."""
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path / f'store{next(_NUMBERS)}.db'}"
    address: str = request.getfixturevalue("server")

    def make() -> str:
        name = f"store{next(_NUMBERS)}"
        engine = create_engine(f"{address}/postgres", isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return f"{address}/{name}"

    return make


@pytest.fixture
def url(new_url: Callable[[], str]) -> str:
    return new_url()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store.open(url) as opened:
        yield opened
