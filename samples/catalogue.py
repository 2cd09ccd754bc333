"""The reports written by hand for the project: TOML under `reports/`, each drawn in the formats it names.

Prose reports hold their sentences and, apart from them, the numbers that must be read; table reports hold the numbers
and texts of each row once and say how they are printed.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

from samples.habits import Habit, Writer
from samples.layout import Block, Grid, Letterhead, PageBreak, Para, Sheet
from samples.tabling import Column, Row, build_grid
from samples.truth import Agency, Criterion, Item, Marks, Paper, Planted, Truth

FORMATS = ("txt", "docx", "pdf")


@dataclass(frozen=True, slots=True)
class Sample:
    """A report before it has a format, with its truth; `purpose` says what it is there for."""

    sheet: Sheet
    truth: Truth
    formats: tuple[str, ...]
    purpose: str = ""


def read_samples() -> Iterator[Sample]:
    """The written reports, by name."""
    folder = files("samples") / "reports"
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.name.endswith(".toml"):
            yield _sample(entry.name.removesuffix(".toml"), tomllib.loads(entry.read_text(encoding="utf-8")))


def _sample(name: str, data: Mapping[str, Any]) -> Sample:
    writer = Writer(Habit(**data.get("habit", {})), random.Random(name))
    blocks: list[Block] = []
    results: list[tuple[int, Criterion]] = []
    ranked: list[Marks] = []
    titles: list[tuple[str, str]] = []
    for block in data["block"]:
        blocks.extend(_block(block, writer))
        if block.get("kind") == "ranking":
            ranked.extend(_ranked(block))
            continue
        number = block.get("assessment", 0)
        results.extend((number, one) for one in _results(block))
        titles.extend((row["title_code"], row["title"]) for row in block.get("row", ()) if "title_code" in row)
    marks = tuple(
        replace(_marks(entry), results=tuple(one for at, one in results if at == number))
        for number, entry in enumerate(data.get("assessment", ()))
    )
    scorecard = tuple(one for _, one in results) if data["family"] == "H" else ()
    truth = Truth(
        name=name,
        family=data["family"],
        paper=Paper(**{"number": None, "date": None, "issuer": None, **data.get("paper", {})}),
        assessments=marks or tuple(ranked),
        planted=tuple(Planted(**{**one, "also": tuple(one.get("also", ()))}) for one in data.get("planted", ())),
        titles=tuple(titles),
        slips=tuple((one["printed"], one["meant"]) for one in data.get("slip", ())),
        scorecard=scorecard,
        scorecard_facts=data.get("scorecard", {}),
    )
    sheet = Sheet(tuple(blocks), **data.get("sheet", {}))
    return Sample(sheet, truth, tuple(data["formats"]), data["purpose"])


def _marks(entry: Mapping[str, Any]) -> Marks:
    totals = {key: value if key == "rank" else Decimal(value) for key, value in entry.get("totals", {}).items()}
    return Marks(**{**entry, "totals": totals})


def _decimal(entry: Mapping[str, Any], key: str) -> Decimal | None:
    return Decimal(entry[key]) if key in entry else None


def _agencies(entry: Mapping[str, Any]) -> tuple[Agency, ...]:
    found = [
        Agency(name.removesuffix("?"), role, not name.endswith("?"))
        for role in ("lead", "support", "performer")
        for name in entry.get(role, ())
    ]
    return tuple(found)


def _result(entry: Mapping[str, Any]) -> Criterion:
    """A row's result. Reasons without an amount of their own go with the whole deduction."""
    maximum, score, deducted = (_decimal(entry, key) for key in ("max", "score", "deducted"))
    items = tuple(Item(Decimal(one["amount"]), one.get("reason"), _agencies(one)) for one in entry.get("item", ()))
    lost = deducted if deducted is not None else maximum - score if maximum is not None and score is not None else None
    if not items and lost and not entry.get("parent"):
        items = (Item(lost, entry.get("reason")),)
    return Criterion(
        code=entry["code"],
        name=entry.get("name"),
        max_score=maximum,
        self_score=_decimal(entry, "self"),
        score=score,
        deducted=deducted,
        stated=deducted is not None,
        items=items,
        agencies=_agencies(entry),
        survey=entry.get("survey", False),
        remedy=entry.get("remedy"),
        deadline=entry.get("deadline"),
        domain=entry.get("domain"),
    )


def _results(block: Mapping[str, Any]) -> Iterator[Criterion]:
    entries = [*block.get("result", ()), *block.get("row", ())]
    yield from (_result(entry) for entry in entries if "code" in entry)


def _block(block: Mapping[str, Any], writer: Writer) -> Iterator[Block]:
    kind = block.get("kind", "text")
    if kind == "letterhead":
        yield Letterhead(tuple(_lines(block["left"])), tuple(_lines(block["right"])))
    elif kind == "table":
        yield _table(block, writer)
    elif kind == "ranking":
        yield _ranking(block, writer)
    elif kind == "page":
        yield PageBreak()
    elif kind == "text":
        options = {key: block[key] for key in ("align", "bold", "italic", "indent", "label", "level") if key in block}
        for line in block["text"].strip("\n").split("\n\n"):
            whole = line.startswith("**") and line.endswith("**")
            yield Para(line.strip("*"), **{**options, "bold": True}) if whole else Para(line, **options)


def _lines(texts: list[str]) -> Iterator[Para]:
    """Lines of the letterhead: `*bold*` and `_italic_` by their first letter."""
    for text in texts:
        yield Para(text.strip("*_"), align="center", bold=text.startswith("*"), italic=text.startswith("_"))


def _table(block: Mapping[str, Any], writer: Writer) -> Grid:
    rows: list[Row] = []
    for entry in block["row"]:
        printed = {**entry.get("printed", {})}
        if "title" in entry:
            rows.append(Row(title=entry["title"]))
            continue
        result = _result(entry) if "code" in entry else None
        for key, kind in (("reason", "reason"), ("remedy", "remedy"), ("deadline", "deadline")):
            if result is None and key in entry:
                printed.setdefault(kind, writer.text(entry[key]))
        rows.append(Row(result, printed, domain=entry.get("group"), bold=entry.get("bold", False)))
    options = {key: block[key] for key in ("merge", "numbering", "repeat", "cut", "breaks", "size") if key in block}
    return build_grid(rows, [Column(**column) for column in block["columns"]], writer, **options)


def _ranked(block: Mapping[str, Any]) -> Iterator[Marks]:
    for entry in block["row"]:
        if "unit" not in entry:
            continue
        totals: dict[str, Decimal | str] = {}
        kinds = {column["kind"] for column in block["columns"]}
        if "max" in kinds or "(100" in block["columns"][-2]["heading"]:
            totals["max_score"] = Decimal(block["max"])
        for key, name in (("self", "self_score"), ("score", "score"), ("percent", "index_percent")):
            if key in entry:
                totals[name] = Decimal(entry[key])
        if "rank" in entry:
            totals["rank"] = entry["rank"]
        results = tuple(
            Criterion(domain["code"], domain["name"], Decimal(domain["max"]), score=Decimal(score))
            for domain, score in zip(block.get("domains", ()), entry.get("scores", ()), strict=True)
        )
        yield Marks(entry["unit"], block["level"], block["province"], block["year"], totals=totals, results=results)


def _ranking(block: Mapping[str, Any], writer: Writer) -> Grid:
    rows: list[Row] = []
    number = 0
    for entry in block["row"]:
        texts = dict(entry.get("printed", {}))
        if "unit" in entry:
            number += 1
            texts = {"number": str(number), "unit": entry.get("title", "") + entry["unit"], **texts}
            texts.setdefault("max", writer.number(Decimal(block["max"])))
            for key in ("self", "score", "percent"):
                if key in entry:
                    texts.setdefault(key, writer.number(Decimal(entry[key])))
            texts.setdefault("rank", entry.get("rank", ""))
            for at, score in enumerate(entry.get("scores", ()), 1):
                texts.setdefault(f"d{at}", writer.number(Decimal(score)))
        rows.append(Row(texts=texts, bold=entry.get("bold", False)))
    options = {key: block[key] for key in ("repeat", "cut", "breaks", "size") if key in block}
    return build_grid(rows, [Column(**column) for column in block["columns"]], writer, **options)


def write_samples(folder: Path, formats: tuple[str, ...] = FORMATS) -> tuple[Path, ...]:
    """Writes every sample in the formats it names, and its truth beside it; returns the files written.

    A format that cannot be drawn on this machine (PDF without a font that has the Vietnamese letters) is left out;
    `samples.render.missing` says why.
    """
    from samples.render import render

    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for sample in read_samples():
        for media in sample.formats:
            if media in formats and (content := render(sample.sheet, media)) is not None:
                path = folder / f"{sample.truth.name}.{media}"
                path.write_bytes(content)
                written.append(path)
        written.append(sample.truth.write(folder))
    return tuple(written)
