"""Families A and B: scores, deductions, reasons and agencies from the running text of a report.

The text is joined to one flow, its numbers are told apart (`numerals`), its sections found (`sections`) and
coded (`codes`); then each criterion is read by itself. A report without any score in its prose gives no result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from extract.document import Document
from extract.prose.code_lists import shared
from extract.prose.codes import SCORED, criteria_of, is_total
from extract.prose.cues import domain_named, phrase_pattern
from extract.prose.flow import Flow, flow_of
from extract.prose.itemised import deducted_of, distinct, itemised, responsible_of
from extract.prose.language import prose_pipeline
from extract.prose.list_numbers import Criterion
from extract.prose.listed_points import with_listed_points
from extract.prose.merged import at_leaves, merged
from extract.prose.numerals import USUAL_MAXIMUM, Mention, mentions_of
from extract.prose.outside import assigned_behind_list, assigned_by_code, named_outside
from extract.prose.percentages import percentage_doubts
from extract.prose.remedies import remedy_lines, remedy_of
from extract.prose.responsible import Aside, agencies_above, asides_of
from extract.prose.rounds import with_last_rounds
from extract.prose.running import running_criteria
from extract.prose.scores import SELF_ONLY, Numbers, numbers_of
from extract.prose.sections import Section, sections_of
from extract.prose.unnumbered import unnumbered_domains
from extract.prose.unread import doubted_unread
from normalize.codes import Code
from normalize.records import Result
from normalize.text import fold
from normalize.typos import clean_text
from normalize.value import Refusal, Value

_BRACKET = regex.compile(r"\s*\([^()\n]*\)")
# "Tiêu chí 2.1: huyện tự chấm 2 điểm": who gave the points is no name
_WHO = regex.compile(r"(?i:(?:ubnd\s+)?(?:huyện|quận|thị xã|thành phố|xã|phường|thị trấn|tỉnh|sở|đơn vị|cơ quan))\s*")
_GLUED = regex.compile(r"\p{L}*[^\W\d_a-zA-Z]\p{L}{9,}|\p{L}{9,}[^\W\d_a-zA-Z]\p{L}*")


@dataclass(frozen=True, slots=True)
class ProseReading:
    """What the prose of a report says; `sections` counts the numbered sections, scored or not."""

    results: tuple[Result, ...]
    refusals: tuple[Refusal, ...] = ()
    sections: int = 0


def read_prose(document: Document, year: int | None = None) -> ProseReading:
    """The results that stand in the paragraphs of a document, in printed order; tables are not looked at.

    Points of a year before the one the report is about (`year`) are no results of it.
    """
    flow = flow_of(document)
    if not any(sign.isdigit() for sign in flow.text):
        return ProseReading(())
    mentions = [
        each
        for each in mentions_of(prose_pipeline()(flow.text))
        if year is None or each.of_year is None or each.of_year >= year
    ]
    mentions = with_last_rounds(flow.text, with_listed_points(flow.text, mentions))
    sections = sections_of(flow.text, mentions)
    criteria = criteria_of(flow.text, sections, mentions)
    named = _named_outside(flow, sections, criteria, mentions)
    if not criteria and not named:
        criteria = unnumbered_domains(flow.text, mentions)
    charged = agencies_above(flow, sections, [each.section for each in criteria])
    results = [
        result if result.agencies or at not in charged else replace(result, agencies=charged[at])
        for at, criterion in enumerate(criteria)
        for result in _read_section(flow, criterion, mentions)
    ]
    known = {each.code.value for each in results}
    results += [each for each in named if each.code.value not in known]
    assigned = assigned_behind_list(flow) | assigned_by_code(flow)
    results = [
        each if each.agencies else replace(each, agencies=assigned.get(each.code.value.parts, ())) for each in results
    ]
    left = () if named and not criteria else _left_over(flow, sections, criteria, mentions)
    if not any(each.score or each.self_score or each.deducted for each in results):
        results = []  # what criteria are worth, and no unit's points
    whole = _doubted_self_only(at_leaves(merged(results)))
    return ProseReading(doubted_unread(_doubted_alone(whole)), left, len(sections))


def _named_outside(
    flow: Flow, sections: Sequence[Section], criteria: Sequence[Criterion], mentions: Sequence[Mention]
) -> list[Result]:
    """Criteria named where nothing is numbered as one: "1. Sở Tư pháp: tiêu chí 2.1.3 (0,5/1,0 điểm), ..."."""
    found = []
    for part, agencies in named_outside(flow, sections, [each.section for each in criteria], mentions):
        inside = [each for each in mentions if part.holds(each.start)]
        result = _result(flow, part, Code(part.number), inside, ())
        if any(True for _ in result.scores()):
            result = result if result.agencies else replace(result, agencies=agencies)
            found += shared(flow, result, part.also, part.body, part.end)
    return found


def _doubted_self_only(results: tuple[Result, ...]) -> tuple[Result, ...]:
    """Where others have an appraised score beside the unit's own, a lone own one may hide words not understood."""
    if sum(each.self_score is not None and each.score is not None for each in results) < 2:
        return results
    return tuple(
        replace(each, doubts=(*each.doubts, SELF_ONLY)) if each.score and SELF_ONLY in each.score.steps else each
        for each in results
    )


def _doubted_alone(results: tuple[Result, ...]) -> tuple[Result, ...]:
    """One score in a whole report, of a section that is neither a domain nor has a code of a criterion, may be another

    thing's: "4. Điểm số hài lòng của người dân đạt 4,8/5 điểm".
    """
    scored = [result for result in results if any(True for _ in result.scores())]
    if len(scored) != 1 or len(scored[0].code.value.parts) > 1:
        return results
    name = scored[0].name.value if scored[0].name else ""
    if domain_named(name) is not None and "hài lòng" not in fold(name):
        return results
    return tuple(replace(each, doubts=(*each.doubts, "lone-score")) if each is scored[0] else each for each in results)


def _left_over(
    flow: Flow, sections: Sequence[Section], criteria: Sequence[Criterion], mentions: Sequence[Mention]
) -> tuple[Refusal, ...]:
    """Pairs and deductions under a numbered heading that is no criterion: nothing they could be attributed to."""
    taken = [each.section for each in criteria]
    if not criteria:  # nothing in the report could be told to be a criterion: the points it gives are not passed over
        return tuple(
            Refusal(flow.printed(each.start, each.end), "criterion", "no-criterion")
            for each in mentions
            if each.role in ("deducted", "total_deducted")
            or (each.role in SCORED and each.second is not None and each.second <= USUAL_MAXIMUM)
        )
    return tuple(
        Refusal(flow.printed(each.start, each.end), "criterion", "no-criterion")
        for each in mentions
        if (each.role in ("deducted", "total_deducted") or (each.role in SCORED and each.shape == "pair"))
        and any(section.holds(each.start) and not _is_overall(flow, section) for section in sections)
        and not any(section.holds(each.start) for section in taken)
    )


def _is_overall(flow: Flow, section: Section) -> bool:
    return section.kind in ("part", "roman") or is_total(flow.text, section)


def _read_section(flow: Flow, criterion: Criterion, mentions: Sequence[Mention]) -> list[Result]:
    """The result of a section, and those of the criteria named in its text."""
    section = criterion.section
    own = [each for each in mentions if section.holds(each.start) and each.start >= section.code[1]]
    running = running_criteria(flow.text, section, own)
    left = [each for each in own if not any(part.holds(each.start) for part in running)]
    told = [
        _result(flow, part, Code(part.number), [each for each in own if part.holds(each.start)], ()) for part in running
    ]
    told = _charged_together(flow.text, running, told)
    named = [
        each
        for part, result in zip(running, told, strict=True)
        for each in shared(flow, result, part.also, part.body, part.end)
    ]
    around = replace(section, end=_own_end(flow.text, section, running, left))
    result = _result(flow, around, criterion.code, left, criterion.doubts)
    if running and not result.agencies:
        asides = asides_of(flow, replace(section, body=running[-1].end), own)
        charged = [each for each in asides if each.start >= running[-1].end and not each.note]
        result = replace(result, agencies=distinct(agency for each in charged for agency in each.agencies))
    return [*shared(flow, result, section.also, section.body, section.line_end), *named]


def _charged_together(text: str, running: Sequence[Section], named: list[Result]) -> list[Result]:
    """Who stands at the end of a line answers for all criteria named in it, as for all losses of one section."""
    for at in range(len(named) - 2, -1, -1):
        below = named[at + 1].agencies
        if below and not named[at].agencies and "\n" not in text[running[at].start : running[at + 1].start]:
            named[at] = replace(named[at], agencies=below)
    return named


def _own_end(text: str, section: Section, running: Sequence[Section], left: Sequence[Mention]) -> int:
    """Where the words about the criteria named in a section begin: theirs, no reasons of the section itself."""
    if not running or any(each.start > running[0].start for each in left):
        return section.end
    line = text.rfind("\n", section.body, running[0].start) + 1
    return line if line > section.body and not any(each.start >= line for each in left) else running[0].start


def _result(flow: Flow, section: Section, code: Code, mentions: Sequence[Mention], doubts: tuple[str, ...]) -> Result:
    remedied = remedy_lines(flow.text, section)
    mentions = [each for each in mentions if not any(start <= each.start < end for start, end in remedied)]
    numbers = numbers_of(flow, section, mentions)
    asides = asides_of(flow, section, mentions)
    reasons_end, remedy = remedy_of(flow, section, asides)
    heading = tuple(agency for each in asides if _in_heading(flow.text, section, each) for agency in each.agencies)
    body = [each for each in asides if not _in_heading(flow.text, section, each)]
    items = itemised(flow, section, numbers, body, reasons_end)
    deducted, stated = deducted_of(flow, numbers)
    glued = ("words-run-together",) if _is_glued(flow.text, section) else ()
    return Result(
        code=Value(code, flow.printed(*section.code), f"prose-{section.kind}"),
        name=_name(flow, section),
        max_score=numbers.maximum,
        self_score=numbers.self_score,
        score=numbers.score,
        deducted=deducted,
        deducted_stated=stated,
        survey=_is_survey(flow.text, section),
        deductions=items,
        agencies=heading or responsible_of(flow.text, items, body, numbers.items),
        remedy=remedy,
        doubts=(*doubts, *numbers.doubts, *glued, *_percentage(flow, numbers)),
    )


def _percentage(flow: Flow, numbers: Numbers) -> tuple[str, ...]:
    """A doubt where the percentage beside the score is not its share of the maximum."""
    if numbers.award is None or numbers.score is None or numbers.maximum is None:
        return ()
    return percentage_doubts(flow.text, numbers.award.end, numbers.score.value, numbers.maximum.value)


def _is_survey(text: str, section: Section) -> bool:
    """Whether the name, or the bracket right behind it, says that the criterion is scored by questionnaire."""
    bracket = _BRACKET.match(text, section.name[1], section.line_end)
    named = text[section.name[0] : bracket.end() if bracket else section.name[1]]
    return phrase_pattern("survey").search(fold(named)) is not None


def _is_glued(text: str, section: Section) -> bool:
    """Whether the blanks between words were lost on the way: no syllable of Vietnamese has so many letters."""
    return len(_GLUED.findall(text, section.start, section.end)) > 1


def _name(flow: Flow, section: Section) -> Value[str] | None:
    start, end = section.name
    if end <= start or _WHO.fullmatch(flow.text, start, end):
        return None
    return clean_text(flow.printed(start, end), "prose-name")


def _in_heading(text: str, section: Section, aside: Aside) -> bool:
    """Whether a bracket stands with the name, only signs between them."""
    return not aside.note and not any(sign.isalnum() for sign in text[section.name[1] : aside.start])
