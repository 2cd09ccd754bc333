"""Family C: the remedy plan, domain by domain in merged cells, with lead, support and deadline."""

from __future__ import annotations

from dataclasses import replace

from samples.case import Case, Draft, result_of
from samples.families.columns import agency_texts, column, grid
from samples.heads import annex, own_office
from samples.layout import Block
from samples.tabling import Column, Row
from samples.truth import Agency, Criterion, Item, Marks
from samples.vocabulary import agencies_of, heading, reason, remedy, words


def compose(case: Case) -> Draft:
    subject, office = case.subject, own_office(case.subject)
    title = case.own(
        case.pick(
            "Nội dung phân công nhiệm vụ khắc phục các tiêu chí cải cách hành chính đạt thấp "
            f"năm {case.year} của {subject.called}",
            f"Nhiệm vụ, giải pháp khắc phục hạn chế trong Chỉ số cải cách hành chính năm {case.year}",
            f"Phân công khắc phục các tiêu chí bị trừ điểm Chỉ số cải cách hành chính năm {case.year}",
        )
    )
    paper, head = annex(case, office, "Phụ lục", title)
    case.facts.update(
        named=case.chance(0.3), full_rows=case.chance(0.7), merged=case.chance(0.8), separate=case.chance(0.15)
    )
    results = tuple(_result(case, one.node.code) for one in case.scored if _listed(case, one.node.code))
    marks = subject.marks(results=results, basis="appraised")
    columns = _columns(case)

    def draw(printed: tuple[Marks, ...]) -> list[Block]:
        return [*head, grid(case, _rows(case, printed[0]), columns, ("number", "area") if case.facts["merged"] else ())]

    return Draft(paper, (marks,), draw, ("wrong-domain", "above-maximum"), landscape=True)


def _listed(case: Case, code: str) -> bool:
    """Leaves that lost points; of a domain that is all survey the domain alone."""
    one = next(entry for entry in case.scored if entry.node.code == code)
    top = next(entry for entry in case.scored if entry.node.code == code.split(".")[0])
    if all(child.survey for child in top.node.children):
        return one.node.depth == 1
    return one.leaf and bool(one.lost) and not one.node.survey


def _result(case: Case, code: str) -> Criterion:
    one = next(entry for entry in case.scored if entry.node.code == code)
    fields = frozenset({"max", "score", "reason", "remedy", "lead"})
    result = result_of(case, one, fields=fields, name=None if case.facts["named"] else "")
    if not one.leaf:
        result = replace(
            result,
            items=(Item(one.lost, reason("satisfaction", case.rng, case.year)),) if one.lost else (),
            remedy=remedy("satisfaction", case.rng, case.year),
        )
    loose = words("agencies").get(case.subject.level, {}).get("loose", ["Các đơn vị liên quan"])
    support: tuple[Agency, ...] = ()
    if case.chance(0.8):
        support = (Agency(case.rng.choice(loose), "support", checked=False),)
    elif names := agencies_of(case.subject.level, "finance"):
        support = (Agency(names[0], "support"),)
    year = case.year + 1
    deadline = case.pick(
        f"Trong năm {year}",
        "Thường xuyên trong năm",
        f"Quý {case.pick('I', 'II', 'III', 'IV')} năm {year}",
        f"Trước ngày 31/10/{year}",
        f"Tháng {case.rng.randint(3, 11)}/{year}",
    )
    return replace(
        result,
        name=result.name or None,
        agencies=(*result.agencies, *support),
        deadline=deadline,
        domain=code.split(".")[0],
    )


def _columns(case: Case) -> list[Column]:
    columns = [column(case, "number"), column(case, "area"), column(case, "code")]
    if case.facts["named"]:
        columns.append(column(case, "name"))
    if case.facts["separate"]:
        columns += [column(case, "max"), column(case, "score")]
    else:
        columns.append(column(case, "ratio"))
    columns += [column(case, "reason", "reason_remedy"), column(case, "remedy"), column(case, "lead")]
    columns += [column(case, "support"), column(case, "deadline")]
    if case.chance(0.15):
        columns[-2], columns[-1] = columns[-1], columns[-2]
    return columns


def _rows(case: Case, marks: Marks) -> list[Row]:
    rows: list[Row] = []
    for domain in case.scorecard.domains:
        group = [
            Row(one, agency_texts(case, one, ("lead", "support")), domain=domain.code)
            for one in marks.results
            if one.domain == domain.code
        ]
        if case.facts["full_rows"] or not group:
            lead = next(iter(agencies_of(case.subject.level, domain.domain)), "Các đơn vị được giao")
            texts = {
                "reason": heading("full", case.rng),
                "remedy": case.writer.text(
                    "Tiếp tục duy trì kết quả đã đạt; " + remedy(domain.domain, case.rng, case.year)
                ),
                "lead": lead,
                "deadline": "Thường xuyên",
            }
            group.append(Row(texts=texts, domain=domain.code))
        head = {"number": domain.code, "area": case.writer.text(case.own(domain.name))}
        group[0] = replace(group[0], texts={**group[0].texts, **head})
        rows.extend(group)
    return rows
