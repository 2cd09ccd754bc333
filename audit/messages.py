"""Findings in words, in Vietnamese and in English (messages.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from normalize.records import Finding

Lang = Literal["vi", "en"]


@cache
def _templates() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("audit").joinpath("messages.toml").read_text(encoding="utf8"))


def message(finding: Finding, lang: Lang) -> str:
    """What a finding says, with its code and both numbers; decimals with a comma in Vietnamese."""
    template = _templates()[finding.rule][lang]
    expected, found = finding.expected or "", finding.found or ""
    if lang == "vi" and finding.rule != "wrong-domain":
        expected, found = expected.replace(".", ","), found.replace(".", ",")
    return template.format(code=finding.code or "", expected=expected, found=found)
