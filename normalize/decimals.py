"""Printed numbers to exact decimals: one number of a cell, or a score with its maximum.

Reports print a decimal comma or point, side by side in one table; a sign before deductions; "đ" or "điểm" after the
number; and a narrow cell cuts a number at its line end. What else stands between digits is refused with the reason.

Steps that begin with `ambiguous-` name a reading that only the arithmetic of the report can confirm (`is_ambiguous`).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import regex

from normalize.number_words import number_in_words
from normalize.records import Score
from normalize.text import nfc, squeeze
from normalize.value import Printed, Refusal, Value
from patterns.catalogue import pattern, patterns

AMBIGUOUS_THOUSANDS = "ambiguous-thousands"
AMBIGUOUS_JOIN = "ambiguous-join"

_NUMERAL = regex.compile(r"[0-9]+(?:[.,][0-9]+)?")
_LEADING = regex.compile(r"\s*(?<value>[0-9]+(?:[.,][0-9]+)?)")
_DASHES = regex.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_SLASHES = regex.compile(r"[\u2044\u2215\uff0f]")
_SPACES = regex.compile(r"[^\S\n]+|[\u200b\u2060\ufeff]")
_LINES = regex.compile(r"\s*[\n\r\v\f\u2028\u2029\u0085]\s*")
# a reference to a note under the table: "2,50 (*)", "1,5**"
_NOTE_MARK = regex.compile(r"(?<=[0-9đm])\s*(?:\(\*{1,3}\)|\*{1,3})$")
# the number again in words: "1,5 điểm (Một phẩy năm điểm)"
_IN_WORDS = regex.compile(r"(?s)^(?P<digits>[^()]*[0-9][^()]*?)\s*\((?P<words>[^()0-9]+)\)\s*[.;]?$")
# its share of the maximum beside it: "1,5/2 (75%)"
_WITH_SHARE = regex.compile(r"(?s)^(?P<points>.*[0-9đm])\s*\(\s*(?P<share>[0-9]{1,3}(?:[.,][0-9]+)?)\s*%\s*\)\s*[.;]?$")
# a verdict with its points: "Đạt (1 điểm)", "Không đạt (0 điểm)"; what is not reached and gives points may be a loss
_VERDICT = regex.compile(
    r"^(?:(?P<not>không|chưa)\s+)?đạt(?:\s+(?:một phần|yêu cầu))?\s*[(:]\s*"
    r"(?P<points>[0-9]+(?:[.,][0-9]+)?\s*(?:điểm|đ))\s*\)?$",
    regex.IGNORECASE,
)
_THOUSANDS = regex.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")

# A line end inside a numeral. Certain: a separator stands at the cut, or the pair is complete only with the cut closed.
_CUT_AT_SIGN = regex.compile(r"(?<=[0-9])\n(?=[.,][0-9])|(?<=[0-9][.,])\n(?=[0-9])")
_CUT_IN_PAIR = regex.compile(
    r"(?<=^[^\n/]*[0-9][.,][0-9]+)\n(?=[0-9]+\s*/)"  # 0,38 | 6/0,5
    r"|(?<=^[^\n/]*[0-9]\s*/\s*[0-9]+)\n(?=[0-9]+(?![0-9]|[.,][0-9]|\s*/))"  # 16.74/2 | 0 điểm
)
# Doubtful: both sides could be numbers by themselves.
_CUT_IN_DIGITS = regex.compile(r"(?<=[0-9][.,][0-9]+)\n(?=[0-9]+(?![0-9]|[.,][0-9]))|(?<=^[0-9]+)\n(?=[0-9]+/)")
_SLIP = regex.compile(r"(?<=[0-9]) (?=[.,] ?[0-9])|(?<=(?<![0-9])0 ?[.,]) (?=[0-9])|(?<=[0-9] [.,]) (?=[0-9])")
_SLIP_OR_LIST = regex.compile(r"(?<=[1-9][0-9]*[.,]) (?=[0-9])|(?<=[1-9]0[.,]) (?=[0-9])")


def decimal_of(text: str) -> Decimal | None:
    """The value of one bare unsigned numeral with a decimal comma or point; None for any other text.

    >>> decimal_of("12,96"), decimal_of("10.5"), decimal_of("07")
    (Decimal('12.96'), Decimal('10.5'), Decimal('7'))
    >>> decimal_of("-0,5"), decimal_of("1.4.2"), decimal_of("½"), decimal_of("95%")
    (None, None, None, None)
    """
    bare = text.strip()
    return Decimal(bare.replace(",", ".")) if _NUMERAL.fullmatch(bare) else None


def parse_score(printed: Printed) -> Score | Refusal:
    r"""The one number of a cell or span, in points, without its sign.

    A refusal of kind "score" says why: the name of a pattern of kind "refused" in `patterns/scores.toml`.

    >>> parse_score(Printed("- 0,5 đ")).value
    Decimal('0.5')
    >>> parse_score(Printed("1\n,5")).steps
    ("join-lines: '1\\n,5' -> '1,5'",)
    >>> parse_score(Printed("1/2 điểm")).why, parse_score(Printed("95%")).why, parse_score(Printed("-")).why
    ('pair', 'percentage', 'empty')
    >>> [str(parse_score(Printed(text)).value) for text in ("1,5 điểm (Một phẩy năm điểm)", "Không điểm")]
    ['1.5', '0']
    >>> parse_score(Printed("1,5 điểm (hai điểm)")).why
    'several-numbers'
    >>> parse_score(Printed("12.340 hồ sơ")).why, parse_score(Printed("½")).why
    ('other-unit', 'fraction-sign')
    """
    said = number_in_words(printed.text)
    if said is not None:
        return Value(said, printed, "points-in-words", (f"words: {squeeze(printed.text)!r} -> {said}",))
    text, steps = _tidy(printed.text)
    rule = pattern("points", "scores")
    verdict = _VERDICT.match(text)
    if verdict is not None and (verdict["not"] is None or not any(sign in "123456789" for sign in verdict["points"])):
        steps.append(f"verdict: {text!r} -> {verdict['points']!r}")
        text = verdict["points"]
    again = _IN_WORDS.match(text)
    match = rule.search(text if again is None else again["digits"])
    if again is not None and match is not None:
        said = number_in_words(again["words"])
        if said != _decimal(match["value"]):
            return Refusal(printed, "score", "several-numbers" if said is not None else "other-unit")
        steps.append(f"words: {again['words']!r} dropped")
    refusal = _refuse(text, "score", printed) if match is None else None
    if match is None:
        return refusal or Refusal(printed, "score", "not-a-score")
    numeral = match["value"]
    if _THOUSANDS.fullmatch(numeral):
        steps.append(AMBIGUOUS_THOUSANDS)
    if match["sign"]:
        steps.append(f"sign: '{match['sign']}' dropped")
    steps.extend(_dropped(match))
    return Value(_decimal(numeral), printed, rule.name, tuple(steps))


def parse_pair(printed: Printed) -> tuple[Score, Score] | Refusal:
    r"""A score and its maximum, in points. A score above its maximum is returned as it stands: that is a finding.

    >>> [str(each.value) for each in parse_pair(Printed("0,2439/1\n,5 điểm"))]
    ['0.2439', '1.5']
    >>> [str(each.value) for each in parse_pair(Printed("Đạt 07/10"))]
    ['7', '10']
    >>> parse_pair(Printed("17/19 xã")).why, parse_pair(Printed("30/10/2020")).why, parse_pair(Printed("½ điểm")).why
    ('ratio', 'date', 'fraction-sign')
    >>> [str(each.value) for each in parse_pair(Printed("1,5/2 (75%)"))], parse_pair(Printed("1,5/2 (57%)")).why
    (['1.5', '2'], 'several-numbers')
    """
    text, steps = _tidy(printed.text)
    rule = pattern("score/maximum", "scores")
    beside = _WITH_SHARE.match(text)
    match = rule.search(text if beside is None else beside["points"])
    if match is not None and beside is not None:
        if not _is_share(_decimal(match["score"]), _decimal(match["maximum"]), beside["share"]):
            return Refusal(printed, "pair", "several-numbers")
        steps.append(f"share: '({beside['share']}%)' dropped")
    if match is None:
        return _refuse(text, "pair", printed) or Refusal(printed, "pair", "not-a-pair")
    if match["sign"]:
        steps.append("sign: '-' dropped")
    steps.extend(_dropped(match))
    score, maximum = _decimal(match["score"]), _decimal(match["maximum"])
    score_steps, maximum_steps = _steps_of_halves(printed.text, steps, maximum)
    many = bool(_THOUSANDS.fullmatch(match["maximum"]))
    if many:
        maximum_steps.append(AMBIGUOUS_THOUSANDS)
    # 1.968/2,5 can only be a decimal; 2.340/12.340 may count files.
    if _THOUSANDS.fullmatch(match["score"]) and (many or not score <= maximum < 1000):
        score_steps.append(AMBIGUOUS_THOUSANDS)
    return (
        Value(score, printed, rule.name, tuple(score_steps)),
        Value(maximum, printed, rule.name, tuple(maximum_steps)),
    )


def _steps_of_halves(raw: str, steps: list[str], maximum: Decimal) -> tuple[list[str], list[str]]:
    r"""The steps of a pair, each half in doubt for its own cut only; one that adds but zeros changes no number.

    >>> score, maximum = parse_pair(Printed("0,753/1,50\n0 điểm"))
    >>> is_ambiguous(score), is_ambiguous(maximum), [str(each.value) for each in (score, maximum)]
    (False, False, ['0.753', '1.500'])
    >>> [is_ambiguous(each) for each in parse_pair(Printed("0,753/1,2\n5 điểm"))]
    [False, True]
    """
    score, _, rest = raw.partition("/")
    cut = [any(step.startswith(AMBIGUOUS_JOIN) for step in _tidy(half)[1]) for half in (f"{score}/", f"0/{rest}")]
    if (first := _LEADING.match(rest)) is not None and _decimal(first["value"]) == maximum:
        cut[1] = False
    certain = [step.replace(AMBIGUOUS_JOIN, "join-lines", 1) for step in steps]
    return (list(steps) if cut[0] else certain, list(steps) if cut[1] else list(certain))


def is_ambiguous(value: Value[Any]) -> bool:
    """Whether a step of the value names a reading that the text alone does not settle."""
    return any(step.startswith("ambiguous-") for step in value.steps)


def _is_share(score: Decimal, maximum: Decimal, printed: str) -> bool:
    """Whether a percentage is the share of the maximum, to the places it is printed with."""
    share = _decimal(printed)
    return bool(maximum) and abs(100 * score / maximum - share) <= Decimal(1).scaleb(int(share.as_tuple().exponent))


def _decimal(numeral: str) -> Decimal:
    return Decimal(numeral.replace(",", "."))


def _tidy(raw: str) -> tuple[str, list[str]]:
    """The text with one dash, one slash, and numerals joined over line ends and stray blanks, and the steps taken."""
    steps: list[str] = []

    def step(rule: str, before: str, after: str) -> str:
        if after != before:
            steps.append(f"{rule}: {before!r} -> {after!r}")
        return after

    text = _LINES.sub("\n", _SPACES.sub(lambda space: " " if space[0].isspace() else "", nfc(raw))).strip()
    text = text.replace("Ð", "Đ").replace("ð", "đ")
    text = step("note-mark", _DASHES.sub("-", text), _NOTE_MARK.sub("", _DASHES.sub("-", text)))
    text = step("slash", text, _SLASHES.sub("/", text))
    text = step("join-lines", text, _CUT_IN_PAIR.sub("", _CUT_AT_SIGN.sub("", text)))
    text = step(AMBIGUOUS_JOIN, text, _CUT_IN_DIGITS.sub("", text))
    text = text.replace("\n", " ")
    text = step("join-blanks", text, _SLIP.sub("", text))
    text = step(AMBIGUOUS_JOIN, text, _SLIP_OR_LIST.sub("", text))
    return text, steps


def _dropped(match: regex.Match[str]) -> list[str]:
    """Steps for the words around the number; the unit alone is too common to note."""
    return [f"cue: {match['cue'].strip()!r} dropped"] if match["cue"] else []


def _refuse(text: str, kind: str, printed: Printed) -> Refusal | None:
    """The first reason in `patterns/scores.toml` that fits a text which is not of the kind asked for."""
    for rule in patterns("scores"):
        if rule.kind == "refused" and not (rule.name == "pair" and kind == "pair") and rule.search(text):
            return Refusal(printed, kind, rule.name)
    return None
