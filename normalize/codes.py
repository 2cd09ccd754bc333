"""Criterion codes: 1.4.2, ordered by their numbers (1.10 after 1.9)."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from normalize.text import fold, squeeze
from normalize.value import Printed, Refusal, Value
from patterns.catalogue import load_toml, pattern

_NUMBER = regex.compile(r"[0-9]+")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """A criterion code as its numbers.

    >>> Code((1, 10)) > Code((1, 9))
    True
    >>> str(Code((5, 4, 3, 4)))
    '5.4.3.4'
    """

    parts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Code:
        """The code of a canonical text ("1.4.2"); ValueError for anything else. Printed codes: `parse_code`."""
        return cls(tuple(int(part) for part in text.split(".")))

    def __str__(self) -> str:
        return ".".join(str(part) for part in self.parts)

    @property
    def domain(self) -> Code:
        return Code(self.parts[:1])

    @property
    def parent(self) -> Code | None:
        return Code(self.parts[:-1]) if len(self.parts) > 1 else None

    def under(self, other: Code) -> bool:
        """Whether this code stands below the other in the tree."""
        return len(self.parts) > len(other.parts) and self.parts[: len(other.parts)] == other.parts


def follows(first: Code, second: Code) -> bool:
    """Whether a code may come directly after another: its first child, its next sibling, or that of one above it.

    >>> [follows(Code.of(a), Code.of(b)) for a, b in (("1", "1.1"), ("1.1", "1.2"), ("1.1.4", "1.2"), ("1.1", "1.3"))]
    [True, True, True, False]
    """
    depth = len(second.parts)
    if second.parts == (*first.parts, 1):
        return True
    return depth <= len(first.parts) and second.parts == (*first.parts[: depth - 1], first.parts[depth - 1] + 1)


def parse_code(printed: Printed) -> Value[Code] | Refusal:
    r"""The code of a cell that holds nothing else, canonical: "1,5" in a code column is criterion 1.5.

    A step that begins with `ambiguous-` marks a text that may be another code or none (1.04, a code cut by a line end).
    Refused, with the reason: letters, decimals ("0.5", "2.00", "1.75"), two codes in a cell, anything with words.

    >>> [str(parse_code(Printed(text)).value) for text in ("1,5", "1.4.2.", "1. 4. 2", "Tiêu chí 2.3", "IV")]
    ['1.5', '1.4.2', '1.4.2', '2.3', '4']
    >>> str(parse_code(Printed("1.1.1\n:")).value)
    '1.1.1'
    >>> [parse_code(Printed(text)).why for text in ("A", "0.5", "2.00", "1.75", "3 xã", "", "1.4\n1.5")]
    ['not-a-code', 'implausible', 'implausible', 'implausible', 'not-a-code', 'empty', 'several-codes']
    """
    lines = [line for line in (squeeze(line) for line in printed.text.splitlines()) if line]
    while len(lines) > 1 and not any(char.isalnum() for char in lines[-1]):
        closing = lines.pop()  # the closing sign of a code, pushed onto a line of its own: "1.1.1" and ":" below it
        lines[-1] += closing
    text, steps = " ".join(lines), []
    if not text or not any(char.isalnum() for char in text):
        return Refusal(printed, "code", "empty")
    if len(lines) > 1 and _starts_code(lines[0]):
        joined = _join(lines)
        if joined is None:
            return Refusal(printed, "code", "several-codes")
        steps.append(f"{'ambiguous-join' if _starts_code(lines[1]) else 'join-lines'}: {text!r} -> {joined!r}")
        text = joined
    for name, read in (("code", _arabic), ("roman-domain", _roman)):
        match = pattern(name, "codes").search(text)
        if match is not None:
            numbers, changes = read(match)
            if not _plausible(numbers):
                return Refusal(printed, "code", "implausible")
            return Value(Code(tuple(int(number) for number in numbers)), printed, name, (*steps, *changes))
    return Refusal(printed, "code", "not-a-code")


def split_code(text: str) -> tuple[str, str] | None:
    """The canonical code at the head of a text and the name after it; None where no name follows or it is no code.

    Dates, counts, amounts and shares are left alone, and a single number is a code only before ".", ")" or ":".

    >>> split_code("1.5.1: Mức độ hoàn thành"), split_code("1.8.Kết quả"), split_code("3. Cải cách")
    (('1.5.1', 'Mức độ hoàn thành'), ('1.8', 'Kết quả'), ('3', 'Cải cách'))
    >>> [split_code(text) for text in ("12.340 hồ sơ", "3 xã", "30/10/2020 họp", "2.5 triệu đồng", "1.4.2", "0.5 điểm")]
    [None, None, None, None, None, None]
    """
    line = squeeze(text)
    for name in ("code-with-name", "domain-with-name"):
        match = pattern(name, "codes").search(line)
        if match is None:
            continue
        numbers = _NUMBER.findall(match["code"])
        blanks_inside = " " in match["code"]
        if blanks_inside and len(numbers) < 3 and not match["closing"]:
            continue
        if _plausible(numbers) and not _is_quantity(match["name"], len(numbers), bool(match["closing"])):
            return ".".join(numbers), match["name"].strip()
    return None


def _arabic(match: regex.Match[str]) -> tuple[list[str], list[str]]:
    """The numbers of a code in digits, and what was changed to get at them."""
    written = match["value"]
    numbers: list[str] = _NUMBER.findall(written)
    steps = [f"label: {match['label'].strip()!r} dropped"] if match["label"] else []
    if "," in written:
        steps.append(f"comma: {written!r} -> {'.'.join(numbers)!r}")
    if " " in written:
        steps.append(f"blanks: {written!r} -> {'.'.join(numbers)!r}")
    if match["closing"]:
        steps.append(f"closing-mark: {match['closing'].strip()!r} dropped")
    if numbers[0].startswith("0"):
        steps.append(f"leading-zero: {numbers[0]!r} -> {numbers[0].lstrip('0')!r}")
    if any(number.startswith("0") for number in numbers[1:]):
        steps.append(f"ambiguous-leading-zero: {written!r}")
    return numbers, steps


def _roman(match: regex.Match[str]) -> tuple[list[str], list[str]]:
    digits = [_ROMAN_DIGITS[digit] for digit in match["value"]]
    number = sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))
    return [str(number), *_NUMBER.findall(match["rest"])], [f"roman: {match['value']!r} -> '{number}'"]


def _plausible(numbers: list[str]) -> bool:
    limits = load_toml("codes")["limits"]
    first, *others = (int(number) for number in numbers)
    within = 1 <= first <= limits["first"] and all(1 <= other <= limits["other"] for other in others)
    return bool(within and len(numbers) <= limits["depth"])


def _is_quantity(name: str, depth: int, closed: bool) -> bool:
    """Whether the words after a number make it an amount, a count or part of a sentence (lists of `codes.toml`)."""
    data, words = load_toml("codes"), fold(name)
    if not name[:1].islower():
        return words in data["measures"] and not closed
    follows = [] if closed else [*data["running"], *data["measures"]]
    if depth == 1 or (depth == 2 and not closed):
        follows += [*data["measures"], *data["counted"]]
    return any(words == each or (words.startswith(each) and not words[len(each)].isalnum()) for each in follows)


def _starts_code(line: str) -> bool:
    return line[:1].isdigit()


def _join(lines: list[str]) -> str | None:
    """A code cut by the line end of a narrow cell; None where the lines are codes of their own."""
    joined = lines[0]
    for line in lines[1:]:
        cut_at_sign = joined[-1] in ".," or line[0] in ".,"
        own_code = _starts_code(line) and line.split(".")[0] == lines[0].split(".")[0] and "." in line
        if not cut_at_sign or own_code:
            return None
        joined += line
    return joined
