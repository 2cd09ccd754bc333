"""Automatic numbers of Word files: what the page shows, counted as Word counts."""

from __future__ import annotations

from word_files import NAMESPACES, p, places, read, table, tbl, tc, texts, tr

from extract.document import Table


def numbering(*levels: str, more: str = "") -> str:
    made = "".join(f'<w:lvl w:ilvl="{index}">{level}</w:lvl>' for index, level in enumerate(levels))
    return (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0">{made}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}</w:numbering>'
    )


def level(text: str, form: str = "decimal", extra: str = "") -> str:
    return f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{text}"/>'


def num(identifier: int, ilvl: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{identifier}"/></w:numPr>'


def test_automatic_numbers_stand_before_the_text() -> None:
    part = numbering(level("%1.", "upperRoman"), level("%1.%2.", extra="<w:isLgl/>"), level("%3)", "lowerLetter"))
    body = "".join(
        p(text, num(1, ilvl)) for text, ilvl in [("A", 0), ("B", 1), ("C", 2), ("D", 2), ("E", 1), ("F", 0), ("G", 1)]
    )
    assert texts(body, numbering=part) == ["I. A", "1.1. B", "a) C", "b) D", "1.2. E", "II. F", "2.1. G"]


def test_numbers_go_on_through_tables_and_in_empty_cells() -> None:
    part = numbering(level("%1"), level("%1.%2"))
    rows = [
        tr(tc(p("", num(1, ilvl))), tc(p(name))) for ilvl, name in [(0, "Lĩnh vực"), (1, "Kế hoạch"), (1, "Báo cáo")]
    ]
    body = tbl(*rows) + p("giữa") + tbl(tr(tc(p("", num(1, 0))), tc(p("Thể chế"))))
    blocks = read(body, numbering=part).pages[0].blocks
    assert [places(block) for block in blocks if isinstance(block, Table)] == [
        [
            (0, 0, 1, 1, "1"), (0, 1, 1, 1, "Lĩnh vực"),
            (1, 0, 1, 1, "1.1"), (1, 1, 1, 1, "Kế hoạch"),
            (2, 0, 1, 1, "1.2"), (2, 1, 1, 1, "Báo cáo"),
        ],
        [(0, 0, 1, 1, "2"), (0, 1, 1, 1, "Thể chế")],
    ]  # fmt: skip


def test_covered_cells_do_not_count() -> None:
    part = numbering(level("%1"))
    rows = tbl(
        tr(tc(p("", num(1)), '<w:vMerge w:val="restart"/>'), tc(p("a"))),
        tr(tc(p("", num(1)), "<w:vMerge/>"), tc(p("b"))),
        tr(tc(p("", num(1))), tc(p("c"))),
    )
    assert read(rows, numbering=part).warnings == ("numbered-covered-cell",)
    assert places(table(rows, numbering=part))[0::2] == [(0, 0, 2, 1, "1"), (1, 1, 1, 1, "b"), (2, 1, 1, 1, "c")]
    assert places(table(rows, numbering=part))[3] == (2, 0, 1, 1, "2")


def test_lists_restart_only_where_they_say_so() -> None:
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
    )
    body = "".join(p("x", num(identifier)) for identifier in (1, 1, 2, 3, 3, 0))
    assert texts(body, numbering=numbering(level("%1."), more=again)) == ["1. x", "2. x", "3. x", "5. x", "6. x", "x"]


def test_a_level_may_never_restart() -> None:
    part = numbering(level("Phần %1", "upperRoman"), level("%2.", extra='<w:lvlRestart w:val="0"/>'))
    body = "".join(p("x", num(1, ilvl)) for ilvl in (0, 1, 0, 1))
    assert texts(body, numbering=part) == ["Phần I x", "1. x", "Phần II x", "2. x"]


def test_numbers_come_through_styles_too() -> None:
    styles = (
        f'<w:styles {NAMESPACES}><w:style w:type="paragraph" w:styleId="Muc"><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Muc"/></w:style></w:styles>'
    )
    part = numbering(level("%1."))
    body = p("a", '<w:pStyle w:val="Muc"/>') + p("b", '<w:pStyle w:val="Con"/>')
    assert texts(body, numbering=part, styles=styles) == ["1. a", "2. b"]


def test_bullets_are_dashes() -> None:
    part = numbering(level("\uf0b7", "bullet"), level("+", "bullet"))
    assert texts(p("a", num(1)) + p("b", num(1, 1)), numbering=part) == ["- a", "+ b"]
