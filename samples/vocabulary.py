"""The words of generated reports, from the TOML files under `words/`."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

DEPARTMENTS = (
    "Sở Nội vụ",
    "Sở Tư pháp",
    "Sở Tài chính",
    "Sở Kế hoạch và Đầu tư",
    "Sở Công Thương",
    "Sở Nông nghiệp và Phát triển nông thôn",
    "Sở Giao thông vận tải",
    "Sở Xây dựng",
    "Sở Tài nguyên và Môi trường",
    "Sở Thông tin và Truyền thông",
    "Sở Lao động - Thương binh và Xã hội",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Khoa học và Công nghệ",
    "Sở Giáo dục và Đào tạo",
    "Sở Y tế",
)


@dataclass(frozen=True, slots=True)
class Named:
    """A unit with the title that stands before its name ("Thị xã", "Sông Cầu"); a number keeps it: "Phường 5"."""

    title: str
    name: str

    @classmethod
    def of(cls, text: str) -> Named:
        title, _, name = text.partition("|")
        return cls(title, f"{title} {name}" if name.isdecimal() else name)

    @property
    def full(self) -> str:
        return self.name if self._is_numbered else f"{self.title} {self.name}"

    @property
    def running(self) -> str:
        """As it stands in a sentence: "thị xã Sông Cầu"."""
        name = self.name.removeprefix(self.title).strip() if self._is_numbered else self.name
        return f"{self.title.lower()} {name}"

    @property
    def _is_numbered(self) -> bool:
        return self.name.removeprefix(self.title).strip().isdecimal()


@dataclass(frozen=True, slots=True)
class District:
    unit: Named
    communes: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Province:
    """A province as it stood in the years from `since` to `until`; without districts since July 2025."""

    unit: Named
    districts: tuple[District, ...]
    communes: tuple[Named, ...]
    since: int = 2015
    until: int = 2024


@cache
def words(name: str) -> Mapping[str, Any]:
    """A file of `words/` as it is."""
    text = (files("samples") / "words" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def provinces() -> tuple[Province, ...]:
    found: list[Province] = []
    for entry in words("places")["province"]:
        districts = tuple(
            District(Named.of(one["unit"]), tuple(Named.of(commune) for commune in one["communes"]))
            for one in entry.get("district", ())
        )
        communes = tuple(Named.of(one) for one in entry.get("communes", ()))
        found.append(
            Province(
                Named(entry["title"], entry["name"]),
                districts,
                communes,
                entry.get("since", 2015),
                entry.get("until", 2026),
            )
        )
    return tuple(found)


def heading(kind: str, rng: random.Random) -> str:
    """A wording of a column heading or of a fixed row."""
    wordings: list[str] = words("headings")[kind]
    return rng.choice(wordings)


def thousands(value: int) -> str:
    """A count with dot thousands.

    >>> thousands(12340), thousands(87)
    ('12.340', '87')
    """
    return f"{value:,}".replace(",", ".")


def document_number(rng: random.Random) -> str:
    kind = rng.choice(("UBND-NV", "BC-UBND", "KH-UBND", "QĐ-UBND", "SNV-CCHC", "TB-HĐTĐ", "CV-STP", "KL-TTr"))
    return f"{rng.randint(2, 2400):02d}/{kind}"


def day_of(rng: random.Random, year: int) -> str:
    day, month = rng.randint(1, 28), rng.randint(1, 12)
    written_month = f"{month:02d}" if month < 3 or rng.random() < 0.5 else str(month)
    return f"{day:02d}/{written_month}/{year}"


def phrase(template: str, rng: random.Random, year: int) -> str:
    """Fills the slots of a reason: numbers that look like scores and are none."""
    whole = rng.randint(3, 40)
    part = rng.randint(1, whole - 1)
    hundredths = rng.randint(2000, 9990)
    percent = rng.choice((f"{hundredths // 100}", f"{hundredths / 100:.1f}", f"{hundredths / 100:.2f}"))
    b, a = sorted((rng.randint(40, 400), rng.randint(401, 900)))
    return template.format(
        ratio=f"{part:02d}/{whole:02d}" if rng.random() < 0.5 else f"{part}/{whole}",
        few=f"{rng.randint(1, 30):02d}",
        count=thousands(rng.randint(120, 18000)),
        percent=percent.replace(".", ",") + "%",
        day=day_of(rng, year),
        number=document_number(rng),
        days=f"{rng.randint(2, 25):02d}",
        year=year - 1,
        unit=rng.choice(("xã", "cơ quan", "đơn vị", "xã, thị trấn")),
        formula=f"b/a={b}/{a}={f'{b / a:.2f}'.replace('.', ',')}<{rng.choice(('0,7', '0,8', '1'))}",
    )


def _drawn(kind: str, domain: str, rng: random.Random, year: int) -> str:
    table = words("reasons")
    own = list(table.get(domain, table["any"])[kind])
    template = rng.choice(own if rng.random() < 0.75 else list(table["any"][kind]))
    return phrase(template, rng, year)


def reason(domain: str, rng: random.Random, year: int, *, plain: bool = False) -> str:
    """Why points were lost in a domain (by its key), with numbers that are no scores.

    A `plain` one is a single sentence, fit for running text; others may tell two rounds of appraisal.
    """
    text = _drawn("reasons", domain, rng, year)
    if plain:
        return text
    draw = rng.random()
    if draw < 0.08:
        return f"Vòng 1: {text}. Vòng 2: Giữ nguyên kết quả thẩm định"
    if draw < 0.14:
        return f"V1: {text}.\nV2: có bổ sung tài liệu kiểm chứng nhưng chưa đạt yêu cầu"
    if draw < 0.22:
        second = _drawn("reasons", domain, rng, year)
        return f"{text}. {second}"
    if draw < 0.28:
        return f"{text} (theo Báo cáo số {document_number(rng)} ngày {day_of(rng, year)})"
    return text


def remedy(domain: str, rng: random.Random, year: int) -> str:
    text = _drawn("remedies", domain, rng, year)
    if rng.random() < 0.35:
        text += ". " + _drawn("remedies", domain, rng, year)
    if rng.random() < 0.15:
        text = f"Nguyên nhân: {_drawn('reasons', domain, rng, year)}.\nGiải pháp: {text}"
    return text


def agencies_of(level: str, domain: str) -> list[str]:
    """The official names that answer for a domain at a level; none where the level's own rooms have no fixed names."""
    table = words("agencies")
    return list(table.get(level, {}).get(domain, ()))


def written_agency(name: str, rng: random.Random, level: str) -> str:
    """An agency as officers write it."""
    ways: list[str] = words("agencies")["written"].get(name, [name])
    if level != "district":
        ways = [way for way in ways if "huyện" not in way]
    return rng.choice(ways) if rng.random() < 0.6 else name
