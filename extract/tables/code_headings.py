"""Headings that are the codes of criteria: tables with one row a unit and one column a criterion."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from normalize.codes import Code, parse_code, split_code
from normalize.value import Printed, Refusal
from patterns.columns import roles_of

_LEAST = 3


def code_of_heading(text: str) -> Code | None:
    """The criterion that a heading names by its code, alone or before its name; domains are told elsewhere.

    >>> str(code_of_heading("1.2")), str(code_of_heading("1.2.1 Kế hoạch")), code_of_heading("Lĩnh vực 1")
    ('1.2', '1.2.1', None)
    """
    split = split_code(text)
    code = parse_code(Printed(split[0] if split else text))
    return None if isinstance(code, Refusal) or len(code.value.parts) < 2 else code.value


def is_code_row(texts: Sequence[str]) -> bool:
    """Whether the cells of a row are codes of criteria alone, as a second row of headings.

    >>> is_code_row(["1.1", "1.2", "2.1"]), is_code_row(["1.1", "Kế hoạch", "2"]), is_code_row(["1,5", "1", "2"])
    (True, False, False)
    """
    codes = [parse_code(Printed(text)) for text in texts]
    found = [code.value for code in codes if not isinstance(code, Refusal) and len(code.value.parts) > 1]
    whole = len(found) == len(texts) >= _LEAST and not any("," in text for text in texts)
    return whole and all(before < now for before, now in pairwise(found))


def is_headed_by_codes(texts: Sequence[str]) -> bool:
    """Whether a row is one of headings, some of them codes of criteria: "STT | Đơn vị | 1.1 | 1.2 | 2.1 | Tổng điểm".

    >>> is_headed_by_codes(["STT", "Đơn vị", "1.1", "1.2", "2.1"]), is_headed_by_codes(["1", "Lý Sơn", "1.1", "1.2"])
    (True, False)
    >>> is_headed_by_codes(["Đơn vị", "1.1", "1.2", "2.1"]), is_headed_by_codes(["Điểm đạt", "1.1", "1.2", "2.1"])
    (True, False)
    """
    codes = [text for text in texts if code_of_heading(text) is not None]
    rest = [text for text in texts if text not in codes]
    of_units = any(role == "unit" for text in rest for role, _ in roles_of(text))
    return (len(rest) >= 2 or of_units) and is_code_row(codes) and all(roles_of(text) for text in rest)
