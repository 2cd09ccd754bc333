"""Family D: the analysis of criteria short of full marks; the deduction stands under "Ghi chú"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from samples.case import Case, Draft, result_of, rounded
from samples.families.columns import agency_texts, column, grid, with_titles
from samples.heads import annex, own_office
from samples.layout import Block
from samples.scoring import Scored
from samples.tabling import Column, Row
from samples.truth import Criterion, Marks
from samples.vocabulary import heading


def compose(case: Case) -> Draft:
    subject, office = case.subject, own_office(case.subject)
    title = case.own(
        case.pick(
            "Bảng phân tích các tiêu chí, tiêu chí thành phần chưa đạt điểm tối đa trong xác định Chỉ số "
            f"cải cách hành chính của {subject.called} năm {case.year}",
            f"Phân tích các tiêu chí bị trừ điểm Chỉ số cải cách hành chính năm {case.year} của {subject.called}",
            f"Nguyên nhân các tiêu chí chưa đạt điểm tối đa năm {case.year} của {subject.called}",
        )
    )
    paper, head = annex(case, office, "Bảng phân tích", title)
    case.facts.update(
        parents=case.pick("bare", "scored", "absent"),
        total=case.chance(0.75),
        deducted=case.chance(0.9),
        together=case.chance(0.85),
        separate=case.chance(0.15),
        spanning=case.chance(0.2),
    )
    fields = {"max", "score", "reason", "remedy", "lead"} | ({"deducted"} if case.facts["deducted"] else set())
    results = tuple(_results(case, frozenset(fields)))
    totals = _totals(case)
    marks = subject.marks(totals=totals, results=results, basis="appraised")
    columns = _columns(case)
    titles: tuple[tuple[str, str], ...] = ()
    if case.facts["spanning"]:
        titles = tuple((one.code, case.own(one.name)) for one in case.scorecard.domains)

    def draw(printed: tuple[Marks, ...]) -> list[Block]:
        rows = [_row(case, one) for one in printed[0].results]
        if titles:
            rows = with_titles(case, rows, titles)
        if printed[0].totals:
            rows.append(_total_row(case, printed[0]))
        return [*head, grid(case, rows, columns)]

    kinds: tuple[str, ...] = ("wrong-difference", "misplaced-comma", "digit-swap") if case.facts["deducted"] else ()
    if totals and case.facts["deducted"]:
        kinds += ("wrong-total",)
    return Draft(paper, (marks,), draw, kinds, landscape=True, titles=titles)


def _results(case: Case, fields: frozenset[str]) -> list[Criterion]:
    """The leaves that lost points, and above survey leaves their parent, as such tables have them."""
    full = {one.node.code for one in case.scored if one.leaf and not one.lost and case.chance(0.02)}
    chosen: list[Criterion] = []
    for one in case.scored:
        if one.leaf and (one.lost or one.node.code in full):
            chosen.append(_leaf(result_of(case, one, fields=fields), one))
        elif _shown_parent(case, one):
            chosen.append(_parent(case, one, fields))
    return chosen


def _shown_parent(case: Case, one: Scored) -> bool:
    """Parents of survey leaves stand above them, of others now and then."""
    if one.leaf or one.node.depth != 2 or not one.lost or case.facts["parents"] == "absent":
        return False
    return one.node.survey or case.chance(0.2)


def _leaf(result: Criterion, one: Scored) -> Criterion:
    return replace(result, deducted=None, stated=False) if not one.lost else result


def _parent(case: Case, one: Scored, fields: frozenset[str]) -> Criterion:
    result = replace(result_of(case, one, fields=fields), deducted=None, stated=False, remedy=None)
    if case.facts["parents"] == "scored":
        return result
    return replace(result, max_score=None, score=None)


def _totals(case: Case) -> dict[str, Decimal | str]:
    if not case.facts["total"]:
        return {}
    score = rounded(sum((one.score for one in case.scored if one.node.depth == 1), Decimal(0)))
    totals: dict[str, Decimal | str] = {"max_score": case.scorecard.total, "score": score}
    if case.facts["deducted"]:
        totals["deducted"] = case.scorecard.total - score
    return totals


def _columns(case: Case) -> list[Column]:
    if case.facts["together"]:
        columns = [column(case, "code_name")]
    else:
        columns = [column(case, "code", case.pick("code", "code_serial")), column(case, "name")]
    if case.facts["separate"]:
        columns += [column(case, "max"), column(case, "score")]
        if case.chance(0.3):
            columns[-2:] = columns[:-3:-1]
    else:
        columns.append(column(case, "ratio"))
    columns.append(column(case, "lead"))
    columns += [column(case, "reason"), column(case, "remedy", "remedy_cause")]
    if case.chance(0.15):
        columns.insert(-3, columns.pop())
    if case.facts["deducted"]:
        columns.append(column(case, "deducted", "note_deducted"))
    return columns


def _row(case: Case, one: Criterion) -> Row:
    texts = agency_texts(case, one, ("lead",))
    if one.survey:
        texts["reason"] = case.facts.setdefault("survey", heading("survey", case.rng))
    return Row(one, texts)


def _total_row(case: Case, marks: Marks) -> Row:
    score, maximum = marks.totals["score"], marks.totals["max_score"]
    assert isinstance(score, Decimal)
    assert isinstance(maximum, Decimal)
    lost = marks.totals.get("deducted")
    texts = {"deducted": case.writer.deduction(lost)} if isinstance(lost, Decimal) else {}
    ratio = f"{case.writer.number(score)}/{case.writer.number(maximum)}"
    label = heading("total", case.rng)
    first = "code_name" if case.facts["together"] else "name"
    if case.facts["separate"]:
        return Row(
            texts={**texts, first: label, "score": case.writer.number(score), "max": case.writer.number(maximum)},
            bold=True,
        )
    if case.chance(0.4):
        return Row(texts={**texts, first: ratio}, bold=True)
    return Row(texts={**texts, first: label, "ratio": ratio}, bold=True)
