"""The pipeline that marks sentences, cues and numbers in the prose of a report: rules only, no model."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy
import regex
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from extract.prose.cues import REASON_GROUPS, ROLE_GROUPS, cues
from extract.prose.tokens import folding_vietnamese

SENTENCES, CUES, REASONS, NUMBERS = "cchc_sentences", "cues", "reasons", "numbers"

_ENDS = frozenset(".!?…")
_CLOSERS = frozenset(")]”\"'")
# What a full stop does not end: "TP. Hà Tĩnh", "Th.S", "v.v.", initials.
_ABBREVIATIONS = frozenset(
    [
        "tp",
        "tx",
        "tt",
        "th",
        "ths",
        "ts",
        "pgs",
        "gs",
        "bs",
        "ks",
        "cn",
        "v",
        "vv",
        "tr",
        "stt",
        "kt",
        "tm",
        "tl",
        "tuq",
        "q",
        "p",
        "h",
        "x",
        "đ",
        "đc",
        "sđt",
        "no",
    ]
)

_NUMBER = {"TEXT": {"REGEX": r"^\d+([.,]\d+)?$"}}
# Recognition loses a mark of the unit now and then.
_UNIT = {"NORM": {"IN": ["điểm", "đ", "điềm", "điếm", "điễm", "điêm", "diểm"]}}
_WHOLE = {"TEXT": {"REGEX": r"^\d{1,2}$"}}
_SEPARATOR = {"TEXT": {"IN": [",", "."]}}
# "0;20 đ": recognition took the comma for a semicolon
_SEMICOLON: list[dict[str, Any]] = [{**_WHOLE, "SPACY": False}, {"TEXT": ";", "SPACY": False}, _WHOLE, _UNIT]
_OUT_OF = {"NORM": {"IN": ["tổng", "số", "điểm", "tối", "đa", "chuẩn"]}, "OP": "+"}
# the number again in words: "13 điểm (mười ba điểm) trên 15 điểm"
_IN_WORDS: list[dict[str, Any]] = [{"TEXT": "("}, {"IS_ALPHA": True, "OP": "{2,10}"}, {"TEXT": ")"}]
_SLASH = {"TEXT": {"IN": ["/", "⁄", "∕"]}}
_MAYBE_UNIT = {**_UNIT, "OP": "?"}
_SHAPES: dict[str, list[list[dict[str, Any]]]] = {
    "pair": [
        [_NUMBER, _MAYBE_UNIT, _SLASH, _NUMBER, _MAYBE_UNIT],
        [_WHOLE, _SEPARATOR, _WHOLE, _SLASH, _NUMBER, _UNIT],
        [_NUMBER, _SLASH, _WHOLE, _SEPARATOR, _WHOLE, _UNIT],
        [_NUMBER, _UNIT, _SLASH, _OUT_OF, _NUMBER, _MAYBE_UNIT],
        [_NUMBER, _UNIT, {"NORM": "trên"}, _NUMBER, _UNIT],
        [_NUMBER, {"NORM": "trên"}, _NUMBER, _UNIT],
        [_NUMBER, _UNIT, *_IN_WORDS, {"NORM": {"IN": ["trên", "/"]}}, _NUMBER, _UNIT],
        [_NUMBER, _UNIT, {"NORM": {"IN": ["trên", "trong"]}}, _OUT_OF, _NUMBER, _MAYBE_UNIT],
    ],
    "single": [[_NUMBER, _UNIT], [_NUMBER], [_WHOLE, _SEPARATOR, _WHOLE, _UNIT], _SEMICOLON],
    "date": [
        [_NUMBER, {"TEXT": "/"}, _NUMBER, {"TEXT": "/"}, _NUMBER],
        [_NUMBER, {"TEXT": "/"}, _NUMBER, {"TEXT": "/"}],
        [_NUMBER, {"TEXT": "-"}, _NUMBER, {"TEXT": "-"}, _NUMBER],
    ],
    "percentage": [[_NUMBER, {"TEXT": "%"}], [_NUMBER, {"TEXT": "/"}, _NUMBER, {"TEXT": "%"}]],
}


@Language.factory(SENTENCES)
class SentenceRule:
    """Ends a sentence at a line end, and at a full stop that a capital or a list mark follows."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        starts = [1 if token.i == 0 or _starts_sentence(doc, token.i) else -1 for token in doc]
        # One array: setting token by token looks through the whole document each time.
        column: Any = numpy.array(starts, dtype="int64").astype("uint64").reshape(-1, 1)
        return doc.from_array([SENT_START], column)


@Language.factory("cchc_cues")
class CueMarker:
    """Marks cues in `doc.spans`: "cues" says what numbers are, "reasons" where reasons and remedies begin."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.matchers = {
            CUES: _phrase_matcher(nlp, ROLE_GROUPS),
            REASONS: _phrase_matcher(nlp, REASON_GROUPS),
        }

    def __call__(self, doc: Doc) -> Doc:
        for key, matcher in self.matchers.items():
            doc.spans[key] = longest_first([_labelled(doc, *match) for match in matcher(doc)])
        return doc


@Language.factory("cchc_numbers")
class NumberMarker:
    """Marks numbers in `doc.spans["numbers"]` by their shape: "pair" or "single"; dates and percentages are none."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.matcher = Matcher(nlp.vocab)
        for shape, rules in _SHAPES.items():
            self.matcher.add(shape, rules)

    def __call__(self, doc: Doc) -> Doc:
        found = longest_first([Span(doc, start, end, label=key) for key, start, end in self.matcher(doc)])
        doc.spans[NUMBERS] = [span for span in found if span.label_ in ("pair", "single")]
        return doc


@cache
def prose_pipeline() -> Language:
    """The pipeline, built once a process."""
    language = folding_vietnamese()
    language.max_length = 20_000_000
    for component in (SENTENCES, "cchc_cues", "cchc_numbers"):
        language.add_pipe(component)
    return language


def longest_first(spans: list[Span]) -> list[Span]:
    """The overlap policy of cues and numbers: the longest span wins, of equal ones the first."""
    return list(filter_spans(spans))


def _phrase_matcher(nlp: Language, groups: frozenset[str]) -> PhraseMatcher:
    matcher = PhraseMatcher(nlp.vocab, attr="NORM")
    for cue in cues():
        if cue.group in groups:
            key = f"{cue.group}/bare" if cue.bare else cue.group
            matcher.add(key, [nlp.make_doc(phrase) for phrase in cue.phrases])
    return matcher


def _labelled(doc: Doc, key: int, start: int, end: int) -> Span:
    group, _, bare = doc.vocab.strings[key].partition("/")
    return Span(doc, start, end, label=group, span_id=bare)


_LOWER = regex.compile(r"\p{Ll}")


def _starts_sentence(doc: Doc, at: int) -> bool:
    before = doc[at - 1]
    if before.text == "\n":
        return True
    if not before.whitespace_ or doc[at].text == "\n" or _LOWER.match(doc[at].text) or doc[at].text in ",;:)":
        return False
    end = at - 1
    while end > 0 and doc[end].text in _CLOSERS:
        end -= 1
    if doc[end].text not in _ENDS:
        return False
    word = doc[end - 1] if end else doc[end]
    glued = end > 0 and not word.whitespace_
    return not (doc[end].text == "." and glued and word.text[0].isalpha() and word.norm_ in _ABBREVIATIONS)
