"""Heads and feet of documents as Decree 30/2020 lays them out: letterhead, number, date, annex lines, signature."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from samples.case import Case, Subject
from samples.layout import Block, Letterhead, Para
from samples.truth import Paper


def date_lines(case: Case, place: str, year: int) -> tuple[str, str | None]:
    """The line "place, ngày ... tháng ... năm ..." and its date for the truth; some leave the day blank."""
    day, month = case.rng.randint(1, 28), case.rng.randint(1, 12)
    written_month = f"{month:02d}" if month < 3 else str(month)
    if case.chance(0.12):
        blank = case.pick("      ", "   ", "....")
        return f"{place}, ngày {blank} tháng {written_month} năm {year}", f"{year}-{month:02d}"
    return f"{place}, ngày {day:02d} tháng {written_month} năm {year}", f"{year}-{month:02d}-{day:02d}"


@dataclass(frozen=True, slots=True)
class Office:
    """The authority that signs: its letterhead lines, its name, its seat, the letters of its document numbers."""

    lines: tuple[str, ...]
    name: str
    seat: str
    letters: str


def own_office(subject: Subject) -> Office:
    """The office of the unit itself."""
    if subject.level == "department":
        name = subject.unit.full
        province = f"UBND {subject.province.unit.running}"
        letters = "S" + "".join(word[0].upper() for word in subject.unit.name.split() if word[0].isalpha())
        return Office(
            (province.upper(), name.upper()),
            f"{name} {subject.province.unit.running}",
            subject.province.unit.name,
            letters,
        )
    full = f"UBND {subject.unit.running}"
    return Office(("ỦY BAN NHÂN DÂN", subject.unit.full.upper()), full, subject.unit.name, "UBND")


def upper_office(subject: Subject) -> Office:
    """The office that appraises: of the province's home affairs department."""
    province = subject.province.unit
    name = f"Sở Nội vụ {province.running}"
    return Office((f"UBND {province.full.upper()}", "SỞ NỘI VỤ"), name, province.name, "SNV")


def letter(case: Case, office: Office, kind: str, title: str) -> tuple[Paper, list[Block]]:
    """The letterhead and title of a document on its own (not an annex), with the facts for the truth."""
    year = case.year + (1 if case.facts.get("period", "year") == "year" else 0)
    number = case.rng.randint(2, 3400)
    shorts = {"Báo cáo": "BC", "Quyết định": "QĐ", "Thông báo": "TB", "Kế hoạch": "KH"}
    short = shorts.get(kind)
    symbol = f"{short}-{office.letters}" if short else f"{office.letters}-{case.pick('NV', 'VP', 'CCHC')}"
    written = case.pick(f"{number:02d}/{symbol}", f"{number:02d} /{symbol}", f"{number:02d}/ {symbol}")
    if not short and case.chance(0.2):
        written = written.replace("-", " – ")
    line, date = date_lines(case, office.seat, year)
    text = case.writer.text
    last = len(office.lines) - 1
    left = [Para(part, "center", bold=at == last or "UBND" not in part) for at, part in enumerate(office.lines)]
    left.append(Para(f"Số: {written}", "center"))
    if not short:
        left.append(Para(f"{case.pick('V/v', 'Về việc')} {title[0].lower()}{title[1:]}", "center"))
    right = [
        Para("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "center", bold=True),
        Para("Độc lập - Tự do - Hạnh phúc", "center", bold=True),
        Para(line, "center", italic=True),
    ]
    blocks: list[Block] = [
        Letterhead(tuple(_written(left, text)), tuple(replace(one, text=_marked(case, one.text)) for one in right))
    ]
    if short:
        blocks.append(Para(kind.upper(), "center", bold=True))
        blocks.append(Para(text(title), "center", bold=True))
    return Paper(f"{number:02d}/{symbol}", date, office.name, title, kind), blocks


def _written(lines: list[Para], text: Callable[[str], str]) -> Iterator[Para]:
    yield from (replace(one, text=text(one.text)) for one in lines)


def _marked(case: Case, text: str) -> str:
    return text.replace("HÒA", "HOÀ") if not case.writer.habit.old_tone else text


def annex(case: Case, office: Office, kind: str, title: str) -> tuple[Paper, list[Block]]:
    """The head of an annex: title and the document it was issued with, its number or day blank in some."""
    year = case.year + 1
    number, short = case.rng.randint(2, 3400), case.pick("BC", "KH", "QĐ", "TB")
    long = {"BC": "Báo cáo", "KH": "Kế hoạch", "QĐ": "Quyết định", "TB": "Thông báo"}[short]
    day, month = case.rng.randint(1, 28), case.rng.randint(1, 12)
    written_month = f"{month:02d}" if month < 3 else str(month)
    symbol = f"{short}-{office.letters}"
    printed: str | None = f"{number:02d}/{symbol}"
    date: str | None = f"{year}-{month:02d}-{day:02d}"
    shown_day = case.pick(
        f"ngày {day:02d}/{written_month}/{year}",
        f"ngày {day:02d} tháng {written_month} năm {year}",
        f"ngày {day:02d} /{written_month}/{year}",
    )
    shown_number = case.pick(f"{printed}", f"{number:02d} /{symbol}")
    if case.chance(0.2):
        printed, shown_number = None, f"     /{symbol}"
        date, shown_day = f"{year}-{month:02d}", f"ngày     /{written_month}/{year}"
    line = f"(Kèm theo {long} số {shown_number} {shown_day} của {office.name})"
    blocks: list[Block] = []
    if case.chance(0.35):
        blocks.append(Para(office.name.upper(), "left", bold=True))
    if case.chance(0.4):
        blocks.append(Para(case.pick("PHỤ LỤC", "Phụ lục 01", "PHỤ LỤC II", "Biểu số 2"), "center", bold=True))
    blocks.append(Para(case.writer.text(title), "center", bold=True))
    blocks.append(Para(line, "center", italic=True))
    return Paper(printed, date, office.name, title, kind, printed), blocks


def signature(case: Case, office: Office) -> Block:
    """The foot of a document: recipients left, the signer's office right; no name of a person."""
    signer = office.lines[-1] if office.letters != "UBND" else "TM. ỦY BAN NHÂN DÂN"
    post = case.pick(("CHỦ TỊCH",), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")) if office.letters == "UBND" else ("GIÁM ĐỐC",)
    left = ("Nơi nhận:", "- Như trên;", case.pick("- Lưu: VT, NV.", "- Lưu: VT.", "- Lưu: VT, CCHC (02 bản)."))
    return Letterhead(
        tuple(Para(line, "left", bold=at == 0, italic=at == 0) for at, line in enumerate(left)),
        (
            *(Para(line, "center", bold=True) for line in (signer, *post)),
            Para(case.pick("(Đã ký)", ""), "center", italic=True),
        ),
    )
