"""Numbers with points that are nobody's total: bounds of classes, parts of a scale, announced parts."""

from __future__ import annotations

import regex

from patterns.catalogue import pattern

# "từ 55 điểm trở lên", "trên dưới 80 điểm", "đạt hơn 85 điểm": bounds and rough figures are nobody's total
_BOUND_BEFORE = regex.compile(
    r"\b(?:từ|đến|dưới|trên|khoảng|gần|hơn|tối thiểu|ít nhất|không quá|không dưới)\s+(?:mức\s+)?$", regex.IGNORECASE
)
_BOUND_BEHIND = regex.compile(r"\s*(?:điểm|đ|%)?\s*(?:trở (?:lên|xuống)|đến\s+(?:dưới\s+)?[0-9])", regex.IGNORECASE)
# "một số lĩnh vực xếp hạng còn thấp như:", "Thang điểm đánh giá là 100, trong đó:" and the items that follow
_SCALE = regex.compile(r"\b(?:thang điểm|cơ cấu (?:tính |thang )?điểm)\b", regex.IGNORECASE)
# "(thang điểm 100, trong đó điểm tự đánh giá 66 điểm, điểm điều tra 34 điểm)": what can be got, and nobody's points
_SCALE_PARTS = regex.compile(
    r"(?:thang điểm|cơ cấu điểm)(?:(?!\b(?:đạt|được|chấm)\b)[^.;()])*?\b(?<parts>(?:trong đó|gồm)\b[^.;()]*)",
    regex.IGNORECASE,
)
_SOME_PARTS = regex.compile(r"\bmột số (?:chỉ số thành phần|lĩnh vực|tiêu chí|nội dung)\b", regex.IGNORECASE)
_ITEM = regex.compile(r"\s*(?:[-–+*•]|\(?\p{Ll}\))\s*\S")


def announces_parts(sentence: str) -> bool:
    """Whether a sentence that ends in a colon announces scores of domains, or what a scale is made of."""
    said = sentence.rstrip()
    if not said.endswith(":"):
        return False
    clause = said[max(said.rfind(";"), said.rfind(",")) + 1 :]
    if _SCALE.search(said) or _SOME_PARTS.search(said):
        return True
    return pattern("part-of-the-whole", "headings").search(clause) is not None


def is_bound(match: regex.Match[str]) -> bool:
    """Whether a number is where a class of results begins, or stands for the true one."""
    before = match.string[max(match.start("value") - 40, 0) : match.start("value")]
    out_of = match.groupdict().get("of")  # "đứng thứ 3 trên 15 huyện"
    rough = _BOUND_BEFORE.search(before) is not None and out_of is None
    return rough or _BOUND_BEHIND.match(match.string, match.end("value")) is not None


def is_item(text: str) -> bool:
    """Whether a paragraph is an item of a list: "- ...", "a) ..."."""
    return _ITEM.match(text) is not None


def parts_of_scales(sentence: str) -> list[tuple[int, int]]:
    """The stretches of a sentence that say what a scale is made of."""
    return [match.span("parts") for match in _SCALE_PARTS.finditer(sentence)]
