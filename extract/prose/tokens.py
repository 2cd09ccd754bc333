"""Tokens of prose that hold scores: a number keeps its separators, every other sign stands alone."""

from __future__ import annotations

from collections.abc import Callable

import regex
import spacy
from spacy.attrs import NORM
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from normalize.text import fold

_TOKEN = regex.compile(r"\d+(?:[.,]\d+)*|[\p{L}\p{M}]+|\s|[^\s\p{L}\p{M}\d]")


class SignTokenizer:
    """Splits at blanks and around signs, so that "(trừ", "0,5đ" and "12,96/13,5" come apart."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for match in _TOKEN.finditer(text):
            if match[0] == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
            else:
                words.append(match[0])
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


def _signs() -> Callable[[Language], SignTokenizer]:
    return lambda language: SignTokenizer(language.vocab)


# spaCy's own Vietnamese tokenizer asks for a segmenter that joins syllables; cues are matched by syllables.
registry.tokenizers.register("cchc_signs", func=_signs)


def folding_vietnamese() -> Language:
    """A fresh Vietnamese pipeline with these tokens, their folded form as norm: rules only, no model.

    >>> [token.text for token in folding_vietnamese()("Đạt 12,96/13,50 điểm (trừ 0,5đ).")]
    ['Đạt', '12,96', '/', '13,50', 'điểm', '(', 'trừ', '0,5', 'đ', ')', '.']
    >>> folding_vietnamese()("Uỷ")[0].norm_
    'ủy'
    """
    language = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "cchc_signs"}}})
    language.vocab.lex_attr_getters[NORM] = fold  # type: ignore[attr-defined]
    return language
