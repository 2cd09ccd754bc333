"""Everything the program says is there in both languages, and every reason of the library has its words."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from cchc.wording import Wording, language_of, texts
from normalize.errors import UnreadableFile, UsageError

ROOT = Path(__file__).parents[1]
TEXTS = texts()
RAISED = re.compile(r"(?:UnreadableFile|UnsafeFile|NeedsTool|StoreError|UsageError)\(\s*\"([a-z-]+)\"")


@pytest.mark.parametrize("key", TEXTS)
def test_every_text_is_there_twice_with_the_same_blanks(key: str) -> None:
    entry = TEXTS[key]
    assert set(entry) == {"vi", "en"}
    blanks = [sorted(name for _, name, _, _ in string.Formatter().parse(entry[lang]) if name) for lang in ("vi", "en")]
    assert blanks[0] == blanks[1]


def test_every_reason_that_is_raised_has_words() -> None:
    raised = set()
    for room in ("extract", "normalize", "load", "audit", "compare", "cchc"):
        for file in (ROOT / room).rglob("*.py"):
            raised.update(RAISED.findall(file.read_text(encoding="utf8")))
    assert {reason for reason in raised if f"reason-{reason}" not in TEXTS} == set()


def test_a_reason_is_said_with_its_detail_and_without_empty_brackets() -> None:
    say = Wording("en")
    assert say.error(UsageError("no-such-path", "báo cáo/2023")) == (
        "There is no file or folder: báo cáo/2023. Check the path (put it in quotes if it has blanks)."
    )
    assert "()" not in say.error(UnreadableFile("truncated"))
    assert say.reason("something-new", None) == "Not readable (something-new)."


def test_the_language_is_that_of_the_option_then_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CCHC_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    assert language_of(["list"]) == "vi"
    assert language_of(["--lang", "en", "list"]) == "en"
    monkeypatch.setenv("CCHC_LANG", "en")
    assert language_of(["list"]) == "en"


def test_decimals_are_written_as_people_of_the_language_do() -> None:
    assert Wording("vi").number("0.75") == "0,75"
    assert Wording("en").number("0.75") == "0.75"
