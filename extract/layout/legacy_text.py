"""Old encodings in a document: each stretch decided by its own words, short ones by what stands around them.

A cell that says only "Bé" may be bé in Unicode or bộ in TCVN3; its column, its table, its font and the document tell.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from extract.document import Block, Cell, Document, Page, Paragraph, Run, Table, Word
from extract.layout.paragraphs import Piece
from normalize.encoding_evidence import Evidence, decide, evidence_of
from normalize.encoding_fonts import draws_capitals, hint_of
from normalize.encoding_tables import Legacy
from normalize.encoding_words import SOFT_HYPHEN
from normalize.encodings import convert, with_d
from normalize.text import nfc

Key = Hashable
_DOCUMENT: Key = "document"
# So many words decide for their surroundings, if they outnumber those that say otherwise so many times.
_ENOUGH = 3
_CLEARLY = 3


def repair_document(document: Document) -> Document:
    """The document in Unicode NFC. Numbers, codes and text that is Unicode already stay as they are.

    Warnings added: "legacy-encoding:<name>" for each encoding found, "legacy-encoding-unmapped:<count>: <signs>" where
    characters are not known to the encoding (they stay in the text). Recognised pages are left alone: what was read
    from a picture was never in an old encoding. Soft hyphens that are no letter are dropped.
    """
    repair = _Repair()
    for page in _typed(document):
        for block in (*page.blocks, *page.running, *page.notes):
            repair.gather(block, (_DOCUMENT,))
    pages = tuple(repair.page(page) if page.method == "typed" else page for page in document.pages)
    warnings = tuple(dict.fromkeys((*document.warnings, *repair.warnings())))
    return replace(document, pages=pages, warnings=warnings)


def repair_pieces(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """The words of one PDF page in Unicode, and the warnings of `repair_document`.

    It is done before lines and tables are made: those look for capitals and small letters.
    """
    repair = _Repair()
    for piece in pieces:
        repair.add(piece.word.text, piece.font, (_DOCUMENT,))
    if all(piece.word.text.isascii() for piece in pieces):
        return tuple(pieces), ()
    repaired = []
    for piece in pieces:
        text = "".join(repair.runs([Run(piece.word.text, font=piece.font)], (_DOCUMENT,)))
        same = text == piece.word.text or not text
        repaired.append(piece if same else replace(piece, word=replace(piece.word, text=text)))
    return tuple(repaired), repair.warnings()


@dataclass(slots=True)
class _Repair:
    """Counts of words by what they stand in, and what was found on the way."""

    totals: dict[Key, dict[Legacy, Evidence]] = field(default_factory=dict)
    seen: dict[str, dict[Legacy, Evidence]] = field(default_factory=dict)
    found: dict[Legacy, None] = field(default_factory=dict)
    unmapped: list[str] = field(default_factory=list)

    # --- counting -----------------------------------------------------------------------------------------------

    def gather(self, block: Block, keys: tuple[Key, ...]) -> None:
        if isinstance(block, Paragraph):
            for text, runs in _stretches(block.runs or (Run(block.text),)):
                self.add(text, runs[0].font, keys)
            return
        for cell in block.cells:
            around = _around(block, cell, keys)
            self.add(cell.text, None, around)
            for table in cell.nested:
                self.gather(table, around)

    def add(self, text: str, font: str | None, keys: tuple[Key, ...]) -> None:
        evidence = self.evidence(text)
        for key in (*_font_keys(font), *keys) if evidence else ():
            total = self.totals.setdefault(key, {})
            for encoding, counts in evidence.items():
                total[encoding] = total.get(encoding, Evidence()) + counts

    def evidence(self, text: str) -> dict[Legacy, Evidence]:
        if text.isascii():
            return {}
        if text not in self.seen:
            self.seen[text] = evidence_of(text)
        return self.seen[text]

    # --- deciding -----------------------------------------------------------------------------------------------

    def encoding(self, text: str, font: str | None, keys: tuple[Key, ...]) -> tuple[Legacy | None, bool]:
        """The encoding of a stretch, and whether it is its surroundings that say so."""
        evidence = self.evidence(text)
        own = decide(evidence, hint_of(font))
        if own is not None and evidence[own].gain >= _ENOUGH and evidence[own].gain >= _CLEARLY * evidence[own].against:
            return own, False
        for key in (*_font_keys(font), *keys):
            around, clear = _clear(self.totals.get(key, {}))
            if around is not None:
                return around, True
            if clear:
                # Unicode all around: only words that chance hardly makes are believed
                return (own, False) if own is not None and evidence[own].strong else (None, False)
        return own, False

    def warnings(self) -> tuple[str, ...]:
        found = [f"legacy-encoding:{encoding}" for encoding in self.found]
        if self.unmapped:
            signs = " ".join(dict.fromkeys(self.unmapped))
            found.append(f"legacy-encoding-unmapped:{len(self.unmapped)}: {signs[:40]}")
        return tuple(found)

    # --- changing -----------------------------------------------------------------------------------------------

    def page(self, page: Page) -> Page:
        return replace(
            page,
            blocks=tuple(self.block(block, (_DOCUMENT,)) for block in page.blocks),
            running=tuple(self.paragraph(each) for each in page.running),
            notes=tuple(self.paragraph(each) for each in page.notes),
        )

    def block(self, block: Block, keys: tuple[Key, ...]) -> Block:
        return self.paragraph(block) if isinstance(block, Paragraph) else self.table(block, keys)

    def paragraph(self, paragraph: Paragraph) -> Paragraph:
        if _is_plain(paragraph):
            return paragraph
        keys = (_DOCUMENT,)
        texts = self.runs(paragraph.runs, keys)
        runs = tuple(replace(run, text=text) for run, text in zip(paragraph.runs, texts, strict=True) if text)
        if "".join(run.text for run in paragraph.runs) == paragraph.text:
            text = nfc("".join(texts))
        else:
            (text,) = self.runs([Run(paragraph.text, font=paragraph.runs[0].font if paragraph.runs else None)], keys)
        return replace(paragraph, text=text, runs=runs, words=self.words(paragraph.words, paragraph.text, keys))

    def table(self, table: Table, keys: tuple[Key, ...]) -> Table:
        return replace(table, cells=tuple(self.cell(cell, _around(table, cell, keys)) for cell in table.cells))

    def cell(self, cell: Cell, keys: tuple[Key, ...]) -> Cell:
        if cell.text.isascii() and not cell.nested:
            return cell
        (text,) = self.runs([Run(cell.text)], keys)
        nested = tuple(self.table(table, keys) for table in cell.nested)
        return replace(cell, text=text, words=self.words(cell.words, cell.text, keys), nested=nested)

    def words(self, words: tuple[Word, ...], text: str, keys: tuple[Key, ...]) -> tuple[Word, ...]:
        encoding, _ = self.encoding(text, None, keys)
        if encoding is None:
            return tuple(_changed(word, _unicode(word.text)) for word in words)
        return tuple(_changed(word, _finished(convert(word.text, encoding, forced=True).pieces)) for word in words)

    def runs(self, runs: Sequence[Run], keys: tuple[Key, ...]) -> list[str]:
        """The texts of the runs after the change. A letter whose mark stands in the next run takes it over."""
        texts: list[str] = []
        for text, members in _stretches(runs):
            font = members[0].font
            encoding, forced = self.encoding(text, font, keys)
            if encoding is None or (text.isascii() and not any(draws_capitals(run.font) for run in members)):
                texts.extend(_unicode(run.text) for run in members)
                continue
            converted = convert(text, encoding, forced=forced)
            changed = converted.text != text
            self.unmapped.extend(converted.unmapped)
            place = 0
            for run in members:
                pieces = converted.pieces[place : place + len(run.text)]
                place += len(run.text)
                capitals = encoding == "tcvn3" and draws_capitals(run.font)
                texts.append(_finished([piece.upper() for piece in pieces] if capitals else pieces))
            if changed:
                self.found[encoding] = None
        return texts


def _typed(document: Document) -> Iterator[Page]:
    return (page for page in document.pages if page.method == "typed")


def _around(table: Table, cell: Cell, keys: tuple[Key, ...]) -> tuple[Key, ...]:
    return ("column", id(table), cell.column), ("table", id(table)), *keys


def _font_keys(font: str | None) -> tuple[Key, ...]:
    hint = hint_of(font)
    return () if font is None else (("font", font),) if hint is None else (("font", font), ("hint", hint))


def _stretches(runs: Sequence[Run]) -> Iterator[tuple[str, list[Run]]]:
    """Neighbouring runs whose fonts were drawn for the same encoding, and their text."""
    for _, group in groupby(runs, key=lambda run: hint_of(run.font)):
        members = list(group)
        yield "".join(run.text for run in members), members


def _clear(total: dict[Legacy, Evidence]) -> tuple[Legacy | None, bool]:
    """The encoding of most words of a surrounding, or that they are clearly Unicode."""
    best = decide(total)
    if best is not None:
        found = total[best]
        if found.gain >= _ENOUGH and found.gain >= _CLEARLY * found.against:
            return best, True
    against = min((counts.against for counts in total.values()), default=0)
    gain = max((counts.gain for counts in total.values()), default=0)
    return None, against >= _ENOUGH and against >= _CLEARLY * gain


def _is_plain(paragraph: Paragraph) -> bool:
    return paragraph.text.isascii() and not any(draws_capitals(run.font) for run in paragraph.runs)


def _unicode(text: str) -> str:
    return text if text.isascii() else with_d(nfc(text)).replace(SOFT_HYPHEN, "")


def _finished(pieces: Sequence[str]) -> str:
    return nfc("".join(pieces)).replace(SOFT_HYPHEN, "")


def _changed(word: Word, text: str) -> Word:
    return word if text == word.text else replace(word, text=text)
