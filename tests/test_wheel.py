"""The wheel: its top-level names, the data inside it, and the program run from another folder."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = {"audit", "cchc", "compare", "extract", "load", "normalize", "patterns", "samples"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    (found,) = folder.glob("*.whl")
    return found


def test_the_top_level_names_are_exactly_the_rooms(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert {name for name in tops if not name.endswith(".dist-info")} == PACKAGES


def test_every_data_file_is_inside(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    for package in PACKAGES:
        for pattern in ("*.toml", "*.tsv", "*.json", "LICENSE*"):
            for file in (ROOT / package).rglob(pattern):
                assert file.relative_to(ROOT).as_posix() in inside, file


def test_the_program_runs_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    # The dependencies are those of this environment; the project itself comes from the wheel alone.
    folder = tmp_path / "môi trường mới"
    venv.create(folder, with_pip=False)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    python = scripts / "python"
    paths = {path for path in sys.path if path.endswith("site-packages")}
    target = subprocess.run(
        [python, "-c", "import site; print(site.getsitepackages()[0])"], check=True, capture_output=True, text=True
    ).stdout.strip()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    (Path(target) / "dependencies.pth").write_text("\n".join(sorted(paths)), encoding="utf8")
    code = "import cchc, sys; assert cchc.__file__.startswith(sys.argv[1]), cchc.__file__"
    subprocess.run([python, "-c", code, target], check=True, cwd=tmp_path)
    run = [python, "-c", "from cchc.cli import main; main()"]
    (tmp_path / "báo cáo").mkdir()
    (tmp_path / "báo cáo" / "trống.txt").write_text("", encoding="utf8")
    done = subprocess.run(
        [*run, "ingest", "báo cáo", "--lang", "en"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PATH": "", "LANG": "C.UTF-8"},
    )
    assert done.returncode == 3, done.stderr
    assert "The file is empty" in " ".join(done.stdout.split())
    assert "Traceback" not in done.stderr
