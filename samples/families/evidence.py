"""Family G: a unit's own table, maximum and self score beside evidence full of numbers that are no scores."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from samples.case import Case, Draft, result_of, rounded
from samples.families.columns import agency_texts, column, domain_code, grid
from samples.heads import letter, own_office, signature
from samples.layout import Block, Para
from samples.scoring import Scored
from samples.tabling import Column, Row
from samples.truth import Criterion, Marks
from samples.vocabulary import day_of, document_number, heading, thousands

SPAN = {"year": "năm", "6m": "6 tháng đầu năm", "9m": "9 tháng năm"}


def compose(case: Case) -> Draft:
    subject, office = case.subject, own_office(case.subject)
    period = case.facts["period"] = case.pick("year", "year", "year", "6m", "9m")
    title = case.own(
        case.pick(
            f"Kết quả tự đánh giá, chấm điểm cải cách hành chính {SPAN[period]} {case.year}",
            f"Tự chấm điểm Chỉ số cải cách hành chính {SPAN[period]} {case.year}",
            f"Tự đánh giá, chấm điểm xác định Chỉ số cải cách hành chính {SPAN[period]} {case.year}",
        )
    )
    paper, head = letter(case, office, "Báo cáo", title)
    case.facts.update(
        roman=case.chance(0.3),
        parents=case.pick("all", "all", "domains", "none"),
        blank_column=case.chance(0.25),
        performer=case.chance(0.2),
        capitals_domains=case.chance(0.5),
        together=case.chance(0.15),
    )
    if case.facts["roman"]:
        case.facts["together"] = False
    # Where a report gives the unit's own score alone, that is its score, and the basis says so.
    fields = frozenset({"max"} | ({"performer"} if case.facts["performer"] else set()))
    results = tuple(_result(case, one, fields) for one in case.scored)
    totals: dict[str, Decimal | str] = {}
    if case.chance(0.7):
        whole = sum((one.self_score for one in case.scored if one.node.depth == 1), Decimal(0))
        totals = {"max_score": case.scorecard.total, "score": rounded(whole)}
    marks = subject.marks(totals=totals, results=results, basis="self", period=period)
    columns = _columns(case)
    opening = (
        f"{case.pick('Thực hiện', 'Căn cứ')} Công văn số {document_number(case.rng)} ngày "
        f"{day_of(case.rng, case.year)}, {office.name} báo cáo kết quả tự chấm điểm như sau:"
    )

    def draw(printed: tuple[Marks, ...]) -> list[Block]:
        rows = [_row(case, one) for one in printed[0].results]
        if printed[0].totals:
            rows.append(_total_row(case, printed[0]))
        return [*head, Para(opening, indent=True), grid(case, rows, columns), signature(case, office)]

    kinds = ("wrong-sum", "digit-swap", "above-maximum", "misplaced-comma") + (("wrong-total",) if totals else ())
    return Draft(paper, (marks,), draw, kinds, landscape=case.chance(0.5))


def _result(case: Case, one: Scored, fields: frozenset[str]) -> Criterion:
    domain = one.node.depth == 1
    name = case.own(one.node.name)
    result = result_of(
        case, one, fields=fields, name=name.upper() if domain and case.facts["capitals_domains"] else name
    )
    result = replace(result, score=one.self_score)
    if one.leaf:
        return result
    if case.facts["parents"] == "none" or (case.facts["parents"] == "domains" and not domain):
        return replace(result, score=None)
    return replace(result, score=rounded(one.self_score), agencies=() if domain else result.agencies)


def _columns(case: Case) -> list[Column]:
    if case.facts["together"]:
        columns = [column(case, "code_name")]
    else:
        columns = [column(case, "code", "code_serial"), column(case, "name")]
    columns += [column(case, "max"), column(case, "score", "self")]
    if case.facts["blank_column"]:
        columns.append(column(case, "blank", "score"))
    columns.append(column(case, "evidence"))
    if case.facts["performer"]:
        columns.append(column(case, "performer"))
    return columns


def _row(case: Case, one: Criterion) -> Row:
    scored = next((entry for entry in case.scored if entry.node.code == one.code), None)
    domain = "." not in one.code
    texts = agency_texts(case, one, ("performer",))
    if domain:
        texts["code"] = domain_code(case, one.code)
    if scored is not None and scored.leaf and case.chance(0.85):
        texts["evidence"] = case.writer.text(_evidence(case))
    return Row(one, texts, bold=domain)


def _evidence(case: Case) -> str:
    rng, year = case.rng, case.year
    pool = (
        f"Kế hoạch số {document_number(rng)} ngày {day_of(rng, year)}",
        f"Báo cáo số {document_number(rng)} ngày {day_of(rng, year)}; Công văn số {document_number(rng)}",
        f"Đăng tải tại http://{rng.choice(('cchc', 'noivu', 'portal'))}.gov.vn/tin-tuc/"
        f"{rng.randint(1, 9)}.{rng.randint(1, 9)}.{rng.randint(1, 9)}/{rng.randint(100, 99999)}",
        f"Tiếp nhận {thousands(rng.randint(100, 9000))} hồ sơ, "
        f"đúng hạn {rng.randint(80, 100)},{rng.randint(1, 99):02d}%",
        f"{rng.randint(2, 9)}/{rng.randint(10, 20)} nhiệm vụ; phiếu khảo sát {rng.randint(60, 99)}/100",
        f"Quyết định {document_number(rng)} ({rng.randint(2, 12):02d} trang), Biên bản ngày {day_of(rng, year)}",
        f"Ảnh chụp kèm theo; số liệu trên phần mềm lúc {rng.randint(7, 17)}h{rng.randint(10, 59)}",
        f"Đã thực hiện {rng.randint(1, 9)},{rng.randint(1, 9)} tỷ đồng, "
        f"tăng {rng.randint(1, 30)},{rng.randint(1, 9)}% so với năm {year - 1}",
        "Có tài liệu kèm theo",
    )
    return "; ".join(rng.sample(pool, rng.choice((1, 1, 2))))


def _total_row(case: Case, marks: Marks) -> Row:
    label = heading("total", case.rng)
    texts = {"name": label, "code_name": label}
    for kind, name in (("max", "max_score"), ("score", "score")):
        value = marks.totals[name]
        assert isinstance(value, Decimal)
        texts[kind] = case.writer.number(value)
    return Row(texts=texts, bold=True)
