"""Typing slips of the subject's own vocabulary (`patterns/typos.toml`), corrected in the text to search and compare.

Only words known to be meant are touched, a few letters each; what was printed stays in the value. A general spelling
model would rewrite names and figures of speech, and no one could say why.
"""

from __future__ import annotations

from functools import cache, partial

import regex

from normalize.text import squeeze
from normalize.value import Printed, Value
from patterns.catalogue import Pattern, load_toml, patterns


def clean_text(printed: Printed, pattern: str) -> Value[str]:
    """The text on one line in NFC, slips corrected; `pattern` is the rule that found the text.

    Each correction is a step `name: 'before' -> 'after'`; a doubtful one is only noted, as `proposed: name: ...`.

    >>> value = clean_text(Printed("Phần đầu 100%\\n hồ sơ"), "column remedy")
    >>> value.value, value.steps
    ('Phấn đấu 100% hồ sơ', ("phấn đấu before a goal: 'Phần đầu' -> 'Phấn đấu'",))
    >>> clean_text(Printed("Phần đầu của báo cáo, sát nhập xã"), "reason").value
    'Phần đầu của báo cáo, sát nhập xã'
    """
    text, steps = squeeze(printed.text), []
    for rule, meant, doubtful in _rules():
        found = list(rule.regex.finditer(text))
        for match in found:
            change = f"{rule.name}: {match['value']!r} -> {_like(match['value'], meant)!r}"
            steps.append(f"proposed: {change}" if doubtful else change)
        if found and not doubtful:
            text = rule.regex.sub(partial(_corrected, meant), text)
    return Value(text, printed, pattern, tuple(steps))


@cache
def _rules() -> tuple[tuple[Pattern, str, bool], ...]:
    """The patterns with what they mean and whether that is doubtful, the doubtful ones last."""
    tables = load_toml("typos")["pattern"]
    rules = [
        (rule, str(table["replace"]), bool(table.get("doubtful", False)))
        for rule, table in zip(patterns("typos"), tables, strict=True)
    ]
    return tuple(sorted(rules, key=lambda rule: rule[2]))


def _corrected(meant: str, match: regex.Match[str]) -> str:
    return _like(match["value"], meant)


def _like(written: str, meant: str) -> str:
    """The meant words with the capitals of the written ones."""
    if written.isupper():
        return meant.upper()
    if written.istitle() and " " in written.strip():
        return meant.title()
    return meant[:1].upper() + meant[1:] if written[:1].isupper() else meant
