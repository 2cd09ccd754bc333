"""Whose number a sentence states: the unit's own for its year, or that of a part, another unit, another year."""

from __future__ import annotations

import regex

from extract.heading.names import named_units
from extract.heading.period import years_of
from normalize.records import Level, Unit
from normalize.text import fold
from patterns.catalogue import pattern

# "Sở Tư pháp đứng đầu với 62,62 điểm": an office as the one that got the points
_OFFICE_GOT = regex.compile(
    r"""(?x) (?: ^ | [;:,.(] \s* | (?: là | gồm | đó ) \s+ ) (?: UBND \s+ )?
    (?<office> (?: (?: [Ss]ở | Bộ | Ban\ Quản\ lý | Thanh\ tra )
        (?: \s+ (?: và \s+ )? [\p{Lu}&-][\p{L}-]* | ,? \s+ \p{Ll}+ (?= \s+ (?: và \s+ )? \p{Lu} ) )+
      | Ngân\ hàng\ Nhà\ nước | Ban\ Dân\ tộc | Thanh\ tra | Văn\ phòng\ UBND | Ủy\ ban\ Dân\ tộc )
      (?: \s+ tỉnh (?: \s+ \p{Lu}\p{L}* ){2,4} | \s+ tỉnh | \s+ \p{Ll}+ ){0,2}? )
    \s* ,? \s* (?: đứng | xếp | dẫn\ đầu | đạt | có | được | với | [(]? \d )"""
)
_RANKS: dict[Level | None, int] = {"province": 3, "department": 2, "district": 2, "commune": 1, None: 0}
# a rank among so many is a province's
_PROVINCES = frozenset(("63", "34"))
_NUMBER = regex.compile(r"[0-9.,/\s]*(?:điểm|đ|%)?")
_ASIDE = regex.compile(r"\([^()]*\)")
# an aside that gives points of its own: "(Chỉ số SIPAS: 8,3 điểm; khảo sát: 17,6 điểm), xếp thứ 15/63"
_SCORED_ASIDE = regex.compile(r"\([^()]*[0-9][^()]*\)")
# "trừ qua điều tra xã hội học 5,5 điểm": points lost in a part, not the part's
_LOST = regex.compile(r"\b(?:trừ|mất|thiếu)\b[^.,;()]*$", regex.IGNORECASE)
_THE_INDEX = regex.compile(r"\b(?:chỉ số (?:cchc|cải cách hành chính)|par ?index)\b", regex.IGNORECASE)
# "Với 91,2 điểm, huyện Cẩm Xuyên dẫn đầu": who got the points stands behind them
_BEFORE_SUBJECT = regex.compile(r"\s*[-–+*•]?\s*(?:cũng\s+)?với\s", regex.IGNORECASE)
_AGAINST = regex.compile(r"so với[^.;,(]{0,30}$", regex.IGNORECASE)
# The last words before the points of an opening, by the level of the unit: itself, or how it was scored; "8 xã đạt 75
# điểm" counts units.
_SCORING = (
    r"đánh giá|chấm(?: điểm)?|thẩm định|công bố|CCHC|hành chính|kết quả|đơn vị|tổng|(?:số|tổng) điểm"
    r"|năm (?:19|20)[0-9]{2}|ước"
)
_CALLED: dict[Level | None, str] = {
    "province": "tỉnh|thành phố",
    "district": "huyện|quận|thị xã|thành phố",
    "commune": "xã|phường|thị trấn|đặc khu",
    "department": "sở|ban|cơ quan",
    None: "đơn vị",
}
# "8 xã đạt 75 điểm" counts units; "năm 2020 huyện đạt" does not
_NOT_COUNTED = r"(?<!(?<!năm\s(?:19|20)[0-9])[0-9]\s)"
_SUBJECTS = {
    level: regex.compile(rf"(?:{_NOT_COUNTED}\b(?:{words}|{_SCORING})|,)\s*(?:đã |chỉ |chung )?[:,]?\s*$", regex.I)
    for level, words in _CALLED.items()
}


def of_another(
    sentence: str, match: regex.Match[str], field: str, unit: Unit, year: int | None, said: int | None
) -> bool:
    """Whether the number is that of a part, another unit or another year."""
    at = match.start("value")
    before = sentence[:at]
    clause = (
        before
        if field in ("score", "index_percent", "self_score")
        else before[max(before.rfind(";"), before.rfind(",")) + 1 :]
    )
    if field not in ("survey_score", "appraised_score"):
        if pattern("part-of-the-whole", "headings").search(clause):
            return True
        if pattern("of-others", "headings").search(_since_subject(clause, unit)):
            return True
    elif _LOST.search(before):
        return True
    own = before[before.rfind(";") + 1 :]
    spoken = own if _THE_INDEX.search(own) else before  # "sự hài lòng xếp thứ 11/63; Chỉ số CCHC xếp thứ 14/63"
    if pattern("another-index", "headings").search(_SCORED_ASIDE.sub("", spoken)):
        return True
    if _BEFORE_SUBJECT.match(sentence) and _another_behind(sentence[match.end() :], unit):
        return True
    if unit.level != "province":
        of = match.groupdict().get("of")
        if of in _PROVINCES or pattern("higher-unit", "headings").search(_without_place(before, unit) + match["value"]):
            return True
    if regex.search(r"(?:cùng kỳ|năm trước|năm ngoái|kỳ trước)[^.;,]{0,30}$", before, regex.IGNORECASE):
        return True
    if field == "rank" and _rank_of_another_year(sentence, match, year):
        return True
    return _another_year(sentence, at, year, said) or _another_unit(before, unit)


def _without_place(before: str, unit: Unit) -> str:
    """The words without the province that says where the unit lies: "của huyện Trạm Tấu, tỉnh Yên Bái đạt"."""
    if unit.name is None:
        return before
    place = rf"(?<=(?<!\p{{L}}){regex.escape(unit.name)})\s*(?:,|thuộc)?\s*tỉnh(?:\s+\p{{Lu}}\p{{L}}*)+"
    return regex.sub(place, "", before)


def plainly_its_own(sentence: str, match: regex.Match[str], unit: Unit) -> bool:
    """Whether the words right before the points are the unit or how it was scored, and none after them name a part."""
    before = _without_place(sentence[: match.start()], unit)
    after = regex.split(r"[,.;()]", sentence[match.end() :], maxsplit=1)[0]
    if any(pattern(name, "headings").search(after) for name in ("part-of-the-whole", "of-others", "another-index")):
        return False
    if regex.match(r"\s*(?:phần|về|đối với|do|qua)\b", after):
        return False
    clause = before[before.rfind(";") + 1 :]
    others = [named for named in named_units(clause) if _another_unit(clause[: named.end], unit)]
    if others and _since_subject(clause, unit) == clause:
        return False
    subject = _SUBJECTS.get(unit.level, _SUBJECTS[None])
    return right_behind(before.rstrip(" :,"), unit) or subject.search(before) is not None


def right_behind(before: str, unit: Unit) -> bool:
    return unit.name is not None and fold(before).endswith(fold(unit.name))


def without_asides(text: str) -> str:
    """The text with its brackets blanked, letter for letter: what they say of another year is no one else's year."""
    return _ASIDE.sub(lambda match: " " * len(match[0]), text)


def year_spoken_of(sentence: str) -> int | None:
    """The year that the sentences behind this one go on about: the last one named, in no bracket and not to compare."""
    shown = without_asides(sentence)
    named = [year for year, start, _ in years_of(shown) if not _AGAINST.search(shown[:start])]
    return named[-1] if named else None


def _since_subject(clause: str, unit: Unit) -> str:
    """The clause from where it names the unit as the one that got the points; all of it where it does not."""
    if unit.name is None:
        return clause
    name = regex.escape(unit.name)
    found = list(
        regex.finditer(rf"(?:^|[,:;.(]\s*|\b(?:thì|có)\s+)(?:\p{{L}}+\s+){{0,4}}{name}(?!\p{{L}})", clause, regex.I)
    )
    return clause[found[-1].end() :] if found else clause


def _another_year(sentence: str, at: int, year: int | None, said: int | None) -> bool:
    if year is None:
        return False
    before: list[int] = []
    after: list[int] = []
    number = _NUMBER.match(sentence, at)
    behind = number.end() if number else at
    for named, start, end in years_of(sentence):
        if start >= at:
            if any(at < aside.start() <= start < aside.end() for aside in _ASIDE.finditer(sentence)):
                continue  # "88,65/100 điểm (năm 2022 tự chấm 87,9 điểm)"
            after.append(named) if not regex.search(r"[,;]", sentence[behind:start]) else None
            continue
        if any(aside.start() <= start and end <= aside.end() <= at for aside in _ASIDE.finditer(sentence)):
            continue
        compared = _AGAINST.search(sentence[:start])
        # "so với năm 2018, ... đạt 88 điểm" compares and goes on; "(so với năm 2018: 85 điểm)" gives the other's number
        if compared and regex.match(r"\s*(?:[,)]|và\b)", sentence[end:]):
            continue
        before.append(named)
    if before:
        return before[-1] != year
    if after and regex.match(r"[^,;]{0,12}\bnăm\b|[^,;]{0,20}\bcủa năm\b", sentence[behind:].lstrip()):
        return after[0] != year
    return said is not None and said != year and not before


def _rank_of_another_year(sentence: str, match: regex.Match[str], year: int | None) -> bool:
    """ "Đứng vị trí thứ 5 về Chỉ số CCHC năm 2021, huyện ...": the rank's year stands in its clause, none before it."""
    clause = regex.split(r"[,;()]", sentence[match.end() :], maxsplit=1)[0]
    named = [found for found, start, _ in years_of(clause) if not _AGAINST.search(clause[:start])]
    return year is not None and bool(named) and named[0] != year and not years_of(sentence[: match.start()])


def _another_unit(before: str, unit: Unit) -> bool:
    """Whether the nearest unit named before the number is another one of the same level, or one below."""
    if _of_office(before, unit):
        return True
    others = named_units(before)
    if not others or unit.name is None:
        return bool(others)  # where nobody is known to be assessed, the points are those of whom the sentence names
    nearest = others[-1]
    if _RANKS[nearest.level] > _RANKS[unit.level]:
        return False
    return fold(nearest.name) != fold(unit.name)


def _another_behind(behind: str, unit: Unit) -> bool:
    """Whether the first one named behind the points, as the one that got them, is not the unit assessed."""
    office = _OFFICE_GOT.search(behind)
    named = next(iter(named_units(behind)), None)
    if office is not None and (named is None or office.start("office") <= named.start):
        return _of_office(behind[: office.end()], unit)
    return named is not None and _another_unit(behind[: named.end], unit)


def _of_office(before: str, unit: Unit) -> bool:
    """Whether the last one said to have got points is an office other than the unit assessed."""
    found = list(_OFFICE_GOT.finditer(before))
    if not found or unit.name is None:
        return bool(found)
    office = fold(found[-1]["office"])
    if unit.level == "department" and (office in fold(unit.name) or fold(unit.name) in office):
        return False
    return fold(unit.name) not in fold(before[found[-1].end() :])
