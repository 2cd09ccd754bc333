"""Web pages, also those that Word saves under the name of a document (HTML and MHTML)."""

from __future__ import annotations

import codecs
import email
import email.policy

import lxml.html
import regex
from lxml import etree

from extract.document import Block, Document, Page
from extract.layout.line_joining import rejoin
from extract.plain.text_decoding import decode_text
from extract.source import Source
from extract.web.html_blocks import Reading, read_blocks
from normalize.errors import UnreadableFile

_CHARSET = regex.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", regex.IGNORECASE
)
# Code pages that pages of the old encodings declare: their letters are Latin shapes still to be repaired.
_LATIN = {"x-user-defined", "iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"}


def read_html(source: Source) -> Document:
    """The page as one page without a number.

    Warnings: those of decoding, and "hidden-text". Raises UnreadableFile "broken-html" where no element is found,
    UnsafeFile "too-many-columns".
    """
    data, declared = _main_part(source.data)
    text, warnings = _decoded(data, declared)
    reading = Reading()
    blocks = tuple(rejoin(_blocks(text, reading, source.file)))
    return Document(source.file, source.sha256, "html", (Page(None, blocks),), (*warnings, *reading.warnings))


def html_blocks(text: str) -> list[Block]:
    """Paragraphs and tables of a stretch of HTML inside another text."""
    return _blocks(text, Reading(), "")


def _blocks(text: str, reading: Reading, name: str) -> list[Block]:
    # entities of a document type are never read by this parser, nothing is fetched
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("broken-html", f"{name}: {error}") from error
    return read_blocks(root, reading)


def _main_part(data: bytes) -> tuple[bytes, str | None]:
    """The page inside a web archive (RFC 2557) and its charset; other data as it is."""
    if not regex.match(rb"\s*(?:MIME-Version|Content-Type|From|Subject|Date)\s*:", data, regex.IGNORECASE):
        return data, None
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload, part.get_content_charset()
    return data, None


def _decoded(data: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    """The text by its byte order mark, else as Unicode if it fits, else as declared, else by its letters."""
    found = _CHARSET.search(data[:4096])
    name = declared or (found[1].decode("ascii", "replace") if found else None)
    text, warnings = decode_text(data)
    if not warnings or name is None:
        return text, warnings
    if name.lower() in _LATIN or warnings == ("decoded-as:cp1258",):
        return text, warnings
    try:
        return data.decode(codecs.lookup(name).name, "replace"), (f"decoded-as:{name.lower()}",)
    except LookupError:
        return text, warnings
