"""Any number of reports, in any family and format, from a seed, with what must be read from them.

    generate(1, 100, ("A", "C", "F"), ("docx", "pdf"), folder)

The same arguments give the same files. A report is a unit with its scorecard and scores, written by an officer with
habits of his own; a part of the reports holds one mistake of the report itself, recorded in its truth.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from types import ModuleType

from normalize.records import Level
from normalize.units import UnitRegistry
from samples.case import Case, Draft, draw_subject
from samples.families import analysis, annex, decision, evidence, letter, progress, ranking, remedy
from samples.fonts import families as font_families
from samples.habits import Writer, random_habit
from samples.layout import Sheet
from samples.planting import plant
from samples.render import render
from samples.scorecard import make_scorecard
from samples.scoring import score_unit
from samples.truth import Marks, Planted, Truth

FAMILIES: Mapping[str, ModuleType] = {
    "A": letter,
    "B": progress,
    "C": remedy,
    "D": analysis,
    "E": annex,
    "F": ranking,
    "G": evidence,
    "H": decision,
}
# The levels of unit that write or get each family of reports, by how often.
LEVELS: Mapping[str, tuple[Level, ...]] = {
    "A": ("district", "district", "district", "department"),
    "B": ("district", "district", "district", "commune"),
    "C": ("district", "district", "district", "commune", "province"),
    "D": ("district", "district", "commune"),
    "E": ("district", "district", "department", "commune", "province"),
    "F": ("district", "department", "commune"),
    "G": ("commune", "district", "department", "province"),
    "H": ("district", "commune", "department", "province"),
}
PLANTED_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Generated:
    """A report before it has a format, and its truth."""

    sheet: Sheet
    truth: Truth


def compose(seed: str, family: str, name: str, *, planted_errors: bool = True) -> Generated:
    """One report of a family; the seed decides everything about it."""
    rng = random.Random(seed)
    level = rng.choice(LEVELS[family])
    habit = random_habit(rng)
    writer = Writer(habit, rng)
    subject = draw_subject(rng, "province" if family in "FH" else level)
    if family == "F" and level == "district":
        while not subject.province.districts:
            subject = draw_subject(rng, "province")
    scorecard = make_scorecard(rng, level, subject.year)
    scored = score_unit(scorecard, rng, subject.year, told="plain" if family in "AB" else "full")
    draft: Draft = FAMILIES[family].compose(Case(rng, writer, subject, scorecard, scored))
    marks = draft.marks
    planted: tuple[Planted, ...] = ()
    if planted_errors and draft.mistakes and marks and rng.random() < PLANTED_SHARE:
        marks, planted = _planted(draft, rng)
    blocks = draft.draw(marks)
    sheet = Sheet(
        tuple(blocks),
        landscape=draft.landscape,
        numbered=rng.random() < 0.8,
        font=_font(rng),
        size=rng.choice((12.0, 13.0, 13.0, 14.0)),
        dialect=rng.choice(("tabs", "tabs", "pipes", "tags")),
        seal=rng.random() < 0.7,
        rules=rng.choice(("lines", "lines", "boxes")),
    )
    marks = tuple(_knowable(one, sheet) for one in marks)
    truth = Truth(
        name=name,
        family=family,
        paper=draft.paper,
        assessments=marks,
        planted=planted,
        titles=draft.titles,
        slips=tuple(dict.fromkeys(writer.slips)),
        scorecard=draft.scorecard,
        scorecard_facts=draft.scorecard_facts,
        habits=asdict(habit),
    )
    return Generated(sheet, truth)


def _knowable(marks: Marks, sheet: Sheet) -> Marks:
    """The truth without what nobody could know: ten districts are named Châu Thành, and few say of which province."""
    printed = unicodedata.normalize("NFC", " ".join(sheet.texts())).casefold()
    for old, new in (("oà", "òa"), ("oá", "óa"), ("uỷ", "ủy"), ("uý", "úy"), ("ð", "đ")):
        printed = printed.replace(old, new)
    printed = " ".join(printed.split())
    fits = _homes(marks.unit or "", marks.level, marks.year)
    province, district = marks.province, marks.district
    if (province or "").casefold() not in printed and {home for home, _ in fits} != {province}:
        province = None
    if district and district.casefold() not in printed and set(fits) != {(marks.province, district)}:
        district = None
    return replace(marks, province=province, district=district)


@cache
def _homes(unit: str, level: Level, year: int) -> tuple[tuple[str | None, str | None], ...]:
    """The provinces and districts of all units of that name at the time."""
    found = UnitRegistry.load().resolve(unit, level, f"{year}-12-31")
    return tuple((one.province, one.district) for one in found)


def _planted(draft: Draft, rng: random.Random) -> tuple[tuple[Marks, ...], tuple[Planted, ...]]:
    at = rng.randrange(len(draft.marks))
    changed = plant(draft.marks[at], draft.mistakes, rng)
    if changed is None:
        return draft.marks, ()
    marks, planted = changed
    return (*draft.marks[:at], marks, *draft.marks[at + 1 :]), (replace(planted, assessment=at),)


def _font(rng: random.Random) -> str:
    """A font of those this machine has; Word files name Times New Roman as nearly all reports do."""
    names = [one.name for one in font_families()]
    return rng.choice(names) if names and rng.random() < 0.3 else "Times New Roman"


def plan(seed: int, count: int, families: Sequence[str], formats: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """The reports to write as (name, family, format, seed): families and formats in turn, so that each is there."""
    for number in range(count):
        family = families[number % len(families)]
        media = formats[(number // len(families)) % len(formats)]
        yield f"{family.lower()}-{seed}-{number:05d}", family, media, f"{seed}/{number}/{family}"


def generate(
    seed: int,
    count: int,
    families: Sequence[str],
    formats: Sequence[str],
    folder: Path,
    planted_errors: bool = True,
) -> tuple[Truth, ...]:
    """Writes `count` reports and their truths into the folder and returns the truths.

    Formats are "txt", "docx", "pdf", and for scans "scan" (an image-only PDF), "tiff" and "png". LookupError for a
    family or format there is not; a format that this machine cannot draw is skipped, see `samples.render.missing`.
    """
    if unknown := set(families) - FAMILIES.keys():
        raise LookupError(f"unknown families: {', '.join(sorted(unknown))}")
    folder.mkdir(parents=True, exist_ok=True)
    truths: list[Truth] = []
    for name, family, media, own_seed in plan(seed, count, families, formats):
        made = compose(own_seed, family, name, planted_errors=planted_errors)
        content = render(made.sheet, media, own_seed)
        if content is None:
            continue
        suffix = "scan.pdf" if media == "scan" else media
        (folder / f"{name}.{suffix}").write_bytes(content)
        made.truth.write(folder)
        truths.append(made.truth)
    return tuple(truths)
