"""Scores an export record against the truth of a report, field by field, as the contract's scoring does.

A document may assess many units: assessments are paired by unit name, each result by its code and occurrence.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

NUMBERS = ("max_score", "score", "self_score", "deducted")
FIELDS = ("codes", "numbers", "deductions", "reasons", "names", "agencies", "header")
Json = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """Hits by field, extras by field, silent errors, and what was wrong."""

    wanted: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    silent: int = 0
    shown: int = 0
    accepted: int = 0
    wrong: list[str] = field(default_factory=list)

    def hit(self, key: str, good: bool, note: str) -> None:
        self.wanted[key] += 1
        self.right[key] += good
        if not good:
            self.wrong.append(f"{key}: {note}")

    def add(self, other: Tally) -> None:
        self.wanted.update(other.wanted)
        self.right.update(other.right)
        self.extra.update(other.extra)
        self.silent += other.silent
        self.shown += other.shown
        self.accepted += other.accepted


def decimal(value: object) -> Decimal | None:
    try:
        return abs(Decimal(str(value))).normalize() if value is not None else None
    except InvalidOperation:
        return Decimal("NaN")


def fold(text: object) -> str:
    line = unicodedata.normalize("NFC", str(text or "")).casefold()
    for old, new in (("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oạ", "ọa"), ("oã", "õa"), ("uỷ", "ủy"), ("uý", "úy")):
        line = line.replace(old, new)
    return " ".join(re.sub(r"[^\w%/,.<>=-]+", " ", line).split()).strip(" .,;:-")


def alike(first: object, second: object) -> float:
    a, b = fold(first), fold(second)
    if a == b:
        return 1.0
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() if a and b else 0.0


def score_record(record: Json, truth: Json) -> Tally:
    """The tally of one document; `truth` has one `assessment` with `results`, or a list of `assessments`."""
    tally = Tally()
    near = 0.95 if record["source"]["method"] == "typed" else 0.90
    _header(tally, record, truth["document"])
    wanted = truth.get("assessments") or (
        [{**truth["assessment"], "results": truth["results"]}] if truth.get("assessment") else []
    )
    mine = list(record["assessments"])
    if not wanted and mine:
        tally.extra["codes"] += sum(len(item["results"]) for item in mine)
        tally.silent += len(mine)
        tally.wrong.append(f"header: {len(mine)} assessments where there are none")
    for want in wanted:
        found = _paired(want, mine, alone=len(wanted) == 1)
        if found is not None:
            mine.remove(found)
        _assessment(
            tally,
            found or {"unit": {}, "totals": {}, "results": []},
            want,
            near,
            {item["code"] for item in truth.get("titles", ())},
        )
    if len(wanted) > 1:
        tally.extra["header"] += len(mine)
    return tally


def _paired(want: Json, mine: list[Json], alone: bool) -> Json | None:
    if alone:
        return max(mine, key=lambda item: len(item["results"]), default=None)
    names = [item for item in mine if fold(item["unit"].get("name")) == fold(want["unit"])]
    return next((item for item in names if item["unit"].get("level") == want.get("level")), names[0] if names else None)


def _header(tally: Tally, record: Json, document: Json) -> None:
    own = record["document"]
    if document.get("number"):
        tally.hit(
            "header",
            fold(own.get("number")) == fold(document["number"]),
            f"number {own.get('number')!r} for {document['number']!r}",
        )
    if document.get("date") and len(document["date"]) == 10:
        tally.hit("header", own.get("date") == document["date"], f"date {own.get('date')!r} for {document['date']!r}")


def _assessment(tally: Tally, mine: Json, want: Json, near: float, titles: set[str]) -> None:
    """`titles` are codes that stand over others as mere headings: neither missing nor extra."""
    unit = mine.get("unit") or {}
    own = {
        "unit": unit.get("name"),
        "level": unit.get("level"),
        "province": unit.get("province"),
        "year": mine.get("year"),
        "period": mine.get("period"),
    }
    for key, value in own.items():
        if want.get(key) is not None:
            tally.hit("header", fold(value) == fold(want[key]), f"{key} {value!r} for {want[key]!r}")
    for key, value in (want.get("totals") or {}).items():
        got = (mine.get("totals") or {}).get(key)
        same = (
            decimal(got) == decimal(value)
            if key != "rank"
            else str(got or "").split("/")[0] == str(value).split("/")[0]
        )
        tally.hit("header", same, f"{want.get('unit')}: total {key} {got!r} for {value!r}")
    results, gold = _by_code(mine["results"]), _by_code(want["results"])
    extra = {key for key in results.keys() - gold.keys() if key[0] not in titles}
    tally.extra["codes"] += len(extra)
    tally.wrong += [f"codes: extra {code}" for code, _ in sorted(extra)]
    for key, result in gold.items():
        found = results.get(key)
        tally.hit("codes", found is not None, f"missing {key[0]}")
        _result(tally, found or {}, result, near)


def _by_code(results: list[Json]) -> dict[tuple[str, int], Json]:
    seen: Counter[str] = Counter()
    found = {}
    for result in results:
        seen[result["code"]] += 1
        found[(result["code"], seen[result["code"]])] = result
    return found


def _result(tally: Tally, mine: Json, gold: Json, near: float) -> None:
    code = gold["code"]
    derived = gold.get("deducted_is_derived")
    for name in NUMBERS:
        if (name == "deducted" and (derived or gold[name] is None)) or (gold[name] is None and mine.get(name) is None):
            continue
        good = decimal(mine.get(name)) == decimal(gold[name])
        tally.hit(
            "numbers", good, f"{code} {name} {mine.get(name)!r} for {gold[name]!r} [{mine.get('status', 'absent')}]"
        )
        tally.shown += 1
        tally.accepted += mine.get("status") in ("ok", "repaired")
        tally.silent += not good and mine.get(name) is not None and mine.get("status") != "review"
    if not derived:
        need = Counter(decimal(item["amount"]) for item in gold["deductions"])
        got = Counter(decimal(item.get("amount")) for item in mine.get("deductions", []))
        tally.wanted["deductions"] += need.total()
        tally.right["deductions"] += (need & got).total()
        tally.extra["deductions"] += (got - need).total()
        if need != got:
            tally.wrong.append(f"deductions: {code} {sorted(map(str, got))} for {sorted(map(str, need))}")
    for item in gold["deductions"]:
        if item["reason"]:
            best = max(
                (alike(other.get("reason"), item["reason"]) for other in mine.get("deductions", [])), default=0.0
            )
            tally.hit("reasons", best >= near, f"{code} {best:.2f} {item['reason'][:60]!r}")
    if gold.get("name"):
        likeness = alike(mine.get("name"), gold["name"])
        tally.hit(
            "names", likeness >= near, f"{code} {likeness:.2f} {str(mine.get('name'))[:50]!r} for {gold['name'][:50]!r}"
        )
    named = {item["name"] for item in mine.get("agencies", [])}
    for item in gold.get("agencies", []):
        if item.get("checked"):
            tally.hit("agencies", item["name"] in named, f"{code} {item['name']!r} not in {sorted(named)}")
