"""Family H: the decision on a scorecard, with scoring rules full of numbers, and no scores."""

from __future__ import annotations

from dataclasses import replace

from samples.case import Case, Draft, rounded
from samples.families.columns import column, domain_code, grid
from samples.habits import Writer
from samples.heads import letter, signature, upper_office
from samples.layout import Block, PageBreak, Para
from samples.scorecard import Node
from samples.tabling import Row
from samples.truth import Criterion, Marks
from samples.vocabulary import heading

SUBJECTS = {
    "district": "UBND các huyện, thị xã, thành phố",
    "commune": "UBND các xã, phường, thị trấn",
    "department": "các sở, cơ quan ngang sở",
    "province": "UBND tỉnh",
}


def compose(case: Case) -> Draft:
    office = replace(
        upper_office(case.subject),
        lines=("ỦY BAN NHÂN DÂN", case.subject.province.unit.full.upper()),
        name=f"UBND {case.subject.province.unit.running}",
        letters="UBND",
    )
    title = case.own(
        f"Ban hành Bộ tiêu chí xác định Chỉ số cải cách hành chính của {SUBJECTS[case.scorecard.level]} "
        f"{case.subject.province.unit.running} năm {case.year}"
    )
    paper, head = letter(case, office, "Quyết định", title)
    case.facts.update(roman=case.chance(0.3), together=case.chance(0.15))
    criteria = tuple(
        Criterion(one.code, case.own(one.name), one.max_score, survey=one.survey) for one in case.scorecard.walk()
    )
    together = case.facts["together"] and not case.facts["roman"]
    columns = [column(case, "code_name")] if together else [column(case, "code", "code_serial"), column(case, "name")]
    columns.append(column(case, "max"))
    if case.chance(0.5):
        columns.append(column(case, "note", "remark"))
    text = f"**Điều 1.** Ban hành kèm theo Quyết định này Bộ tiêu chí, áp dụng từ năm {case.year}."

    def draw(_: tuple[Marks, ...]) -> list[Block]:
        rows: list[Row] = []
        for node, one in zip(case.scorecard.walk(), criteria, strict=True):
            texts = {"code": domain_code(case, one.code)} if node.depth == 1 else {}
            rows.append(Row(one, texts, bold=node.depth == 1))
            if not node.children:
                kind = "code_name" if together else "name"
                rows.extend(Row(texts={kind: rule}) for rule in _rules(case, node))
        label = heading("total", case.rng)
        total = case.writer.number(case.scorecard.total)
        rows.append(Row(texts={"name": label, "code_name": label, "max": total}, bold=True))
        return [
            *head,
            Para(text, indent=True),
            Para(
                "**Điều 2.** Giám đốc Sở Nội vụ và Thủ trưởng các đơn vị liên quan chịu trách nhiệm thi hành./.",
                indent=True,
            ),
            signature(case, office),
            PageBreak(),
            Para("BỘ TIÊU CHÍ XÁC ĐỊNH CHỈ SỐ CẢI CÁCH HÀNH CHÍNH", "center", bold=True),
            grid(case, rows, columns),
        ]

    facts = {
        "decision": paper.number,
        "level": case.scorecard.level,
        "province": case.subject.province.unit.name,
        "year_from": case.year,
        "total": str(rounded(case.scorecard.total, 0)),
    }
    return Draft(paper, (), draw, scorecard=criteria, scorecard_facts=facts)


def _rules(case: Case, node: Node) -> list[str]:
    """How points are given: maxima, shares and formulae in running text."""
    if node.survey or case.chance(0.35):
        return []
    writer: Writer = case.writer
    full, half = writer.number(node.max_score), writer.number(node.max_score / 2)
    rules: list[str] = case.pick(
        [f"Thực hiện đúng quy định: {full}", "Không thực hiện: 0"],
        [f"Đạt 100%: {full} điểm; từ 80% đến dưới 100%: {half} điểm; dưới 80%: 0 điểm"],
        [f"- Đúng thời hạn: {full}", f"- Chậm dưới 10 ngày: {half}", "- Chậm từ 10 ngày: 0"],
        [f"Tính theo công thức (b/a) x {full}, trong đó a là tổng số, b là số đạt; nếu b/a < 0,7 thì điểm là 0"],
    )
    return [writer.text(rule) for rule in rules]
