"""Kinds of reasons for which points are lost: late, missing evidence, online services (patterns/reasons.toml)."""

from __future__ import annotations

from functools import cache

from load.records import Language
from normalize.text import fold
from patterns.catalogue import load_toml, patterns

UNCLASSIFIED = "unclassified"
NO_REASON = "no-reason"


@cache
def kinds_of(reason: str | None, survey: bool = False) -> tuple[str, ...]:
    """The kinds of a reason, the main one first; "unclassified" where no rule fits, "no-reason" where there is none.

    Points lost in a survey are of that kind whatever stands beside them.

    >>> kinds_of("Ban hành kế hoạch chậm 05 ngày"), kinds_of("TLKC chưa đảm bảo đúng thời gian yêu cầu")
    (('late',), ('evidence', 'late', 'quality'))
    >>> kinds_of("Xếp thứ ba"), kinds_of(None), kinds_of(None, survey=True)
    (('unclassified',), ('no-reason',), ('survey',))
    """
    if survey:
        return ("survey",)
    if not reason or not reason.strip():
        return (NO_REASON,)
    folded = fold(reason)
    return tuple(pattern.name for pattern in patterns("reasons") if pattern.search(folded)) or (UNCLASSIFIED,)


def reason_key(reason: str) -> str:
    """What two writings of one reason share: a person's decision on its kind holds for all of them.

    >>> reason_key("Ban hành  kế hoạch chậm 05 ngày."), reason_key("ban hành kế hoạch chậm 05 ngày")
    ('ban hành kế hoạch chậm 05 ngày', 'ban hành kế hoạch chậm 05 ngày')
    """
    return " ".join(fold(reason).split()).strip(" .;,-+")


@cache
def _shown() -> dict[str, dict[str, str]]:
    named = {entry["name"]: {"vi": entry["vi"], "en": entry["en"]} for entry in load_toml("reasons")["pattern"]}
    named[UNCLASSIFIED] = {"vi": "Chưa phân loại", "en": "Unclassified"}
    named[NO_REASON] = {"vi": "Không ghi lý do", "en": "No reason given"}
    return named


def kind_order() -> tuple[str, ...]:
    """All kinds in the order of the file, then what is unclassified and what has no reason."""
    return tuple(_shown())


def kind_name(kind: str, lang: Language) -> str:
    """The name of a kind; KeyError for an unknown one."""
    return _shown()[kind][lang]
