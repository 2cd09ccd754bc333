"""An archive whose answers are known: provinces, districts and years with scores, planted losses, promises and gaps.

Everything follows from the seed. `samples.archive_papers` writes its documents: the districts' own tables, the annexes
of the appraisers, remedy plans, tables for a part of the year and ranking decisions. What was lost in one year is
mended, eased or left in the next as the `Fate` of its promise says; some districts have no appraisal in a year, some
nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from samples.scorecard import Node, Scorecard, split
from samples.vocabulary import Named, agencies_of, words

Fate = Literal["kept", "eased", "broken"]
PaperKind = Literal["self", "appraised", "copy", "plan", "9m", "6m"]
# Districts as they stood from 2015 to 2024, whose names are their own.
PLACES: Mapping[Named, tuple[str, ...]] = {
    Named("Tỉnh", "Hà Giang"): (
        "Đồng Văn", "Mèo Vạc", "Yên Minh", "Quản Bạ", "Vị Xuyên", "Bắc Mê", "Hoàng Su Phì", "Xín Mần", "Bắc Quang",
        "Quang Bình",
    ),
    Named("Tỉnh", "Quảng Ngãi"): (
        "Bình Sơn", "Trà Bồng", "Sơn Tịnh", "Tư Nghĩa", "Sơn Hà", "Minh Long", "Nghĩa Hành", "Mộ Đức", "Ba Tơ",
        "Lý Sơn",
    ),
    Named("Tỉnh", "Bắc Giang"): (
        "Yên Thế", "Tân Yên", "Lạng Giang", "Lục Nam", "Lục Ngạn", "Sơn Động", "Việt Yên", "Hiệp Hòa", "Yên Dũng",
        "Bắc Giang",
    ),
}  # fmt: skip
YEARS = tuple(range(2016, 2022))
# Reasons by the kind that they are of (patterns/reasons.toml): what was planted is what an audit must find.
REASONS: Mapping[str, tuple[str, ...]] = {
    "late": ("Ban hành kế hoạch chậm 05 ngày", "Báo cáo quý II gửi trễ hạn 07 ngày"),
    "evidence": ("Không có tài liệu kiểm chứng", "Tài liệu kiểm chứng chưa đầy đủ theo hướng dẫn"),
    "initiatives": ("Không có sáng kiến được công nhận",),
    "overdue": ("Còn 12 hồ sơ giải quyết quá hạn", "Tỷ lệ hồ sơ giải quyết đúng hạn mới đạt 91,2%"),
    "publicity": ("Chưa tổ chức tuyên truyền trên hệ thống truyền thanh",),
}
REMEDIES = (
    "Rà soát, đôn đốc các xã thực hiện ngay từ đầu năm",
    "Phân công công chức theo dõi từng tiêu chí, báo cáo hằng quý",
    "Chủ động phối hợp với cơ quan thẩm định để được hướng dẫn",
)
_STEP = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Lost:
    """Points lost at a criterion, why, by whose fault and what was promised; `kind` is that of the reason."""

    amount: Decimal
    kind: str
    reason: str
    lead: str
    remedy: str


@dataclass(frozen=True, slots=True)
class District:
    """A district; the province as it stands in print."""

    name: str
    province: Named

    @property
    def named(self) -> Named:
        """The capital bears the name of its province and is a city."""
        return Named("Thành phố" if self.name == self.province.name else "Huyện", self.name)


@dataclass(slots=True)
class DistrictYear:
    """What a district got in a year by the criteria without children, and which papers there are of it.

    `bare`: the annex prints no reasons. `performers`: it names who answers. `draft`: its number is blank.
    """

    district: District
    year: int
    scorecard: Scorecard
    number: int
    lost: dict[str, Lost]
    own: dict[str, Decimal]
    papers: frozenset[PaperKind] = frozenset()
    ranked: bool = True
    bare: bool = False
    performers: bool = False
    draft: bool = False

    def score(self, node: Node, own: bool = False) -> Decimal:
        """The score of a node, parents as the sums of their children."""
        if node.children:
            return sum((self.score(child, own) for child in node.children), Decimal(0))
        if own:
            return self.own[node.code]
        lost = self.lost.get(node.code)
        return node.max_score - lost.amount if lost else node.max_score

    def total(self, own: bool = False) -> Decimal:
        return sum((self.score(node, own) for node in self.scorecard.domains), Decimal(0))


@dataclass(slots=True)
class Archive:
    """All districts and years; `fates` say what became of a promise made for a year, by district, year and code.

    `misprinted` are ranks that a decision prints otherwise than the scores have it, by district and year.
    """

    districts: tuple[District, ...]
    years: tuple[int, ...]
    told: dict[tuple[District, int], DistrictYear] = field(default_factory=dict)
    fates: dict[tuple[District, int, str], Fate] = field(default_factory=dict)
    misprinted: dict[tuple[District, int], int] = field(default_factory=dict)

    def of(self, province: Named, year: int) -> list[DistrictYear]:
        return [one for (district, at), one in self.told.items() if district.province == province and at == year]

    @property
    def provinces(self) -> tuple[Named, ...]:
        return tuple(dict.fromkeys(one.province for one in self.districts))


def make_archive(seed: int, provinces: int = 3, districts: int = 10, years: tuple[int, ...] = YEARS) -> Archive:
    """The archive of a seed. The second province decides another scorecard in the middle of the years."""
    rng = random.Random(seed)
    chosen = list(PLACES.items())[:provinces]
    archive = Archive(
        tuple(District(name, province) for province, names in chosen for name in names[:districts]), years
    )
    for at, (province, _) in enumerate(chosen):
        first, second = _scorecard(rng, years[0]), _scorecard(rng, years[len(years) // 2])
        for district in (one for one in archive.districts if one.province == province):
            before: DistrictYear | None = None
            for year in years:
                scorecard = second if at == 1 and year >= second.year_from else first
                before = _year(rng, archive, district, year, scorecard, before)
                archive.told[district, year] = before
        for year in years:
            _misprint(rng, archive, province, year)
    return archive


def _scorecard(rng: random.Random, year: int) -> Scorecard:
    """Eight domains that sum to 100, some forty criteria with a third level here and there, none of them by survey."""
    entries = [entry for entry in words("criteria")["domain"] if not entry.get("survey")]
    maxima = split(Decimal(100), len(entries), rng)
    return Scorecard("district", year, tuple(
        _domain(rng, str(number), entry, maximum)
        for number, (entry, maximum) in enumerate(zip(entries, maxima, strict=True), start=1)
    ))  # fmt: skip


def _domain(rng: random.Random, code: str, entry: Mapping[str, object], maximum: Decimal) -> Node:
    listed: list[Mapping[str, object]] = list(entry["criteria"])  # type: ignore[call-overload]
    listed = [one for one in listed if not one.get("survey")]
    chosen = sorted(rng.sample(range(len(listed)), min(len(listed), rng.randint(3, 5))))
    children = [
        _criterion(rng, f"{code}.{at}", listed[index], part, str(entry["key"]), deep=at == 1)
        for at, (index, part) in enumerate(zip(chosen, split(maximum, len(chosen), rng), strict=True), start=1)
    ]
    names: list[str] = list(entry["names"])  # type: ignore[call-overload]
    return Node(code, _worded(rng.choice(names)), maximum, str(entry["key"]), children=tuple(children))


def _criterion(
    rng: random.Random, code: str, entry: Mapping[str, object], maximum: Decimal, domain: str, *, deep: bool
) -> Node:
    names: list[str] = list(entry.get("parts", ()))  # type: ignore[call-overload]
    below: list[Node] = []
    if deep and names and maximum >= len(names):
        below = [
            Node(f"{code}.{at}", _worded(name), part, domain)
            for at, (name, part) in enumerate(zip(names, split(maximum, len(names), rng), strict=True), start=1)
        ]
    return Node(code, _worded(str(entry["name"])), maximum, domain, children=tuple(below))


def _worded(name: str) -> str:
    return name.format(cap="huyện", tren="tỉnh")


def leaves(scorecard: Scorecard) -> Iterator[Node]:
    return (node for node in scorecard.walk() if not node.children)


def _year(
    rng: random.Random,
    archive: Archive,
    district: District,
    year: int,
    scorecard: Scorecard,
    before: DistrictYear | None,
) -> DistrictYear:
    lost: dict[str, Lost] = {}
    same = before is not None and before.scorecard is scorecard
    for node in leaves(scorecard):
        was = before.lost.get(node.code) if before is not None and same else None
        amount = _amount(rng, node, was, archive.fates, (district, year - 1, node.code), first=not same)
        if amount:
            kind = was.kind if was and rng.random() < 0.6 else rng.choice(list(REASONS))
            lead = rng.choice(agencies_of("district", node.domain))
            lost[node.code] = Lost(amount, kind, rng.choice(REASONS[kind]), lead, rng.choice(REMEDIES))
    own = {
        node.code: node.max_score if rng.random() < 0.6 else node.max_score - _lost(lost, node.code)
        for node in leaves(scorecard)
    }
    found = DistrictYear(district, year, scorecard, rng.randint(20, 3400), lost, own)
    _papers(rng, found)
    return found


def _amount(
    rng: random.Random,
    node: Node,
    was: Lost | None,
    fates: dict[tuple[District, int, str], Fate],
    key: tuple[District, int, str],
    *,
    first: bool,
) -> Decimal:
    steps = int(node.max_score / _STEP)
    if was is None:
        share = 0.35 if first else 0.15
        return _STEP * rng.randint(1, steps) if rng.random() < share else Decimal(0)
    fate: Fate = rng.choice(("kept", "kept", "eased", "broken", "broken"))
    old = int(was.amount / _STEP)
    if fate == "eased" and old < 2:
        fate = "broken"
    fates[key] = fate
    if fate == "kept":
        return Decimal(0)
    return _STEP * (rng.randint(1, old - 1) if fate == "eased" else rng.choice((old, rng.randint(old, steps))))


def _lost(lost: Mapping[str, Lost], code: str) -> Decimal:
    return lost[code].amount if code in lost else Decimal(0)


def _papers(rng: random.Random, found: DistrictYear) -> None:
    """Which papers there are: in most years all, in some no appraisal, in a few nothing for the whole year."""
    papers: set[PaperKind] = {one for one in ("9m", "6m") if rng.random() < 0.97}
    draw = rng.random()
    if draw >= 0.04:
        papers.add("self")
    if draw >= 0.1:
        papers.add("appraised")
        if rng.random() < 0.8:
            papers.add("copy")
        if rng.random() < 0.92:
            papers.add("plan")
    found.papers = frozenset(papers)
    found.ranked = draw >= 0.07
    found.bare = rng.random() < 0.25
    found.performers = rng.random() < 0.3
    found.draft = "copy" not in papers and rng.random() < 0.4


def _misprint(rng: random.Random, archive: Archive, province: Named, year: int) -> None:
    """In a third of the decisions two neighbours have changed places."""
    ranks = printed_ranks(archive, province, year, misprints=False)
    ordered = sorted(ranks, key=lambda one: ranks[one])
    pairs = [(a, b) for a, b in pairwise(ordered) if ranks[a] + 1 == ranks[b]]
    pairs = [(a, b) for a, b in pairs if list(ranks.values()).count(ranks[b]) == 1]
    if len(ordered) > 2 and pairs and rng.random() < 0.34:
        first, second = rng.choice(pairs)
        archive.misprinted[first, year], archive.misprinted[second, year] = ranks[second], ranks[first]


def printed_ranks(archive: Archive, province: Named, year: int, *, misprints: bool = True) -> dict[District, int]:
    """The ranks of the districts in the decision of a province, equal totals the same, with those printed wrongly."""
    totals = {one.district: one.total() for one in archive.of(province, year) if one.ranked}
    scores = sorted(totals.values(), reverse=True)
    ranks = {district: scores.index(total) + 1 for district, total in totals.items()}
    if misprints:
        ranks |= {
            district: rank for (district, at), rank in archive.misprinted.items() if at == year and district in ranks
        }
    return ranks
