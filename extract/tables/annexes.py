"""Which unit a table belongs to where a document holds the tables of several: "Phụ lục 2: Kết quả của huyện B".

A province sends the appraised scores of all its districts in one file, an annex each; the line above the table names
the unit. Running text above a table names many units for other reasons: only short lines like titles count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import regex

from extract.document import Paragraph
from extract.tables.named_unit import unit_of
from extract.tables.stitching import StitchedTable
from extract.tables.unit_reading import Context
from normalize.records import Unit
from normalize.text import fold, squeeze
from normalize.unit_names import split_prefix
from normalize.units import UnitRegistry

_LONGEST = 220
_NEAREST = 8
_REFERENCE = regex.compile(r"\bkèm theo\b|\bcăn cứ\b|\bkính gửi\b|\bnơi nhận\b|\bđề nghị\b")
_SPEAKS = regex.compile(r"\b(?:điểm|kết quả|chỉ số|phụ lục|biểu|bảng|chấm|đánh giá|thẩm định|par ?index)\b")
_KIND = r"(?:huyện đảo|huyện|quận|thị xã|thành phố|tp\.?|tx\.?|xã|phường|thị trấn)"
_PLACE = regex.compile(rf"\b{_KIND}\s+\p{{L}}[\p{{L}}\s'’-]{{1,40}}", regex.IGNORECASE)
_OFFICE = regex.compile(
    r"\b(?:sở|ban dân tộc|ban quản lý|thanh tra tỉnh|văn phòng ubnd tỉnh)\b[\p{L}\s,-]{0,60}", regex.IGNORECASE
)
# the lines of a letterhead: above them stands who issued the document, not whose scores follow
_LETTERHEAD = regex.compile(r"^cộng hòa xã hội|^độc lập|^số ?:|\bngày\b.*\btháng\b.*\bnăm\b")
_ENUMERATION = regex.compile(r"^\s*(?:[0-9]{1,3}|[IVX]{1,5}|[a-zđA-D])\s*[.):/-]\s*|^\s*[-+•*]\s*")
# what a line says of the unit behind its name: "1. Huyện Cao Lộc: 78,5 điểm", "Xã Hải Phú (đạt 80 điểm)"
_SAID_OF_IT = regex.compile(r"(?<=\p{L}{2,})\s*(?::(?=\s*\d)|[(;]|\s[-–]\s+(?=\d)|\s(?:đạt|được)\s+(?=\d|số điểm))")
# a line of its own over the table: "Đơn vị: Sở Nội vụ", "Tên cơ quan được đánh giá: UBND huyện Cao Lộc"
_LABEL = regex.compile(
    r"^(?:tên )?(?:đơn vị|cơ quan|địa phương|cơ quan, đơn vị)(?: (?:được|tự) [\p{L} ]{3,30})?\s*:\s*", regex.IGNORECASE
)
_ENDS = regex.compile(r"\s+(?:năm|theo|tỉnh|thuộc|tại|và|với|quý|sau|\d).*$", regex.IGNORECASE)


def captioned_unit(caption: Sequence[Paragraph], context: Context) -> Unit | None:
    """The one unit that the lines right above a table name; None where they name none, or several."""
    for paragraph in reversed(caption[-_NEAREST:]):
        for line in reversed(paragraph.text.split("\n")):
            if _LETTERHEAD.search(fold(line)):
                return None
            found = _one(tuple(dict.fromkeys(_units_of(squeeze(line), context))))
            if found is not None:
                return found
    return None


def of_sheet(names: Mapping[int | None, str], table: StitchedTable, context: Context) -> Unit | None:
    """The unit that a sheet of a workbook is named after: "Cao Lộc", "H. Cao Lộc"; None for "Sheet1", "Tổng hợp"."""
    page = next((row.page for row in table.body if row.page is not None), None)
    name = names.get(page)
    if name is None:
        return None
    word, bare = split_prefix(_ENUMERATION.sub("", name))
    found = unit_of(f"{word} {bare}" if word else bare, context.province, context.level, context.at)
    return found if found is not None and found.level != "province" else None


def _one(units: Sequence[Unit]) -> Unit | None:
    """The one unit of a line; a commune named with its district is the commune."""
    communes = [unit for unit in units if unit.level == "commune"]
    districts = [unit for unit in units if unit.level == "district"]
    if len(communes) == len(districts) == 1 and len(units) == 2:
        return replace(communes[0], district=districts[0].name)
    return units[0] if len(units) == 1 else None


def _units_of(line: str, context: Context) -> Iterator[Unit]:
    folded = fold(line)
    if not line or len(line) > _LONGEST or line.startswith("(") or _REFERENCE.search(folded):
        return
    bare = _SAID_OF_IT.split(_ENUMERATION.sub("", line), maxsplit=1)[0]
    alone = unit_of(bare, context.province, context.level, context.at) if len(bare) <= 60 else None
    if alone is not None and alone.level not in (None, "province"):
        yield alone
        return
    label = _LABEL.match(bare)
    if label is not None:
        named_so = unit_of(bare[label.end() :], context.province, None, context.at)
        if named_so is not None and named_so.level != "province":
            yield named_so
            return
    if not _SPEAKS.search(folded):
        return
    places = [_place(match.group(), context) for match in _PLACE.finditer(line)]
    named = [unit for unit in places if unit is not None]
    if named:
        yield from named
        return
    for match in _OFFICE.finditer(line):
        office = unit_of(_ENDS.sub("", match.group()).strip(" ,-"), context.province, None, context.at)
        if office is not None:
            yield office


def _place(text: str, context: Context) -> Unit | None:
    """The unit whose name the words begin with; the longest name that a register knows counts."""
    words = squeeze(text).split()
    kind = 2 if fold(" ".join(words[:2])) in ("thị xã", "thành phố", "thị trấn", "huyện đảo") else 1
    for end in range(min(len(words), kind + 4), kind, -1):
        unit = unit_of(" ".join(words[:end]), context.province, None, context.at)
        if unit is not None and unit.level not in (None, "province") and _is_registered(unit, words[kind:end]):
            return unit
    return None


def _is_registered(unit: Unit, words: Sequence[str]) -> bool:
    return bool(UnitRegistry.load().resolve(" ".join(words), unit.level, None, unit.province))
