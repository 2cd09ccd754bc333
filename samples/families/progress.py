"""Family B: the prose progress report; sections with a score in the heading, then sentences about points not gained."""

from __future__ import annotations

from decimal import Decimal

from samples.case import Case, Draft, rounded
from samples.heads import letter, own_office, signature
from samples.layout import Block, Para
from samples.scoring import Scored
from samples.truth import Agency, Criterion, Item, Marks
from samples.vocabulary import day_of, phrase, thousands, written_agency


def compose(case: Case) -> Draft:
    subject, office = case.subject, own_office(case.subject)
    title = case.own(
        case.pick(
            f"Kết quả thực hiện cải cách hành chính và khắc phục các tiêu chí bị trừ điểm năm {case.year}",
            f"Tình hình khắc phục hạn chế trong Chỉ số cải cách hành chính năm {case.year}",
            f"Công tác cải cách hành chính và các nội dung chưa đạt điểm tối đa năm {case.year}",
        )
    )
    paper, head = letter(case, office, "Báo cáo", title)
    case.facts.update(
        style=case.rng.randrange(4),
        heading=case.rng.randrange(4),
        first_part=case.chance(0.7),
        shared=case.chance(0.5),
        bold=case.chance(0.6),
        agencies=case.chance(0.85),
    )
    results = tuple(_result(case, one) for one in case.scored if one.node.depth == 1)
    score = sum((one.score or Decimal(0) for one in results), Decimal(0))
    totals: dict[str, Decimal | str] = {}
    if case.chance(0.7):
        totals = {"score": score, "max_score": case.scorecard.total}
    marks = subject.marks(totals=totals, results=results, basis="appraised")

    def draw(printed: tuple[Marks, ...]) -> list[Block]:
        blocks: list[Block] = list(head)
        if case.facts["first_part"]:
            blocks.append(Para(f"I. TÌNH HÌNH THỰC HIỆN NĂM {case.year + 1}", bold=True))
            blocks.extend(_activities(case, printed[0]))
            blocks.append(Para("II. KẾT QUẢ CHẤM ĐIỂM VÀ CÁC NỘI DUNG BỊ TRỪ ĐIỂM", bold=True))
        blocks.append(Para(_opening(case, printed[0]), indent=True))
        for one in printed[0].results:
            blocks.extend(_section(case, one))
        return [*blocks, signature(case, office)]

    return Draft(paper, (marks,), draw, ("above-maximum", "wrong-total") if totals else ("above-maximum",))


def _result(case: Case, one: Scored) -> Criterion:
    score = rounded(one.score)
    lost = one.node.max_score - score
    items: list[Item] = []
    rest = lost
    agency = tuple(Agency(entry.name) for entry in one.agencies[:1]) if case.facts["agencies"] else ()
    for leaf in case.scored:
        if not leaf.leaf or not leaf.node.code.startswith(one.node.code + "."):
            continue
        for amount, text in leaf.reasons:
            amount = rounded(amount)
            if Decimal(0) < amount < rest and len(items) < 4:
                items.append(Item(amount, case.own(text), agency))
                rest -= amount
    if rest:
        text = case.pick("mức độ hài lòng qua khảo sát chưa cao", "kết quả khảo sát lấy ý kiến đạt thấp")
        items.append(Item(rest, text, agency))
    return Criterion(
        one.node.code,
        case.own(one.node.name),
        one.node.max_score,
        score=score,
        items=tuple(items),
    )


def _activities(case: Case, marks: Marks) -> list[Block]:
    """A first part with the same headings, full of counts, and without one score."""
    rng = case.rng
    blocks: list[Block] = []
    for number, one in enumerate(rng.sample(list(marks.results), 3), 1):
        blocks.append(Para(case.writer.text(one.name or ""), label=f"{number}.", bold=case.facts["bold"]))
        text = case.pick(
            f"Tiếp nhận {thousands(rng.randint(900, 30000))} hồ sơ, giải quyết đúng hạn {rng.randint(85, 99)},"
            f"{rng.randint(0, 9)}%; còn {rng.randint(3, 90)} hồ sơ quá hạn.",
            f"Ban hành {rng.randint(5, 40)} văn bản chỉ đạo; kiểm tra {rng.randint(3, 9)}/{rng.randint(10, 20)} đơn vị "
            f"theo Kế hoạch ngày {day_of(rng, case.year + 1)}.",
            phrase("Hoàn thành {ratio} nhiệm vụ được giao, đạt {percent}; tổ chức {few} hội nghị.", rng, case.year + 1),
            f"Tổng số {rng.randint(30, 90)} nhiệm vụ, trong đó {rng.randint(1, 9)} nhiệm vụ chậm; kinh phí "
            f"{rng.randint(1, 9)},{rng.randint(1, 9)} tỷ đồng.",
        )
        blocks.append(Para(case.writer.text(text), indent=True))
    return blocks


def _opening(case: Case, marks: Marks) -> str:
    unit, word = case.subject.called, case.writer.habit.unit_word
    if not marks.totals:
        return case.writer.text(f"Kết quả thẩm định năm {case.year} của {unit} theo từng lĩnh vực như sau:")
    score, maximum = marks.totals["score"], marks.totals["max_score"]
    assert isinstance(score, Decimal)
    assert isinstance(maximum, Decimal)
    ratio = f"{case.writer.number(score)}/{case.writer.number(maximum)} {word}"
    return case.writer.text(
        case.pick(
            f"Năm {case.year}, {unit} đạt {ratio}. Các lĩnh vực cụ thể:",
            f"Tổng điểm thẩm định Chỉ số CCHC năm {case.year} của {unit} là {ratio}, trong đó:",
        )
    )


def _section(case: Case, one: Criterion) -> list[Block]:
    writer, word = case.writer, case.writer.habit.unit_word
    assert one.score is not None
    assert one.max_score is not None
    ratio = f"{writer.number(one.score)}/{writer.number(one.max_score)}"
    name = writer.text(one.name or "")
    text = (
        f"{name}: {ratio}",
        f"{name}: {ratio} {word}",
        f"{name}: đạt {ratio} {word}",
        f"{name} ({ratio} {word})",
    )[case.facts["heading"]]
    blocks: list[Block] = [Para(text, bold=case.facts["bold"], label=f"{one.code}.")]
    sentences = [_sentence(case, item) for item in one.items]
    agency = one.items[0].agencies if one.items else ()
    bracket = f" ({written_agency(agency[0].name, case.rng, case.subject.level)})" if agency else ""
    if not sentences:
        return blocks
    if case.facts["shared"]:
        blocks.append(Para("- " + ". ".join(sentences) + bracket + "."))
    else:
        blocks.extend(Para(f"- {sentence}{bracket}.") for sentence in sentences)
    return blocks


def _sentence(case: Case, item: Item) -> str:
    writer, word = case.writer, case.writer.habit.unit_word
    amount, reason = writer.number(item.amount), item.reason or ""
    small = writer.text(reason[0].lower() + reason[1:] if reason[1:2].islower() else reason)
    large = writer.text(reason[0].upper() + reason[1:])
    return (
        f"Chưa đạt {amount} {word}, lý do {small}",
        f"{large} (không đạt {amount} {word})",
        f"{large} ({amount} {word})",
        f"Bị trừ {amount} {word} do {small}",
    )[case.facts["style"]]
