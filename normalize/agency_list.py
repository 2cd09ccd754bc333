"""The agencies of `patterns/agencies.toml` with every writing of their names, as words to look up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Any

import regex

from normalize.records import Level
from normalize.text import fold, nfc, plain
from patterns.catalogue import load_toml

Key = tuple[str, ...]

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_ENDS_ITEM = regex.compile(r"[,;\n+/()\[\]:]")
_ENDS_NAME = regex.compile(r"[;+/()\[\]:\"“”]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, folded, with its place in the text.

    `opens`: an item of a list may begin here (a comma, "và" or a line end stands before); `listed`: the same without
    the line end; `breaks`: no name goes on over what stands before (a semicolon, a slash, a bracket); `capital`: it
    is printed with one.
    """

    text: str
    start: int
    end: int
    opens: bool
    listed: bool
    breaks: bool
    capital: bool


@dataclass(frozen=True, slots=True)
class Agency:
    """An official name and the levels of unit where it is used; `head` is its kind ("Phòng"), where it has parts."""

    name: str
    levels: tuple[Level, ...]
    head: str | None
    keep_unit: bool
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgencyList:
    """Names by their words: `full` anywhere, `alone` only as a whole item, `bare` without the head in a list of such.

    `unmarked` are full names without diacritics, as a poor recognition leaves them; only those that name one agency.
    `beginnings` are the first words of all, without diacritics.
    """

    full: dict[Key, tuple[Agency, ...]]
    alone: dict[Key, tuple[Agency, ...]]
    bare: dict[Key, tuple[Agency, ...]]
    unmarked: dict[Key, Agency]
    longest: int
    beginnings: frozenset[str]


def words_of(text: str) -> tuple[Word, ...]:
    """The words of an NFC text; "và" only opens an item, long forms of abbreviations become the abbreviation.

    >>> [word.text for word in words_of("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân")]
    ['văn', 'phòng', 'hđnd', 'ubnd']
    """
    words: list[Word] = []
    last, opens, listed = 0, True, True
    for match in _WORD.finditer(text):
        gap = text[last : match.start()]
        last = match.end()
        opens = opens or bool(_ENDS_ITEM.search(gap))
        listed = listed or bool(_ENDS_ITEM.search(gap.replace("\n", " ")))
        folded = _folded_word(match[0])
        if folded == "và":
            opens = listed = True
            continue
        breaks = bool(_ENDS_NAME.search(gap)) or _ends_sentence(words, gap)
        opens, listed = opens or breaks, listed or breaks
        words.append(Word(folded, match.start(), match.end(), opens, listed, breaks, match[0][0].isupper()))
        opens = listed = False
    return tuple(_contract(words))


@lru_cache(maxsize=1 << 14)  # names and reports are made of few words
def _folded_word(word: str) -> str:
    return fold(word)


def _ends_sentence(words: list[Word], gap: str) -> bool:
    """Whether a full stop stands before; after a word of one or two letters it marks an abbreviation ("P.", "TT.")."""
    return bool(words) and gap.startswith(".") and len(words[-1].text) > 2


@cache
def agency_list() -> AgencyList:
    """The list, built once. ValueError where one writing names two agencies of one level."""
    full: dict[Key, list[Agency]] = {}
    alone: dict[Key, list[Agency]] = {}
    bare: dict[Key, list[Agency]] = {}
    data = load_toml("agencies")
    for table in data["agency"]:
        agency = Agency(
            table["name"],
            tuple(table["levels"]),
            table.get("head"),
            table.get("keep_unit", False),
            tuple(table.get("examples", ())),
        )
        bodies = tuple(_bodies(table.get("parts", [])))
        heads = (table["head"], *data["heads"][table["head"]]) if bodies else ()
        joined = [f"{head}{body}" for head in heads[1:] for body in bodies if " " not in body and body.isupper()]
        spaced = [f"{head} {body}" for head in heads for body in bodies]
        for writing in (agency.name, *table.get("aliases", ()), *spaced, *joined):
            _enter(full, writing, agency)
        for writing in table.get("alone", ()):
            _enter(alone, writing, agency)
        if agency.head in ("Phòng", "Sở", "Công chức"):
            for body in bodies:
                if len(_key(body)) > 1:
                    _enter(bare, body, agency)
    beginnings = frozenset(unmarked_word(key[0]) for table in (full, alone, bare) for key in table)
    return AgencyList(_closed(full), _closed(alone), _closed(bare), _unmarked(full), max(map(len, full)), beginnings)


@cache
def unmarked_word(word: str) -> str:
    """A folded word without diacritics."""
    return plain(word)


def _bodies(parts: list[list[str]]) -> Iterator[str]:
    """Every writing of a name's parts: each in full or short, short ones apart or run together.

    >>> sorted(_bodies([["Tài chính", "TC"], ["Kế hoạch", "KH"]]))
    ['TC KH', 'TC Kế hoạch', 'TCKH', 'Tài chính KH', 'Tài chính Kế hoạch']
    """
    if not parts:
        return
    for chosen in product(*parts):
        yield " ".join(chosen)
    if len(parts) > 1 and all(len(part) > 1 for part in parts):
        short = [part[1] for part in parts]
        yield "".join(short)
        for cut in range(1, len(short)) if len(short) > 2 else ():
            yield f"{''.join(short[:cut])} {''.join(short[cut:])}"
            yield f"{' '.join(part[0] for part in parts[:cut])} {''.join(short[cut:])}"


def _key(writing: str) -> Key:
    return tuple(word.text for word in words_of(nfc(writing)))


def _enter(table: dict[Key, list[Agency]], writing: str, agency: Agency) -> None:
    entries = table.setdefault(_key(writing), [])
    if agency not in entries:
        entries.append(agency)


def _unmarked(full: dict[Key, list[Agency]]) -> dict[Key, Agency]:
    found: dict[Key, list[Agency]] = {}
    for key, agencies in full.items():
        if len(key) > 1 and all(len(word) > 1 for word in key) and len("".join(key)) > 7:
            found.setdefault(tuple(map(unmarked_word, key)), []).extend(agencies)
    return {key: agencies[0] for key, agencies in found.items() if len({agency.name for agency in agencies}) == 1}


def _closed(table: dict[Key, list[Agency]]) -> dict[Key, tuple[Agency, ...]]:
    return {key: tuple(entries) for key, entries in table.items()}


@cache
def _long_forms() -> dict[str, tuple[tuple[Key, str], ...]]:
    """Abbreviations by the first word of their long form, the longest first."""
    tables: list[dict[str, Any]] = load_toml("abbreviations")["abbreviation"]
    forms = [(tuple(_WORD.findall(fold(table["long"]))), fold(table["short"])) for table in tables]
    ordered = sorted(forms, key=lambda form: -len(form[0]))
    return {first: tuple(form for form in ordered if form[0][0] == first) for first in {long[0] for long, _ in forms}}


def _contract(words: list[Word]) -> Iterator[Word]:
    at = 0
    while at < len(words):
        for long, short in _long_forms().get(words[at].text, ()):
            part = words[at : at + len(long)]
            if tuple(word.text for word in part) == long and not any(word.breaks for word in part[1:]):
                first = part[0]
                yield Word(short, first.start, part[-1].end, first.opens, first.listed, first.breaks, first.capital)
                at += len(long)
                break
        else:
            yield words[at]
            at += 1
