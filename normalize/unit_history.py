"""What became of administrative units: each unit of a name with its time, what it came from, what it went into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from normalize import unit_lists
from normalize.records import Level, Unit
from normalize.unit_lists import NEW_UNITS, Entry
from normalize.unit_names import LEVELS, bare_name, split_prefix, unit_key

_LEVELS: tuple[Level, ...] = ("province", "district", "commune")


@dataclass(frozen=True, slots=True)
class UnitHistory:
    """A unit and its time: `since` its first day, `until` the first day without it; None where the lists have none.

    `into` are the units it went into, the main one first; a district went into the communes that its communes became.
    `out_of` are the communes or provinces it was made from on 1 July 2025.
    """

    word: str
    unit: Unit
    since: date | None
    until: date | None
    into: tuple[Unit, ...] = ()
    out_of: tuple[Unit, ...] = ()


def history(name: str, province: str | None = None) -> tuple[UnitHistory, ...]:
    """Every unit that bore a name, with or without its word ("huyện Cẩm Xuyên"), in the order of time; () for none.

    >>> [(each.word, str(each.until)) for each in history("Cẩm Xuyên", "Hà Tĩnh")]
    [('huyện', '2025-07-01'), ('thị trấn', '2025-07-01'), ('xã', 'None')]
    >>> history("Cẩm Xuyến")
    ()
    """
    word, bare = split_prefix(name)
    wanted = unit_key(split_prefix(province)[1]) if province else None
    found = [
        UnitHistory(entry.word, entry.unit, entry.since, entry.until, _into(entry), _out_of(entry))
        for entry in _entries(bare if word else name, word)
        if wanted in (None, unit_key(entry.unit.province or ""))
    ]
    return tuple(sorted(_joined(found), key=_order))


def _entries(bare: str, word: str | None) -> Iterator[Entry]:
    key = unit_key(unit_lists.aliases().get(unit_key(bare), bare))
    for level in LEVELS[word] if word else _LEVELS:
        for entry in unit_lists.index(level).get(key, ()):
            if word in (None, entry.word):
                yield entry


def _order(one: UnitHistory) -> tuple[date, date, int, str, str]:
    level = _LEVELS.index(one.unit.level) if one.unit.level in _LEVELS else len(_LEVELS)
    return one.since or date.min, one.until or date.max, level, one.unit.province or "", one.unit.district or ""


def _into(entry: Entry) -> tuple[Unit, ...]:
    if entry.until is None:
        return ()
    if entry.until != NEW_UNITS:
        return _former_successor(entry)
    unit = entry.unit
    if unit.level == "province":
        successor = unit_lists.province_successors().get(unit_key(unit.name or ""))
        return (successor,) if successor else ()
    if unit.level == "commune":
        return unit_lists.commune_successors().get(unit, ())
    return _communes_of_districts().get((unit.name or "", unit.province or ""), ())


def _out_of(entry: Entry) -> tuple[Unit, ...]:
    return _predecessors().get(entry.unit, ()) if entry.since == NEW_UNITS else ()


def _former_successor(entry: Entry) -> tuple[Unit, ...]:
    """Where a unit went before the lists were drawn up; a province that was renamed has the new name."""
    text = files("patterns").joinpath("units", "former.tsv").read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        level, _, name, until, into = line.split("\t")
        if (level, bare_name(name), until) == (entry.unit.level, entry.unit.name, str(entry.until)) and into:
            return tuple(_former_unit(each, entry.unit) for each in into.split(", "))
    return ()


def _former_unit(name: str, old: Unit) -> Unit:
    bare = split_prefix(name)[1]
    return Unit(bare, old.level, bare if old.level == "province" else old.province)


def _joined(several: Iterable[UnitHistory]) -> Iterator[UnitHistory]:
    """A unit that went on as it was on 1 July 2025 is one unit, though two lists have it."""
    going_on: dict[Unit, UnitHistory] = {}
    for one in several:
        if one.until == NEW_UNITS and one.into == (one.unit,):
            going_on[one.unit] = one
        elif one.out_of == (one.unit,) and one.unit in going_on:
            yield replace(one, since=going_on.pop(one.unit).since, out_of=())
        else:
            yield one
    yield from going_on.values()


@cache
def _communes_of_districts() -> Mapping[tuple[str, str], tuple[Unit, ...]]:
    """The communes of today by the name and province of the district their parts belonged to."""
    found: dict[tuple[str, str], dict[Unit, None]] = {}
    for old, new in unit_lists.commune_successors().items():
        found.setdefault((old.district or "", old.province or ""), {}).update(dict.fromkeys(new))
    return {key: tuple(sorted(units, key=lambda unit: unit.name or "")) for key, units in found.items()}


@cache
def _predecessors() -> Mapping[Unit, tuple[Unit, ...]]:
    found: dict[Unit, dict[Unit, None]] = {}
    last = {entry.unit for entries in unit_lists.index("province").values() for entry in entries if entry.at(_LAST_DAY)}
    for old, new in unit_lists.commune_successors().items():
        if Unit(old.province, "province", old.province) in last:
            for unit in new:
                found.setdefault(unit, {})[old] = None
    for old_province in sorted(last, key=lambda unit: unit.name or ""):
        if successor := unit_lists.province_successors().get(unit_key(old_province.name or "")):
            found.setdefault(successor, {})[old_province] = None
    return {unit: tuple(olds) for unit, olds in found.items()}


_LAST_DAY = date(2025, 6, 30)
