"""Every answer from an archive whose truth is known, against that truth; used by tests and benchmarks/answers.py.

What is expected is reckoned here from what was planted (samples/archive.py), with fractions and without the code that
answers: the only thing shared are the names of the tables' fields.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from compare.audited import Audited
from compare.history import Scope
from compare.ranks import rank_differences
from compare.side_by_side import side_by_side
from compare.table import Cell, Gap, Line
from load.store import Store
from normalize.records import Unit
from samples.archive import Archive, District, DistrictYear, leaves, printed_ranks

Pair = tuple[Decimal, Decimal]
PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Checked:
    """How many single facts were compared, and those that differ, in words."""

    facts: int
    differences: tuple[str, ...]


def checked(store: Store, archive: Archive) -> Checked:
    """Compare all answers; expected and found are told for each difference."""
    facts, differences = 0, list[str]()
    for name, expected, found in _answers(store, archive):
        facts += len(expected)
        wrong = [key for key in sorted({*expected, *found}, key=str) if expected.get(key) != found.get(key)]
        differences += [f"{name} {key}: expected {expected.get(key)}, found {found.get(key)}" for key in wrong]
    return Checked(facts, tuple(differences))


def _answers(store: Store, archive: Archive) -> Iterator[tuple[str, Mapping[Any, Any], Mapping[Any, Any]]]:
    for year in archive.years:
        yield f"comparison {year}", *_comparison(store, archive, year)
        yield f"criteria {year}", *_criteria(store, archive, year)
        yield f"ranks {year}", *_ranks(store, archive, year)
    told = Audited(store, Scope())
    yield "losses", *_losses(told, archive)
    yield "recurring", *_recurring(told, archive)
    yield "promises", *_promises(told, archive)
    yield "agencies", *_agencies(told, archive)
    yield "kinds", *_kinds(told, archive)


def unit_of(district: District) -> Unit:
    return Unit(district.name, "district", district.province.name)


# Side by side


def _shown(one: DistrictYear | None) -> str | None:
    """The paper that speaks for a district and year in a comparison."""
    if one is None:
        return None
    if "appraised" in one.papers:
        return "appraised"
    return "rank" if one.ranked else "self" if "self" in one.papers else None


def _columns(one: DistrictYear | None) -> dict[str, Pair]:
    """The numbers by domain and in total; a ranking tells totals only."""
    paper = _shown(one)
    if one is None or paper is None:
        return {}
    own = paper == "self"
    total = {"total": (one.total(own), one.scorecard.total)}
    if paper == "rank":
        return total
    return {node.code: (one.score(node, own), node.max_score) for node in one.scorecard.domains} | total


def _comparison(store: Store, archive: Archive, year: int) -> tuple[dict[Any, Any], dict[Any, Any]]:
    expected: dict[Any, Any] = {}
    for province in archive.provinces:
        rows = {one.district: _columns(one) for one in archive.of(province, year) if _shown(one)}
        before = {one.district: _columns(one) for one in archive.of(province, year - 1)}
        ranks = _ranked({district: columns["total"] for district, columns in rows.items()})
        for district, columns in rows.items():
            unit = unit_of(district)
            one = archive.told[district, year]
            draft = _shown(one) == "appraised" and one.draft
            expected[unit, "rank"], expected[unit, "draft"] = ranks[district], draft
            for key, pair in columns.items():
                kin = [other[key] for other in rows.values() if key in other]
                expected[unit, key] = (
                    *pair, _rounded(_share(pair)), _gap(pair, before.get(district, {}).get(key)),
                    _away(pair, _mean(kin)), _away(pair, _best(kin)),
                )  # fmt: skip
    found: dict[Any, Any] = {}
    for line in _lines(store, year, "domains"):
        found[line.unit, "rank"], found[line.unit, "draft"] = line.rank, line.draft
        found |= {(line.unit, key): _cell(cell) for key, cell in line.cells.items() if cell.points.score is not None}
    return expected, found


def _lines(store: Store, year: int, by: Any) -> Iterator[Line]:
    for block in side_by_side(store, year, by=by).blocks:
        yield from (line for line in block.lines if line.counted)


def _cell(cell: Cell) -> tuple[Any, ...]:
    share = None if cell.share is None else cell.share.quantize(PLACES)
    return cell.points.score, cell.points.maximum, share, cell.previous, cell.mean, cell.best


def _criteria(store: Store, archive: Archive, year: int) -> tuple[dict[Any, Any], dict[Any, Any]]:
    expected = {}
    for (district, at), one in archive.told.items():
        paper = _shown(one)
        if at == year and paper in ("appraised", "self"):
            for node in one.scorecard.walk():
                expected[unit_of(district), node.code] = (one.score(node, paper == "self"), node.max_score)
    found = {
        (line.unit, key): (cell.points.score, cell.points.maximum)
        for line in _lines(store, year, "criteria")
        for key, cell in line.cells.items()
        if key != "total" and cell.points.score is not None
    }
    return expected, found


def _ranks(store: Store, archive: Archive, year: int) -> tuple[dict[Any, Any], dict[Any, Any]]:
    expected = {}
    for province in archive.provinces:
        right = printed_ranks(archive, province, year, misprints=False)
        if len(right) > 2:
            printed = printed_ranks(archive, province, year)
            expected |= {unit_of(d): (printed[d], right[d]) for d in right if printed[d] != right[d]}
    return expected, {one.unit: (one.printed, one.computed) for one in rank_differences(store, year)}


def _share(pair: Pair) -> Fraction:
    return Fraction(pair[0]) / Fraction(pair[1])


def _rounded(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(PLACES)


def _gap(pair: Pair, other: Pair | None) -> Gap | None:
    if other is None:
        return None
    return Gap(pair[0] - other[0] if pair[1] == other[1] else None, _rounded(_share(pair) - _share(other)))


def _mean(pairs: list[Pair]) -> tuple[Fraction | None, Fraction]:
    same = len({pair[1] for pair in pairs}) == 1
    points = sum((Fraction(pair[0]) for pair in pairs), Fraction(0)) / len(pairs)
    return points if same else None, sum(map(_share, pairs), Fraction(0)) / len(pairs)


def _best(pairs: list[Pair]) -> tuple[Fraction | None, Fraction]:
    same = len({pair[1] for pair in pairs}) == 1
    return max(Fraction(pair[0]) for pair in pairs) if same else None, max(map(_share, pairs))


def _away(pair: Pair, level: tuple[Fraction | None, Fraction]) -> Gap:
    points = None if level[0] is None else _rounded(Fraction(pair[0]) - level[0])
    return Gap(points, _rounded(_share(pair) - level[1]))


def _ranked(totals: Mapping[District, Pair]) -> dict[District, int]:
    ordered = sorted(map(_share, totals.values()), reverse=True)
    return {district: ordered.index(_share(pair)) + 1 for district, pair in totals.items()}


# Points lost


@dataclass(frozen=True, slots=True)
class _Told:
    """A loss as the documents of its year tell it together."""

    amount: Decimal
    kind: str
    lead: str | None


def _of_year(one: DistrictYear) -> dict[str, _Told]:
    """The losses by code: appraised where there is an appraisal, else what the district lacks by its own table."""
    if "appraised" not in one.papers:
        if "self" not in one.papers:
            return {}
        lost = {node.code: node.max_score - one.own[node.code] for node in leaves(one.scorecard)}
        return {code: _Told(amount, "no-reason", None) for code, amount in lost.items() if amount}
    planned = "plan" in one.papers
    return {
        code: _Told(
            lost.amount,
            lost.kind if planned or not one.bare else "no-reason",
            lost.lead if planned or one.performers else None,
        )
        for code, lost in one.lost.items()
    }


def _all(archive: Archive) -> Iterator[tuple[District, int, str, _Told]]:
    for (district, year), one in archive.told.items():
        for code, told in _of_year(one).items():
            yield district, year, code, told


def _losses(told: Audited, archive: Archive) -> tuple[dict[Any, Any], dict[Any, Any]]:
    expected = {
        (unit_of(district), year, code): [(one.amount, one.kind, (one.lead,) if one.lead else ())]
        for district, year, code, one in _all(archive)
    }
    return expected, _listed(((x.unit, x.year, str(x.code)), (x.amount, x.kind, x.leads)) for x in told.losses)


def _listed(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    """All values of a key: two rows where one is expected are a difference."""
    found: dict[Any, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _recurring(told: Audited, archive: Archive) -> tuple[dict[Any, Any], dict[Any, Any]]:
    years: dict[tuple[District, int], list[int]] = defaultdict(list)
    for (district, year), one in archive.told.items():
        if one.papers & {"appraised", "self"}:
            years[district, 0].append(year)
            years[district, id(one.scorecard)].append(year)
    codes: dict[tuple[District, int, str], dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    kinds: dict[tuple[District, int, str], dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for district, year, code, one in _all(archive):
        codes[district, id(archive.told[district, year].scorecard), code][year] += one.amount
        if one.kind != "no-reason":
            kinds[district, 0, one.kind][year] += one.amount
    expected = {
        (unit_of(district), by, key, tuple(years[district, card])): [tuple(sorted(lost.items()))]
        for by, found in (("code", codes), ("kind", kinds))
        for (district, card, key), lost in found.items()
        if len(lost) > 1
    }
    return expected, _listed(((x.unit, x.by, x.key, x.of), x.years) for x in told.recurring)


def _promises(told: Audited, archive: Archive) -> tuple[dict[Any, Any], dict[Any, Any]]:
    expected = {}
    for (district, year), one in archive.told.items():
        for code, lost in one.lost.items() if "plan" in one.papers else ():
            outcome = _outcome(archive, district, year, code, lost.amount)
            expected[unit_of(district), year, code] = [(lost.amount, *outcome)]
    found = (((p.unit, p.year, str(p.code)), (p.lost, p.outcome, p.why, p.lost_after)) for p in told.promises)
    return expected, _listed(found)


def _outcome(
    archive: Archive, district: District, year: int, code: str, lost: Decimal
) -> tuple[str, str, Decimal | None]:
    one, after = archive.told[district, year], archive.told.get((district, year + 1))
    if after is None or not after.papers & {"appraised", "self"}:
        return "unknown", "no-next-report", None
    if after.scorecard is not one.scorecard:
        return "unknown", "other-scorecard", None
    told = _of_year(after).get(code)
    amount = told.amount if told else Decimal(0)
    if "appraised" in after.papers:  # what was planted
        return archive.fates[district, year, code], "", amount
    return "kept" if not amount else "eased" if amount < lost else "broken", "", amount


def _agencies(told: Audited, archive: Archive) -> tuple[dict[Any, Any], dict[Any, Any]]:
    expected: dict[Any, list[Any]] = defaultdict(lambda: [Decimal(0), 0])
    for _, _, _, one in _all(archive):
        if one.lead:
            expected[one.lead][0] += one.amount
            expected[one.lead][1] += 1
    return expected, {x.agency: [x.points, x.losses] for x in told.agencies}


def _kinds(told: Audited, archive: Archive) -> tuple[dict[Any, Any], dict[Any, Any]]:
    expected: dict[Any, list[Any]] = defaultdict(lambda: [Decimal(0), 0])
    for _, _, _, one in _all(archive):
        expected[one.kind][0] += one.amount
        expected[one.kind][1] += 1
    return expected, {x.kind: [x.points, x.losses] for x in told.kinds}
