"""Findings in words, in Vietnamese and in English (messages.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from normalize.codes import Code
from normalize.records import Finding

Lang = Literal["vi", "en"]
# How the doubt begins of a sum that did not close and that no finding tells of.
UNCLOSED = "unclosed-"
# Their texts are codes or names, not decimals.
_OF_TEXTS = frozenset(
    {
        "wrong-domain", "code-twice", "code-out-of-place", "missing-code", "scorecard-name", "formula",
        "table-not-read", "prose-not-read",
    }
)  # fmt: skip
# What is expected may be a bound.
_BOUNDS: dict[str, dict[Lang, str]] = {
    ">= ": {"vi": "từ {} trở lên", "en": "{} or more"},
    "<= ": {"vi": "không quá {}", "en": "{} at the most"},
    "< ": {"vi": "dưới {}", "en": "below {}"},
    "> ": {"vi": "sau {}", "en": "after {}"},
}


@cache
def _templates() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("audit").joinpath("messages.toml").read_text(encoding="utf8"))


def message(finding: Finding, lang: Lang) -> str:
    """What a finding says, with its code and both numbers; decimals with a comma in Vietnamese.

    >>> message(Finding("misplaced-comma", "error", "source", None, "0.5", "0.05"), "vi")
    'Tổng điểm: ghi 0,05, đúng ra là 0,5 (đặt sai dấu phẩy)'
    """
    key = finding.rule
    if key == "table-not-read" and not (finding.found or "").isdigit():
        key = "table-not-read-without-page"
    template = _templates()[key][lang]
    expected, found = finding.expected or "", finding.found or ""
    if lang == "vi" and finding.rule not in _OF_TEXTS:
        expected, found = expected.replace(".", ","), found.replace(".", ",")
    elif lang == "vi" and finding.rule == "formula":
        expected = expected.replace(".", ",")
    for sign, words in _BOUNDS.items():
        if expected.startswith(sign):
            expected = words[lang].format(expected.removeprefix(sign))
            break
    if finding.code is None:
        subject = "Tổng điểm" if lang == "vi" else "Total"
    else:
        subject = f"Tiêu chí {finding.code}" if lang == "vi" else f"Criterion {finding.code}"
    return template.format(subject=subject, code=finding.code or "", expected=expected, found=found)


def unclosed_message(doubt: str, lang: Lang) -> str:
    """The sum in words that a doubt of `audit.findings.unclosed` names.

    >>> unclosed_message("unclosed-items-sum:9:3.94:3.34", "en")
    'Criterion 9: the items add up to 3.34, but the deduction is stated as 3.94'
    """
    rule, code, found, expected = doubt.removeprefix(UNCLOSED).split(":")
    return message(Finding(rule, "error", "unknown", Code.of(code) if code else None, expected, found), lang)


def rules() -> frozenset[str]:
    """Every rule there are words for."""
    return frozenset(_templates())
