"""Recognised sections of which the score was not read at all."""

from __future__ import annotations

from dataclasses import replace

from normalize.records import Result


def doubted_unread(results: tuple[Result, ...]) -> tuple[Result, ...]:
    """A recognised section that has no score where most beside it have one: "12,96/13,50" may have been read as no
    number at all. In typed text a section without a score has none.
    """
    scores = [each.score or each.self_score for each in results]
    found = []
    for result, score in zip(results, scores, strict=True):
        depth = len(result.code.value.parts)
        beside = [one for each, one in zip(results, scores, strict=True) if len(each.code.value.parts) == depth]
        scored = sum(one is not None for one in beside)
        leaf = not any(each.code.value.under(result.code.value) for each in results)
        unread = score is None and leaf and result.code.confidence is not None
        if unread and scored >= 2 and 2 * scored >= len(beside):
            result = replace(result, doubts=(*result.doubts, "unread-score"))
        found.append(result)
    return tuple(found)
