"""The documents of an archive whose answers are known (samples/archive.py), as Word and text files in turn."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from samples.archive import Archive, DistrictYear, printed_ranks
from samples.case import Case, Subject, rounded
from samples.habits import Writer, random_habit
from samples.heads import Office, letter, own_office, signature, upper_office
from samples.layout import Block, Letterhead, Para, Sheet
from samples.render import render
from samples.scorecard import Node, Scorecard
from samples.tabling import Column, Row, build_grid
from samples.vocabulary import Named, Province, heading

SPANS = {"self": "năm", "6m": "6 tháng đầu năm", "9m": "9 tháng đầu năm"}


@dataclass(frozen=True, slots=True)
class Paper:
    """A document before it has a format; the seed of its slips of the pen."""

    name: str
    sheet: Sheet
    media: tuple[str, ...]


def write_archive(archive: Archive, folder: Path) -> tuple[Path, ...]:
    """Write all documents of an archive; the same archive gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for paper in papers(archive):
        for media in paper.media:
            content = render(paper.sheet, media, paper.name)
            if content is not None:
                paths.append(folder / f"{paper.name}.{media}")
                paths[-1].write_bytes(content)
    return tuple(paths)


def papers(archive: Archive) -> Iterator[Paper]:
    """Every document, districts by year, then the decisions; Word and text by turns."""
    for number, told in enumerate(archive.told.values()):
        usual, other = ("docx", "txt") if number % 2 else ("txt", "docx")
        name = _slug(f"{told.district.province.name}-{told.district.name}-{told.year}")
        for kind in ("self", "9m", "6m"):
            if kind in told.papers:
                yield Paper(f"{name}-{kind}", _own_table(_case(told, kind), told, kind), (usual,))
        if "appraised" in told.papers:
            media = (usual, other) if "copy" in told.papers else (usual,)
            yield Paper(f"{name}-appraised", _annex(_case(told, "appraised"), told), media)
        if "plan" in told.papers:
            yield Paper(f"{name}-plan", _plan(_case(told, "plan"), told), (other,))
    for province in archive.provinces:
        for year in archive.years:
            ranked = [one for one in archive.of(province, year) if one.ranked]
            if len(ranked) > 1:
                ranks = printed_ranks(archive, province, year)
                rows = sorted(((ranks[one.district], one) for one in ranked), key=lambda row: row[0])
                yield Paper(
                    _slug(f"{province.name}-{year}-ranking"), _ranking(_case(ranked[0], "rank"), rows), ("docx",)
                )


def _slug(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).replace(" ", "-")


def _case(told: DistrictYear, kind: str) -> Case:
    """The officer who writes: tidy, for what is tested here is what comes after the reading."""
    rng = random.Random(f"{told.district.name}/{told.year}/{told.number}/{kind}")
    tidy = replace(
        random_habit(rng), decimal=rng.choice(("comma", "comma", "point")), code=rng.choice(("dotted", "closing")),
        zero_padded=False, blanks_rate=0.0, nbsp_rate=0.0, glue_rate=0.0, nfd_rate=0.0, typo_rate=0.0, eth=False,
        abbreviate_rate=0.0,
    )  # fmt: skip
    place = Province(told.district.province, (), ())
    subject = Subject(place, "district", told.district.named, told.year)
    return Case(rng, Writer(tidy, rng), subject, told.scorecard, ())


def _sheet(case: Case, blocks: Sequence[Block], *, landscape: bool = True) -> Sheet:
    return Sheet(tuple(blocks), landscape=landscape, dialect=case.pick("tabs", "pipes"))


def _columns(case: Case, *kinds: tuple[str, str, float]) -> list[Column]:
    return [Column(kind, heading(wording, case.rng), width) for kind, wording, width in kinds]


_CODE, _NAME, _MAX = ("code", "code_serial", 0.9), ("name", "name", 3.4), ("max", "max", 1.0)


def _own_table(case: Case, told: DistrictYear, kind: str) -> Sheet:
    """What the district gives itself, for the year or a part of it."""
    case.facts["period"] = "year" if kind == "self" else kind
    place = f"{told.district.named.running}, {told.district.province.running}"
    title = f"Kết quả tự chấm điểm Chỉ số cải cách hành chính {SPANS[kind]} {told.year} của {place}"
    office = own_office(case.subject)
    _, head = letter(case, office, "Báo cáo", title)
    columns = _columns(case, _CODE, _NAME, _MAX, ("score", "self", 1.0))
    rows = [_row(case, node, {"score": told.score(node, own=True)}) for node in told.scorecard.walk()]
    rows.append(_total(case, told.scorecard, {"score": told.total(own=True)}))
    grid = build_grid(rows, columns, case.writer, repeat=True)
    return _sheet(case, [*head, grid, signature(case, office)], landscape=False)


def _annex(case: Case, told: DistrictYear) -> Sheet:
    """What the appraisers give: own and appraised scores, what was lost, in most annexes with the reasons."""
    place = f"{told.district.named.running}, {told.district.province.running}"
    title = f"Kết quả thẩm định Chỉ số cải cách hành chính năm {told.year} của {place}"
    office = upper_office(case.subject)
    _, head = letter(case, office, "Thông báo", title)
    kinds = [_CODE, _NAME, _MAX, ("self", "self", 1.0), ("score", "score", 1.0), ("deducted", "deducted", 1.0)]
    kinds += [] if told.bare else [("reason", "reason", 2.8)]
    kinds += [("performer", "performer", 1.5)] if told.performers else []
    rows = [_appraised(case, told, node) for node in told.scorecard.walk()]
    most, own, score = told.scorecard.total, told.total(own=True), told.total()
    rows.append(_total(case, told.scorecard, {"self": own, "score": score, "deducted": most - score}))
    grid = build_grid(rows, _columns(case, *kinds), case.writer, repeat=True)
    blocks: list[Block] = [*head, grid, signature(case, office)]
    return _sheet(case, [_unnumbered(one) for one in blocks] if told.draft else blocks)


def _appraised(case: Case, told: DistrictYear, node: Node) -> Row:
    score = told.score(node)
    numbers = {"self": told.score(node, own=True), "score": score, "deducted": node.max_score - score}
    row = _row(case, node, numbers)
    lost = told.lost.get(node.code)
    texts = {"reason": lost.reason, "performer": lost.lead} if lost else {"reason": "", "performer": ""}
    return replace(row, texts={**row.texts, **texts})


def _row(case: Case, node: Node, numbers: Mapping[str, Decimal]) -> Row:
    return Row(
        texts={
            "code": case.writer.code(node.code),
            "name": node.name,
            "max": case.writer.number(node.max_score),
            **{kind: _number(case, kind, value) for kind, value in numbers.items()},
        },
        bold=node.depth == 1,
    )


def _number(case: Case, kind: str, value: Decimal) -> str:
    return case.writer.deduction(value) if kind == "deducted" else case.writer.number(value)


def _total(case: Case, scorecard: Scorecard, numbers: Mapping[str, Decimal]) -> Row:
    texts = {"name": heading("total", case.rng), "max": case.writer.number(scorecard.total)}
    return Row(texts={**texts, **{kind: _number(case, kind, value) for kind, value in numbers.items()}}, bold=True)


def _unnumbered(block: Block) -> Block:
    """The letterhead with the number left blank, as drafts have it."""
    if not isinstance(block, Letterhead):
        return block
    return replace(block, left=tuple(
        replace(one, text=f"Số:        /{one.text.rpartition('/')[2].strip()}") if one.text.startswith("Số:") else one
        for one in block.left
    ))  # fmt: skip


def _plan(case: Case, told: DistrictYear) -> Sheet:
    """What the district promises for every criterion that lost points, with who and by when."""
    place = f"{told.district.named.running}, {told.district.province.running}"
    title = f"Khắc phục các tiêu chí bị trừ điểm Chỉ số cải cách hành chính năm {told.year} của {place}"
    office = own_office(case.subject)
    _, head = letter(case, office, "Kế hoạch", title)
    columns = _columns(
        case, ("code", "code", 0.9), _NAME, ("ratio", "ratio", 1.2), ("reason", "reason_remedy", 2.8),
        ("remedy", "remedy", 2.8), ("lead", "lead", 1.5), ("deadline", "deadline", 1.2),
    )  # fmt: skip
    nodes = {node.code: node for node in told.scorecard.walk()}
    rows = [
        Row(
            texts={
                "code": case.writer.code(code), "name": nodes[code].name,
                "ratio": case.writer.ratio(told.score(nodes[code]), nodes[code].max_score),
                "reason": lost.reason, "remedy": lost.remedy, "lead": lost.lead,
                "deadline": f"Quý {case.pick('II', 'III', 'IV')} năm {told.year + 1}",
            }
        )
        for code, lost in told.lost.items()
    ]  # fmt: skip
    grid = build_grid(rows, columns, case.writer, repeat=True)
    return _sheet(case, [*head, grid, signature(case, office)])


def _ranking(case: Case, rows: Sequence[tuple[int, DistrictYear]]) -> Sheet:
    """The decision that ranks the districts of a province."""
    office: Office = upper_office(case.subject)
    province: Named = case.subject.province.unit
    title = f"Công bố Chỉ số cải cách hành chính năm {case.year} của các huyện, thành phố {province.running}"
    _, head = letter(case, office, "Quyết định", title)
    columns = _columns(
        case, ("number", "number", 0.6), ("unit", "unit", 2.4), ("max", "max", 1.0), ("self", "self", 1.0),
        ("score", "score", 1.0), ("percent", "percent", 1.0), ("rank", "rank", 0.8),
    )  # fmt: skip
    number = case.writer.number
    told = [
        Row(
            texts={
                "number": str(at), "unit": one.district.named.full, "max": number(one.scorecard.total),
                "self": number(one.total(own=True)), "score": number(one.total()),
                "percent": number(rounded(100 * one.total() / one.scorecard.total)), "rank": str(rank),
            }
        )
        for at, (rank, one) in enumerate(rows, start=1)
    ]  # fmt: skip
    opening = Para(f"Kết quả của {len(rows)} đơn vị như sau:", indent=True)
    grid = build_grid(told, columns, case.writer, repeat=True)
    return _sheet(case, [*head, opening, grid, signature(case, office)], landscape=False)
