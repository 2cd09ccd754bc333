"""Family A: the prose letter, a section a domain: "Đạt 12,96/13,50 điểm, ... bị trừ 0,54 điểm. Lý do bị trừ: ..."."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from samples.case import Case, Draft, reference, rounded
from samples.heads import letter, own_office, signature
from samples.layout import Block, Para
from samples.scoring import Scored
from samples.truth import Agency, Criterion, Item, Marks
from samples.vocabulary import reason, written_agency


def compose(case: Case) -> Draft:
    subject, office = case.subject, own_office(case.subject)
    title = case.own(
        case.pick(
            f"Khắc phục các tồn tại, hạn chế trong công tác cải cách hành chính năm {case.year}",
            f"Chấn chỉnh các nội dung bị trừ điểm trong Chỉ số cải cách hành chính năm {case.year}",
            f"Nâng cao Chỉ số cải cách hành chính của {subject.called}, khắc phục hạn chế năm {case.year}",
        )
    )
    paper, head = letter(case, office, "Công văn", title)
    case.facts.update(
        opening=case.rng.randrange(3),
        sentence=case.rng.randrange(5),
        item=case.rng.randrange(5),
        gap=case.pick("; ", "; ", "; ", ", "),
        heading=case.rng.randrange(4),
        bullets=case.chance(0.2),
        auto=case.chance(0.3),
        label=case.pick("1.", "1.", "1/", "1)"),
        bold=case.chance(0.7),
    )
    sections = _sections(case)
    marks = subject.marks(totals=_totals(case, sections), results=sections, basis="appraised")
    rank = f"{case.rng.randint(1, 9)}/{case.rng.randint(9, 15)}" if case.chance(0.5) else None
    if rank:
        marks = replace(marks, totals={**marks.totals, "rank": rank})
    addressee = case.pick(
        "Kính gửi: Các cơ quan, đơn vị trực thuộc.",
        "Kính gửi:\n- Các cơ quan chuyên môn;\n- Các đơn vị trực thuộc.",
    )

    def draw(printed: tuple[Marks, ...]) -> list[Block]:
        blocks: list[Block] = [*head, Para(addressee, "center"), Para(_opening(case, printed[0]), indent=True)]
        for one in printed[0].results:
            blocks.extend(_section(case, one))
        blocks.append(Para(_closing(case), indent=True))
        return [*blocks, signature(case, office)]

    return Draft(
        paper, (marks,), draw, ("wrong-item", "wrong-item", "wrong-difference", "misplaced-comma", "wrong-total")
    )


def _sections(case: Case) -> tuple[Criterion, ...]:
    """One result a domain; one domain may be told criterion by criterion, and then has no score of its own."""
    divided = case.rng.choice([one.code for one in case.scorecard.domains]) if case.chance(0.4) else None
    results: list[Criterion] = []
    for one in case.scored:
        if one.node.depth == 1 and one.node.code == divided:
            results.append(Criterion(one.node.code, case.own(one.node.name), agencies=()))
        elif one.node.depth == 1 or (one.node.depth == 2 and one.node.code.split(".")[0] == divided):
            results.append(_result(case, one))
    return tuple(results)


def _result(case: Case, one: Scored) -> Criterion:
    score = rounded(one.score)
    lost = one.node.max_score - score
    agencies = one.agencies[:1] if case.facts["heading"] != 3 else ()
    return Criterion(
        one.node.code,
        case.own(one.node.name),
        one.node.max_score,
        score=score,
        deducted=lost or None,
        stated=bool(lost),
        items=_items(case, one, lost),
        agencies=tuple(Agency(agency.name) for agency in agencies),
        survey=False,
    )


def _items(case: Case, one: Scored, lost: Decimal) -> tuple[Item, ...]:
    """The reasons of the leaves below, at most five; what the survey took and what is left goes to the last."""
    told = [
        (amount, text)
        for leaf in case.scored
        if leaf.leaf and (leaf.node.code == one.node.code or leaf.node.code.startswith(one.node.code + "."))
        for amount, text in leaf.reasons
    ][:5]
    kept: list[tuple[Decimal, str]] = []
    rest = lost
    for amount, text in told:
        amount = rounded(amount)
        if Decimal(0) < amount < rest:
            kept.append((amount, text))
            rest -= amount
    if rest and kept and rest < Decimal("0.03"):
        kept[-1] = (kept[-1][0] + rest, kept[-1][1])
    elif rest:
        kept.append((rest, reason(one.node.domain, case.rng, case.year, plain=True)))
    return tuple(Item(amount, _lowered(case, case.own(text), at)) for at, (amount, text) in enumerate(kept))


def _lowered(case: Case, text: str, at: int) -> str:
    """Inside the sentence a reason begins small, unless with an abbreviation."""
    return text[0].lower() + text[1:] if at and len(text) > 1 and text[1].islower() else text


def _totals(case: Case, sections: tuple[Criterion, ...]) -> dict[str, Decimal | str]:
    appraised = sum((one.score for one in sections if one.score is not None), Decimal(0))
    survey = Decimal(100) - case.scorecard.total
    if survey <= 0:
        return {"score": appraised} if case.facts["opening"] else {"score": appraised, "max_score": Decimal(100)}
    asked = rounded(survey * Decimal(str(case.rng.uniform(0.7, 0.9))))
    return {"score": appraised + asked, "appraised_score": appraised, "survey_score": asked}


def _opening(case: Case, marks: Marks) -> str:
    number = {key: case.writer.number(value) for key, value in marks.totals.items() if isinstance(value, Decimal)}
    unit, word = case.subject.called, case.writer.habit.unit_word
    source = f"{reference(case)} ngày {case.rng.randint(10, 28)}/{case.rng.randint(1, 3):02d}/{case.year + 1}"
    whole = number["score"] + (f"/{number['max_score']}" if "max_score" in number else "")
    parts = ""
    if "survey_score" in number:
        parts = (
            f", trong đó điểm thẩm định đạt {number['appraised_score']} {word}, "
            f"điểm điều tra xã hội học đạt {number['survey_score']} {word}",
            f" (điểm thẩm định: {number['appraised_score']} {word}; "
            f"điểm điều tra xã hội học: {number['survey_score']} {word})",
            f", gồm {number['appraised_score']} {word} thẩm định và "
            f"{number['survey_score']} {word} điều tra xã hội học",
        )[case.facts["opening"]]
    rank = f", xếp thứ {marks.totals['rank']} toàn tỉnh" if "rank" in marks.totals else ""
    text = (
        f"Theo {source}, kết quả Chỉ số cải cách hành chính năm {case.year} của {unit} đạt {whole} {word}"
        f"{parts}{rank}. Kết quả từng lĩnh vực cụ thể như sau:",
        f"Năm {case.year}, {unit} được Hội đồng thẩm định đánh giá đạt {whole} {word}{parts}{rank} tại {source}. "
        "Các nội dung bị trừ điểm gồm:",
        f"Thực hiện {source} công bố Chỉ số cải cách hành chính năm {case.year}, {unit} có tổng điểm là {whole} {word}"
        f"{parts}{rank}. Cụ thể:",
    )[case.facts["opening"]]
    return case.writer.text(text)


def _section(case: Case, one: Criterion) -> list[Block]:
    name = case.writer.text(one.name or "")
    agency = written_agency(one.agencies[0].name, case.rng, case.subject.level) if one.agencies else ""
    styles = (
        f"{name}: ({agency} phụ trách)",
        f"{name} ({agency} phụ trách):",
        f"{name} ({agency} chủ trì)",
        f"{name}:",
    )
    text = styles[case.facts["heading"]] if agency else f"{name}:"
    depth = one.code.count(".") + 1
    mark = case.facts["label"][-1]
    label = one.code + (mark if depth == 1 else "." if case.chance(0.8) else "")
    blocks: list[Block] = [Para(text, bold=case.facts["bold"], label=label, level=depth if case.facts["auto"] else 0)]
    if one.score is None or one.max_score is None:
        return blocks
    lead, items = _sentence(case, one)
    if items and case.facts["bullets"]:
        blocks.append(Para(lead, indent=True))
        blocks.extend(Para(f"- {item}{';' if at < len(items) - 1 else '.'}") for at, item in enumerate(items))
    else:
        blocks.append(Para(lead + (" " + case.facts["gap"].join(items) + "." if items else ""), indent=True))
    return blocks


def _sentence(case: Case, one: Criterion) -> tuple[str, list[str]]:
    writer, word = case.writer, case.writer.habit.unit_word
    assert one.score is not None
    assert one.max_score is not None
    score, maximum = writer.number(one.score), writer.number(one.max_score)
    percent = writer.percent(100 * one.score / one.max_score)
    if not one.deducted:
        return f"Đạt {score}/{maximum} {word}, đạt tỷ lệ {percent}.", []
    lost = writer.number(one.deducted)
    lead = (
        f"Đạt {score}/{maximum} {word}, đạt tỷ lệ {percent}, số điểm bị trừ {lost} {word}. Lý do bị trừ:",
        f"Kết quả đạt {score}/{maximum} {word} ({percent}), bị trừ {lost} {word}. Nguyên nhân:",
        f"Đạt {score} {word}/{maximum} {word}, tỷ lệ {percent}; bị trừ {lost} {word} do:",
        f"Điểm tối đa {maximum} {word}, điểm thẩm định {score} {word}, điểm bị trừ {lost} {word}. Lý do:",
        f"Điểm đạt được: {score}/{maximum} {word}; tổng số điểm bị trừ: {lost} {word}, cụ thể:",
    )[case.facts["sentence"]]
    items: list[str] = []
    for item in one.items:
        amount, text = writer.number(item.amount), writer.text(item.reason or "")
        shown = (
            f"{text} (trừ {amount} {word})",
            f"{text} (trừ {amount})" if case.chance(0.5) else f"{text} (trừ {amount} {word})",
            f"{text} (-{amount} {word})",
            f"{text}, bị trừ {amount} {word}",
            f"{text} (bị trừ {amount} {word})",
        )[case.facts["item"]]
        items.append(shown)
    return lead, items


def _closing(case: Case) -> str:
    return case.writer.text(
        case.pick(
            "Yêu cầu Thủ trưởng các cơ quan, đơn vị khẩn trương khắc phục, báo cáo kết quả "
            f"trước ngày 31/3/{case.year + 1}./.",
            f"Giao Phòng Nội vụ theo dõi, tổng hợp, phấn đấu năm {case.year + 1} tăng ít nhất 03 bậc xếp hạng./.",
            "Nhận được Công văn này, đề nghị các cơ quan, đơn vị nghiêm túc triển khai thực hiện./.",
        )
    )
