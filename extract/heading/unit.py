"""Which unit a report assesses, and where it lies.

The title says it ("Chỉ số CCHC của huyện Tuần Giáo"); else it is the unit whose committee issued the report, the
department that wrote it, or, in a letter of a higher office, the one addressee. A ranking of many units belongs to the
unit whose area it covers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import regex

from extract.heading.departments import DEPARTMENT, appraises, department_addressed, official_name, whole_name
from extract.heading.lines import Head
from extract.heading.names import Named, named_units
from extract.heading.offices import Office
from normalize.records import Level, Unit
from normalize.text import fold
from normalize.units import UnitRegistry
from patterns.catalogue import pattern

_RANKS: dict[Level | None, int] = {"province": 3, "department": 2, "district": 2, "commune": 1, None: 0}
_SIGNING_LINES = 15
_SIGNATURE = regex.compile(
    r"(?:^|[\s|])T/?M\.?\s*(?:UBND|[ỦU][ỶY]\s+BAN\s+NHÂN\s+DÂN)\s+(?<by>\p{Lu}[^\n\t]+)", regex.MULTILINE
)
# others' papers named in a title: "theo Quyết định của UBND tỉnh", "Hội đồng thẩm định tỉnh"
_OTHERS = regex.compile(
    r"(?:theo|tại|thực hiện)\s+(?:Quyết định|Công văn|Kế hoạch|Văn bản|Thông báo|Kết luận)\b.*$", regex.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """The unit assessed; `many` says that the title speaks of many units of `rows_level` below it."""

    unit: Unit
    many: bool = False
    rows_level: Level | None = None
    doubts: tuple[str, ...] = ()


def find_unit(
    head: Head, title: str, offices: tuple[Office, ...], annexed_to: Office | None, at: str | None, loose: bool
) -> UnitFacts:
    """The unit that the report is about. Doubts: "unit-unknown", "unit-ambiguous", "unit-by-likeness",
    "unit-from-addressee", "unit-from-text".
    """
    issuer = issuing(offices) or annexed_to
    subject = _OTHERS.sub("", title)
    many = pattern("many-units", "headings").search(subject) is not None
    rows_level = _rows_level(subject) if many else None
    context = _context(head, offices, annexed_to, subject, at)
    doubts: tuple[str, ...] = ()
    more: tuple[str, ...] = ()

    named = _lowest(named_units(subject, at, loose=loose))
    department = DEPARTMENT.search(subject)
    stated = None if many else _stated(head, context, at)
    labelled = None if many else _stated(head, context, at, _LABELLED)
    if stated is None and named and labelled is not None and _RANKS[labelled[0].level] < _RANKS[named.level]:
        stated = labelled  # "Đơn vị: Sở Công Thương tỉnh Hòa Bình": the province is where the unit lies
    if stated is not None:
        unit, more = stated
    elif named and department and not many and _lies_in(subject[department.end("name") : named.start], named):
        unit = Unit(official_name(whole_name(department["name"])), "department", named.name)
    elif named and not _names_superior(named, issuer):
        unit, more = _settle(named, context, at)
    elif department and not many:
        unit, more = Unit(official_name(whole_name(department["name"])), "department", context.province), ()
    elif labelled is not None:
        unit, more = labelled
    elif issuer is not None and issuer.unit is not None and issuer.committee:
        unit, more = _settle(issuer.unit, context, at)
    elif issuer is not None:
        unit, more = _of_office(issuer, offices, context, many, at)
    elif named:
        unit, more = _settle(named, context, at)
    else:
        signed = _signing(head, at)
        unit, more = _settle(signed, context, at) if signed else _from_text(head, context, at)
    addressee = _addressee(head, at)
    if addressee is not None and not named and not many and _above(issuer, addressee):
        unit, more = _settle(addressee, context, at)
        doubts = ("unit-from-addressee",)
    elif not named and not department and not many and stated is None and appraises(issuer):
        addressed = department_addressed(head)
        if addressed is not None:
            unit, more, doubts = Unit(addressed, "department", context.province), (), ("unit-from-addressee",)
    doubts = tuple(dict.fromkeys((*more, *doubts)))
    if "unit-by-likeness" in doubts and _named_elsewhere(head, unit):
        doubts = tuple(doubt for doubt in doubts if doubt != "unit-by-likeness")
    return UnitFacts(unit, many, rows_level, doubts)


def issuing(offices: tuple[Office, ...]) -> Office | None:
    """The office that issues: the last of the letterhead; a unit alone below it is where that office lies."""
    issuers = [office for office in offices if not office.bare_unit] or list(offices)
    return issuers[-1] if issuers else None


@dataclass(frozen=True, slots=True)
class _Context:
    """Where the report lies, as far as its text says."""

    province: str | None
    district: str | None


def _context(
    head: Head, offices: tuple[Office, ...], annexed_to: Office | None, title: str, at: str | None
) -> _Context:
    stated = [office.unit for office in (*offices, annexed_to) if office is not None and office.unit is not None]
    stated += named_units(title, at)
    places = [line.text.split(",")[0] for line in head.of("date") if "," in line.text]
    provinces = [named.name for named in stated if named.level == "province"]
    districts = [named for named in stated if named.level == "district"]
    provinces += [named.units[0].province or "" for named in districts if len(named.units) == 1]
    # a place is the seat of the issuer: the province's name, a town of one province, or nothing that says which
    for place in places:
        found = UnitRegistry.load().resolve(place, "province", at) or UnitRegistry.load().resolve(place, "district", at)
        provinces += [unit.province or "" for unit in found[:1] if len({each.province for each in found}) == 1]
    text = [line.text for line in head.of("annex")] + [paragraph.text for paragraph in head.body]
    text += [line.text for line in head.addressees]
    spoken = Counter(
        named.name for part in text[:60] for named in named_units(part, at) if named.known and named.level == "province"
    )
    provinces += [name for name, _ in spoken.most_common(1) if name]
    provinces += _of_districts(text[:60], at)
    provinces = [name for name in provinces if name]
    province = UnitRegistry.load().province_name(provinces[0], at) if provinces else None
    if not districts:
        districts = [
            named for part in text[:60] for named in named_units(part, at, province) if named.level == "district"
        ][:1]
    return _Context(province, districts[0].name if districts else None)


def _of_districts(text: list[str], at: str | None) -> list[str]:
    """The province of the districts that a text names; none where they lie in several."""
    found = {
        named.units[0].province
        for part in text
        for named in named_units(part, at)
        if named.level == "district" and len(named.units) == 1
    }
    return [name for name in found if name] if len(found) == 1 else []


def _settle(named: Named, context: _Context, at: str | None) -> tuple[Unit, tuple[str, ...]]:
    """The one unit meant, by the province and district the report lies in."""
    likeness = ("unit-by-likeness",) if named.by_likeness else ()
    if not named.known:
        district = context.district if named.level == "commune" else None
        return Unit(named.name, named.level, context.province, district), ("unit-unknown", *likeness)
    units = named.units
    if len(units) > 1 and context.province:
        units = tuple(unit for unit in units if fold(unit.province or "") == fold(context.province)) or units
    if named.level == "commune" and context.district:
        inside = tuple(unit for unit in units if fold(unit.district or "") == fold(context.district))
        if not inside and any(unit.district for unit in units):
            # communes were moved between districts: the report knows better than a list of later years
            province = context.province or replace(named, units=units).best.province
            return Unit(units[0].name, "commune", province, context.district), likeness
        units = inside or units
    if len(units) == 1:
        return units[0], likeness
    return replace(named, units=units).best, ("unit-ambiguous", *likeness)


def _of_office(
    issuer: Office, offices: tuple[Office, ...], context: _Context, many: bool, at: str | None
) -> tuple[Unit, tuple[str, ...]]:
    """A department writes of itself; a section (phòng), council or steering committee of the unit it serves."""
    superior = next((office.unit for office in (issuer, *reversed(offices)) if office.unit is not None), None)
    if issuer.department and not many:
        name = issuer.name
        if issuer.unit is not None:
            name = regex.sub(rf"\s+{regex.escape(issuer.unit.spoken)}$", "", name)
        return Unit(official_name(name), "department", context.province), ()
    if superior is not None:
        return _settle(superior, context, at)
    if context.province and (issuer.department or many):
        return Unit(context.province, "province", context.province), ()
    return Unit(None, None, context.province), ("unit-unknown",)


# a line of its own: "Đơn vị được thẩm định: Sở Y tế", "Tên cơ quan tự chấm điểm: UBND huyện Cao Lộc"
_STATED = regex.compile(
    r"^\W*(?:tên )?(?:đơn vị|cơ quan|địa phương|cơ quan, đơn vị)\s+(?:được|tự)\s+"
    r"(?:thẩm định|thẩm tra|đánh giá|chấm|xét)"
    r"[\p{L}, ]{0,30}:\s*(?P<unit>[^\n:;]{3,80})$",
    regex.IGNORECASE,
)


# the same without a word that says what was done with the unit: believed where the title names none
_LABELLED = regex.compile(
    r"^\W*(?:tên )?(?:đơn vị|cơ quan|địa phương|cơ quan, đơn vị)\s*:\s*(?P<unit>[^\n:;]{3,80})$", regex.IGNORECASE
)


def _stated(
    head: Head, context: _Context, at: str | None, label: regex.Pattern[str] = _STATED
) -> tuple[Unit, tuple[str, ...]] | None:
    """The unit that a line above the table calls the one assessed; None where no line or several units are."""
    lines = [line.text for line in head.lines] + [line for each in head.body[:30] for line in each.text.split("\n")]
    found = {match["unit"].strip(" .") for line in lines if (match := label.match(line.strip()))}
    if len(found) != 1:
        return None
    text = found.pop()
    named = _lowest(named_units(text, at, letterhead=True))
    department = DEPARTMENT.match(f"của {text}")
    if department is not None:
        return Unit(official_name(whole_name(department["name"])), "department", context.province), ()
    return _settle(named, context, at) if named is not None else None


def _signing(head: Head, at: str | None) -> Named | None:
    """The unit in whose name a report without a letterhead is signed: "TM. ỦY BAN NHÂN DÂN XÃ ..."."""
    lines = [line for paragraph in head.body[-_SIGNING_LINES:] for line in paragraph.text.splitlines()]
    lines += [cell.text for table in head.tables[-1:] for cell in table.cells]
    signed = [match for line in lines if (match := _SIGNATURE.search(line))]
    return _lowest(named for match in signed for named in named_units(match["by"], at, letterhead=True))


def _from_text(head: Head, context: _Context, at: str | None) -> tuple[Unit, tuple[str, ...]]:
    """The unit an annex without a head speaks of most, if it speaks of one."""
    texts = [paragraph.text for paragraph in head.body] + [cell.text for table in head.tables for cell in table.cells]
    counted: Counter[str] = Counter()
    first: dict[str, Named] = {}
    for text in texts[:400]:
        for named in named_units(text, at):
            if named.level == "district":
                counted[named.spoken] += 1
                first.setdefault(named.spoken, named)
    likely = counted.most_common(2)
    if likely and (len(likely) == 1 or likely[0][1] >= 3 * likely[1][1]):
        unit, more = _settle(first[likely[0][0]], context, at)
        return unit, ("unit-from-text", *more)
    return Unit(None, None, context.province), ("unit-unknown",)


def _named_elsewhere(head: Head, unit: Unit) -> bool:
    """Whether the name that a picture gave with wrong marks is printed elsewhere with the right ones."""
    texts = [line.text for line in head.lines] + [paragraph.text for paragraph in head.body]
    return unit.name is not None and any(fold(unit.name) in fold(text) for text in texts)


def _lowest(found: Iterable[Named]) -> Named | None:
    """The one unit of the lowest level named; None where several of that level are."""
    units = list({named.spoken: named for named in found}.values())
    if not units:
        return None
    lowest = min(_RANKS[named.level] for named in units)
    low = [named for named in units if _RANKS[named.level] == lowest]
    return low[0] if len(low) == 1 else None


def _names_superior(named: Named, issuer: Office | None) -> bool:
    """Whether a title only names the province that a lower issuer lies in ("do UBND tỉnh Hà Tĩnh công bố")."""
    if issuer is None or issuer.unit is None or not issuer.committee:
        return False
    return _RANKS[named.level] > _RANKS[issuer.unit.level]


def _addressee(head: Head, at: str | None) -> Named | None:
    """The one committee a letter goes to."""
    found: list[Named] = []
    for line in head.addressees:
        if regex.search(r"UBND|[ỦU][ỷy] ban nhân dân|Chủ tịch", line.text, regex.IGNORECASE):
            found += named_units(line.text, at)
    return _lowest(found) if len({named.spoken for named in found}) == 1 else None


def _above(issuer: Office | None, addressee: Named) -> bool:
    """Whether a higher office writes to the unit: then the unit is what the letter is about."""
    if issuer is None:
        return False
    if issuer.unit is None or not issuer.committee:
        return issuer.department or fold(issuer.name).startswith(("hội đồng", "ban chỉ đạo", "đoàn", "tổ"))
    return _RANKS[issuer.unit.level] > _RANKS[addressee.level]


def _rows_level(title: str) -> Level | None:
    """The level of the units a ranking lists, where the title names one level only."""
    folded = fold(title)
    levels: dict[Level, str] = {
        "province": r"các tỉnh|(?:63|34) tỉnh|tỉnh, thành phố trực thuộc",
        "department": r"các sở|cấp sở|sở, ban|sở, ngành|cơ quan chuyên môn thuộc ubnd tỉnh",
        "district": r"các huyện|cấp huyện|huyện, thị xã|huyện, thành phố|quận, huyện",
        "commune": r"các xã|cấp xã|xã, phường|xã, thị trấn|các phường|phường, xã",
    }
    found = [level for level, words in levels.items() if regex.search(words, folded)]
    return found[0] if len(found) == 1 else None


def _lies_in(between: str, named: Named) -> bool:
    """Whether a province only says where the department before it lies: "của Sở Tư pháp tỉnh Lạng Sơn"."""
    return named.level == "province" and fold(between).strip(" ,") in ("", "thuộc", "trên địa bàn", "của")
