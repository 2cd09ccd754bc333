"""What a question names, however it is written, and what is said where the archive has no answer to it."""

from __future__ import annotations

from cchc.terminal import NONE
from cchc.wording import Wording
from compare.years import known_years
from load.assessed import assessed
from load.store import Store
from normalize.errors import UsageError
from normalize.records import Level
from normalize.text import plain


def provinces_of(store: Store) -> tuple[str, ...]:
    """The provinces of all units that are assessed, by name."""
    with store.reading() as connection:
        named = {one.unit.province for several in assessed(connection).values() for one in several}
    return tuple(sorted(name for name in named if name))


def province_meant(store: Store, province: str | None) -> str | None:
    """The province as the archive names it ("tinh phu yen": "Phú Yên"); as it was given where the archive has none."""
    if province is None:
        return None
    meant = _bare(province)
    return next((name for name in provinces_of(store) if _bare(name) == meant), province)


def _bare(province: str) -> str:
    name = plain(province)
    for prefix in ("tinh ", "thanh pho ", "tp. ", "tp.", "tp "):
        name = name.removeprefix(prefix)
    return name.strip()


def no_results(say: Wording, store: Store, level: Level | None, *asked: object) -> UsageError:
    """The archive has nothing of what was asked, with the years it has: UsageError "no-results"."""
    years = ", ".join(map(str, reversed(known_years(store)))) or NONE
    named = [str(one) for one in asked if one is not None] + ([say(f"level-{level}")] if level else [])
    return UsageError("no-results", say("no-results", asked=" · ".join(named) or NONE, years=years))
