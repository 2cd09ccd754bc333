"""Departments that a title or the addressee of a letter names: Sở, Thanh tra, Ban; a section (phòng) by its title."""

from __future__ import annotations

import regex

from extract.heading.lines import Head
from extract.heading.offices import Office
from normalize.agencies import find_agencies
from normalize.text import fold
from normalize.value import Printed

# the name of a department in a title: capitals as the names of departments are written
DEPARTMENT = regex.compile(
    r"(?i:của|tại|đối với)\s+(?<name>Văn phòng\s+(?:Đoàn ĐBQH(?:,| và)\s+)?(?:HĐND(?:,| và)\s+)?UBND\s+tỉnh"
    r"|(?<=(?i:của)\s+)(?:Phòng|PHÒNG)\s+\p{Lu}[\p{L}]*(?:\s+(?!năm|NĂM|huyện|quận|thành phố|thị xã|theo)[\p{L}]+){0,6}"
    r"|(?:Sở|SỞ|Thanh tra|THANH TRA|Ban Dân tộc|BAN DÂN TỘC|Ban Quản lý)\s+\p{Lu}[\p{L}]*"
    r"(?:\s+(?!năm|NĂM|tỉnh|TỈNH|theo|để|trong|(?i:và\s+(?:giải pháp|biện pháp|nhiệm vụ|phương hướng|kế hoạch|"
    r"kiến nghị|đề xuất|đề ra|khắc phục|nguyên nhân|kết quả|các|một số|những|việc)\b))"
    r"(?:và\s+\p{Lu})?[\p{L}]+|\s+-\s+\p{Lu}\p{L}+|,\s+(?i:thể thao|thương binh)\b){0,6})"
)


def department_addressed(head: Head) -> str | None:
    """The one department a letter goes to, and nobody else."""
    texts = [regex.sub(r"(?i)^\s*kính gửi\s*:?\s*", "", line.text).strip(" .;:-") for line in head.addressees]
    found = [text for text in texts if text]
    match = DEPARTMENT.match(f"của {found[0]}") if len(found) == 1 else None
    if match is None or match.end() < len(f"của {found[0]}"):
        return None
    return official_name(whole_name(match["name"]))


def appraises(issuer: Office | None) -> bool:
    """Whether an office appraises the departments of its province: the one of home affairs, a council, a committee."""
    return issuer is not None and fold(issuer.name).startswith(("sở nội vụ", "hội đồng", "ubnd tỉnh", "tổ thẩm định"))


def official_name(name: str) -> str:
    """The name with the capitals of its official form: a letterhead gives capitals only ("SỞ CÔNG THƯƠNG")."""
    found = find_agencies(Printed(name), "lead", "province")
    return found[0].name if len(found) == 1 and fold(found[0].name) == fold(name) else name


def whole_name(name: str) -> str:
    """A name as matched, without the word of the sentence that follows it."""
    return regex.sub(r"\s+(?:và|năm|theo|về)$", "", " ".join(name.split()))
