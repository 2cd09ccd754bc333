"""On the terminal: the list of reports, one report, the findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.table import Table
from rich.text import Text

from audit.messages import message
from cchc.terminal import clean, console, date, folded, line, number, row, table, width
from cchc.wording import Wording
from load.assessed import Assessed
from load.listing import StoredDocument
from load.reading import StoredReport
from load.store import Store
from normalize.records import Assessment, Finding, Result, Totals

# Columns of the list, and those that are left out, in this order, where the terminal is too narrow.
_LIST = ("file", "number", "date", "issuer", "unit", "year", "results", "review", "findings")
_LEFT_OUT = ("issuer", "number", "date")
_NARROWEST_NAME = 16
_UNIT = 9


def documents(say: Wording, found: Sequence[StoredDocument], assessments: Mapping[int, Sequence[Assessed]]) -> Table:
    """The reports of the store: what their heads say, whom and which year they assess, what asks for a look."""
    rows = [_listed(say, item, assessments.get(item.id, ())) for item in found]
    for left_out in range(len(_LEFT_OUT) + 1):
        columns = [key for key in _LIST if key not in _LEFT_OUT[:left_out]]
        made = table(*((say(f"col-{key}"), key not in ("issuer", "unit")) for key in columns))
        for cells in rows:
            row(made, *(cells[key] for key in columns))
        for column, key in zip(made.columns, columns, strict=True):
            column.justify = "left" if key in ("file", "number") else column.justify
            column.min_width = _UNIT if key == "unit" else None
        room = console().width - width(made, left_out=columns.index("file"))
        if room >= _NARROWEST_NAME:
            break
    made.columns[0]._cells[:] = [Text(folded(item.file, max(room, _NARROWEST_NAME))) for item in found]
    return made


def _listed(say: Wording, item: StoredDocument, several: Sequence[Assessed]) -> dict[str, str]:
    return {
        "file": item.file,
        "number": item.number or "",
        "date": date(say, item.date),
        "issuer": item.issuer or "",
        "unit": _units(say, several),
        "year": _years(say, several),
        "results": str(item.results),
        "review": str(item.review or ""),
        "findings": str(item.findings or ""),
    }


def _units(say: Wording, several: Sequence[Assessed]) -> str:
    if len(several) > 1:
        return say("several-units", count=len(several))
    return (several[0].unit.name or "?") if several else ""


def _years(say: Wording, several: Sequence[Assessed]) -> str:
    periods = dict.fromkeys((one.year, one.period) for one in several)
    return "\n".join(_period(say, year, period, "\n") for year, period in periods)


def _period(say: Wording, year: int | None, period: str | None, between: str = ", ") -> str:
    """A year, or the part of it that was assessed."""
    shown = "?" if year is None else str(year)
    return shown if period in (None, "year") else f"{shown}{between}{say(f'period-{period}')}"


def report(say: Wording, stored: StoredReport) -> None:
    """One report: its head, a table for each unit assessed, then the findings."""
    heading = stored.report.heading
    first = [value.value for value in (heading.number, heading.issuer) if value]
    if heading.date:
        first.insert(1, date(say, heading.date.value))
    line(" · ".join([stored.file, *first]), style="bold")
    if heading.title:
        line(heading.title.value)
    for assessment in stored.report.assessments:
        line("")
        line(" · ".join(_about(say, assessment)), style="bold")
        if assessment.doubts:
            line(_look(say, assessment.doubts), style="yellow")
        if assessment.results:
            console().print(_results(say, assessment.results))
    if stored.report.scorecard:
        line("")
        line(say("scorecard-of", count=len(stored.report.scorecard)))
    if not stored.report.assessments and not stored.report.scorecard:
        line(say("reason-no-scores"))
    if stored.report.findings:
        line("")
        line(say("col-findings-title"), style="bold")
        console().print(_findings(say, stored.report.findings))


def _about(say: Wording, assessment: Assessment) -> list[str]:
    unit, totals = assessment.unit, assessment.totals
    where = ", ".join(part for part in (unit.name or "?", unit.district, unit.province) if part)
    parts = [where, _period(say, assessment.year, assessment.period)]
    if assessment.basis:
        parts.append(say(f"basis-{assessment.basis}"))
    for name in ("max_score", "self_score", "score", "appraised_score", "survey_score", "deducted"):
        value = getattr(totals, name)
        if value is not None:
            parts.append(f"{say('total-' + name.replace('_', '-'))} {number(say, value.value)}")
    return [*parts, *_standing(say, totals)]


def _standing(say: Wording, totals: Totals) -> list[str]:
    index = [f"{say('total-index')} {number(say, totals.index_percent.value)} %"] if totals.index_percent else []
    return [*index, f"{say('total-rank')} {totals.rank.value}"] if totals.rank else index


def _results(say: Wording, results: Sequence[Result]) -> Table:
    """A row a criterion; below its name the reasons, the agencies, and why a person must look.

    Columns that are empty throughout are left out.
    """
    scores = [
        name for name in ("max_score", "self_score", "score", "deducted") if any(getattr(r, name) for r in results)
    ]
    paged = any(result.code.printed.place.page for result in results)
    made = table(
        (say("col-code"), True), (say("col-name"), False),
        *((say("col-" + name.replace("_", "-")), True) for name in scores),
        *([(say("col-page"), True)] if paged else []),
    )  # fmt: skip
    made.columns[0].justify = "left"
    made.columns[1].min_width = 24
    for result in results:
        numbers = [number(say, value.value) if (value := getattr(result, name)) else "" for name in scores]
        page = [str(result.code.printed.place.page or "")] if paged else []
        row(made, str(result.code.value), _told(say, result), *numbers, *page)
    return made


def _told(say: Wording, result: Result) -> Text:
    told = Text(clean(result.name.value) if result.name else "")

    def add(text: str, style: str) -> None:
        told.append(("\n" if told else "") + clean(text), style)

    itemised = len(result.deductions) > 1
    for item in result.deductions:
        if item.reason is not None:
            amount = f"({number(say, item.amount.value)}) " if itemised else ""
            add(f"– {amount}{item.reason.value}", "dim")
        elif itemised:
            add(f"– ({number(say, item.amount.value)})", "dim")
    responsible = [*result.agencies, *(agency for item in result.deductions for agency in item.agencies)]
    agencies = [agency.name for agency in responsible if agency.role != "support"]
    if agencies:
        add(f"→ {', '.join(dict.fromkeys(agencies))}", "cyan")
    if result.survey:
        add(say("by-survey"), "dim")
    if result.doubts:
        add(_look(say, result.doubts), "yellow")
    elif result.repaired:
        add(say("status-repaired"), "dim")
    return told


def _look(say: Wording, doubts: Iterable[str]) -> str:
    """Why a person must look."""
    return f"{say('status-review')}: {'; '.join(dict.fromkeys(say.doubt(doubt) for doubt in doubts))}"


_WEIGHTS = ("error", "warning", "info")


def with_findings(
    store: Store, rule: str | None, blame: str | None = None, severity: str | None = None
) -> Iterator[tuple[str, Sequence[Finding]]]:
    """The documents that have findings (of a rule, a blame, a severity) with these, what weighs most first."""
    for stored in store.reports():
        found = [
            finding
            for finding in stored.report.findings
            if rule in (None, finding.rule) and blame in (None, finding.blame) and severity in (None, finding.severity)
        ]
        if found:
            yield stored.file, sorted(found, key=lambda finding: _WEIGHTS.index(finding.severity))


def findings(say: Wording, found: Iterable[tuple[str, Sequence[Finding]]]) -> int:
    """The findings document by document; how many there were."""
    count = 0
    for file, several in found:
        if count:
            line("")
        line(file, style="bold")
        console().print(_findings(say, several))
        count += len(several)
    return count


def _findings(say: Wording, found: Sequence[Finding]) -> Table:
    paged = any(printed.place.page is not None for finding in found for printed in finding.evidence)
    made = table(*([("", True)] if paged else []), ("", False), ("", True), headed=False)
    made.columns[0].justify = made.columns[-1].justify = "left"
    for finding in found:
        pages = sorted({printed.place.page for printed in finding.evidence if printed.place.page is not None})
        where = [say("on-page", pages=", ".join(map(str, pages))) if pages else ""] if paged else []
        style = "red" if finding.blame == "source" else "yellow"
        row(made, *where, message(finding, say.lang), Text(say(f"blame-{finding.blame}"), style=style))
    return made
