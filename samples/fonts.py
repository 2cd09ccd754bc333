"""TrueType fonts with the Vietnamese letters, wherever this machine keeps them. None is shipped or fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".fonts",
    Path.home() / ".local/share/fonts",
    Path("C:/Windows/Fonts"),
    Path("/Library/Fonts"),
    Path("/System/Library/Fonts/Supplemental"),
)
# Letters that fonts without full Vietnamese support lack first.
LETTERS = "ăâđêôơưẠẢẤẾỐỚỮỹ"
# Families known to hold every Vietnamese letter, best likeness of a Vietnamese office document first.
FAMILIES = {
    "times": ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"),
    "times-mac": (
        "Times New Roman.ttf",
        "Times New Roman Bold.ttf",
        "Times New Roman Italic.ttf",
        "Times New Roman Bold Italic.ttf",
    ),
    "liberation-serif": (
        "LiberationSerif-Regular.ttf",
        "LiberationSerif-Bold.ttf",
        "LiberationSerif-Italic.ttf",
        "LiberationSerif-BoldItalic.ttf",
    ),
    "noto-serif": ("NotoSerif-Regular.ttf", "NotoSerif-Bold.ttf", "NotoSerif-Italic.ttf", "NotoSerif-BoldItalic.ttf"),
    "dejavu-serif": (
        "DejaVuSerif.ttf",
        "DejaVuSerif-Bold.ttf",
        "DejaVuSerif-Italic.ttf",
        "DejaVuSerif-BoldItalic.ttf",
    ),
    "liberation-sans": (
        "LiberationSans-Regular.ttf",
        "LiberationSans-Bold.ttf",
        "LiberationSans-Italic.ttf",
        "LiberationSans-BoldItalic.ttf",
    ),
    "dejavu-sans": ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf", "DejaVuSans-BoldOblique.ttf"),
}


@dataclass(frozen=True, slots=True)
class Family:
    """The four cuts of a family; a cut that the machine lacks is the regular one."""

    name: str
    regular: Path
    bold: Path
    italic: Path
    bold_italic: Path


@cache
def families() -> tuple[Family, ...]:
    """The families found on this machine, best first."""
    found: dict[str, list[Path]] = {}
    for folder in FOLDERS:
        for path in _fonts(folder):
            found.setdefault(path.name.casefold(), []).append(path)
    complete: list[Family] = []
    for name, cuts in FAMILIES.items():
        # Two versions of one font may lie side by side, the older without the letters.
        paths = [next((one for one in found.get(cut.casefold(), ()) if _has_letters(one)), None) for cut in cuts]
        regular = paths[0]
        if regular is not None:
            complete.append(Family(name, regular, *(path or regular for path in paths[1:])))
    return tuple(complete)


def _has_letters(path: Path) -> bool:
    from reportlab.pdfbase.ttfonts import TTFontFile

    letters = TTFontFile(str(path), validate=0).charToGlyph
    return all(ord(letter) in letters for letter in LETTERS)


def _fonts(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(path for path in folder.rglob("*") if path.suffix.casefold() == ".ttf")


def find_family(name: str | None = None) -> Family | None:
    """The family of that name if it is there, else the best one; None where the machine has none."""
    return next((one for one in families() if one.name == name), next(iter(families()), None))
