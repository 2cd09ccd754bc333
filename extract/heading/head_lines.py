"""The paragraphs of a report's head cut into lines, each of one kind, up to where the running text begins."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Literal

import regex

from extract.document import Paragraph
from extract.heading.kinds import kind_of_line
from normalize.document_numbers import find_document_numbers
from normalize.place import Place
from normalize.text import nfc, squeeze
from normalize.value import Printed
from patterns.catalogue import Pattern, pattern, patterns

LineKind = Literal["motto", "number", "date", "annex", "about", "kind", "addressee", "office", "decider", "text"]

# a title of several lines stays below this; a paragraph above it is running text
_LONGEST_TITLE = 420
# a wide gap parts two columns, unless a pen was to fill it: "ngày      tháng 12", "Số:       /BC-UBND"
_BREAK = regex.compile(
    r"[\n\t]|(?<=\S)\s{2,}+(?=\p{Lu}[\p{L}\s.'-]{1,30},\s*ngày\s)"
    r"|(?<!ngày|tháng|năm|[Ss]ố|[:.…]|\s)\s{6,}+(?!tháng|năm|[/\-–])"
)
_RULE = regex.compile(r"[\s\-–—_=*.~•]+")
_OFFICE = regex.compile(
    r"(?:uy ban nhan dan|ubnd|hoi dong|hdnd|so|phong|ban|van phong|trung tam|chi cuc|cuc|thanh tra|bo|huyen uy|tinh uy"
    r"|thanh uy|thi uy|dang uy|dang bo|doan|to|lien doan|tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong"
    r"|thi tran|dac khu)\b",
    regex.IGNORECASE,
)
_BODY_END = regex.compile(r"[.;:]\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the head: its text without blanks around it, what it is, and where it stands."""

    text: str
    kind: LineKind
    place: Place
    confidence: float | None = None

    @property
    def printed(self) -> Printed:
        return Printed(self.text, self.place, self.confidence)


# "Kính gửi: Các xã, thị trấn. Ngày 28/4/2023, UBND tỉnh ...": a PDF may hand on both as one paragraph
_ADDRESSED = regex.compile(r"(?<!\b(?:[Tt][Pp]|T[Xx]|[TPQHX]))[.;]\s+(?=\p{Lu}[^\n]{60})(?=[^\n]*\d)")


def bare_letters(text: str) -> str:
    """The text with each letter's diacritics taken off, letter for letter: positions stay.

    >>> bare_letters("Số: 5/QĐ-UBND")
    'So: 5/QD-UBND'
    """
    return "".join(_bare_letter(letter) for letter in text)


def read_head(blocks: Iterable[Paragraph], lines: list[Line], addressees: list[Line]) -> Paragraph | None:
    """Take over the lines of the blocks; the rest of the block where the running text begins is returned."""
    for block in blocks:
        pieces = list(_pieces(nfc(block.text)))
        for at, piece in enumerate(pieces):
            kind = _kind(piece, lines)
            if kind is None and addressees and piece.lstrip()[:1] in "-–+*•" and len(piece) < _LONGEST_TITLE:
                addressees.append(Line(squeeze(piece), "addressee", block.place, block.confidence))
            elif kind is None or (addressees and kind == "text"):
                if not lines and not addressees and len(pieces) == 1:
                    return block
                return replace(block, text=" ".join(pieces[at:]), words=() if at else block.words)
            elif kind == "addressee":
                end = _ADDRESSED.search(piece)
                said = piece[: end.start()] if end else piece
                addressees.append(Line(squeeze(said), "addressee", block.place, block.confidence))
                if end:
                    return replace(block, text=" ".join([piece[end.end() :], *pieces[at + 1 :]]), words=())
            else:
                lines.append(Line(squeeze(piece), kind, block.place, block.confidence))
    return None


def _kind(piece: str, before: list[Line]) -> LineKind | None:
    """What a line of the head is; None where the running text begins with it."""
    bare = bare_letters(piece)
    if finds("motto", bare) and len(piece) < 60:
        return "motto"
    if _line("addressee", bare):
        return "addressee"
    if _line("annex", bare) or _open_bracket(before):
        return "annex"
    if _line("about", bare):
        return "about"
    if _line("place-and-date", bare):
        return "date"
    if regex.match(r"s[oố]\s*[:.…\d/]", piece, regex.I) and find_document_numbers(piece):
        return "number"
    if any(line.kind == "text" for line in before) and _line("caption", bare):
        return None
    if _line("basis-line", bare) or _line("first-section", bare) or _line("recipients", bare):
        return None
    if kind_of_line(piece):
        return "kind"
    titled = any(line.kind in ("kind", "about") for line in before)
    if titled and _line("decider", bare):
        return "decider"
    if not titled and _OFFICE.match(bare) and not _is_count(piece) and len(piece) < 120 and _is_office(piece, before):
        return "office"
    if (
        len(piece) > _LONGEST_TITLE
        or piece.lstrip()[:1] in "-–+*•"
        or (_BODY_END.search(piece) and not piece.isupper())
    ):
        return None
    return "text"


def _is_count(text: str) -> bool:
    """Without marks "sở" (department) and "số" (number) are one word: CHỈ SỐ CCHC names no department."""
    return text[:2].casefold() == "số"


def _is_office(piece: str, before: list[Line]) -> bool:
    """Offices stand before the number and date, in capitals; typed-over letterheads also in small letters."""
    letters = [letter for letter in piece if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    early = not any(line.kind in ("text", "annex") for line in before)
    return early and (capitals > 0.8 * len(letters) or (len(piece) < 60 and not any(char.isdigit() for char in piece)))


def _open_bracket(before: list[Line]) -> bool:
    """Whether the annex line before is cut within its bracket."""
    if not before or before[-1].kind != "annex":
        return False
    text = before[-1].text
    return text.count("(") > text.count(")")


def _pieces(text: str) -> Iterator[str]:
    """The lines of a paragraph, cut where two parts of a letterhead run together; rules (-----) are left out."""
    for line in _BREAK.split(text):
        cuts = {0, len(line)}
        bare = bare_letters(line)
        if len(bare) < _LONGEST_TITLE or any(each.regex.search(bare[:300]) for each in _of("motto")):
            for each in _of("motto"):
                for match in each.regex.finditer(bare):
                    cuts |= {match.start(), match.end()}
            for each in _of("cut"):
                cuts |= {
                    match.end()
                    for match in each.regex.finditer(bare)
                    if each.name != "before-office" or not _is_count(line[match.end() :])
                }
        ordered = sorted(cuts)
        for start, end in pairwise(ordered):
            piece = line[start:end].strip().strip("*_").strip()
            if piece and not _RULE.fullmatch(piece):
                yield piece


def _line(name: str, bare: str) -> bool:
    return pattern(name, "headings").search(bare) is not None


def finds(kind: str, text: str) -> bool:
    return any(each.search(text) for each in _of(kind))


@cache
def _of(kind: str) -> tuple[Pattern, ...]:
    return tuple(each for each in patterns("headings") if each.kind == kind)


@cache
def _bare_letter(letter: str) -> str:
    if letter in "đðɖ":
        return "d"
    if letter in "ĐÐƉ":
        return "D"
    return unicodedata.normalize("NFD", letter)[:1]
