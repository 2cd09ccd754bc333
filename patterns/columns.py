"""What the heading of a column says it holds (columns.toml)."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import regex
from regex import Pattern

from patterns.catalogue import load_toml


@dataclass(frozen=True, slots=True)
class ColumnPattern:
    role: str
    weight: int
    regex: Pattern[str]
    bare: Pattern[str]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@cache
def column_patterns() -> tuple[ColumnPattern, ...]:
    """All heading patterns, the heaviest first."""
    found = [
        ColumnPattern(
            entry["role"],
            entry["weight"],
            regex.compile(entry["regex"]),
            regex.compile(_bare(entry["regex"])),
            tuple(entry["examples"]),
            tuple(entry.get("counter_examples", ())),
        )
        for entry in load_toml("columns")["column"]
    ]
    return tuple(sorted(found, key=lambda entry: -entry.weight))


# The end of a Vietnamese syllable that a narrow cell pushed onto a line of its own: "CHẤ|M", "THAN|G".
_CUT_WORD = regex.compile(r"(?i)(?<=[aăâeêioôơuưy]\p{M}*|n|c)\s*\n\s*(ng|nh|ch|[cmnptgh])(?=\s|$)")


def whole_words(text: str) -> str:
    r"""A heading text in one line, words that a narrow cell cut over its lines made whole.

    >>> whole_words("ĐƠN\nVỊ\nTỰ\nCHẤ\nM"), whole_words("THAN\nG\nĐIỂM"), whole_words("Chỉ số\nCCHC")
    ('ĐƠN VỊ TỰ CHẤM', 'THANG ĐIỂM', 'Chỉ số CCHC')
    """
    spread = unicodedata.normalize("NFD", text)
    joined = unicodedata.normalize("NFC", _CUT_WORD.sub(r"\1", spread))
    return " ".join(joined.replace("\xa0", " ").split())


@lru_cache(maxsize=1 << 12)
def folded_label(text: str) -> str:
    """A heading text as the patterns expect it: one line, lower case, without what stands in brackets: a column
    number, the points that can be had.

    >>> folded_label("Điểm \\n tối  đa (1)")
    'điểm tối đa'
    >>> folded_label("Tổng điểm (100 điểm)"), folded_label("Điểm thẩm định (tối đa 65)")
    ('tổng điểm', 'điểm thẩm định')
    >>> folded_label("Giải trình của cơ quan thăm định")
    'giải trình của cơ quan thẩm định'
    """
    # an own small fold: patterns/ knows nothing of normalize/
    line = whole_words(text).casefold()
    line = regex.sub(r"[–—−]", "-", line)
    for old, new in (("oà", "òa"), ("oá", "óa"), ("uỷ", "ủy"), ("uý", "úy"), ("tỉ lệ", "tỷ lệ"), ("lí do", "lý do")):
        line = line.replace(old, new)
    # a usual slip of the keyboard, and what recognition makes of its marks; no other word looks like it
    line = regex.sub(r"(?<!\p{L})th[aăâắằặấầậ]m định(?!\p{L})", "thẩm định", line)
    line = regex.sub(
        r"\s*[(\[]\s*(?:(?:điểm )?tối đa:? ?\d+(?:[.,]\d+)?(?: ?(?:đ|điểm))?|\d+(?:[.,]\d+)? ?(?:đ|điểm))\.?\s*[)\]]",
        "",
        line,
    )
    return str(regex.sub(r"\s*[(\[]\s*\d{1,2}\s*(=[^)\]]*)?[)\]]\s*$", "", line)).strip(" .:*")


@lru_cache(maxsize=1 << 12)  # one heading is asked for by many rules
def roles_of(label: str) -> tuple[tuple[str, int], ...]:
    """The roles a heading may have with their weights, the likeliest first; empty for a heading no pattern knows."""
    text = folded_label(label)
    found: dict[str, int] = {}
    for entry in column_patterns():
        if text and entry.regex.search(text):
            found.setdefault(entry.role, entry.weight)
    if not found and text:  # marks are what recognition loses first, specks what it adds: "Thang .điếm"
        return unmarked_roles_of(label)
    return tuple(found.items())


@lru_cache(maxsize=1 << 12)
def unmarked_roles_of(label: str) -> tuple[tuple[str, int], ...]:
    """The roles a heading may have if its marks are misread and its specks are none of its own.

    >>> [role for role, _ in roles_of("Kết quả tự chấm và thẩm đinh")]
    ['self_score']
    >>> [role for role, _ in unmarked_roles_of("Kết quả tự chấm và thẩm đinh")]
    ['self_score', 'score']
    """
    bare = _bare(" ".join(_SPECKS.sub(" ", folded_label(label)).split()))
    found: dict[str, int] = {}
    for entry in column_patterns():
        if bare and entry.bare.search(bare):
            found.setdefault(entry.role, entry.weight)
    return tuple(found.items())


_SPECKS = regex.compile(r"(?<![^\s])[.,:;'\"`‘’“”|_~*°]+|[.,:;'\"`‘’“”|_~*°]+(?![^\s])")


def _bare(text: str) -> str:
    """A text, or the source of a pattern, without Vietnamese marks."""
    spread = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(sign for sign in spread if not unicodedata.combining(sign))


_UNSCORED = regex.compile(
    r"^(?:[-–—.…/x×\s]*|k ?/? ?đg|kđg|không (?:đánh giá|chấm(?: điểm)?|áp dụng|phát sinh|xét|tính điểm)|"
    r"chưa (?:đánh giá|chấm(?: điểm)?|có kết quả|xét)|không thuộc đối tượng.*)\.?$"
)


def is_unscored(text: str) -> bool:
    """Whether a cell where a score was due says that none was given: blank, a dash, "KĐG", "Không đánh giá".

    >>> [is_unscored(text) for text in ("", "-", "x", "KĐG", "Không đánh giá", "0", "Không", "Không đạt", "(3)")]
    [True, True, True, True, True, False, False, False, False]
    """
    if any(map(str.isdigit, text)) and not any(map(str.isalpha, text)):
        return False  # "(3)" is no number of a column here
    return _UNSCORED.match(folded_label(text)) is not None


_VERDICT = regex.compile(
    r"^(?:(?:có|đã|không|chưa)(?: (?:có điểm|đạt|thực hiện|hoàn thành|triển khai|ban hành))?"
    r"|(?:có|đã|không|chưa)? ?đạt (?:yêu cầu|(?:điểm )?tối đa|điểm)|đạt|hoàn thành|(?:điểm )?tối đa)\.?$"
)


def is_verdict(text: str) -> bool:
    """Whether a cell judges in words where points are due: how many they are is for a person to say.

    >>> [is_verdict(text) for text in ("Đạt", "Không đạt", "Chưa thực hiện", "Không đánh giá", "Đạt 1 điểm", "Đồng ý")]
    [True, True, True, False, False, False]
    """
    return _VERDICT.match(folded_label(text)) is not None


_NUMBER_ROW = regex.compile(r"^[(\[]?\s*(\d{1,2}|[a-hA-H])\s*([=:+*/()-]\s*[\d\s=+*/()-]*)?[)\]]?$")


def is_number_row(texts: Sequence[str]) -> bool:
    """Whether the cells of a row only number the columns: (1) (2) (3), or 1 2 3, or A B 1 2 3=2-1."""
    shown = [text.strip() for text in texts]
    if len(shown) < 3:
        return False
    if not all(_NUMBER_ROW.match(text) for text in shown):
        return _is_worn_number_row(shown)
    digits = [int(match.group()) for text in shown if (match := regex.search(r"\d+", text))]
    return (
        len(digits) >= 2 and digits[: len(digits)] == list(range(digits[0], digits[0] + len(digits))) and digits[0] <= 3
    )


# "(5)=(3)-(4)": the number of a column that is computed from others
_COMPUTED = regex.compile(r"^([(\[]?\d{1,2}[)\]]?)\s*=[\d\s=+*/()\[\]-]+$")
_NO_COLUMN_NUMBER = regex.compile(r"\p{L}{2}|\d\s?[.,]\s?\d|.{5}")


def _is_worn_number_row(shown: Sequence[str]) -> bool:
    """Whether the cells of a row are numbers of columns, some of them misread: (1) (2 @) (4) (S), 1 2 3 á 5 6.

    A name of letters or a number with decimals makes it a row of values.

    >>> _is_worn_number_row(["?", "(2", "(3)", "(4"]), _is_worn_number_row(["4", "(2)", "(1)", "3"])
    (True, False)
    >>> _is_worn_number_row(["1", "(2", "@", "4)", "?", "(6)", "(7)"]), _is_worn_number_row(["1", "2", "B", "4", "5"])
    (True, True)
    """
    own = [match[1] if (match := _COMPUTED.match(text)) else text for text in shown]
    if any(_NO_COLUMN_NUMBER.search(text) for text in own):
        return False
    counted = [(place, int(match.group())) for place, text in enumerate(own) if (match := regex.search(r"\d+", text))]
    bracketed = sum(text[:1] in "([" or text[-1:] in ")]" for text in own)
    if bracketed >= 2 and bracketed >= _BRACKETED * len(own):
        rising = _longest_rise([number for place, number in counted if 1 <= number - place <= _NEAR])
        return rising >= 3 and rising >= _COUNTING * len(own)
    steps = Counter(number - place for place, number in counted if number < 20)
    step, times = max(steps.items(), key=lambda item: item[1], default=(0, 0))
    return 0 < step <= _NEAR and times >= 4 and times >= _COUNTING_BARE * len(own)


def _longest_rise(numbers: Sequence[int]) -> int:
    """How many numbers the longest strictly rising choice among them has."""
    rises: list[int] = []
    for position, number in enumerate(numbers):
        rises.append(1 + max((rises[k] for k in range(position) if numbers[k] < number), default=0))
    return max(rises, default=0)


_BRACKETED, _COUNTING, _COUNTING_BARE = 0.4, 0.5, 0.7
_NEAR = 3  # a number of a column is at most this far from its place: columns without one stand before it


# a number, a pair, a code before a name, a Roman numeral or the letter of a part alone: a row of values
_DATA = regex.compile(
    r"^\s*[-–]?\s*\d+([.,/]\d+)*[.:)]?\s*(đ|điểm|%)?\s*$|^\s*\d+(\.\d+)+[.:]?\s|^\s*(?:[IVX]+|[A-HĐ])[.)]?\s*$"
    r"|^\s*(?i:đạt|được|chấm)?\s*\d+(?:[.,]\d+)?\s*/\s*\d+(?:[.,]\d+)?\s*(?:đ|điểm)?\s*$"  # Đạt 1,25 / 1,5 điểm
)
_FIRM = frozenset({"ordinal", "code", "unit", "max_score", "self_score", "rank", "pair", "deducted"})
_NUMBERS = frozenset({"max_score", "self_score", "score", "round1", "round2", "pair", "deducted", "index", "rank"})
_YEAR_LABEL = regex.compile(r"^(năm )?(19|20)\d\d$")


def is_header_text(texts: Sequence[str]) -> bool:
    """Whether the filled cells of a row look like column headings rather than like data.

    >>> is_header_text(["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"])
    True
    >>> is_header_text(["5", "Lĩnh vực/Tiêu chí", "Điểm tối đa", "Tự chấm điểm", "Ghi chú"])
    True
    >>> is_header_text(["1.1", "Kế hoạch cải cách hành chính", "2,00", "1,5"])
    False
    >>> is_header_text(["3.4.1.", "Đạt 1,25 / 1,5 điểm", "Nguyên nhân: chậm báo cáo", "Đơn vị chủ trì: Phòng Nội vụ"])
    False
    """
    if is_number_row(texts):
        return True
    data = [bool(_DATA.match(text)) and not _YEAR_LABEL.match(text.strip().casefold()) for text in texts]
    if any(data):
        # "STT" in a narrow cell is recognised as a figure now and then: the headings beside it tell
        rest = [{role for role, _ in roles_of(text)} for text in texts[1:]]
        return not any(data[1:]) and len(rest) >= 3 and all(rest) and sum(bool(roles & _NUMBERS) for roles in rest) >= 2
    known = [bool(roles_of(text)) and len(text) <= 120 for text in texts]
    if len(texts) == 1:
        return known[0] and len(texts[0]) <= 40 and not regex.match(r"^\s*([IVX]+|\d+|[A-H])[.)]\s", texts[0])
    if sum(known) * 2 >= len(texts):
        return True
    # headings that name domains, years or units ("TT | Huyện | Thể chế | Tài chính công | Tổng điểm")
    firm = any(len(text) <= 40 and _FIRM & {role for role, _ in roles_of(text)} for text in texts)
    return firm and len(texts) >= 4 and all(len(text) <= 200 for text in texts)
