"""The columns of a table: what their cells are (counts), what their headings say, and the roles they were given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from extract.tables.bracketed import pair_and_loss, points_and_loss
from extract.tables.grid import Row
from extract.tables.itemised import amount_told
from extract.tables.rank_cell import rank_of
from extract.tables.stitching import StitchedTable
from normalize.codes import Code, parse_code, split_code
from normalize.decimals import parse_pair, parse_score
from normalize.records import Score
from normalize.text import fold
from normalize.value import Printed, Refusal
from patterns.columns import is_number_row, is_unscored, is_verdict, whole_words

NUMERIC = frozenset(
    {
        "max_score", "self_score", "score", "round1", "round2", "pair", "deducted", "difference",
        "survey_score", "appraised_score", "index", "rank",
    }
)  # fmt: skip
TEXTUAL = frozenset({"reason", "remedy", "lead", "support", "performer", "deadline", "evidence", "rule"})


@dataclass(frozen=True, slots=True)
class Content:
    """What the body cells of one column are, as counts of rows."""

    filled: int = 0
    numbers: int = 0
    pairs: int = 0
    codes: int = 0
    deep_codes: int = 0
    lettered: int = 0
    led_by_code: int = 0
    led_by_deep_code: int = 0
    rising: bool = False
    letters: int = 0
    percents: int = 0
    unscored: int = 0
    verdicts: int = 0
    told: int = 0
    anew: bool = False
    digits: int = 0
    ranks: int = 0


@dataclass(frozen=True, slots=True)
class Columns:
    """The column numbers by role; `scores` in the order of the appraisal rounds, the last one counts.

    `rivals` says that nothing tells which of the last two scores is the final one: rows where they differ are in doubt.
    `opinions` are further columns of reasons, for rows where the first says nothing. `amounts` tells what each reason
    cost, beside `deducted` for all of them. `maximum_first`: pairs are printed so, "Điểm chuẩn/Điểm đạt".
    So are rows that an `unknown` column, one whose numbers may be scores under a heading nobody knows, tells otherwise.
    """

    labels: tuple[str, ...]
    code: int | None = None
    glued: bool = False
    ordinal: int | None = None
    name: int | None = None
    domain: int | None = None
    unit: int | None = None
    max_score: int | None = None
    self_score: int | None = None
    scores: tuple[int, ...] = ()
    rivals: bool = False
    unknown: tuple[int, ...] = ()
    pair: int | None = None
    maximum_first: bool = False
    deducted: int | None = None
    amounts: int | None = None
    reason: int | None = None
    opinions: tuple[int, ...] = ()
    remedy: int | None = None
    lead: int | None = None
    support: int | None = None
    performer: int | None = None
    deadline: int | None = None
    note: int | None = None
    survey_score: int | None = None
    appraised_score: int | None = None
    index: int | None = None
    rank: int | None = None
    listed: int | None = None
    evidence: tuple[int, ...] = ()
    doubts: tuple[str, ...] = ()
    why: tuple[str, ...] = field(default=())

    @property
    def has_numbers(self) -> bool:
        return bool(self.scores) or any(
            column is not None for column in (self.pair, self.max_score, self.self_score, self.deducted)
        )


def pair_of(printed: Printed, columns: Columns) -> tuple[Score, Score] | Refusal:
    """The score and the maximum of a cell in the column of pairs."""
    pair = parse_pair(printed)
    if isinstance(pair, Refusal) or not columns.maximum_first:
        return pair
    return pair[1].with_step("maximum-first"), pair[0].with_step("maximum-first")


def labels_of(table: StitchedTable) -> tuple[str, ...]:
    """The heading of each column: the texts above it from the top down, without those over the whole table."""
    rows = [row for row in table.header if not is_number_row([cell.text for _, cell in row.filled()])]
    labels = []
    for column in range(table.columns):
        texts: list[str] = []
        for row in rows:
            cell = row.cell(column)
            if cell is None or (cell.column_span >= table.columns and table.columns > 1):
                continue
            text = whole_words(cell.text)
            if text and text not in texts:
                texts.append(text)
        labels.append(" ".join(texts))
    return tuple(labels)


# a title merged over codes and names: "II. Cải cách thể chế"
_HEADS = (regex.compile(r"(?s)^[IVX]{1,5}(?:\s*[.):–-]\s*\p{Lu}.*)?$"), regex.compile(r"^[A-HĐ]$"))


_TOTAL = regex.compile(r"^(?:tổng|cộng)\b")
_LETTER = regex.compile(r"^[a-zđ]\s*[.)]?$")  # items below a criterion


def _counts_anew(texts: Sequence[str]) -> bool:
    """Whether domains in Roman numerals or letters stand over criteria that count from 1 under each: I, 1, 2, II, 1."""
    shown = [text.strip().strip(".)") for text in texts]
    heads = next((pattern for pattern in _HEADS if shown and pattern.match(shown[0])), None)
    if heads is None:
        return False
    marks = [text for text in shown if heads.match(text) or text.isdecimal()]
    # items below a criterion and the title of the total row are neither domains nor criteria
    beside = [text for text in shown if text not in marks and (_LETTER.match(text) or _TOTAL.match(fold(text)))]
    if sum(heads.match(text) is not None for text in marks) < 2 or len(marks) < 0.8 * (len(shown) - len(beside)):
        return False
    follows = [
        now == "1" if heads.match(before) else int(now) == int(before) + 1
        for before, now in pairwise(marks)
        if now.isdecimal()
    ]
    return len(follows) >= 2 and sum(follows) >= 0.9 * len(follows)


def contents_of(rows: Sequence[Row], columns: int) -> tuple[Content, ...]:
    return tuple(_content([row.printed(column) for row in rows]) for column in range(columns))


def _content(cells: Sequence[Printed]) -> Content:
    shown = [cell for cell in cells if cell.text.strip()]
    codes: list[Code] = []
    led: list[Code] = []
    numbers = pairs = letters = lettered = percents = unscored = verdicts = told = 0
    for cell in shown:
        code = parse_code(cell)
        if not isinstance(code, Refusal):
            codes.append(code.value)
        else:
            split = split_code(cell.text)
            head = parse_code(Printed(split[0])) if split else None
            if head is not None and not isinstance(head, Refusal):
                led.append(head.value)
        numbers += not isinstance(parse_score(cell), Refusal) or points_and_loss(cell) is not None
        pairs += not isinstance(parse_pair(cell), Refusal) or pair_and_loss(cell) is not None
        letters += sum(sign.isalpha() for sign in cell.text) > 12
        percents += cell.text.strip().endswith("%")
        unscored += is_unscored(cell.text)
        verdicts += is_verdict(cell.text)
        told += any(map(str.isdigit, cell.text)) and amount_told(cell) is not None
        lettered += _LETTER.match(cell.text.strip()) is not None
    steps = list(pairwise(codes))
    return Content(
        filled=len(shown),
        numbers=numbers,
        pairs=pairs,
        codes=len(codes),
        lettered=lettered,
        deep_codes=sum(len(code.parts) > 1 for code in codes),
        led_by_code=len(led),
        led_by_deep_code=sum(len(code.parts) > 1 for code in led),
        rising=len(set(codes)) >= 0.8 * len(codes) and sum(a < b for a, b in steps) >= 0.8 * len(steps),
        letters=letters,
        percents=percents,
        unscored=unscored,
        verdicts=verdicts,
        told=told,
        ranks=sum(rank_of(cell) is not None for cell in shown),
        digits=sum(any(map(str.isdigit, cell.text)) for cell in shown),
        anew=_counts_anew([cell.text for cell in shown]),
    )
