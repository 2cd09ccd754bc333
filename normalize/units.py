"""Administrative units: a printed name to the province, district or commune that it meant at its time.

63 provinces, their districts and communes until 30 June 2025; 34 provinces and communes, and no districts, since
1 July 2025. Names are looked up, never guessed: a name that fits several units gives all of them.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import regex

from normalize import unit_lists
from normalize.dates import last_day
from normalize.records import Level, Unit
from normalize.text import squeeze
from normalize.unit_names import LEVELS, plain_key, split_prefix, unit_key

_ALL_LEVELS: tuple[Level, ...] = ("province", "district", "commune")
_DEPARTMENT = regex.compile(
    r"^(?:sở|ban|thanh tra|văn phòng|chi cục|cục|công an|bộ chỉ huy|bảo hiểm|kho bạc)\b", regex.IGNORECASE
)


class UnitRegistry:
    """All units, parsed when first asked for. Use `UnitRegistry.load()`: it is shared."""

    @staticmethod
    @cache
    def load() -> UnitRegistry:
        return UnitRegistry()

    def resolve(
        self,
        name: str,
        level: Level | None = None,
        at: date | str | None = None,
        province: str | None = None,
        district: str | None = None,
        loose: bool = False,
    ) -> tuple[Unit, ...]:
        """All units that a name may mean; empty for an unknown name.

        `name` may carry its kind ("huyện Tuần Giáo", "TP. Huế"), which then counts: a unit of just that kind is
        preferred to one of the same level. `at` is the day meant, or an ISO text, whole or partial (any day when None);
        `province` and `district` narrow the choice where they are known. `loose` compares without diacritics, for
        names read from pictures.

        >>> UnitRegistry.load().resolve("Huyện Tuần Giáo", at=date(2020, 10, 30))
        (Unit(name='Tuần Giáo', level='district', province='Điện Biên', district=None),)
        >>> UnitRegistry.load().resolve("Tuần Giáo", level="district", at=date(2025, 8, 1))
        ()
        """
        at = last_day(at) if isinstance(at, str) else at
        word, bare = split_prefix(name)
        if level == "department" or (level is None and word is None and _DEPARTMENT.match(bare)):
            return (Unit(squeeze(name), "department", self.province_name(province, at)),)
        if not bare or (word is None and unit_key(bare).isdecimal()):
            return ()
        levels = [each for each in (LEVELS[word] if word else _ALL_LEVELS) if level in (None, each)]
        wanted_province = self._province_keys(province) if province else None
        wanted_district = unit_key(split_prefix(district)[1]) if district else None
        found = [
            entry
            for each in levels
            for entry in self._lookup(each, bare, loose)
            if entry.at(at)
            and (wanted_province is None or unit_key(entry.unit.province or "") in wanted_province)
            and (wanted_district is None or each != "commune" or unit_key(entry.unit.district or "") == wanted_district)
        ]
        if word is not None and any(entry.word == word for entry in found):
            found = [entry for entry in found if entry.word == word]
        return tuple(dict.fromkeys(entry.unit for entry in found))

    def province_name(self, name: str | None, at: date | str | None = None) -> str | None:
        """The bare official name of a province; the name itself where it is none known.

        >>> UnitRegistry.load().province_name("tỉnh Đắc Lắc"), UnitRegistry.load().province_name("TP.HCM")
        ('Đắk Lắk', 'Hồ Chí Minh')
        """
        if not name:
            return None
        found = self.resolve(split_prefix(name)[1], "province", at) or self.resolve(split_prefix(name)[1], "province")
        return found[0].name if found else split_prefix(name)[1]

    def successors(self, unit: Unit) -> tuple[Unit, ...]:
        """The units since 1 July 2025 that a province or commune went into, the main one first; () for others.

        >>> UnitRegistry.load().successors(Unit("Kon Tum", "province"))
        (Unit(name='Quảng Ngãi', level='province', province='Quảng Ngãi', district=None),)
        """
        if unit.level == "province" and unit.name:
            province = unit_lists.province_successors().get(unit_key(unit.name))
            return (province,) if province else ()
        return unit_lists.commune_successors().get(unit, ()) if unit.level == "commune" else ()

    def _lookup(self, level: Level, bare: str, loose: bool) -> tuple[unit_lists.Entry, ...]:
        name = unit_lists.aliases().get(unit_key(bare), bare)
        exact = unit_lists.index(level).get(unit_key(name), ())
        return exact or (_loose_index(level).get(plain_key(name), ()) if loose else ())

    def _province_keys(self, name: str) -> frozenset[str]:
        """The keys of all names of the province that is meant (Huế, Thừa Thiên Huế)."""
        bare = split_prefix(name)[1]
        key = unit_key(unit_lists.aliases().get(unit_key(bare), bare))
        for names in unit_lists.old_provinces().values():
            keys = frozenset(unit_key(each) for each, _ in names)
            if key in keys:
                return keys
        return frozenset((key,))


@cache
def _loose_index(level: Level) -> unit_lists.Index:
    found: dict[str, tuple[unit_lists.Entry, ...]] = {}
    for entries in unit_lists.index(level).values():
        key = plain_key(split_prefix(entries[0].unit.name or "")[1])
        found[key] = (*found.get(key, ()), *entries)
    return found
