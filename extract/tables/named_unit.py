"""Which unit a text names: a cell of a ranking table, a heading over a column."""

from __future__ import annotations

from dataclasses import replace

import regex

from normalize.agencies import marked_name
from normalize.agency_list import agency_list, words_of
from normalize.dates import last_day
from normalize.records import Level, Unit
from normalize.text import fold, plain, squeeze
from normalize.unit_names import bare_name
from normalize.units import UnitRegistry
from patterns.columns import whole_words

_PREFIX = regex.compile(
    r"^(?:(?:ubnd|ủy ban nhân dân)\s+)?"
    r"(?:(?P<kind>huyện đảo|huyện|quận|thị xã|thành phố|tp\.?|tx\.?|xã|phường|thị trấn|tt\.?|tỉnh)\s+)?(?P<name>\S.*)$"
)
_LEVELS: dict[str, Level] = {
    "huyện": "district", "huyện đảo": "district", "quận": "district", "thị xã": "district", "tx": "district",
    "tx.": "district", "xã": "commune", "phường": "commune", "thị trấn": "commune", "tt": "commune", "tt.": "commune",
    "tỉnh": "province",
}  # fmt: skip
_DEPARTMENT = regex.compile(
    r"^(?:sở|ban (?:dân tộc|quản lý|qlkkt|tôn giáo)|thanh tra (?:tỉnh|thành phố)|"
    r"văn phòng ubnd (?:tỉnh|thành phố)|"
    r"văn phòng ủy ban|vp ubnd tỉnh|chi cục|cục |phòng |trung tâm |bảo hiểm xã hội|công an |kho bạc)\b"
)
# Without marks, which recognition loses first; Công an, Công thương and xã Tông Lạnh are no sums.
_SUMMARY = regex.compile(
    r"^(?:(?:diem |chi so |gia tri |don vi (?:dat |co )?(?:diem )?)?(?:so )?"
    r"(?:trung binh|binh quan|cao nhat|thap nhat|lon nhat|nho nhat)\b.*|tb|max|min|"
    r"(?:tong(?: (?:cong|so|hop|diem|chung)\b.*)?|cong(?: diem\b.*)?)$|toan tinh|"
    r"(?:diem |thang )(?:toi da|chuan|diem))\b"
)


def is_summary_row(text: str) -> bool:
    r"""Whether a row of a ranking sums up the others ("Trung bình", "Cao nhất") and names no unit.

    >>> is_summary_row("Điểm trung bình"), is_summary_row("TÔNG CỘNG"), is_summary_row("Cộng")
    (True, True, True)
    >>> is_summary_row("Điểm\ntrun\ng bình")
    True
    >>> is_summary_row("Bình Gia"), is_summary_row("Tông Lạnh"), is_summary_row("Công an tỉnh")
    (False, False, False)
    """
    return _SUMMARY.match(plain(whole_words(text))) is not None


# A commune and its district: Phường 1 (TP. Đà Lạt); Phường 2 - thành phố Bảo Lộc; Xã Hải An thuộc huyện Hải Lăng.
_WITHIN = regex.compile(
    r"^(?P<commune>.+?)(?:\s*[,(]\s*|\s+[-–]\s*|\s+thuộc\s+)(?P<district>[^,()]+?)\s*\)?$", regex.IGNORECASE
)
_OF = regex.compile(r"\b(?:thuộc|của)\b", regex.IGNORECASE)


def unit_of(
    text: str,
    province: str | None = None,
    level: Level | None = None,
    at: str | None = None,
    district: str | None = None,
    loose: bool = False,
) -> Unit | None:
    """The unit a text names, None for a text that names none; `loose` for texts that were recognised.

    A name without its kind ("Tuần Giáo") must be in the register of units; one with its kind ("Xã Ea Súp",
    "Sở Nội vụ") is taken as it stands where the register does not know it.
    """
    shown = squeeze(whole_words(text)).strip(" .:;-*")
    folded = fold(shown)
    if not shown or len(shown) > 80 or is_summary_row(shown):
        return None
    if _DEPARTMENT.match(folded) and is_office(shown):
        return Unit(marked_name(shown), "department", province)
    if district is None and (found := _commune_within(shown, province, at)) is not None:
        return found
    match = _PREFIX.match(folded)
    if match is None or any(sign.isdigit() for sign in folded.split()[0]):
        return None
    kind = match.group("kind")
    day = last_day(at) if at else None
    if level == "department":  # departments are told by their names above; any words would do for the register
        level = None
    name = shown[len(shown) - len(match.group("name")) :] if len(shown) == len(folded) else match.group("name").title()
    stated = _LEVELS.get(kind) if kind else None
    within = None if (stated or level) == "province" else province  # no province lies in another
    known = UnitRegistry.load().resolve(name, stated or level, day, within, district)
    if not known and stated is None:
        known = UnitRegistry.load().resolve(shown, level, day, within, district)
    if not known and loose:  # a letter's mark misread: only where one name alone fits
        near = UnitRegistry.load().resolve(name, stated or level, day, within, district, loose=True)
        known = near if len(near) == 1 else ()
    known = tuple(unit for unit in known if unit.level != "department" or is_office(shown))
    if within is not None and len(known) > 1:  # a province's own table lists units below it: its capital, not itself
        known = tuple(unit for unit in known if unit.level != "province") or known
    if len(known) == 1:
        return known[0]
    if known:
        return Unit(known[0].name, known[0].level if len({unit.level for unit in known}) == 1 else level, province)
    if kind is not None:
        name = bare_name(shown) if name.isdecimal() else name  # "Phường 5" keeps its word
        return Unit(name, stated or level, province)
    return None


def is_office(name: str) -> bool:
    """Whether a name that begins like an office is one: its functions have a capital, or a list knows it.

    >>> [is_office(name) for name in ("Ban Dân tộc", "Sở nội vụ", "THANH TRA TỈNH", "Thanh tra huyện", "Phòng 4")]
    [True, True, True, True, True]
    >>> [is_office(name) for name in ("Ban hành kế hoạch", "Thanh tra, kiểm tra công vụ", "Phòng họp không giấy")]
    [False, False, False]
    """
    match = _OFFICE.match(name)
    if (
        match is None
        or name.isupper()
        or (match["next"] and not match["next"].islower())
        or _OF_UNIT.match(fold(match["next"] or ""))
    ):
        return True
    return tuple(word.text for word in words_of(name)) in agency_list().full


_OFFICE = regex.compile(
    r"^(?:sở|ban|thanh tra|văn phòng|vp|chi cục|cục|phòng|trung tâm|công an|kho bạc|bảo hiểm)"
    r"(?:\s+(?P<next>[\p{L}\d]+(?:\s\p{L}+)?)|,)",
    regex.IGNORECASE,
)
_OF_UNIT = regex.compile(
    r"^(?:tỉnh|huyện|thành phố|quận|thị xã|xã|phường|thị trấn|quản lý|qlkkt|nhà nước|bảo|ubnd|hđnd|khu)\b"
)


def district_of(text: str, province: str | None, at: str | None) -> Unit | None:
    """The district that stands over its communes: "Thành phố Đà Lạt", "Các xã thuộc huyện Hải Lăng"."""
    unit = unit_of(_OF.split(text)[-1], province, "district", at)
    return unit if unit is not None and unit.level == "district" else None


def _commune_within(shown: str, province: str | None, at: str | None) -> Unit | None:
    """A commune told apart from others of its name by its district; the district must be in the register."""
    match = _WITHIN.match(shown)
    if match is None:
        return None
    day = last_day(at) if at else None
    districts = UnitRegistry.load().resolve(match["district"], "district", day, province)
    if len(districts) != 1:
        return None
    unit = unit_of(match["commune"], districts[0].province, "commune", at, districts[0].name)
    return replace(unit, district=districts[0].name) if unit is not None and unit.level == "commune" else None
