"""Records as flat tables for people who work in Excel: one row a document, a result, a deduction, a finding,

a correction that a person made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from load.records import Language, Record

Kind = Literal["text", "score", "whole", "share", "flag"]
Cell = str | Decimal | int | float | bool | None
FlatRow = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its key, its heading in both languages, what it holds and its width in letters."""

    key: str
    vi: str
    en: str
    kind: Kind = "text"
    width: int = 14

    def title(self, lang: Language) -> str:
        return self.vi if lang == "vi" else self.en


FILE = Column("file", "Tệp", "File", width=24)
UNIT = (
    Column("unit", "Đơn vị", "Unit", width=20),
    Column("level", "Cấp", "Level", width=12),
    Column("province", "Tỉnh", "Province", width=16),
    Column("district", "Huyện", "District", width=16),
    Column("year", "Năm", "Year", "whole", 8),
    Column("period", "Kỳ", "Period", width=8),
    Column("basis", "Loại điểm", "Basis", width=12),
)
CRITERION = (
    Column("code", "Mã", "Code", width=10),
    Column("name", "Tiêu chí", "Criterion", width=48),
)
SCORES = (
    Column("max_score", "Điểm tối đa", "Maximum", "score", 12),
    Column("self_score", "Điểm tự chấm", "Self score", "score", 12),
    Column("score", "Điểm đạt", "Score", "score", 12),
    Column("deducted", "Điểm trừ", "Deducted", "score", 12),
)
LOSS = (
    Column("amount", "Điểm trừ từng lỗi", "Amount", "score", 12),
    Column("reason", "Lý do", "Reason", width=60),
)
AGENCIES = (
    Column("lead", "Cơ quan chủ trì", "Lead agencies", width=32),
    Column("support", "Cơ quan phối hợp", "Supporting agencies", width=32),
    Column("performer", "Người thực hiện", "Performers", width=24),
)
STATUS = Column("status", "Trạng thái", "Status", width=12)
PAGE = Column("page", "Trang", "Page", "whole", 8)

DOCUMENTS = (
    FILE,
    Column("sha256", "SHA-256", "SHA-256", width=20),
    Column("media", "Định dạng", "Format", width=10),
    Column("method", "Cách đọc", "Method", width=10),
    Column("pages", "Số trang", "Pages", "whole", 8),
    Column("number", "Số hiệu", "Number", width=18),
    Column("date", "Ngày", "Date", width=12),
    Column("issuer", "Cơ quan ban hành", "Issuer", width=32),
    Column("title", "Trích yếu", "Title", width=60),
    Column("kind", "Loại văn bản", "Kind", width=16),
    Column("units", "Số đơn vị", "Units", "whole", 10),
    Column("results", "Số tiêu chí", "Results", "whole", 10),
    Column("review", "Cần xem lại", "To review", "whole", 10),
    Column("findings", "Số phát hiện", "Findings", "whole", 10),
)
RESULTS = (
    FILE,
    *UNIT,
    *CRITERION,
    *SCORES,
    Column("deducted_stated", "Điểm trừ có ghi", "Deduction stated", "flag", 10),
    Column("survey", "Điều tra XHH", "Survey", "flag", 10),
    *AGENCIES,
    Column("remedy", "Giải pháp", "Remedy", width=48),
    Column("deadline", "Thời hạn", "Deadline", width=16),
    STATUS,
    Column("confidence", "Độ tin cậy", "Confidence", "share", 10),
    PAGE,
)
DEDUCTIONS = (FILE, *UNIT, *CRITERION, *LOSS, *AGENCIES, STATUS, PAGE)
FINDINGS = (
    FILE,
    Column("rule", "Quy tắc", "Rule", width=18),
    Column("severity", "Mức độ", "Severity", width=10),
    Column("blame", "Nguồn lỗi", "Blame", width=10),
    Column("code", "Mã", "Code", width=10),
    Column("expected", "Phải là", "Expected", width=12),
    Column("found", "Ghi là", "Found", width=12),
    Column("message", "Nội dung", "Message", width=80),
    PAGE,
)
CORRECTIONS = (
    FILE,
    *UNIT[: len(UNIT) - 1],
    Column("code", "Mã", "Code", width=10),
    Column("field", "Mục", "Field", width=12),
    Column("value", "Sửa thành", "Corrected to", width=14),
    Column("as_read", "Đọc được", "As read", width=14),
    Column("as_audited", "Sau kiểm tra", "As audited", width=14),
    Column("by", "Người sửa", "By", width=20),
    Column("why", "Lý do sửa", "Why", width=48),
    Column("at", "Lúc", "At", width=26),
    Column("placed", "Còn chỗ", "In place", "flag", 10),
)
# Everything in one table: `row` says whether a row is a result or one deduction of it.
BOTH = (Column("row", "Dòng", "Row", width=10), *RESULTS[: len(RESULTS) - 1], *LOSS, PAGE)

TABLES: Mapping[str, tuple[Column, ...]] = {
    "documents": DOCUMENTS,
    "results": RESULTS,
    "deductions": DEDUCTIONS,
    "findings": FINDINGS,
    "corrections": CORRECTIONS,
}


def flat_rows(record: Record) -> dict[str, list[FlatRow]]:
    """The rows of one document for each of the tables."""
    results = list(_results(record))
    reviewed = sum(row["status"] == "review" for row in results)
    counts: FlatRow = {
        "units": len(record["assessments"]),
        "results": len(results),
        "review": reviewed,
        "findings": len(record["findings"]),
    }
    return {
        "documents": [{**record["source"], **record["document"], **counts}],
        "results": results,
        "deductions": list(_deductions(record)),
        "findings": [{"file": record["source"]["file"], **_finding(finding)} for finding in record["findings"]],
        "corrections": [_correction(record, made) for made in record.get("corrections", ())],
    }


def both_rows(record: Record) -> Iterator[FlatRow]:
    """Results in printed order, each followed by its deductions, for the table of everything."""
    for assessment, result in _each(record):
        place = _place(record, assessment)
        yield {"row": "result", **place, **_result(result)}
        for row in _deductions_of(result):
            yield {"row": "deduction", **place, **row}


def _each(record: Record) -> Iterator[tuple[Record, Record]]:
    for assessment in record["assessments"]:
        for result in assessment["results"]:
            yield assessment, result


def _results(record: Record) -> Iterator[FlatRow]:
    for assessment, result in _each(record):
        yield {**_place(record, assessment), **_result(result)}


def _deductions(record: Record) -> Iterator[FlatRow]:
    for assessment, result in _each(record):
        for row in _deductions_of(result):
            yield {**_place(record, assessment), **row}


def _place(record: Record, assessment: Record) -> FlatRow:
    unit = assessment["unit"]
    return {
        "file": record["source"]["file"],
        "unit": unit["name"],
        **{key: unit[key] for key in ("level", "province", "district")},
        **{key: assessment[key] for key in ("year", "period", "basis")},
    }


def _result(result: Record) -> FlatRow:
    plain = ("code", "name", "deducted_stated", "survey", "remedy", "deadline", "status", "confidence")
    return {
        **{key: result[key] for key in plain},
        **{column.key: _decimal(result[column.key]) for column in SCORES},
        **_agencies(result["agencies"]),
        "page": _page(result["evidence"], "code"),
    }


def _deductions_of(result: Record) -> Iterator[FlatRow]:
    for number, deduction in enumerate(result["deductions"], start=1):
        yield {
            **{key: result[key] for key in ("code", "name", "status")},
            "amount": _decimal(deduction["amount"]),
            "reason": deduction["reason"],
            **_agencies(deduction["agencies"] or result["agencies"]),
            "page": _page(result["evidence"], "amount" if number == 1 else f"amount.{number}"),
        }


def _correction(record: Record, made: Record) -> FlatRow:
    unit = made["unit"]
    where = {key: unit[key] for key in ("level", "province", "district")}
    rest = {key: value for key, value in made.items() if key != "unit"}
    return {"file": record["source"]["file"], "unit": unit["name"], **where, **rest}


def _finding(finding: Record) -> FlatRow:
    pages = [place["page"] for place in finding["evidence"] if place["page"] is not None]
    return {
        **{key: finding[key] for key in ("rule", "severity", "blame", "code", "expected", "found", "message")},
        "page": min(pages, default=None),
    }


def _agencies(agencies: list[Record]) -> FlatRow:
    """The agencies by what they do, each once, with a semicolon between (their names hold commas)."""
    roles = ("lead", "support", "performer")
    named: dict[str, dict[str, None]] = {role: {} for role in roles}
    for agency in agencies:
        named[agency["role"]][agency["name"]] = None
    return {role: "; ".join(named[role]) or None for role in roles}


def _page(evidence: Mapping[str, Any], key: str) -> int | None:
    return evidence[key]["page"] if key in evidence else None


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
