"""Dates as official documents print them, to ISO texts; a day or month left blank gives "YYYY-MM" or "YYYY".

The letterhead's form is that of Decree 30/2020 ("Cẩm Xuyên, ngày 03 tháng 02 năm 2020"), the running text's is
"30/12/2019". Years of two digits and days that no calendar has are refused: a date is read or it is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import regex

from normalize.text import nfc

FIRST_YEAR, LAST_YEAR = 1945, 2100

# what stands in the gap that a pen was meant to fill
_GAP = r"[\s.…_·]*"
_WORDS = (
    rf"ng[àaáâ]y{_GAP}(?<day>\d{{1,2}})?{_GAP}th[áaàâ]ng{_GAP}(?<month>\d{{1,2}})?{_GAP}n[ăaâá]m{_GAP}(?<year>\d{{4}})"
)
_END = r"(?![\d%]|[/\-.,]\d)"
_FIGURES = (
    rf"(?<![\d/.,\-])(?<day>\d{{1,2}})\s*(?<mark>[/.\-])\s*(?<month>\d{{1,2}})\s*(?P=mark)\s*(?<year>\d{{4}}){_END}"
)
_ISO = r"(?<![\d/.\-])(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?![\d/\-])"
_NO_DAY = rf"ng[àaáâ]y{_GAP}/{_GAP}(?:(?<month>\d{{1,2}}){_GAP})?/?{_GAP}(?<year>\d{{4}}){_END}"
_MONTH = rf"th[áaàâ]ng{_GAP}(?<month>\d{{1,2}}){_GAP}(?:/|n[ăaâá]m){_GAP}(?<year>\d{{4}}){_END}"
_FORMS = tuple(
    regex.compile(form, regex.IGNORECASE | regex.VERSION1) for form in (_WORDS, _ISO, _FIGURES, _NO_DAY, _MONTH)
)
_BARE_MONTH = regex.compile(r"/?\s*(?<month>\d{1,2})\s*/\s*(?<year>\d{4})")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: its ISO form ("2020-02-03", "2024-01", "2023") and the stretch it was read from."""

    iso: str
    start: int
    end: int


def parse_date(text: str) -> str | None:
    """The one date that a text prints, as "YYYY-MM-DD", or "YYYY-MM" or "YYYY" where the rest is blank.

    None where there is no date, an impossible one, or more than one.

    >>> parse_date("ngày 03 tháng 02 năm 2020"), parse_date("30 /10/2020"), parse_date("30.10.2020")
    ('2020-02-03', '2020-10-30', '2020-10-30')
    >>> parse_date("ngày /01/2024"), parse_date("ngày     tháng 12 năm 2022"), parse_date("ngày ... tháng ... năm 2023")
    ('2024-01', '2022-12', '2023')
    >>> parse_date("31/02/2020"), parse_date("03/02/20"), parse_date("17/19 xã"), parse_date("12/63")
    (None, None, None, None)
    """
    text = nfc(text).strip()
    bare = _BARE_MONTH.fullmatch(text)
    if bare:
        return _iso(bare["year"], bare["month"], None)
    found = find_dates(text)
    return found[0].iso if len({each.iso for each in found}) == 1 else None


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """All dates of a text in their order; impossible ones are left out. Positions are those of the NFC text.

    >>> [each.iso for each in find_dates("Quyết định số 4293/QĐ-UBND ngày 30/12/2019, trước ngày 29/02/2020")]
    ['2019-12-30', '2020-02-29']
    >>> find_dates("đạt 9/10 điểm, 2/79 nhiệm vụ, tỷ lệ 12.340 hồ sơ")
    ()
    """
    text = nfc(text)
    found: list[FoundDate] = []
    # an impossible date holds its stretch too: "ngày 31 tháng 02 năm 2020" is not February 2020
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            start, end = match.span()
            if any(start < last and first < end for first, last in taken):
                continue
            taken.append((start, end))
            groups = match.groupdict()
            iso = _iso(groups["year"], groups.get("month"), groups.get("day"))
            if iso:
                found.append(FoundDate(iso, start, end))
    return tuple(sorted(found, key=lambda each: each.start))


def last_day(iso: str) -> date:
    """The last day that a whole or partial ISO date may mean.

    >>> last_day("2024-02"), last_day("2019")
    (datetime.date(2024, 2, 29), datetime.date(2019, 12, 31))
    """
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) == 2 else 12
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    if month is None:
        # a day without its month says nothing more than the year
        return year
    try:
        full = date(int(year), int(month), int(day or "1"))
    except ValueError:
        return None
    return full.isoformat() if day else full.isoformat()[:7]
