"""Criteria of different scorecards: proposed by name with evidence, confirmed by a person, compared as shares."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from building import build_assessment, build_document, build_report, build_result, build_unit

from compare.aligning import Card, decide, proposals
from compare.side_by_side import side_by_side
from compare.table import TOTAL
from load.store import Store
from normalize.errors import UsageError

NORTH, SOUTH = Card("Điện Biên", "district", 2021), Card("Hà Tĩnh", "district", 2021)
NAMES = {
    "Điện Biên": {
        "1": "Công tác chỉ đạo, điều hành", "1.1": "Ban hành kế hoạch cải cách hành chính", "1.2": "Sáng kiến",
        "2": "Cải cách thủ tục hành chính", "2.1": "Tỷ lệ hồ sơ giải quyết đúng hạn",
    },
    "Hà Tĩnh": {
        "1": "Cải cách thủ tục hành chính", "1.1": "Tỷ lệ hồ sơ được giải quyết đúng hạn",
        "2": "Công tác chỉ đạo, điều hành", "2.1": "Ban hành kế hoạch cải cách hành chính năm", "2.2": "Tuyên truyền",
    },
}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = Store.open(tmp_path / "x.db")
    for province, unit in (("Điện Biên", "Mường Ảng"), ("Hà Tĩnh", "Can Lộc")):
        most = "2" if province == "Điện Biên" else "4"
        rows = [build_result(code, most, "1", name=name) for code, name in NAMES[province].items() if "." in code] + [
            build_result(code, None, None, name=name) for code, name in NAMES[province].items() if "." not in code
        ]
        told = build_assessment(*rows, unit=build_unit(unit, province=province), year=2021, score="50")
        found.add_report(build_document(f"{unit}.pdf"), build_report(told, number=f"{len(unit)}/BC"))
    return found


def told(store: Store) -> list[tuple[str, str, str, bool | None, str]]:
    return [
        (str(one.first.code), str(one.second.code), str(one.likeness), one.domains, one.verdict)
        for one in proposals(store, NORTH, SOUTH)
    ]


def test_names_propose_and_evidence_is_shown(store: Store) -> None:
    assert told(store) == [("1.1", "2.1", "0.9375", True, "open"), ("2.1", "1.1", "0.8750", True, "open")]
    (first, _) = proposals(store, NORTH, SOUTH)
    assert (first.first.file, first.first.page, first.first.maximum) == ("Mường Ảng.pdf", 1, Decimal(2))
    assert (first.second.file, first.second.name) == ("Can Lộc.pdf", "Ban hành kế hoạch cải cách hành chính năm")


def test_only_what_a_person_confirmed_is_compared(store: Store) -> None:
    assert side_by_side(store, 2021, by="aligned").blocks == ()
    decide(store, NORTH, SOUTH, [("1.1", "2.1")], "same", "An")
    decide(store, NORTH, SOUTH, [("2.1", "1.1")], "different", "An")
    assert told(store) == [("1.1", "2.1", "0.9375", True, "same"), ("2.1", "1.1", "0.8750", True, "different")]
    (block,) = side_by_side(store, 2021, by="aligned").blocks
    assert [column.key for column in block.columns] == ["2.1 Hà Tĩnh", TOTAL]
    assert {line.unit.name: line.cells["2.1 Hà Tĩnh"].share for line in block.lines} == {
        "Mường Ảng": Decimal("0.5"), "Can Lộc": Decimal("0.25"),
    }  # fmt: skip
    assert (block.province, block.means["2.1 Hà Tĩnh"].share) == (None, Decimal("0.375"))
    decide(store, SOUTH, NORTH, [("2.1", "1.1")], "open", "Bình")
    assert side_by_side(store, 2021, by="aligned").blocks == ()


def test_codes_and_scorecards_that_are_not_there(store: Store) -> None:
    with pytest.raises(UsageError, match="criterion-unknown"):
        decide(store, NORTH, SOUTH, [("1.1", "2.1"), ("9.9", "2.1")], "same", "An")
    assert {verdict for *_, verdict in told(store)} == {"open"}
    with pytest.raises(UsageError, match="scorecard-unknown"):
        proposals(store, NORTH, Card("Hà Nội", "district", 2021))
