"""An archive whose answers are known: provinces with scorecards of their own, districts, years, planted promises."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal

from building import agency, build_assessment, build_document, build_report, build_result, build_unit, deduction

from load.store import Store
from normalize.records import Result, Unit

YEARS = (2018, 2019, 2020, 2021)
# The year in which the second province decides another scorecard.
CHANGED = 2020
PROVINCES = {
    "Điện Biên": ("Tuần Giáo", "Mường Chà", "Tủa Chùa", "Nậm Pồ"),
    "Quảng Trị": ("Hải Lăng", "Gio Linh", "Cam Lộ", "Vĩnh Linh"),
    "Hà Tĩnh": ("Cẩm Xuyên", "Thạch Hà", "Can Lộc", "Đức Thọ"),
}
NAMES = {
    "steering": "Công tác chỉ đạo, điều hành",
    "procedures": "Cải cách thủ tục hành chính",
    "finance": "Cải cách tài chính công",
}
# Where the domains stand differs: numbers say nothing across provinces.
ORDER = {
    "Điện Biên": ("steering", "procedures", "finance"),
    "Quảng Trị": ("steering", "finance", "procedures"),
    "Hà Tĩnh": ("procedures", "steering", "finance"),
}
REASONS = {
    "late": "Ban hành kế hoạch chậm 05 ngày",
    "initiatives": "Không có sáng kiến được công nhận",
    "overdue": "Còn 12 hồ sơ giải quyết quá hạn",
    "finance": "Giải ngân vốn đầu tư công thấp",
}
AGENCIES = ("Phòng Nội vụ", "Phòng Tư pháp", "Phòng Tài chính - Kế hoạch")
QUARTER = Decimal("0.25")


@dataclass
class Truth:
    """What was planted. Scores and maxima in points, by unit, year and code."""

    maxima: dict[tuple[str, int], dict[str, Decimal]] = field(default_factory=dict)
    scores: dict[tuple[Unit, int], dict[str, Decimal]] = field(default_factory=dict)
    reasons: dict[tuple[Unit, int, str], str] = field(default_factory=dict)
    leads: dict[tuple[Unit, int, str], str] = field(default_factory=dict)
    missing: set[tuple[Unit, int]] = field(default_factory=set)
    drafts: set[tuple[Unit, int]] = field(default_factory=set)

    def lost(self, unit: Unit, year: int, code: str) -> Decimal:
        return self.maxima[unit.province or "", year][code] - self.scores[unit, year][code]

    def card(self, unit: Unit, year: int) -> tuple[str, bool]:
        return unit.province or "", unit.province == "Quảng Trị" and year >= CHANGED

    def domain(self, unit: Unit, year: int, number: str) -> tuple[Decimal, Decimal]:
        maxima = self.maxima[unit.province or "", year]
        codes = [code for code in maxima if code.startswith(f"{number}.")]
        return sum((self.scores[unit, year][code] for code in codes), Decimal(0)), sum(
            (maxima[c] for c in codes), Decimal(0)
        )

    def total(self, unit: Unit, year: int) -> tuple[Decimal, Decimal]:
        return sum(self.scores[unit, year].values(), Decimal(0)), sum(
            self.maxima[unit.province or "", year].values(), Decimal(0)
        )


def units() -> list[Unit]:
    return [build_unit(name, province=province) for province, names in PROVINCES.items() for name in names]


def plant(store: Store, seed: int = 6) -> Truth:
    """Fill the store: a report with all criteria for each unit and year but one, and a remedy plan beside most."""
    rng, truth = random.Random(seed), Truth()
    for province, order in ORDER.items():
        first = {
            f"{d}.{c}": Decimal(rng.randint(2, 6))
            for d in range(1, len(order) + 1)
            for c in range(1, rng.randint(4, 6))
        }
        other = {code: maximum + 1 for code, maximum in first.items()}
        for year in YEARS:
            truth.maxima[province, year] = other if province == "Quảng Trị" and year >= CHANGED else first
    everyone = units()
    truth.missing = {(everyone[1], 2020), (everyone[10], 2021)}
    truth.drafts = {(everyone[2], 2021), (everyone[3], 2021)}
    for unit in everyone:
        for year in YEARS:
            if (unit, year) not in truth.missing:
                _score(rng, truth, unit, year)
                _write(store, truth, unit, year)
    return truth


def _score(rng: random.Random, truth: Truth, unit: Unit, year: int) -> None:
    scores = {}
    for code, maximum in truth.maxima[unit.province or "", year].items():
        lost = QUARTER * rng.randint(1, 8) if rng.random() < 0.4 else Decimal(0)
        scores[code] = maximum - lost
        if lost:
            truth.reasons[unit, year, code] = rng.choice(list(REASONS))
            truth.leads[unit, year, code] = rng.choice(AGENCIES)
    truth.scores[unit, year] = scores


def _write(store: Store, truth: Truth, unit: Unit, year: int) -> None:
    rows: list[Result] = []
    plan: list[Result] = []
    for number, key in enumerate(ORDER[unit.province or ""], start=1):
        score, maximum = truth.domain(unit, year, str(number))
        rows.append(build_result(str(number), str(maximum), str(score), str(maximum - score), name=NAMES[key]))
        for code, most in truth.maxima[unit.province or "", year].items():
            if code.startswith(f"{number}."):
                lost = truth.lost(unit, year, code)
                rows.append(build_result(code, str(most), str(most - lost), str(lost), name=f"Tiêu chí {code}",
                            deductions=(deduction(str(lost)),) if lost else ()))  # fmt: skip
                if lost:
                    reason, lead = REASONS[truth.reasons[unit, year, code]], truth.leads[unit, year, code]
                    plan.append(build_result(code, str(most), str(most - lost), name=f"Tiêu chí {code}",
                                deductions=(deduction(str(lost), reason),), agencies=(agency(lead),),
                                remedy="Đôn đốc các xã", deadline="Trong năm"))  # fmt: skip
    score, maximum = truth.total(unit, year)
    number = None if (unit, year) in truth.drafts else f"{year % 100}{len(unit.name or '')}/BC-UBND"
    scored = build_assessment(*rows, unit=unit, year=year, max_score=str(maximum), score=str(score))
    planned = build_assessment(*plan, unit=unit, year=year, max_score=None)
    name = f"{unit.province}-{unit.name}-{year}"
    store.add_report(build_document(f"{name}.pdf"), build_report(scored, number=number, date=f"{year + 1}-01-15"))
    store.add_report(build_document(f"{name}-plan.pdf"), build_report(planned, date=f"{year + 1}-02-15"))
