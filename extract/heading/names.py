"""Units named in running text or capitals: "huyện Tuần Giáo", "UBND TỈNH QUẢNG TRỊ", "TP. Huế"."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from normalize.records import Level, Unit
from normalize.text import fold, nfc, squeeze
from normalize.unit_names import LEVELS, bare_name, split_prefix
from normalize.units import UnitRegistry

_WORD = r"tỉnh|thành phố|huyện đảo|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu|tp\.?|tx\.?"
_NAME = r"\p{Lu}[\p{L}'’]*(?:\s*[-–]\s*\p{Lu}[\p{L}'’]*|\s+\p{Lu}[\p{L}'’]*){0,4}|\d{1,2}(?![\d/.,%])"
_MENTION = regex.compile(rf"(?<!\p{{L}})(?<word>(?i:{_WORD}))\s+(?<name>{_NAME})")
# capitals that follow a unit's word and begin no name: TỈNH ỦY, XÃ HỘI, HUYỆN NĂM 2019
_NO_NAME = regex.compile(
    r"(?:ủy|hội|năm|và|về|của|các|đoàn|đội|trong|theo|là|được|có|thực|kết|tự|chỉ|công|báo|kế|quyết|ngày|tháng|quý|đến|từ"
    r"|giao|ban|hành|phê|gửi)"
)
# a person's name follows the office: "Phó Chủ tịch UBND huyện Trần Văn A"
_PERSON = regex.compile(r"chủ tịch\s+(?:ubnd|[ủu][ỷy] ban nhân dân)\s*$", regex.IGNORECASE)
_KINDS = {"tp": "thành phố", "tp.": "thành phố", "tx": "thị xã", "tx.": "thị xã", "huyện đảo": "huyện"}


@dataclass(frozen=True, slots=True)
class Named:
    """A unit named in a text: what it is called ("huyện"), its bare name, and all units that this may mean.

    `known` is False where the register has no such name: then `units` is empty and the name stands as printed.
    """

    word: str
    name: str
    units: tuple[Unit, ...]
    start: int
    end: int
    by_likeness: bool = False

    @property
    def known(self) -> bool:
        return bool(self.units)

    @property
    def level(self) -> Level:
        return self.units[0].level or "district" if self.units else LEVELS[self.word][-1]

    @property
    def spoken(self) -> str:
        """The name with its word, as running text has it: "huyện Cẩm Xuyên"."""
        return self.name.lower() if self.name.split()[-1].isdigit() else f"{self.word} {self.name}"

    @property
    def best(self) -> Unit:
        """The unit meant where only one can be; else the name and level with what the candidates share."""
        if len(self.units) == 1:
            return self.units[0]
        provinces = {unit.province for unit in self.units}
        return Unit(self.name, self.level, provinces.pop() if len(provinces) == 1 else None)


def named_units(
    text: str, at: str | None = None, province: str | None = None, letterhead: bool = False, loose: bool = False
) -> tuple[Named, ...]:
    """The units a text names with their word, in their order; the longest name that the register knows counts.

    Unknown names are taken in small letters ("xã Ea Xup"), and in capitals only from a letterhead. `at` is an ISO date,
    whole or partial; `loose` lets names count whose marks were lost.

    >>> [unit.spoken for unit in named_units("UBND HUYỆN TUẦN GIÁO NĂM 2019, các xã, điều tra xã hội học")]
    ['huyện Tuần Giáo']
    """
    found: list[Named] = []
    for match in _MENTION.finditer(nfc(text)):
        word = _KINDS.get(squeeze(match["word"]).lower(), fold(match["word"]))
        named = _named(match, word, at, province, letterhead, loose)
        if named is not None:
            found.append(named)
    return tuple(found)


def _named(
    match: regex.Match[str], word: str, at: str | None, province: str | None, letterhead: bool, loose: bool
) -> Named | None:
    words = list(regex.finditer(r"\S+", match["name"]))
    if _NO_NAME.fullmatch(fold(words[0][0])):
        return None
    start = match.start()
    for count in range(len(words), 0, -1):
        end = match.start("name") + words[count - 1].end()
        shown = squeeze(match["name"][: words[count - 1].end()])
        for likeness in (False, True) if loose else (False,):
            units = _resolve(f"{word} {shown}", at, province, likeness)
            if units:
                return Named(word, units[0].name or shown, units, start, end, likeness)
    kept = [each for at_, each in enumerate(words) if not any(_NO_NAME.fullmatch(fold(w[0])) for w in words[: at_ + 1])]
    shown = squeeze(match["name"][: kept[-1].end()])
    # every province is in the register
    if not letterhead and (word == "tỉnh" or match["name"].isupper() or _PERSON.search(match.string[:start])):
        return None
    # the names of one syllable are in the register: a single unknown word is something else
    if not letterhead and " " not in shown:
        return None
    name = shown if not shown.isupper() else shown.title()
    return Named(word, bare_name(f"{word} {name}"), (), start, match.start("name") + kept[-1].end())


def _resolve(name: str, at: str | None, province: str | None, loose: bool) -> tuple[Unit, ...]:
    registry = UnitRegistry.load()
    # a report of late 2025 may still speak of the districts of the year it is about
    for day in (at, None) if at else (None,):
        units = registry.resolve(name, None, day, province, loose=loose)
        if units:
            word = split_prefix(name)[0]
            provinces = tuple(unit for unit in units if unit.level == "province")
            # "thành phố Cần Thơ" is the province; a district town shares no name with a province-level city
            return provinces if word == "thành phố" and provinces else units
    return ()
