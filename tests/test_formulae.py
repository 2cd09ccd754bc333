"""Shares in the text of a report, worked out again; typed codes that stand among those of other domains."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import build_assessment, build_result, deduction

from audit.check import audited
from audit.formulae import wrong_shares
from audit.messages import message
from extract.readers import read_source
from extract.report import read_report
from extract.source import Source
from normalize.records import Heading, Report


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("theo công thức b/a=120/480=0,25<0,7", []),
        ("theo công thức b/a=120/480=0,35<0,7", [("0.25", "120/480=0,35")]),
        ("theo công thức b/a=365/415=0,88<0,8", [(">= 0.8", "0,88<0,8")]),
        ("156/168 = 92,85%", []),
        ("156/168 = 93,85%", [("92.86", "156/168 = 93,85%")]),
        ("1.234/12.340 x 100% = 10%", []),
        ("301/575=52%<0,7", []),
        ("480/480=1", []),
        ("đạt 12,96/13,50 điểm, đạt tỷ lệ 95%", []),
        ("17/19 xã, ngày 12/5/2020, số 185/UBND-NV", []),
        ("5/0=0", []),
    ],
)
def test_shares(text: str, wrong: list[tuple[str, str]]) -> None:
    assert list(wrong_shares(text)) == wrong


def test_a_wrong_share_is_a_finding_with_both_numbers() -> None:
    row = build_result("6.1", "1", "0.75", "0.25", deductions=(deduction("0.25", "Theo b/a=120/480=0,35<0,7"),))
    (finding,) = audited(Report(Heading(), (build_assessment(row),))).findings
    assert (finding.rule, finding.severity, finding.blame) == ("formula", "warning", "source")
    assert message(finding, "vi") == 'Tiêu chí 6.1: lý do ghi "120/480=0,35", nhưng tính ra là 0,25'


def test_a_percentage_that_is_not_the_share_of_its_score() -> None:
    def told(line: str) -> tuple[list[str], list[tuple[str, str | None, str | None]]]:
        text = f"1. Cải cách thể chế (Phòng Tư pháp phụ trách)\n\n{line}"
        report = audited(read_report(read_source(Source.of(text.encode(), Path("a.txt")))))
        (assessment,) = report.assessments
        found = [(one.rule, one.found, one.expected) for one in report.findings]
        return [result.status for result in assessment.results], found

    right = "Đạt 12,96/13,50 điểm, đạt tỷ lệ 96%, số điểm bị trừ 0,54 điểm. Lý do bị trừ: báo cáo chậm (trừ 0,54 điểm)."
    assert told(right) == (["ok"], [])
    wrong = right.replace("96%", "69%")
    assert told(wrong) == (["review"], [("percentage-of-score", "69", "96")])


def test_a_typed_code_of_another_domain_between_rows_in_order() -> None:
    def told(*codes: str) -> list[tuple[str, str | None, str | None]]:
        rows = [build_result(code, "1", "0.5") for code in codes]
        found = audited(Report(Heading(), (build_assessment(*rows, max_score=None),))).findings
        return [(one.rule, one.found, one.expected) for one in found]

    assert told("1.1", "1.2", "2.1", "2.3", "3.1", "1.4", "3.3") == [("code-out-of-place", "1.4", "> 3.1")]
    assert told("1.1", "1.2", "2.1", "2.3", "3.1", "3.2", "3.3") == []
    assert told("3.1", "1.1", "2.2", "1.4", "5.1", "2.1", "3.3") == []
