"""The offices of a letterhead: the superior, the issuer, and the units they stand for."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extract.heading.head_lines import Line, bare_letters
from extract.heading.names import Named, named_units
from normalize.text import fold, squeeze
from normalize.value import Printed, Value

_COMMITTEE = regex.compile(r"^(?:uy ban nhan dan|ubnd|u b n d)\b\.?", regex.IGNORECASE)
_UNIT_ONLY = regex.compile(
    r"^(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|tx\.?|xa|phuong|thi tran|dac khu)\s+(?!uy\b)", regex.IGNORECASE
)
_PARTY = regex.compile(r"^(?:tinh|thanh|huyen|quan|thi|dang)\s+(?:uy|bo)\b", regex.IGNORECASE)
_START = regex.compile(
    r"^(?:hoi dong|hdnd|so|phong|ban|van phong|trung tam|chi cuc|cuc|thanh tra|bo|doan|to|lien doan|uy ban|ubnd)\b",
    regex.IGNORECASE,
)
_DEPARTMENTS = ("sở ", "thanh tra tỉnh", "ban dân tộc", "ban quản lý khu", "ban quản lý các khu", "văn phòng ubnd tỉnh")
_KEPT = regex.compile(r"\b(?:cchc|ubnd|hđnd|hđtđ|bcđ|ksttthc|ttptvc|khcn|ttđt|tw|vh|tt)\b")
# Sở Kế hoạch và Đầu tư: the functions of an office are written with a capital, those of a council are not
_FUNCTION = regex.compile(
    r"(?<=^(?:Sở|Phòng|Ban|Chi cục|Cục|Trung tâm|Bộ)\s)\p{Ll}"
    r"|(?<=^(?:Sở|Phòng|Ban|Chi cục|Cục|Bộ)\s.*(?:\svà\s|\s?[-–]\s?|,\s))\p{Ll}"
)
_DANGLING = regex.compile(r"(?:\s+(?:của|tại|thuộc)|[\s,.;:–-])+$", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Office:
    """An office of a letterhead: its name in the short official form, and the unit it belongs to where it says so.

    `committee` says that it is the People's Committee (UBND) or the Party committee of that unit, which speak for it;
    `bare_unit` that only the unit is printed.
    """

    name: str
    unit: Named | None
    committee: bool
    printed: Printed
    bare_unit: bool = False

    @property
    def department(self) -> bool:
        return fold(self.name).startswith(_DEPARTMENTS)

    @property
    def issuer(self) -> Value[str]:
        return Value(self.name, self.printed, "letterhead")


def read_offices(lines: tuple[Line, ...], at: str | None, loose: bool = False) -> tuple[Office, ...]:
    """The offices of letterhead lines in their order; the last one issues the document.

    A line that is only a unit ("HUYỆN CẨM XUYÊN") belongs to the line above it; a line that begins no office goes on
    with the one above.
    """
    groups: list[list[Line]] = []
    for line in lines:
        bare = bare_letters(line.text)
        unit_only = bool(_UNIT_ONLY.match(bare)) and not _PARTY.match(bare)
        starts = line.text[:2].casefold() != "số" and bool(
            _START.match(bare) or _COMMITTEE.match(bare) or _PARTY.match(bare)
        )
        if groups and not starts and (not unit_only or not _has_unit(groups[-1])):
            groups[-1].append(line)
        else:
            groups.append([line])
    offices = [_office(group, at, loose) for group in groups]
    return tuple(office for office in offices if office is not None)


def office_of(text: str, printed: Printed, at: str | None, loose: bool = False) -> Office | None:
    """The office that a stretch of text names ("UBND huyện Lộc Bình"); None where it begins no office."""
    bare = bare_letters(text)
    if not (_START.match(bare) or _COMMITTEE.match(bare) or _PARTY.match(bare) or _UNIT_ONLY.match(bare)):
        return None
    return _named_office(squeeze(text), printed, at, loose)


def _has_unit(group: list[Line]) -> bool:
    text = " ".join(line.text for line in group)
    return bool(
        regex.search(r"\b(?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong|thi tran)\s+\S", bare_letters(text), regex.I)
    )


def _office(group: list[Line], at: str | None, loose: bool) -> Office | None:
    text = squeeze(" ".join(line.text for line in group))
    measured = [line.confidence for line in group if line.confidence is not None]
    place = group[0].place
    if all(line.place.box and line.place.page == place.page for line in group) and place.box:
        box = place.box
        for line in group[1:]:
            box = box.union(line.place.box) if line.place.box else box
        place = type(place)(place.page, box)
    return _named_office(text, Printed(text, place, min(measured, default=None)), at, loose)


def _named_office(text: str, printed: Printed, at: str | None, loose: bool) -> Office | None:
    bare = bare_letters(text)
    named = named_units(text, at, letterhead=True, loose=loose)
    unit = named[0] if named else None
    committee = _COMMITTEE.match(bare)
    if committee or (_UNIT_ONLY.match(bare) and not _PARTY.match(bare)):
        if unit is None:
            rest = squeeze(text[committee.end() :]) if committee else text
            return Office(squeeze(f"UBND {rest.lower()}"), None, True, printed)
        return Office(f"UBND {unit.spoken}", unit, True, printed, committee is None)
    if _PARTY.match(bare):
        if unit is None:
            unit = _party_unit(text, at, loose)
            if unit is not None:
                kind = " ".join(text.split()[:2])
                return Office(f"{kind.capitalize() if kind.isupper() else kind} {unit.name}", unit, True, printed)
        return Office(_cased(text, unit), unit, True, printed)
    return Office(_cased(text, unit), unit, False, printed)


def _party_unit(text: str, at: str | None, loose: bool) -> Named | None:
    """HUYỆN ỦY CẨM XUYÊN stands for the district."""
    words = text.split()
    kinds = {"tinh": "tỉnh", "thanh": "thành phố", "huyen": "huyện", "quan": "quận", "thi": "thị xã"}
    kind = kinds.get(bare_letters(words[0]).lower())
    if kind is None or len(words) < 3:
        return None
    found = named_units(f"{kind} {' '.join(words[2:])}", at, letterhead=True, loose=loose)
    return found[0] if found else None


def _cased(text: str, unit: Named | None) -> str:
    """An office's name out of capitals: the first letter, abbreviations and the unit's name keep theirs.

    A text that is not in capitals stands as printed.
    """
    name = text
    if unit is not None:
        stretch = text[unit.start : unit.end]
        name = text.replace(stretch, "\0") if stretch else text
    if name.replace("\0", "").isupper():
        name = _KEPT.sub(lambda match: match[0].upper(), name.lower())
        name = _FUNCTION.sub(lambda match: match[0].upper(), name[:1].upper() + name[1:])
    if unit is not None:
        name = name.replace("\0", unit.spoken)
    return squeeze(_DANGLING.sub("", name)).replace("Ủy ban nhân dân", "UBND").replace("Hội đồng nhân dân", "HĐND")
