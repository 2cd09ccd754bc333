"""The lists of units in patterns/units/, parsed: every unit under its name, with the time it was there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from normalize.records import Level, Unit
from normalize.unit_names import bare_name, split_prefix, unit_key

NEW_UNITS = date(2025, 7, 1)
"""The first day of the 34 provinces, and the first without districts (Resolution 202/2025/QH15)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit of the lists: `word` is what it is called in full ("huyện"), `until` the first day without it."""

    word: str
    unit: Unit
    since: date | None = None
    until: date | None = None

    def at(self, day: date | None) -> bool:
        """Whether the unit was there on this day; always where no day is asked for."""
        return day is None or ((self.since is None or self.since <= day) and (self.until is None or day < self.until))


Index = dict[str, tuple[Entry, ...]]


@cache
def index(level: Level) -> Index:
    """The units of a level by the key of their name. KeyError for "department": those are in no list."""
    return _by_key({"province": _provinces, "district": _districts, "commune": _communes}[level]())


@cache
def aliases() -> dict[str, str]:
    """Other spellings, by key."""
    return {unit_key(alias): name for alias, name in _rows("aliases")}


@cache
def old_provinces() -> dict[str, tuple[tuple[str, date | None], ...]]:
    """The bare names of each province before July 2025 by code, in the order of time, with the first day without it."""
    found: dict[str, tuple[tuple[str, date | None], ...]] = {}
    for code, name, _ in _rows("provinces_63"):
        earlier = tuple(
            (bare_name(old), until) for level, of, old, until in _former() if level == "province" and of == code
        )
        found[code] = (*earlier, (bare_name(name), None))
    return found


@cache
def province_successors() -> dict[str, Unit]:
    """The province of today by the key of the old one's name."""
    new = {code: _province(name) for code, name in _rows("provinces_34")}
    codes = {code: successor for code, _, successor in _rows("provinces_63")}
    return {unit_key(name): new[codes[code]] for code, names in old_provinces().items() for name, _ in names}


@cache
def commune_successors() -> dict[Unit, tuple[Unit, ...]]:
    """The communes of today by the old commune, the main successor first."""
    provinces = {code: bare_name(name) for code, name in _rows("provinces_34")}
    new = {code: Unit(bare_name(name), "commune", provinces[of]) for code, of, name in _rows("communes_34")}
    after: dict[str, list[Unit]] = {}
    for old, into, _kind in sorted(_rows("successors"), key=lambda row: row[2] == "divided"):
        if into in new:
            after.setdefault(old, []).append(new[into])
    districts = {code: (of, bare_name(name)) for code, of, name in _rows("districts_63")}
    found: dict[Unit, tuple[Unit, ...]] = {}
    for code, district, name in _rows("communes_63"):
        for province, _ in old_provinces()[districts[district][0]]:
            unit = Unit(bare_name(name), "commune", province, districts[district][1])
            found[unit] = tuple(dict.fromkeys((*found.get(unit, ()), *after.get(code, ()))))
    return found


def _provinces() -> Iterable[Entry]:
    words = {code: _word(name) for code, name, _ in _rows("provinces_63")}
    former = {(code, bare_name(name)): _word(name) for level, code, name, _ in _former() if level == "province"}
    for code, names in old_provinces().items():
        since: date | None = None
        for name, until in names:
            yield Entry(former.get((code, name), words[code]), Unit(name, "province", name), since, until or NEW_UNITS)
            since = until
    for _, name in _rows("provinces_34"):
        yield Entry(_word(name), _province(name), NEW_UNITS)


def _districts() -> Iterable[Entry]:
    for _, code, name in _rows("districts_63"):
        yield from _spread(name, "district", code, None, NEW_UNITS)
    for level, code, name, until in _former():
        if level == "district":
            yield from _spread(name, "district", code, None, until)


def _communes() -> Iterable[Entry]:
    districts = {code: (of, bare_name(name)) for code, of, name in _rows("districts_63")}
    for _, code, name in _rows("communes_63"):
        yield from _spread(name, "commune", *districts[code], NEW_UNITS)
    provinces = {code: bare_name(name) for code, name in _rows("provinces_34")}
    for _, code, name in _rows("communes_34"):
        yield Entry(_word(name), Unit(bare_name(name), "commune", provinces[code]), NEW_UNITS)


def _spread(name: str, level: Level, code: str, district: str | None, until: date) -> Iterable[Entry]:
    """One entry for each name its province had while the unit was there."""
    since: date | None = None
    for province, ended in old_provinces()[code]:
        last = min(until, ended) if ended else until
        if since is None or since < last:
            yield Entry(_word(name), Unit(bare_name(name), level, province, district), since, last)
        since = ended


@cache
def _former() -> tuple[tuple[str, str, str, date], ...]:
    return tuple((level, of, name, date.fromisoformat(until)) for level, of, name, until, _ in _rows("former"))


def _province(name: str) -> Unit:
    return Unit(bare_name(name), "province", bare_name(name))


def _word(name: str) -> str:
    return split_prefix(name)[0] or ""


def _rows(name: str) -> list[list[str]]:
    text = files("patterns").joinpath("units", f"{name}.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:] if line]


def _by_key(entries: Iterable[Entry]) -> Index:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(unit_key(split_prefix(entry.unit.name or "")[1]), []).append(entry)
    return {key: tuple(same) for key, same in found.items()}
