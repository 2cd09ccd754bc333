"""The votes of the words of a text, counted, and what they decide."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from normalize.encoding_syllables import is_syllable
from normalize.encoding_tables import LEGACY, Legacy
from normalize.encoding_words import verdict, words_of

_ASCII_WORD = regex.compile(r"(?<![^\s\p{P}])[A-Za-z]{2,}(?![^\s\p{P}])")
# So many words become Vietnamese by chance in no other language.
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts of words for one encoding.

    `strong` and `weak` become syllables by the change, `against` are Unicode as they stand, `either` are syllables both
    ways, `neither` is one in none. `bare` are the other words that could be Vietnamese, less those that cannot.
    """

    strong: int = 0
    weak: int = 0
    against: int = 0
    either: int = 0
    neither: int = 0
    bare: int = 0

    @property
    def gain(self) -> int:
        return self.strong + self.weak

    def __add__(self, other: Evidence) -> Evidence:
        return Evidence(
            self.strong + other.strong,
            self.weak + other.weak,
            self.against + other.against,
            self.either + other.either,
            self.neither + other.neither,
            self.bare + other.bare,
        )


def evidence_of(text: str) -> dict[Legacy, Evidence]:
    """The counts for every encoding; empty where no word has a letter outside ASCII.

    >>> evidence_of("Céng hoµ 2005")["tcvn3"]
    Evidence(strong=1, weak=1, against=0, either=0, neither=0, bare=0)
    >>> evidence_of("only plain words")
    {}
    """
    words = words_of(text)
    if not words:
        return {}
    kinds = Counter([_kind(word) for _, word in words])
    found = {encoding: _counted(kinds, place) for place, encoding in enumerate(LEGACY)}
    if any(evidence.gain for evidence in found.values()):
        bare = _bare(text)
        found = {encoding: replace(evidence, bare=bare) for encoding, evidence in found.items()}
    return found


@lru_cache(maxsize=1 << 16)
def _kind(word: str) -> str:
    """One letter for the vote on each encoding: few kinds of words make a text, and short texts count quickly."""
    said = (verdict(word, encoding) for encoding in LEGACY)
    return "".join("S" if each.strong else each.vote[0] for each in said)


def _counted(kinds: Counter[str], place: int) -> Evidence:
    counts: Counter[str] = Counter()
    for kind, count in kinds.items():
        counts[kind[place]] += count
    return Evidence(counts["S"], counts["f"], counts["a"], counts["e"], counts["n"])


def decide(evidence: dict[Legacy, Evidence], hint: Legacy | None = None) -> Legacy | None:
    """The encoding that explains the words best; None where they are better left as they are.

    The hint of a font lets fewer words decide. It decides nothing alone: "Bé" may be bé or bộ in any font.
    """
    best = max(evidence, key=lambda encoding: _score(evidence[encoding]), default=None)
    if best is None:
        return None
    found = evidence[best]
    if not found.gain or found.gain + found.strong <= found.neither:
        return None
    if found.against and found.gain < 2 and not found.strong:
        return None
    sure = found.strong or found.gain >= _ENOUGH or hint == best
    return best if sure or found.bare >= 0 else None


def _score(found: Evidence) -> int:
    return 2 * found.strong + 2 * found.weak + found.either - found.against - 2 * found.neither


def _bare(text: str) -> int:
    """Plain words that could be Vietnamese less those that could not; abbreviations are not asked."""
    words = [word for word in _ASCII_WORD.findall(text) if not word.isupper()]
    good = sum(is_syllable(word) for word in words)
    return good - (len(words) - good)
