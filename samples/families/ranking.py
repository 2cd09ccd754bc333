"""Family F: rankings, one row a unit: maximum, self, appraised, index and rank; or one column a domain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from samples.case import Case, Draft, Subject, rounded
from samples.families.columns import column, grid
from samples.heads import Office, letter, signature, upper_office
from samples.layout import Block, Para
from samples.scoring import Scored, score_unit
from samples.tabling import Column, Row
from samples.truth import Criterion, Marks
from samples.vocabulary import DEPARTMENTS, Named, heading

GROUPS = {
    "district": "các huyện, thị xã, thành phố",
    "commune": "các xã, phường, thị trấn",
    "department": "các sở, ban, ngành",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the ranking as it is printed."""

    subject: Subject
    shown: str


def compose(case: Case) -> Draft:
    office, level = upper_office(case.subject), case.scorecard.level
    domains = case.chance(0.35)
    case.facts.update(
        domains=domains,
        maxima=case.pick("heading", "row", "none") if domains else "column",
        max_column=not domains and case.chance(0.7),
        self_column=not domains and case.chance(0.7),
        percent=case.chance(0.6) and not domains,
        rank=case.chance(0.85),
        district=level == "commune" and case.chance(0.5),
        order=case.chance(0.75),
        extremes=case.chance(0.6),
        titled=case.chance(0.6),
        percent_sign=case.pick("", "", "%"),
    )
    case.facts["by_district"] = (
        level == "commune" and not case.facts["district"] and bool(case.subject.province.districts) and case.chance(0.4)
    )
    case.facts["order"] &= not case.facts["by_district"]
    # Communes of several districts may share a name, so a list without their districts is the list of one.
    shown = case.facts["district"] or case.facts["by_district"]
    districts = case.subject.province.districts
    case.facts["one_district"] = case.rng.choice(districts) if level == "commune" and districts and not shown else None
    within = case.facts["one_district"].unit if case.facts["one_district"] else case.subject.province.unit
    group = f"{GROUPS[level]} {within.running}"
    if case.facts["one_district"]:
        office = district_office(within)
    title = case.own(
        case.pick(
            f"Kết quả Chỉ số cải cách hành chính năm {case.year} của {group}",
            f"Công bố Chỉ số cải cách hành chính năm {case.year} của {group}",
            f"Xếp hạng Chỉ số cải cách hành chính năm {case.year} của {group}",
        )
    )
    paper, head = letter(case, office, case.pick("Báo cáo", "Quyết định", "Thông báo"), title)
    marks = _ranked(case, [_marks(case, place) for place in _places(case)])
    columns = _columns(case)
    opening = (
        f"Kết quả đánh giá {len(marks)} đơn vị năm {case.year}: "
        f"{case.rng.randint(1, len(marks))}/{len(marks)} đơn vị tăng hạng; chi tiết như sau:"
    )

    def draw(printed: tuple[Marks, ...]) -> list[Block]:
        rows: list[Row] = []
        for at, one in enumerate(printed, 1):
            if case.facts["by_district"] and (at == 1 or printed[at - 2].district != one.district):
                rows.append(Row(title=f"Các xã, phường, thị trấn thuộc {_full_district(case, one)}"))
            rows.append(_row(case, at, one))
        if case.facts["maxima"] == "row":
            rows.insert(0, _maxima_row(case))
        if case.facts["extremes"]:
            rows.extend(_extremes(case, printed))
        return [*head, Para(opening, indent=True), grid(case, rows, columns), signature(case, office)]

    return Draft(paper, tuple(marks), draw, ("wrong-total",), landscape=domains)


def district_office(unit: Named) -> Office:
    """The district's committee, which ranks its own communes."""
    return Office(("ỦY BAN NHÂN DÂN", unit.full.upper()), f"UBND {unit.running}", unit.name, "UBND")


def _places(case: Case) -> list[Place]:
    province, level, year = case.subject.province, case.scorecard.level, case.year
    if level == "department":
        return [Place(Subject(province, level, Named(*name.split(" ", 1)), year), name) for name in DEPARTMENTS]
    if level == "district":
        titled = case.facts["titled"]
        return [
            Place(Subject(province, level, one.unit, year), one.unit.full if titled else one.unit.name)
            for one in province.districts
        ]
    communes: list[tuple[Named, Named | None]] = [
        (commune, one.unit)
        for one in province.districts
        if case.facts["one_district"] in (None, one)
        for commune in one.communes
    ] or [(commune, None) for commune in province.communes]
    limit = 124 if case.chance(0.5) else 30
    return [
        Place(Subject(province, level, commune, year, district), commune.full) for commune, district in communes[:limit]
    ]


def _marks(case: Case, place: Place) -> Marks:
    scored = score_unit(case.scorecard, case.rng, case.year, told="not")
    tops = [one for one in scored if one.node.depth == 1]
    results: tuple[Criterion, ...] = ()
    if case.facts["domains"]:
        known = case.facts["maxima"] != "none"
        results = tuple(_domain(one, known=known) for one in tops)
        score = sum((one.score or Decimal(0) for one in results), Decimal(0))
    else:
        score = rounded(sum((one.score for one in tops), Decimal(0)))
    totals: dict[str, Decimal | str] = {"score": score}
    if case.facts["max_column"]:
        totals["max_score"] = case.scorecard.total
    if case.facts["self_column"]:
        totals["self_score"] = rounded(sum((one.self_score for one in tops), Decimal(0)))
    if case.facts["percent"]:
        totals["index_percent"] = rounded(100 * score / case.scorecard.total)
    if case.facts["maxima"] in ("row", "heading"):
        totals["max_score"] = case.scorecard.total
    return place.subject.marks(totals=totals, results=results, basis="appraised")


def _domain(one: Scored, *, known: bool) -> Criterion:
    return Criterion(one.node.code, one.node.name, one.node.max_score if known else None, score=rounded(one.score))


def _score(marks: Marks) -> Decimal:
    value = marks.totals["score"]
    return value if isinstance(value, Decimal) else Decimal(0)


def _ranked(case: Case, marks: list[Marks]) -> list[Marks]:
    """Ranks by score, equal scores the same rank; in order of rank or in the usual order of the units."""
    scores = sorted((_score(one) for one in marks), reverse=True)
    if case.facts["rank"]:
        marks = [replace(one, totals={**one.totals, "rank": str(scores.index(_score(one)) + 1)}) for one in marks]
    return sorted(marks, key=_score, reverse=True) if case.facts["order"] else marks


def _columns(case: Case) -> list[Column]:
    unit = column(case, "unit")
    if "Huyện" in unit.heading and case.scorecard.level != "district":
        unit = replace(unit, heading="Xã, phường, thị trấn" if case.scorecard.level == "commune" else "Cơ quan")
    columns = [column(case, "number"), unit]
    if case.facts["district"]:
        columns.append(Column("district", case.pick("Huyện", "Thuộc huyện", "Huyện, thành phố"), 1.4))
    if case.facts["domains"]:
        for one in case.scorecard.domains:
            text = one.name
            if case.facts["maxima"] == "heading":
                text += case.pick(" ({} điểm)", " (tối đa {} điểm)", "\n({}đ)").format(
                    case.writer.number(one.max_score)
                )
            columns.append(Column(f"d{one.code}", text, 1.0))
        total = case.pick("Tổng điểm", "Tổng cộng", "Tổng số điểm", "Điểm tổng hợp")
        if case.facts["maxima"] == "heading":
            total += f" ({case.writer.number(case.scorecard.total)} điểm)"
        columns.append(Column("score", total, 1.0))
    else:
        if case.facts["max_column"]:
            columns.append(column(case, "max"))
        if case.facts["self_column"]:
            columns.append(column(case, "self"))
        columns.append(column(case, "score"))
        if case.facts["percent"]:
            columns.append(column(case, "percent"))
    if case.facts["rank"]:
        columns.append(column(case, "rank"))
    return columns


def _row(case: Case, at: int, marks: Marks) -> Row:
    number = case.writer.number
    shown = _shown(case, marks)
    texts = {"number": str(at), "unit": shown, "district": marks.district or ""}
    for kind, name in (("max", "max_score"), ("self", "self_score"), ("score", "score"), ("percent", "index_percent")):
        value = marks.totals.get(name)
        if isinstance(value, Decimal):
            texts[kind] = number(value) + (case.facts["percent_sign"] if kind == "percent" else "")
    if "rank" in marks.totals:
        texts["rank"] = str(marks.totals["rank"])
    for one in marks.results:
        texts[f"d{one.code}"] = number(one.score) if one.score is not None else ""
    return Row(texts=texts)


def _shown(case: Case, marks: Marks) -> str:
    if marks.level == "department":
        return marks.unit or ""
    units = case.facts.setdefault("shown", {(p.subject.name, _district(p)): p.shown for p in _places(case)})
    return str(units.get((marks.unit, marks.district), marks.unit))


def _district(place: Place) -> str | None:
    return place.subject.district.name if place.subject.district else None


def _full_district(case: Case, marks: Marks) -> str:
    return next(one.unit.running for one in case.subject.province.districts if one.unit.name == marks.district)


def _maxima_row(case: Case) -> Row:
    texts = {f"d{one.code}": case.writer.number(one.max_score) for one in case.scorecard.domains}
    texts |= {"unit": heading("max", case.rng), "score": case.writer.number(case.scorecard.total)}
    return Row(texts=texts, bold=True)


def _extremes(case: Case, marks: Sequence[Marks]) -> list[Row]:
    scores = [_score(one) for one in marks]
    rows: list[Row] = []
    for kind, value in (
        ("highest", max(scores)),
        ("average", rounded(sum(scores, Decimal(0)) / len(scores))),
        ("lowest", min(scores)),
    ):
        texts = {"unit": heading(kind, case.rng), "score": case.writer.number(value)}
        if case.facts["percent"]:
            texts["percent"] = case.writer.number(rounded(100 * value / case.scorecard.total))
        if case.chance(0.9):
            rows.append(Row(texts=texts, bold=True))
    return rows
