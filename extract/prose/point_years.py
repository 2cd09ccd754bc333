"""Which year the points of a clause are of: one named right before them, or one that something is compared with."""

from __future__ import annotations

import regex

from extract.prose.roles import Role

_EARLIER_ASIDE = regex.compile(r"\(\s*năm (?:19|20)\d{2}")
_EARLIER = regex.compile(
    r"(?:so với(?! (?:quy định|kế hoạch|yêu cầu|chỉ tiêu|thời hạn|tiến độ|điểm|mức))"
    r"|cùng kỳ|năm trước|năm ngoái|kỳ trước)"
)
# "(năm 2020 bị trừ 12,5 điểm)", "năm 2020: 9,75/12 điểm": the year right before the points is theirs
_OF_YEAR = regex.compile(
    r"năm\s+(?<year>(?:19|20)\d{2})(?:\s*[:,(]|\s+(?:là|đạt|được|bị|đã|chỉ|huyện|tỉnh|sở|đơn vị|xã|phường|mất|trừ|chấm"
    r"|tự|thẩm định|điểm|số|có|tổng|không)(?!\p{L}))*\s*$"
)
# A loss is of an earlier year only where the year opens its clause; else it belongs to the cause ("chưa khắc phục tồn
# tại của năm 2020, bị trừ 0,5 điểm").
_OPENING = regex.compile(r"(?:^|[(;:,.\n–-])\s*(?:(?:trong|còn|riêng)\s+)?$")
_YEAR = regex.compile(r"năm\s+((?:19|20)\d{2})")


def year_of_points(lead: str, role: Role) -> int | None:
    """The year that the points behind this clause are of; a year that something is compared with is not theirs."""
    found = _OF_YEAR.search(lead)
    before = lead[: found.start()] if found is not None else ""
    if found is None or before.rstrip().endswith("so với") or (role == "deducted" and not _OPENING.search(before)):
        return None
    return int(found["year"])


def years_named(lead: str) -> list[int]:
    """The years that a folded clause names, in their order."""
    return [int(year) for year in _YEAR.findall(lead)]


def is_of_earlier(lead: str, since: str) -> bool:
    """Whether the points are of an earlier occasion: its year opens the bracket, or words of comparison do."""
    return bool(_EARLIER.search(since) or _EARLIER_ASIDE.match(lead))
