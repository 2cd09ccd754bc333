"""Old encodings: what is changed, what must stay, and that a second look changes nothing more."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Cell, Document, Page, Paragraph, Run, Table, Word
from extract.layout.legacy_text import repair_document, repair_pieces
from extract.layout.paragraphs import Piece
from normalize.encoding_fonts import draws_capitals, hint_of
from normalize.encoding_syllables import is_syllable, skeletons
from normalize.encoding_tables import LEGACY, Legacy, table
from normalize.encodings import Repaired, repair_text
from normalize.place import NOWHERE, Box

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
STOPS = ("c", "ch", "k", "p", "t")


def toned(skeleton: str, tone: str) -> str:
    vowel = max(place for place, letter in enumerate(skeleton) if letter in "aăâeêioôơuưy")
    return unicodedata.normalize("NFC", skeleton[: vowel + 1] + tone + skeleton[vowel + 1 :])


SYLLABLES = st.builds(toned, st.sampled_from(sorted(skeletons())), st.sampled_from(TONES)).filter(is_syllable)
UNICODE = st.lists(SYLLABLES | st.sampled_from(["2024", "0,75", "UBND", "½", "1.2.3", "–"]), max_size=12).map(" ".join)
SIGNS = "".join(sorted({sign for name in LEGACY for key in table(name).letters for sign in key}))
ANYTHING = st.text(
    st.sampled_from(SIGNS + "abcghinotuvxABCNT 0123456789,.-\u00ad\u0301\u0323") | st.characters(), max_size=30
)


def old(text: str, encoding: Legacy) -> str:
    """Unicode as it was typed before; TCVN3 has no capitals with tones."""
    back: dict[str, str] = {}
    for signs, letter in table(encoding).letters.items():
        back.setdefault(letter, signs)
    return "".join(back.get(letter, letter) for letter in text)


@given(UNICODE)
def test_unicode_vietnamese_is_never_changed(text: str) -> None:
    assert repair_text(text) == Repaired(text, "unicode", False)


@given(UNICODE, st.sampled_from([".VnTime", ".VnTimeH", "VNI-Times", "Times New Roman"]))
def test_no_font_changes_unicode(text: str, font: str) -> None:
    assert repair_text(text, font) == Repaired(text, "unicode", False)


@given(ANYTHING, st.sampled_from([None, ".VnTime", ".VnTimeH", "VNI-Times"]))
def test_a_second_repair_changes_nothing(text: str, font: str | None) -> None:
    once = repair_text(text, font).text
    assert repair_text(once, font).text == once


SENTENCE = "Căn cứ Nghị quyết của Chính phủ về cải cách hành chính, Ủy ban nhân dân huyện báo cáo kết quả thực hiện"


@pytest.mark.parametrize("encoding", LEGACY)
def test_there_and_back(encoding: Legacy) -> None:
    text = SENTENCE if encoding != "tcvn3" else SENTENCE.replace("Ủy", "ủy")
    assert repair_text(old(text, encoding)) == Repaired(text, encoding, True)


@pytest.mark.parametrize(
    "text",
    [
        "The committee met on 5 May 2005 § 12, 3 × 4 = 12, 10 ÷ 15, ½ ®, 5 µm",
        "Les élèves été à côté déjà vu très où dû forêt né là pôle",
        "Müller für über Köln; São Paulo, coração, mañana, niño, aún más",
        "resumé naïve café Ångström Ðorðarson",
        "1.234,56", "0,75/1", "QĐ-UBND", "H.264", "", "µm", "½ điểm", "bé", "Bé", "Hoà bình, xoá, khoá, toàn",
        "Kích thước 5 µm", "Đắk Lắk, Krông Pắc, Ea H'leo",
    ],
)  # fmt: skip
def test_must_not_be_converted(text: str) -> None:
    assert repair_text(text) == Repaired(text, "unicode", False)


@pytest.mark.parametrize(
    ("given_text", "font", "text"),
    [
        ("th«ng t\u00ad", ".VnTimeH", "THÔNG TƯ"),
        ("th«ng t\u00ad", ".VnTime", "thông tư"),
        ("QUYÕT §ÞNH cña ñY BAN NH¢N D¢N", None, "QUYẾT ĐỊNH của ủY BAN NHÂN DÂN"),
        ("ñY BAN NH¢N D¢N", None, "ỦY BAN NHÂN DÂN"),
        ("UBND x· Bé", None, "UBND xã Bộ"),
        ("kinh tÕ\u2212x· héi", None, "kinh tế\u2212xã hội"),
        ("n\u00ad\u00adíc ta", None, "nước ta"),
        ("c¸c Q§, N§, §T cña H§ND", None, "các QĐ, NĐ, ĐT của HĐND"),
        ("gi¸ 5.000® mét «t« (3 × 4)", None, "giá 5.000đ một ôtô (3 × 4)"),
        ("kĐm theo b¸o c¸o", None, "kém theo báo cáo"),
        ("THAØNH PHOÁ HOÀ CHÍ MINH", None, "THÀNH PHỐ HỒ CHÍ MINH"),
        ("Uûy ban nhaân daân", "VNI-Times", "Ủy ban nhân dân"),
        ("Ủy ban nhân dân", None, "Ủy ban nhân dân"),
        ("Ðồng Nai, QÐ-UBND", None, "Đồng Nai, QĐ-UBND"),
    ],
)
def test_what_becomes_of_it(given_text: str, font: str | None, text: str) -> None:
    assert repair_text(given_text, font).text == text


def test_unknown_signs_stay_and_are_told() -> None:
    assert repair_text("b¸o c¸o ®Þnh kú thÿng n¨m") == Repaired("báo cáo định kỳ thÿng năm", "tcvn3", True, ("ÿ",))


def test_fonts() -> None:
    names = [".VnTime", ".VnArialH", "ABCDEF+.VnTimeH,Bold", "VNI-Helve", "Verdana", "Times New RomanH", None]
    assert [hint_of(name) for name in names] == ["tcvn3", "tcvn3", "tcvn3", "vni", None, None, None]
    assert [draws_capitals(name) for name in names] == [False, True, True, False, False, False, False]


# --- documents ----------------------------------------------------------------------------------------------------


def document(*blocks: Paragraph | Table) -> Document:
    return Document("a.doc", "0" * 64, "doc", (Page(None, blocks),))


def paragraph(*runs: tuple[str, str | None]) -> Paragraph:
    return Paragraph("".join(text for text, _ in runs), NOWHERE, tuple(Run(text, font=font) for text, font in runs))


def column(*texts: str) -> Table:
    return Table(len(texts), 1, tuple(Cell(row, 0, text) for row, text in enumerate(texts)))


LEGACY_COLUMN = column("Néi dung", "C«ng t¸c chØ ®¹o", "§iÓm", "Bé", "1.5", "0,75", "UBND", "§T", "")


def test_short_cells_follow_their_column() -> None:
    repaired = repair_document(document(LEGACY_COLUMN))
    texts = ("Nội dung", "Công tác chỉ đạo", "Điểm", "Bộ", "1.5", "0,75", "UBND", "ĐT", "")
    assert repaired == replace(document(column(*texts)), warnings=("legacy-encoding:tcvn3",))


def test_short_cells_of_a_unicode_column_stay() -> None:
    given_document = document(column("Nội dung", "Công tác chỉ đạo", "Bé", "hé", "Số điểm", "dû"))
    assert repair_document(given_document) == given_document


def test_one_document_may_hold_both() -> None:
    repaired = repair_document(
        document(
            paragraph(("Ủy ban nhân dân huyện ", ".VnTime"), ("bé", ".VnTime")),
            paragraph(("Céng hoµ x· héi chñ nghÜa ", "Arial"), ("ViÖt Nam", ".VnTimeH")),
            paragraph(("Coäng hoøa xaõ hoäi chuû nghóa", "VNI-Times")),
        )
    )
    assert [block.text for block in repaired.blocks() if isinstance(block, Paragraph)] == [
        "Ủy ban nhân dân huyện bé",
        "Cộng hoà xã hội chủ nghĩa VIỆT NAM",
        "Cộng hòa xã hội chủ nghĩa",
    ]
    assert repaired.warnings == ("legacy-encoding:tcvn3", "legacy-encoding:vni")


def test_runs_keep_their_style_and_letters_cut_by_a_run_are_whole() -> None:
    words = (Word("Thuû", Box(0, 0, 1, 1)), Word("töôùng", Box(1, 0, 2, 1)))
    runs = (Run("Th", bold=True), Run("u"), Run("û tö", italic=True), Run("ôùng chính phuû"))
    repaired = repair_document(document(Paragraph("Thuû töôùng chính phuû", NOWHERE, runs, words)))
    assert repaired.pages[0].blocks == (
        Paragraph(
            "Thủ tướng chính phủ",
            NOWHERE,
            (Run("Th", bold=True), Run("ủ"), Run(" tư", italic=True), Run("ớng chính phủ")),
            (Word("Thủ", Box(0, 0, 1, 1)), Word("tướng", Box(1, 0, 2, 1))),
        ),
    )


def test_recognised_pages_are_left_alone() -> None:
    page = replace(document(LEGACY_COLUMN).pages[0], method="ocr")
    given_document = replace(document(), pages=(page,))
    assert repair_document(given_document) == given_document


def test_soft_hyphens_of_unicode_text_are_dropped() -> None:
    repaired = repair_document(document(paragraph(("kế\u00adhoạch năm", None))))
    assert repaired == document(paragraph(("kếhoạch năm", None)))


def test_unmapped_signs_are_warned_of() -> None:
    repaired = repair_document(document(paragraph(("b¸o c¸o ®Þnh kú thÿng n¨m", ".VnTime"))))
    assert repaired.warnings == ("legacy-encoding:tcvn3", "legacy-encoding-unmapped:1: ÿ")


def test_words_of_a_pdf_page() -> None:
    box = Box(0, 0, 1, 1)
    pieces = [
        Piece(Word(text, box), box, 12, font=".VnTime") for text in ("nhµ", "n−íc", "Bé", "5", "−", "3", "x∙", "héi")
    ]
    repaired, warnings = repair_pieces(pieces)
    assert [piece.word.text for piece in repaired] == ["nhà", "nước", "Bộ", "5", "−", "3", "xã", "hội"]
    assert warnings == ("legacy-encoding:tcvn3",)


@given(st.lists(UNICODE, max_size=6))
def test_a_unicode_document_is_never_changed(texts: list[str]) -> None:
    given_document = document(column(*texts), *(paragraph((text, ".VnTime")) for text in texts if text))
    assert repair_document(given_document) == given_document


def test_a_document_is_repaired_once() -> None:
    once = repair_document(document(LEGACY_COLUMN, paragraph(("Bé Néi vô, n¨m 2005", ".VnTime"))))
    assert repair_document(once) == once
