"""Agencies named in a cell, a bracket or a clause, by their official names (`patterns/agencies.toml`).

A name that itself holds a comma or "và" is not cut: the longest known name at a place wins. An agency the list does not
know keeps its printed name when it looks like one; words that name no agency give nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from normalize.agency_list import Agency, Key, Word, agency_list, unmarked_word, words_of
from normalize.records import Level, Responsibility, Role
from normalize.text import nfc, squeeze
from normalize.value import Printed
from patterns.catalogue import load_toml

_LEVEL_WORDS: tuple[Key, ...] = (
    ("thị", "xã"), ("thành", "phố"), ("thị", "trấn"), ("đặc", "khu"), ("khu", "vực"),
    ("huyện",), ("quận",), ("tỉnh",), ("xã",), ("phường",), ("tp",), ("tx",),
)  # fmt: skip
_LONGEST_UNIT_NAME = 4
_BARE_HEADS: dict[Level | None, str] = {"province": "Sở", "department": "Sở", "commune": "Công chức"}


@dataclass(frozen=True, slots=True)
class _Hit:
    """A name found from one word to another.

    A `tentative` one counts only where the whole text names agencies, an `unlisted` one also where the text begins with
    one.
    """

    name: str
    begin: int
    end: int
    tentative: bool = False
    head: str | None = None
    unlisted: bool = False


def find_agencies(printed: Printed, role: Role, level: Level | None = None) -> tuple[Responsibility, ...]:
    """The agencies a text names, in printed order, each once; `level` is that of the reporting unit.

    >>> [each.name for each in find_agencies(Printed("Phòng Văn Hóa-Thông tin, TT VHTT-TH và VP HĐND&UBND"), "lead")]
    ['Phòng Văn hóa và Thông tin', 'Trung tâm Văn hóa, Truyền thanh - Truyền hình', 'Văn phòng HĐND và UBND']
    >>> [each.name for each in find_agencies(Printed("Văn phòng"), "lead", "province")]
    ['Văn phòng UBND tỉnh']
    >>> [each.name for each in find_agencies(Printed("Phòng Giao thông; UBND các xã, thị trấn"), "support")]
    ['Phòng Giao thông', 'UBND các xã, thị trấn']
    >>> [each.name for each in find_agencies(Printed("Sở Nôi vu, Sở Tài chính"), "lead")]
    ['Sở Nội vụ', 'Sở Tài chính']
    >>> find_agencies(Printed("Trong năm 2024"), "lead"), find_agencies(Printed("công tác văn phòng"), "lead")
    ((), ())
    """
    text = nfc(printed.text)
    words = words_of(text)
    hits: list[_Hit] = []
    everything, at, head = True, 0, None
    while at < len(words):
        follows = bool(hits) and hits[-1].end == at
        hit = _listed(text, words, at, level, head, follows) or _unlisted(text, words, at)
        if hit is not None:
            hits.append(hit)
            at, head = hit.end, hit.head or head
            continue
        skipped, head = _around(words, at, head)
        everything = everything and skipped > 0
        at += max(skipped, 1)
    found: dict[str, Responsibility] = {}
    for hit in hits:
        if everything or not (hit.tentative or (hit.unlisted and hits[0].begin > 0)):
            fragment = text[words[hit.begin].start : words[hit.end - 1].end]
            name = hit.name or marked_name(squeeze(fragment))
            found.setdefault(name, Responsibility(name, role, replace(printed, text=fragment, alternatives=())))
    return tuple(found.values())


def marked_name(name: str) -> str:
    """The official name that this one is but for its marks, lost in recognition or in typing; else the name itself.

    >>> marked_name("Sở Nôi vu"), marked_name("Sở Nội vụ"), marked_name("Sở Tiếp dân")
    ('Sở Nội vụ', 'Sở Nội vụ', 'Sở Tiếp dân')
    """
    key = tuple(word.text for word in words_of(name))
    if key in agency_list().full:
        return name
    named = _unmarked_names().get(tuple(map(unmarked_word, key)), frozenset())
    return next(iter(named)) if len(named) == 1 else name


@cache
def _unmarked_names() -> dict[Key, frozenset[str]]:
    found: dict[Key, frozenset[str]] = {}
    for key, agencies in agency_list().full.items():
        bare = tuple(map(unmarked_word, key))
        found[bare] = found.get(bare, frozenset()) | {agency.name for agency in agencies}
    return found


def _listed(
    text: str, words: tuple[Word, ...], at: int, level: Level | None, head: str | None, follows: bool
) -> _Hit | None:
    if unmarked_word(words[at].text) not in agency_list().beginnings:
        return None
    return _known(text, words, at, level, follows) or _headless(words, at, level, head)


def _known(text: str, words: tuple[Word, ...], at: int, level: Level | None, follows: bool) -> _Hit | None:
    """The longest listed name that begins at a word, with the unit after it; `follows`: right after another name."""
    # "đồng chí Trưởng phòng Nội vụ chịu trách nhiệm": the head of an office stands for it
    headed = at > 0 and words[at].text == "phòng" and words[at - 1].text == "trưởng"
    if not (words[at].capital or words[at].opens or headed or (follows and words[at].text == "các")):
        return None
    for size in range(min(agency_list().longest, len(words) - at), 0, -1):
        agencies = agency_list().full.get(_key(words, at, size))
        end = at + size
        if agencies is None and words[at].opens:
            unmarked = agency_list().unmarked.get(tuple(map(unmarked_word, _key(words, at, size))))
            agencies = (unmarked,) if unmarked else None
        if agencies is None:
            agencies = agency_list().alone.get(_key(words, at, size))
            if agencies is None or not (_opens_item(words, at) and _closes_item(words, _after_unit(words, end))):
                continue
        if _two_names(words, at, end):
            continue
        agency = _of_level(agencies, level)
        after = _after_unit(words, end, own_name=agency.keep_unit)
        if agency.name.startswith("Các ") and not _closes_item(words, after):
            return _Hit("", at, _item_end(words, at), tentative=not words[at].capital)
        name = agency.name
        if agency.keep_unit and after > end:
            unit = squeeze(text[words[end].start : words[after - 1].end])
            name = f"{name} {unit.title() if unit.isupper() else unit}"
        return _Hit(name, at, after, not (words[at].capital or headed), agency.head)
    return None


def _headless(words: tuple[Word, ...], at: int, level: Level | None, head: str | None) -> _Hit | None:
    """A name in a list that gives the kind once or not at all: "Phòng Nội vụ, Tư pháp", "Các sở: Y tế, Nội vụ"."""
    if not words[at].opens and not (at and words[at - 1].text in ("phòng", "sở")):
        return None
    for size in range(min(agency_list().longest, len(words) - at), 1, -1):
        agencies = agency_list().bare.get(_key(words, at, size))
        end = _after_unit(words, at + size)
        if agencies and _closes_item(words, end):
            wanted = head or _BARE_HEADS.get(level, "Phòng")
            agency = next((each for each in agencies if each.head == wanted), agencies[0])
            return _Hit(agency.name, at, end, tentative=True, head=agency.head)
    return None


def _unlisted(text: str, words: tuple[Word, ...], at: int) -> _Hit | None:
    """An item of the shape of an agency that is not listed, under its printed name."""
    shape = load_toml("agencies")["shape"]
    if not words[at].opens or not (words[at].capital or at == 0):
        return None
    if not _starts(words, at, "heads") or _starts(words, at, "not") or _around(words, at, None)[1]:
        return None
    end = _item_end(words, at)
    after = end
    while after > at + 1 and (skipped := _phrase_before(words, after)):
        after -= skipped
    fragment = text[words[at].start : words[after - 1].end]
    head = max(len(key) for key in _shapes("heads") if _is(words, at, key))
    if (
        after - at <= head
        or after - at > shape["longest"]
        or any(char.isdigit() or char in "%=<>" for char in fragment)
    ):
        return None
    return _Hit("", at, after, tentative=not words[at].capital, unlisted=True)


def _two_names(words: tuple[Word, ...], at: int, end: int) -> bool:
    """Whether a match over a comma or "và" is two names: "Văn phòng và UBND các xã" names no "Văn phòng UBND"."""
    for cut in range(at + 1, end):
        if not words[cut].opens:
            continue
        first = _key(words, at, cut - at)
        longer = any(
            _key(words, cut, size) in agency_list().full for size in range(end - cut + 1, len(words) - cut + 1)
        )
        if longer and (first in agency_list().full or first in agency_list().alone):
            return True
    return False


def _of_level(agencies: tuple[Agency, ...], level: Level | None) -> Agency:
    return next((agency for agency in agencies if level in agency.levels), agencies[0])


def _after_unit(words: tuple[Word, ...], at: int, own_name: bool = False) -> int:
    """The word after the unit that follows a name: "huyện", "huyện Tuần Giáo", "thuộc UBND huyện"; `at` without one."""
    end = at
    if _is(words, end, ("thuộc",)) or _is(words, end, ("trực", "thuộc")):
        belongs = end + (1 if words[end].text == "thuộc" else 2)
        if _is(words, belongs, ("ubnd",)):
            return _after_unit(words, belongs + 1)
        return _after_unit(words, belongs) if _after_unit(words, belongs) > belongs else at
    if not own_name:
        size = next((len(key) for key in _LEVEL_WORDS if _is(words, end, key)), 0)
        if size == 0 or words[end].listed or (words[end].opens and _begins_name(words, end)):
            return at
        end += size
    for _ in range(_LONGEST_UNIT_NAME):
        inside = end < len(words) and words[end].capital and not words[end].opens and not words[end].breaks
        if not inside or _starts(words, end, "heads"):
            break
        end += 1
    return end


def _begins_name(words: tuple[Word, ...], at: int) -> bool:
    """Whether a listed name of several words begins at a word ("Huyện đoàn" on the line after another name)."""
    return any(_key(words, at, size) in agency_list().full for size in range(2, 5))


def _around(words: tuple[Word, ...], at: int, head: str | None) -> tuple[int, str | None]:
    """How many words at a place only say a role ("do", "phụ trách"), and the kind that "các phòng" announces."""
    before, after = _role_phrases()
    for phrase in before if words[at].opens or at == 0 else ():
        if _is(words, at, phrase):
            announced = {"phòng": "Phòng", "sở": "Sở"}.get(phrase[-1])
            if announced is None:
                return len(phrase), head
            names_follow = at + len(phrase) < len(words) and any(
                _key(words, at + len(phrase), size) in agency_list().bare for size in range(2, agency_list().longest)
            )
            if names_follow:
                return len(phrase), announced
    return next((len(phrase) for phrase in after if _is(words, at, phrase)), 0), head


@cache
def _role_phrases() -> tuple[tuple[Key, ...], tuple[Key, ...]]:
    around = load_toml("agencies")["around"]
    before, after = (
        sorted((tuple(phrase.split()) for phrase in around[side]), key=len, reverse=True)
        for side in ("before", "after")
    )
    return tuple(before), tuple(after)


@cache
def _shapes(side: str) -> tuple[Key, ...]:
    return tuple(tuple(word.text for word in words_of(nfc(start))) for start in load_toml("agencies")["shape"][side])


def _starts(words: tuple[Word, ...], at: int, side: str) -> bool:
    return any(_is(words, at, key) for key in _shapes(side))


def _phrase_before(words: tuple[Word, ...], end: int) -> int:
    """The length of the role phrase that ends before a word; 0 for none."""
    return next((len(phrase) for phrase in _role_phrases()[1] if _is(words, end - len(phrase), phrase)), 0)


def _item_end(words: tuple[Word, ...], at: int) -> int:
    """Where an item of unknown length ends: at a semicolon or bracket, or where the next agency begins."""
    end = at + 1
    while end < len(words) and not words[end].breaks:
        if words[end].opens and (words[end].capital or words[end].text == "các") and _starts(words, end, "heads"):
            break
        end += 1
    return end


def _opens_item(words: tuple[Word, ...], at: int) -> bool:
    return words[at].opens or bool(at and _role_phrase_ends(words, at))


def _role_phrase_ends(words: tuple[Word, ...], at: int) -> bool:
    return any(_is(words, at - len(phrase), phrase) for phrase in _role_phrases()[0])


def _closes_item(words: tuple[Word, ...], at: int) -> bool:
    """Whether an item ends before a word, but for words that say a role."""
    while at < len(words) and not words[at].opens:
        skipped = next((len(phrase) for phrase in _role_phrases()[1] if _is(words, at, phrase)), 0)
        if not skipped:
            return False
        at += skipped
    return True


def _is(words: tuple[Word, ...], at: int, key: Key) -> bool:
    return 0 <= at < len(words) and words[at].text == key[0] and _key(words, at, len(key)) == key


def _key(words: tuple[Word, ...], at: int, size: int) -> Key:
    """The words from a place as a key; empty where a name cannot go on so far."""
    part = words[at : at + size]
    return tuple(word.text for word in part) if len(part) == size and not any(w.breaks for w in part[1:]) else ()
