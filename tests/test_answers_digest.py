"""The counted losses follow the documents: whatever comes, goes or changes is counted before the next answer."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from answers_truth import plant
from building import build_assessment, build_document, build_report, build_result, build_unit, deduction
from sqlalchemy import text

from compare.audited import Audited, Sums
from compare.digest import apply_correction, refresh
from compare.digest_tables import billionths, points
from compare.history import Scope
from compare.kinds import reason_key
from load.connect import writing
from load.reason_kinds import ReasonKind, correct
from load.store import Store

pytest_plugins = ("databases",)

LATE = "Ban hành kế hoạch chậm 05 ngày"


def add(store: Store, file: str, lost: str, province: str = "Điện Biên", replace: bool = False) -> None:
    row = build_result("1.1", "5", None, lost, deductions=(deduction(lost, LATE),))
    told = build_assessment(
        row, unit=build_unit("Mường Ảng" if province == "Điện Biên" else "Can Lộc", province=province)
    )
    store.add_report(build_document(file), build_report(told), replace=replace)


def sums(store: Store) -> Sums:
    return Audited(store, Scope()).sums


def test_only_the_groups_in_which_something_changed_are_counted_anew(store: Store) -> None:
    assert (refresh(store), sums(store)) == (0, Sums(0, Decimal(0)))
    add(store, "a.pdf", "1")
    add(store, "b.pdf", "2", province="Hà Tĩnh")
    assert (refresh(store), refresh(store)) == (2, 0)
    assert sums(store) == Sums(2, Decimal(3))
    add(store, "a.pdf", "0.5", replace=True)
    assert (refresh(store), refresh(store)) == (1, 0)
    assert sums(store) == Sums(2, Decimal("2.5"))


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ("UPDATE deductions SET amount = '1.75'", Sums(2, Decimal("2"))),
        ("UPDATE results SET deducted = '0.5', score = NULL", Sums(1, Decimal("2"))),
        ("DELETE FROM documents", Sums(0, Decimal(0))),
        ("UPDATE assessments SET period = '9m'", Sums(0, Decimal(0))),
    ],
)
def test_changes_from_elsewhere_are_seen(store: Store, change: str, left: Sums) -> None:
    add(store, "a.pdf", "2")
    assert sums(store) == Sums(1, Decimal(2))
    with writing(store.engine) as connection:
        connection.execute(text(change))
    assert sums(store) == left


def test_what_may_only_be_read_is_counted_in_memory(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from compare import digest

    plant(store)
    counted = Audited(store, Scope(province="Hà Tĩnh", first=2019))
    usual = (counted.losses, counted.recurring, counted.promises, counted.agencies, counted.kinds, counted.sums)
    monkeypatch.setattr(digest, "_of_store", lambda _store: None)
    read = Audited(store, Scope(province="Hà Tĩnh", first=2019))
    assert (read.losses, read.recurring, read.promises, read.agencies, read.kinds, read.sums) == usual


def test_a_person_corrects_the_kind_of_a_reason_for_good(store: Store) -> None:
    add(store, "a.pdf", "1")
    assert [one.kind for one in Audited(store, Scope()).kinds] == ["late"]
    for kind, kinds in (("publicity", ("publicity", "late")), ("", ("late",))):
        with writing(store.engine) as connection:
            correct(connection, reason_key(LATE), ReasonKind(LATE, kind, "An", datetime.now(UTC)))
        apply_correction(store, LATE, kind)
        assert [one.kinds for one in Audited(store, Scope()).losses] == [kinds]
        add(store, "a.pdf", "1", replace=True)  # read anew
        assert [one.kinds for one in Audited(store, Scope()).losses] == [kinds]


def test_sums_are_exact() -> None:
    amounts = [Decimal("0.1"), Decimal("0.2439"), Decimal("17"), Decimal("0.000000001")]
    assert points(sum(map(billionths, amounts))) == sum(amounts)
    assert str(points(billionths(Decimal("100.00")))) == "100"
