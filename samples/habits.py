"""How one officer writes: decimals, codes, signs, agencies and the slips of the keyboard.

A report is typed by one person, so a habit holds for a whole report; "mixed" habits draw anew for each number.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from samples.truth import plain_decimal


@dataclass(frozen=True, slots=True)
class Habit:
    """The writing habits of one report.

    `places` says how many decimals are printed: "bare" as few as the number has, "two" or "three" at least so many,
    "loose" draws. `sign` stands before a deduction. `code` is the style of criterion codes, `joiner` what stands
    between a code and its name in one cell. Rates are shares from 0 to 1.
    """

    decimal: Literal["comma", "point", "mixed"] = "comma"
    places: Literal["bare", "two", "three", "loose"] = "bare"
    zero_padded: bool = False
    sign: str = ""
    code: Literal["dotted", "closing", "comma", "colon", "mixed"] = "dotted"
    joiner: str = ". "
    ratio_suffix: str = ""
    ratio_gap: str = ""
    ratio_prefix: str = ""
    unit_word: str = "điểm"
    blanks_rate: float = 0.0
    nbsp_rate: float = 0.0
    glue_rate: float = 0.0
    nfd_rate: float = 0.0
    typo_rate: float = 0.0
    old_tone: bool = True
    eth: bool = False
    abbreviate_rate: float = 0.0
    line_ends: bool = False


_NEW_TONE = dict(
    zip(
        ("òa", "óa", "ỏa", "õa", "ọa", "ủy", "úy", "Ủy", "ÒA", "ÓA", "ỦY"),
        ("oà", "oá", "oả", "oã", "oạ", "uỷ", "uý", "Uỷ", "OÀ", "OÁ", "UỶ"),
        strict=True,
    )
)
# Slips seen in such reports: a wrong mark, two syllables changed round, a lost letter. All lie in the vocabulary of
# scorecards, so a domain lexicon can mend them.
TYPOS: Mapping[str, str] = {
    "phấn đấu": "phần đấu",
    "Phấn đấu": "Phần đấu",
    "tuyên truyền": "truyền tuyên",
    "thẩm định": "thăm định",
    "trực tuyến": "trực tuyên",
    "kế hoạch": "kế hoach",
    "văn bản": "văn bàn",
    "thực hiện": "thực hiên",
    "giải quyết": "giải quyêt",
    "cán bộ": "cán bô",
    "hành chính": "hành chinh",
    "khắc phục": "khắc phuc",
    "tập trung": "tập chung",
    "đúng hạn": "đúng han",
    "xếp hạng": "xêp hạng",
}
ABBREVIATIONS: Mapping[str, str] = {
    "cải cách hành chính": "CCHC",
    "thủ tục hành chính": "TTHC",
    "quy phạm pháp luật": "QPPL",
    "Ủy ban nhân dân": "UBND",
    "Hội đồng nhân dân": "HĐND",
    "công nghệ thông tin": "CNTT",
    "bưu chính công ích": "BCCI",
    "sự nghiệp công lập": "SNCL",
    "cán bộ, công chức, viên chức": "CBCCVC",
    "dịch vụ công": "DVC",
    "tài liệu kiểm chứng": "TLKC",
    "kinh tế - xã hội": "KT-XH",
    "điều tra xã hội học": "ĐTXHH",
}


def random_habit(rng: random.Random) -> Habit:
    """The habits of an officer drawn at random: half of them tidy, the others with slips of every kind."""
    tidy = rng.random() < 0.5
    return Habit(
        decimal=rng.choice(("comma", "comma", "comma", "point", "mixed")),
        places=rng.choice(("bare", "bare", "two", "three", "loose")),
        zero_padded=rng.random() < 0.15,
        sign=rng.choice(("", "", "-", "- ", "−")),
        code=rng.choice(("dotted", "dotted", "dotted", "closing", "comma", "colon", "mixed")),
        joiner=rng.choice((". ", ". ", ": ", " ", " - ")),
        ratio_suffix=rng.choice(("", "", " điểm", "đ", " đ")),
        ratio_gap=rng.choice(("", "", "", " ")),
        ratio_prefix="Đạt " if rng.random() < 0.06 else "",
        unit_word=rng.choice(("điểm", "điểm", "điểm", "đ")),
        blanks_rate=0.0 if tidy else 0.02,
        nbsp_rate=0.0 if tidy else 0.03,
        glue_rate=0.0 if tidy else 0.1,
        nfd_rate=rng.choice((0.0, 0.0, 0.3, 1.0)) if not tidy else 0.0,
        typo_rate=0.0 if tidy else rng.choice((0.0, 0.05, 0.15)),
        old_tone=rng.random() < 0.7,
        eth=not tidy and rng.random() < 0.2,
        abbreviate_rate=rng.choice((0.0, 0.4, 0.9)),
        line_ends=rng.random() < 0.4,
    )


@dataclass(slots=True)
class Writer:
    """Turns values into print by a habit; collects the slips it made, printed and meant."""

    habit: Habit
    rng: random.Random
    slips: list[tuple[str, str]] = field(default_factory=list)

    def number(self, value: Decimal) -> str:
        """A score as this officer writes it: "0,5", "0.50", "05"."""
        text = plain_decimal(value) or "0"
        whole, _, part = text.partition(".")
        places = {"bare": 0, "two": 2, "three": 3, "loose": self.rng.choice((0, 0, 1, 2))}[self.habit.places]
        part = part.ljust(places, "0")
        if self.habit.zero_padded and not part and len(whole) == 1 and whole != "0" and self.rng.random() < 0.6:
            whole = "0" + whole
        mark = {"comma": ",", "point": "."}.get(self.habit.decimal) or self.rng.choice(",,.")
        return f"{whole}{mark}{part}" if part else whole

    def deduction(self, value: Decimal) -> str:
        """A deduction with this officer's sign: "-0,60", "- 0,5", "0,5"."""
        return (self.habit.sign if value else "") + self.number(value)

    def ratio(self, score: Decimal, maximum: Decimal) -> str:
        gap = self.habit.ratio_gap
        return (
            f"{self.habit.ratio_prefix}{self.number(score)}{gap}/{gap}{self.number(maximum)}{self.habit.ratio_suffix}"
        )

    def percent(self, share: Decimal, places: int = 2) -> str:
        rounded = share.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        text = plain_decimal(rounded) or "0"
        return (text.replace(".", ",") if self.habit.decimal != "point" else text) + "%"

    def code(self, code: str) -> str:
        style = self.habit.code
        if style == "mixed":
            style = self.rng.choice(("dotted", "dotted", "closing", "comma"))
        if style == "comma":
            # Only a code of two numbers is mistaken for a decimal by Word and Excel users.
            return code.replace(".", ",") if code.count(".") == 1 else code
        return code + {"closing": ".", "colon": ":"}.get(style, "")

    def code_name(self, code: str, name: str) -> str:
        joiner = self.habit.joiner
        if self.rng.random() < self.habit.glue_rate:
            joiner = joiner.rstrip() or " "
        return f"{code}{joiner}{self.text(name)}"

    def text(self, meant: str) -> str:
        """The text with this officer's tone placement, blanks and slips."""
        printed = meant
        if self.habit.old_tone is False:
            for old, new in _NEW_TONE.items():
                printed = printed.replace(old, new)
        printed = self._typed_wrong(printed)
        if self.habit.eth:
            printed = printed.replace("Đ", "Ð")
        words = printed.split(" ")
        joined = words[0]
        for word in words[1:]:
            joined += self._blank() + word
        if self.habit.nfd_rate and self.rng.random() < self.habit.nfd_rate:
            joined = unicodedata.normalize("NFD", joined)
        return joined

    def abbreviated(self, text: str) -> str:
        """Abbreviations are part of the truth (a name is kept as it is abbreviated), so callers draw them first."""
        printed = text
        for long, short in ABBREVIATIONS.items():
            if long in printed and self.rng.random() < self.habit.abbreviate_rate:
                printed = printed.replace(long, short)
        return printed

    def _typed_wrong(self, text: str) -> str:
        for meant, printed in TYPOS.items():
            if meant in text and self.rng.random() < self.habit.typo_rate:
                text = text.replace(meant, printed, 1)
                self.slips.append((printed, meant))
        return text

    def _blank(self) -> str:
        draw = self.rng.random()
        if draw < self.habit.blanks_rate:
            return "  "
        return "\u00a0" if draw < self.habit.blanks_rate + self.habit.nbsp_rate else " "
