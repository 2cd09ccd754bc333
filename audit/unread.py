"""Numbers that recognition lost, filled in where the row's other numbers give them and the picture agrees.

A cell that was read as nothing is filled with max - score (or max - deducted, score + deducted) only where one of the
engine's own readings of that very cell says the same. A pair that lost its slash ("0,51" for "0,5/1") is parted only
where one way of parting it closes the row, in a column of pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from audit.confidence import ACCEPTED
from audit.confusions import texts_before
from audit.mending import recomputed
from normalize.decimals import is_ambiguous, parse_pair, parse_score
from normalize.place import Box
from normalize.records import Assessment, Result, Score
from normalize.value import Printed, Refusal

_PAIRS = 0.6
_UNREAD = {"unread-score": "score", "unread-deducted": "deducted", "unread-max-score": "max_score"}


def filled(assessment: Assessment, refusals: Sequence[Refusal]) -> Assessment:
    """The assessment with such numbers filled in, their results marked as repaired; typed cells are never filled."""
    open_cells = [one.printed for one in refusals if one.kind in ("score", "pair") and one.printed.alternatives]
    of_pairs = _is_of_pairs(assessment)
    results = []
    for result in assessment.results:
        done = _with_cell(result, open_cells)
        results.append(_with_pair(done) if of_pairs else done)
    if all(new is old for new, old in zip(results, assessment.results, strict=True)):
        return assessment
    return replace(assessment, results=tuple(results))


def _with_cell(result: Result, cells: Sequence[Printed]) -> Result:
    unread = [doubt for doubt in result.doubts if doubt in _UNREAD]
    if len(unread) != 1 or getattr(result, _UNREAD[unread[0]]) is not None:
        return result
    name = _UNREAD[unread[0]]
    wanted = _wanted(result, name)
    beside = [cell for cell in cells if _same_row(cell, result.code.printed)]
    if wanted is None or wanted < 0 or len(beside) != 1:
        return result
    for reading in beside[0].alternatives:
        value = parse_score(replace(beside[0], text=reading.text))
        if isinstance(value, Refusal) or is_ambiguous(value) or value.value != wanted:
            continue
        step = f"repair: {beside[0].text!r} -> {reading.text!r} by max-minus-score {result.code.value}"
        own = replace(value, printed=beside[0]).with_step(step)
        doubts = tuple(doubt for doubt in result.doubts if doubt != unread[0])
        changes = {name: own, "deducted_stated": result.deducted_stated or name == "deducted"}
        return recomputed(replace(result, doubts=doubts, repaired=True, **changes))  # type: ignore[arg-type]
    return result


def _wanted(result: Result, name: str) -> Decimal | None:
    """What the row's other two numbers say, where both were printed and read with certainty."""
    maximum, score = result.max_score, result.score
    lost = result.deducted if result.deducted_stated else None
    others = {"score": (maximum, lost), "deducted": (maximum, score), "max_score": (score, lost)}[name]
    first, second = others
    if first is None or second is None or not (_is_sure(first) and _is_sure(second)):
        return None
    return first.value + second.value if name == "max_score" else first.value - second.value


def _is_sure(value: Score) -> bool:
    return not is_ambiguous(value) and (value.confidence is None or value.confidence >= ACCEPTED)


def _same_row(cell: Printed, code: Printed) -> bool:
    """Whether two cells stand in one row: on one page, and their boxes overlap in height by more than half."""
    first, second = cell.place.box, code.place.box
    return cell.place.page == code.place.page and first is not None and second is not None and _beside(first, second)


def _beside(first: Box, second: Box) -> bool:
    common = min(first.bottom, second.bottom) - max(first.top, second.top)
    return common > 0.5 * min(first.bottom - first.top, second.bottom - second.top)


def _is_of_pairs(assessment: Assessment) -> bool:
    """Whether most recognised scores of the assessment are printed with their maximum."""
    scores = [result.score for result in assessment.results if result.score is not None]
    pairs = sum("/" in value.printed.text for value in scores if value.confidence is not None)
    return pairs >= 2 and pairs >= _PAIRS * len(scores)


def _with_pair(result: Result) -> Result:
    score, lost = result.score, result.deducted
    if score is None or lost is None or result.max_score is not None or not result.deducted_stated:
        return result
    if score.confidence is None or "/" in score.printed.text or not lost.value or not _is_sure(lost):
        return result
    texts = [one.text for one in score.printed.alternatives] + [text for text, _ in texts_before(score.printed.text)]
    found: dict[tuple[Decimal, Decimal], str] = {}
    for text in texts:
        pair = parse_pair(replace(score.printed, text=text))
        if isinstance(pair, Refusal) or any(is_ambiguous(each) for each in pair):
            continue
        if pair[1].value - pair[0].value == lost.value:
            found.setdefault((pair[0].value, pair[1].value), text)
    if len(found) != 1:
        return result
    ((own, maximum), text) = found.popitem()
    step = f"repair: {score.printed.text!r} -> {text!r} by max-minus-score {result.code.value}"
    return replace(
        result,
        score=replace(score, value=own).with_step(step),
        max_score=replace(score, value=maximum).with_step(step),
        repaired=True,
    )
