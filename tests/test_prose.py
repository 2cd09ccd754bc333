"""Whole readings of reports in prose, the cues, and what must never become a score."""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prose_told import document_of, told

from extract.document import Document, Page, Paragraph, Word
from extract.prose.cues import ROLE_GROUPS, Cue, cues, phrases
from extract.prose.language import prose_pipeline
from extract.prose.numerals import mentions_of
from extract.prose.read_prose import ProseReading, read_prose
from normalize.place import Box, Place

SHARED = Path(__file__).parents[2] / "shared"
DOCUMENTS = tomllib.loads((Path(__file__).parent / "prose_documents.toml").read_text("utf-8"))["document"]
EXAMPLES = [(cue, *example) for cue in cues() for example in cue.examples]
COUNTERS = [(cue, text) for cue in cues() for text in cue.counter_examples]

LETTER = """
1. Công tác chỉ đạo, điều hành: (Phòng Nội vụ phụ trách)
Đạt 9/10 điểm, đạt tỷ lệ 90%, số điểm bị trừ 1 điểm. Lý do bị trừ: báo cáo chậm (trừ 0,5 điểm); chưa họp (trừ 0,5).
2. Cải cách thể chế: 5.5/6
Chưa đạt 0,5 điểm, lý do văn bản góp ý chậm (Phòng Tư pháp).
3. Hiện đại hóa hành chính
Tiêu chí 3.1.2 "Chữ ký số" đạt 1/2 điểm.
"""
COUNTS = st.sampled_from(
    [
        "Trong năm tiếp nhận {a} hồ sơ, giải quyết {b}/{a} hồ sơ.",
        "Có {b}/{a} xã, thị trấn hoàn thành.",
        "Ban hành {a} văn bản, trong đó {b} kế hoạch.",
        "Đã tổ chức {b} hội nghị tại {a} điểm cầu.",
        "Tỷ lệ đạt {b},5% so với kế hoạch.",
        "Kế hoạch số {a}/KH-UBND ngày {b}/02/2021 được ban hành.",
        "Huyện xếp thứ {b}/{a} toàn tỉnh.",
        "Tỷ lệ b/a={b}/{a}=0,{b}<0,7.",
        "Công nhận {b}/{a} sáng kiến.",
    ]
)


@pytest.mark.parametrize("case", DOCUMENTS, ids=lambda case: case["name"])
def test_a_report_is_read_whole(case: dict[str, str]) -> None:
    assert told(read_prose(document_of(case["text"]))) == case["told"].strip()


@pytest.mark.parametrize(("cue", "text", "numbers"), EXAMPLES, ids=lambda value: str(value)[:60])
def test_a_cue_reads_its_examples(cue: Cue, text: str, numbers: tuple[str, ...]) -> None:
    assert tuple(_numbers(text, cue.group)) == numbers


@pytest.mark.parametrize(("cue", "text"), COUNTERS, ids=lambda value: str(value)[:60])
def test_a_cue_leaves_its_counter_examples(cue: Cue, text: str) -> None:
    assert _numbers(text, cue.group) == []


def test_groups_that_give_roles_have_phrases() -> None:
    assert {group for group in ROLE_GROUPS if not phrases(group)} == set()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sentence=COUNTS, low=st.integers(1, 9), more=st.integers(1, 90), line=st.integers(1, 5), joined=st.booleans())
def test_a_sentence_of_counts_changes_nothing(sentence: str, low: int, more: int, line: int, joined: bool) -> None:
    lines = LETTER.strip().splitlines()
    counted = sentence.format(a=low + more, b=low)
    with_counts = [*lines]
    if joined and line % 2:
        with_counts[line] = f"{lines[line]} {counted}"
    else:
        with_counts.insert(line + 1, counted)
    assert told(read_prose(document_of("\n".join(with_counts)))) == told(read_prose(document_of(LETTER)))


@pytest.mark.parametrize("width", [30, 48, 70])
def test_lines_broken_by_the_page_change_nothing(width: int) -> None:
    """A PDF may hand on one paragraph a line."""
    broken = "\n".join(part for line in LETTER.strip().splitlines() for part in _wrapped(line, width))
    assert told(read_prose(document_of(broken))) == told(read_prose(document_of(LETTER)))


def test_a_paragraph_may_hold_heading_and_body() -> None:
    joined = LETTER.strip().replace(")\nĐạt", ") Đạt").replace("5.5/6\nChưa", "5.5/6. Chưa")
    assert told(read_prose(document_of(joined))) == told(read_prose(document_of(LETTER)))


def test_a_document_without_numbers_is_empty() -> None:
    assert read_prose(document_of("Kính gửi: Các phòng\nĐề nghị triển khai.")) == ProseReading(())
    assert read_prose(Document("empty.txt", "0" * 64, "txt", ())) == ProseReading(())


def test_values_carry_what_was_printed_and_the_boxes_of_its_words() -> None:
    text = "1. Cải cách thể chế: Đạt 6/6,5 điểm (trừ 0,5 điểm)."
    words = tuple(
        Word(word, Box(10.0 * at, 0, 10.0 * at + 9, 12), 0.9 if word == "6/6,5" else 0.99)
        for at, word in enumerate(text.split())
    )
    page = Page(3, (Paragraph(text, Place(3, Box(0, 0, 500, 12)), words=words, confidence=0.95),))
    (result,) = read_prose(Document("a.pdf", "0" * 64, "pdf", (page,))).results
    assert result.score is not None
    assert result.name is not None
    assert (result.score.printed.text, result.score.printed.place) == ("6/6,5 điểm", Place(3, Box(60, 0, 79, 12)))
    assert (result.score.confidence, result.name.confidence) == (0.9, 0.99)
    assert result.name.printed.place == Place(3, Box(10, 0, 49, 12))


def test_what_belongs_to_no_criterion_is_refused_not_lost() -> None:
    reading = read_prose(
        document_of("1. Cải cách thể chế: 6/6 điểm\n2. Kiến nghị, đề xuất\nHuyện bị trừ 0,5 điểm do lỗi hệ thống.")
    )
    assert told(reading) == "1 Cải cách thể chế: 6/6 ~0"
    assert [(each.printed.text, each.kind, each.why) for each in reading.refusals] == [
        ("0,5 điểm", "criterion", "no-criterion")
    ]


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is absent")
@pytest.mark.parametrize("form", ["txt", "docx", "pdf"])
def test_the_real_letter_is_read_in_full(form: str) -> None:
    from extract.readers import read_document

    gold = json.loads((SHARED / "contract/gold/000.json").read_text("utf-8"))
    results = read_prose(read_document(SHARED / f"reports/000.{form}")).results
    assert [
        (
            str(each.code.value),
            *(_exact(number) for number in (each.max_score, each.score, each.deducted)),
            [(_exact(item.amount), _folded(item.reason and item.reason.value)) for item in each.deductions],
            [agency.name for agency in each.agencies],
            each.doubts,
        )
        for each in results
    ] == [
        (
            each["code"],
            *(each[key] and Decimal(each[key]) for key in ("max_score", "score", "deducted")),
            [(Decimal(item["amount"]), _folded(item["reason"])) for item in each["deductions"]],
            [agency["name"] for agency in each["agencies"]],
            (),
        )
        for each in gold["results"]
    ]


def _numbers(text: str, group: str) -> list[str]:
    """The numbers of a text that have the role of a group; "threshold" is one way to be a rule."""
    role = {"threshold": "rule"}.get(group, group)
    return [
        text[each.start : each.end].removesuffix("điểm").removesuffix("đ").strip()
        for each in mentions_of(prose_pipeline()(text))
        if each.role == role or (each.role == "weak" and role == "score")
    ]


def _wrapped(line: str, width: int) -> list[str]:
    found, current = [], ""
    for word in line.split():
        if current and len(current) + len(word) >= width:
            found.append(current)
            current = word
        else:
            current = f"{current} {word}".strip()
    return [*found, current]


def _exact(value: Any) -> Decimal | None:
    return None if value is None else value.value


def _folded(text: str | None) -> str:
    """Without the one typing slip of the letter that the domain's lexicon corrects."""
    return (text or "").replace("PM tong chỉ đạo", "PM trong chỉ đạo")
