"""Recognised codes held against their order: a list goes 1.2, 1.2.1, 1.3, and "12" between 1.1.4 and 1.2.1 is 1.2.

A misread code puts a right number under a wrong criterion, so a code out of its order goes to a person, unless one
other reading of it is exactly the code that follows the one before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

import regex

from audit.confusions import texts_before
from normalize.codes import Code, follows, parse_code
from normalize.records import Assessment, Result
from normalize.value import Refusal, Value

# Only a list most of whose codes rise has an order at all; plans group criteria by who answers for them.
_RISING = 0.8
_LEAST_ROWS = 5
# From here on the first digit of a code is taken as printed; scans misread it less often than reports are wrong.
_SURE = 0.9
_MARKED = regex.compile(r"^(\d{1,2}(?:\.\d{1,2})*\.\d)\d[)\]*]*$")


def in_order(results: Sequence[Result]) -> bool:
    """Whether the codes of a list rise, but for a few."""
    codes = [result.code.value for result in results]
    steps = [first < second for first, second in pairwise(codes)]
    return len(codes) >= _LEAST_ROWS and sum(steps) >= _RISING * len(steps)


def in_sequence(assessment: Assessment, position: int) -> bool:
    """Whether a code stands between smaller and larger ones and follows the one before or leads to the one after."""
    codes = [result.code.value for result in assessment.results]
    if not 0 < position < len(codes) - 1:
        return False
    before, own, after = codes[position - 1 : position + 2]
    return before < own < after and (follows(before, own) or follows(own, after))


def misplaced(assessment: Assessment) -> Iterator[int]:
    """The positions of typed codes that stand between two that are in order without them, in a list that rises.

    Only a code of another domain than both: inside a domain lists are regrouped for many reasons. Nor the last of an
    agency's criteria, or its first: a list that goes by agencies begins anew with each.
    """
    results = assessment.results
    if not in_order(results):
        return
    codes = [result.code.value for result in results]
    for position in range(1, len(codes) - 1):
        before, own, after = codes[position - 1 : position + 2]
        strange = own.domain not in (before.domain, after.domain)
        if results[position].code.confidence is not None or not strange or before >= after or before < own < after:
            continue
        if not _at_end_of_group(*results[position - 1 : position + 2]):
            yield position


def _at_end_of_group(before: Result, own: Result, after: Result) -> bool:
    """Whether a result goes on the list of one neighbour's agencies, which are not those of the other."""
    others, names, next_ones = ({agency.name for agency in each.agencies} for each in (before, own, after))
    goes_on = names == others and before.code.value < own.code.value
    begins = names == next_ones and own.code.value < after.code.value
    return bool(names) and others != next_ones and (goes_on or begins)


def out_of_order(assessment: Assessment) -> Iterator[int]:
    """The positions of recognised codes that are larger than the one after or smaller than the one before them,

    where those two are in order themselves.
    """
    results = assessment.results
    if not in_order(results):
        return
    codes = [result.code.value for result in results]
    for position, result in enumerate(results):
        if result.code.confidence is None:
            continue
        before = codes[position - 1] if position else None
        after = codes[position + 1] if position + 1 < len(codes) else None
        if before is not None and after is not None and before >= after:
            continue
        if (before is not None and codes[position] <= before) or (after is not None and codes[position] >= after):
            yield position
    for run in _strays(results):
        yield from run


def _strays(results: Sequence[Result]) -> Iterator[range]:
    """Recognised rows one after another of a domain that has no row of its own, or whose codes stand elsewhere too,

    between two in order without them.

    5, 9.1, 9.2, 9.2.1, 6: the sign that was misread is the same in all of them, so each follows the one before.
    """
    codes = [result.code.value for result in results]
    titles = {code.parts[0] for code in codes if len(code.parts) == 1}
    start = 0
    for _, group in groupby(codes, key=lambda code: code.domain):
        run = range(start, start := start + len(list(group)))
        if not titles or len(run) < 2 or not run.start or run.stop == len(codes):
            continue
        if codes[run.start].parts[0] in titles and any(codes.count(codes[position]) < 2 for position in run):
            continue
        before, after = codes[run.start - 1], codes[run.stop]
        outside = codes[run.start] < before or codes[run.stop - 1] > after
        if before < after and outside and all(results[position].code.confidence is not None for position in run):
            yield run


def with_codes_in_order(assessment: Assessment) -> Assessment:
    """The assessment with misread codes put right where the order leaves one reading only; marked as repaired."""
    return _with_single_codes(_with_strays_at_home(assessment))


def _leaps(results: Sequence[Result]) -> Iterator[int]:
    """The positions of recognised codes whose last number leaps to tens: 1.39 behind 1.2, a mark read as a digit."""
    if in_order(results):
        for position, (before, result) in enumerate(pairwise(results), 1):
            own = result.code.value
            tens = result.code.confidence is not None and len(own.parts) > 1 and own.parts[-1] > 9
            if tens and not follows(before.code.value, own):
                yield position


def _with_strays_at_home(assessment: Assessment) -> Assessment:
    """Rows of a domain that is nowhere else, under the domain they stand in, where that continues its count: 5.1, 5.2.

    Only where one digit of a like shape makes the one number of the other.
    """
    results = list(assessment.results)
    if not in_order(results):
        return assessment
    known = {result.code.value for result in results}
    for run in list(_strays(results)):
        before, after = results[run.start - 1].code.value, results[run.stop].code.value
        own, home = str(results[run.start].code.value.parts[0]), str(before.parts[0])
        new = [Code((before.parts[0], *results[position].code.value.parts[1:])) for position in run]
        counts = follows(before, new[0]) and new[-1] < after and all(first < second for first, second in pairwise(new))
        if not counts or known & set(new) or home not in dict(texts_before(own)):
            continue
        for position, value in zip(run, new, strict=True):
            result = results[position]
            step = f"repair: {result.code.printed.text!r} -> {str(value)!r} by the order of codes"
            code = replace(result.code, value=value).with_step(step)
            domain = value.domain if result.domain == result.code.value.domain else result.domain
            results[position] = replace(result, code=code, domain=domain, repaired=True)
    return replace(assessment, results=tuple(results))


def _with_single_codes(assessment: Assessment) -> Assessment:
    results = list(assessment.results)
    known = {result.code.value for result in results}
    changed: dict[Code, Code] = {}
    leaps = set(_leaps(results))
    for position in sorted({*out_of_order(assessment), *leaps}):
        if not position:
            continue
        before = results[position - 1].code.value
        after = results[position + 1].code.value if position + 1 < len(results) else None
        code = results[position].code
        others = [other for other in _other_codes(code) if other.value not in known]
        strange = len(code.value.parts) > 1 and code.value.domain != before.domain
        if strange and not _may_be_misread(code, results):
            continue  # a slip of the report, as sure as print can be: a person sees it
        fitting = [other for other in others if follows(before, other.value) and (after is None or other.value < after)]
        within = [other for other in others if after is not None and before < other.value < after]
        if position in leaps:
            fitting += [other for other in within if _is_first_in_full(code.value, other.value)]
        elif not fitting and strange and after is not None and before.domain == after.domain:
            # a list of some criteria only: what stands between two of a domain is of that domain
            fitting = [other for other in within if other.value.parts[1:] == code.value.parts[1:]]
        if len({other.value for other in fitting}) != 1:
            continue
        other = fitting[0]
        step = f"repair: {code.printed.text!r} -> {str(other.value)!r} by the order of codes"
        own = replace(code, value=other.value).with_step(step)
        results[position] = replace(results[position], code=own, repaired=True)
        changed[code.value] = other.value
    if not changed:
        return assessment
    return replace(assessment, results=tuple(_under(result, changed) for result in results))


def _is_first_in_full(code: Code, other: Code) -> bool:
    """Whether a code is another that lost a dot, and the first of its parent: 3.11 for 3.1.1."""
    return other.parts[-1] == 1 and str(code).replace(".", "") == str(other).replace(".", "")


def _may_be_misread(code: Value[Code], results: Sequence[Result]) -> bool:
    """Whether a code of another domain than its row was read badly, or is that of another row as well."""
    twice = sum(result.code.value == code.value for result in results) > 1
    return twice or code.confidence is None or code.confidence < _SURE or bool(code.printed.alternatives)


def _under(result: Result, changed: dict[Code, Code]) -> Result:
    """The result under the domain its row stands under, should the domain's own code have been misread."""
    new = changed.get(result.domain) if result.domain is not None else None
    return replace(result, domain=new.domain) if new is not None else result


def _other_codes(code: Value[Code]) -> Iterator[Value[Code]]:
    """What else a code may be: the engine's other readings, and those one confusion away. Long texts hold more.

    A second digit at its end may be a mark behind it: "1.3*" and "1.3(*)" are read as 1.39 and as "1.39)".
    """
    printed = code.printed
    text = printed.text.strip().rstrip(".:,")
    if not text or any(sign.isspace() or sign.isalpha() for sign in text):
        return
    texts = [one.text for one in printed.alternatives] + [before for before, _ in texts_before(text)]
    marked = _MARKED.match(text)
    for other in texts if marked is None else (*texts, marked[1]):
        value = parse_code(replace(printed, text=other))
        if not isinstance(value, Refusal) and value.value != code.value:
            yield replace(value, printed=printed)
