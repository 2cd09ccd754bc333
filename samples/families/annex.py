"""Family E: the annex with all scores, code and name, maximum, self and appraised score, deduction, opinion."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from samples.case import Case, Draft, result_of, rounded
from samples.families.columns import agency_texts, column, domain_code, grid, with_titles
from samples.heads import annex, letter, upper_office
from samples.layout import Block, Para
from samples.tabling import Column, Row
from samples.truth import Criterion, Marks
from samples.vocabulary import heading


def compose(case: Case) -> Draft:
    subject, office = case.subject, upper_office(case.subject)
    unit = subject.called
    title = case.own(
        case.pick(
            f"Chi tiết kết quả thẩm định Chỉ số cải cách hành chính năm {case.year} của {unit}",
            f"Bảng tổng hợp điểm thẩm định Chỉ số cải cách hành chính năm {case.year} của {unit}",
            f"Kết quả chấm điểm Chỉ số cải cách hành chính năm {case.year} của {unit}",
        )
    )
    if case.chance(0.7):
        paper, head = annex(case, office, "Phụ lục", title)
    else:
        paper, head = letter(case, office, "Thông báo", title)
    fields = {"max", "score", "reason"}
    fields |= {name for name, share in (("self", 0.8), ("deducted", 0.75)) if case.chance(share)}
    if case.chance(0.6):
        fields.add(case.pick("performer", "lead"))
    case.facts.update(
        roman=case.chance(0.3),
        together=case.chance(0.3),
        rounds=case.chance(0.12),
        zero=case.pick("0", "", "-"),
        parents=case.pick("all", "all", "all", "domains", "none"),
        parents_lost=case.chance(0.6),
        capitals_domains=case.chance(0.5),
        serial=case.chance(0.1),
        spanning=case.chance(0.12),
        apart=case.chance(0.1),
    )
    if case.facts["roman"]:
        case.facts["together"] = False
    results = tuple(_result(case, at, frozenset(fields)) for at in range(len(case.scored)))
    titles: tuple[tuple[str, str], ...] = ()
    if case.facts["spanning"]:
        titles = tuple((one.code, one.name or "") for one in results if "." not in one.code)
        results = tuple(one for one in results if "." in one.code)
    totals = _totals(case, fields)
    marks = subject.marks(totals=totals, results=results, basis="appraised")
    columns = _columns(case, fields)

    def draw(printed: tuple[Marks, ...]) -> list[Block]:
        rows = [_row(case, one) for one in printed[0].results]
        if titles:
            rows = with_titles(case, rows, titles)
        if printed[0].totals:
            rows.append(_total_row(case, printed[0]))
        if case.facts["apart"] and not titles:
            return [*head, *_apart(case, rows, columns)]
        return [*head, grid(case, rows, columns)]

    kinds: tuple[str, ...] = ("wrong-sum", "digit-swap", "misplaced-comma", "above-maximum")
    if "deducted" in fields:
        kinds += ("wrong-difference", "wrong-difference")
    if totals:
        kinds += ("wrong-total",)
    return Draft(paper, (marks,), draw, kinds, landscape=len(columns) > 5, titles=titles)


def _apart(case: Case, rows: list[Row], columns: list[Column]) -> list[Block]:
    """A table for each domain, under a line that names it."""
    blocks: list[Block] = []
    for _, group in groupby(rows, key=lambda row: row.result.code.split(".")[0] if row.result else "total"):
        members = list(group)
        if (first := members[0].result) is not None:
            blocks.append(Para(f"Lĩnh vực {first.code}: {first.name}", "left", bold=True))
        blocks.append(grid(case, members, columns))
    return blocks


def _result(case: Case, at: int, fields: frozenset[str]) -> Criterion:
    one = case.scored[at]
    domain = one.node.depth == 1
    name = case.own(one.node.name)
    if domain and case.facts["capitals_domains"]:
        name = name.upper()
    result = result_of(case, one, fields=fields, name=name)
    if one.leaf:
        if result.stated and not one.lost and case.facts["zero"] != "0":
            return replace(result, deducted=None, stated=False)
        return result
    scored = case.facts["parents"] == "all" or (case.facts["parents"] == "domains" and domain)
    if not scored:
        return replace(result, max_score=result.max_score, self_score=None, score=None, deducted=None, stated=False)
    lost_too = case.facts["parents_lost"] and result.deducted
    return replace(
        result,
        score=rounded(result.score) if result.score is not None else None,
        self_score=rounded(result.self_score) if result.self_score is not None else None,
        deducted=(result.max_score or Decimal(0)) - rounded(result.score or Decimal(0)) if lost_too else None,
        stated=bool(lost_too),
        agencies=() if domain else result.agencies,
    )


def _totals(case: Case, fields: set[str]) -> dict[str, Decimal | str]:
    if case.chance(0.25):
        return {}
    domains = [one for one in case.scored if one.node.depth == 1]
    score = rounded(sum((one.score for one in domains), Decimal(0)))
    totals: dict[str, Decimal | str] = {"max_score": case.scorecard.total, "score": score}
    if "self" in fields:
        totals["self_score"] = rounded(sum((one.self_score for one in domains), Decimal(0)))
    if "deducted" in fields:
        totals["deducted"] = case.scorecard.total - score
    return totals


def _columns(case: Case, fields: set[str]) -> list[Column]:
    over = heading("over", case.rng) if case.chance(0.25) else ""
    columns: list[Column] = []
    if case.facts["serial"]:
        columns.append(column(case, "number"))
    if case.facts["together"]:
        columns.append(column(case, "code_name"))
    else:
        columns.append(column(case, "code", "code" if case.facts["serial"] else "code_serial"))
        columns.append(column(case, "name"))
    columns.append(column(case, "max"))
    middle: list[Column] = []
    if "self" in fields:
        middle.append(column(case, "self", over=over))
    if case.facts["rounds"]:
        middle.append(column(case, "round1", over=over))
        middle.append(column(case, "score", "round2", over=over))
    else:
        middle.append(column(case, "score", over=over))
    columns.extend(middle)
    tail = [column(case, "reason")]
    tail.extend(column(case, kind) for kind in ("performer", "lead") if kind in fields)
    if "deducted" in fields:
        tail.insert(case.pick(0, 0, 0, 1), column(case, "deducted"))
    return [*columns, *tail]


def _row(case: Case, one: Criterion) -> Row:
    scored = next((entry for entry in case.scored if entry.node.code == one.code), None)
    domain = "." not in one.code
    texts = agency_texts(case, one, ("performer", "lead"))
    texts["number"] = str(case.facts.setdefault("count", 0) + 1)
    case.facts["count"] += 1
    if domain:
        texts["code"] = domain_code(case, one.code)
    if scored is not None and one.score is not None and case.facts["rounds"]:
        texts["round1"] = case.writer.number(rounded(scored.round_one, 3 if scored.leaf else 2))
    if one.survey and one.score is not None and "." in one.code:
        texts["reason"] = case.facts.setdefault("survey", heading("survey", case.rng))
    if not one.stated and scored is not None and scored.leaf and not scored.lost and case.facts["zero"] == "-":
        texts["deducted"] = "-"
    return Row(one, texts, bold=domain or (scored is not None and not scored.leaf and case.facts["capitals_domains"]))


def _total_row(case: Case, marks: Marks) -> Row:
    label = heading("total", case.rng)
    texts = {"name": label, "code_name": label}
    for kind, name in (("max", "max_score"), ("self", "self_score"), ("score", "score")):
        value = marks.totals.get(name)
        if isinstance(value, Decimal):
            texts[kind] = case.writer.number(value)
    lost = marks.totals.get("deducted")
    if isinstance(lost, Decimal):
        texts["deducted"] = case.writer.deduction(lost)
    return Row(texts=texts, bold=True)
