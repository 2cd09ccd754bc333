"""The base of every spaCy pipeline here: words and signs by tokenizer rules, no model, no external segmenter."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language

# spaCy's own Vietnamese tokenizer asks for a segmenter that joins syllables; names and cues are matched by syllables.
_CONFIG = {"nlp": {"tokenizer": {"@tokenizers": "spacy.Tokenizer.v1"}}}


@cache
def blank_vietnamese() -> Language:
    """The shared empty pipeline, for tokens and matchers; add no pipes to it, take `new_vietnamese` for that.

    >>> [token.text for token in blank_vietnamese()("(trừ 0,03 điểm); đạt 9/10.")]
    ['(', 'trừ', '0,03', 'điểm', ')', ';', 'đạt', '9/10', '.']
    """
    return new_vietnamese()


def new_vietnamese() -> Language:
    """A fresh empty pipeline of the same kind."""
    return spacy.blank("vi", config=_CONFIG)
