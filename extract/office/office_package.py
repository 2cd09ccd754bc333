"""The ZIP archive of an office file (ECMA-376, ODF), checked before anything in it is unpacked or parsed."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from normalize.errors import UnreadableFile, UnsafeFile

MAX_MEMBERS = 20_000
# All members together; real reports with pictures stay far below.
MAX_UNPACKED = 1024 * 1024 * 1024
# One part of XML: a table of 100,000 rows takes some 100 MB.
MAX_PART = 200 * 1024 * 1024
# Text of Word packs 10 to 60 times; above this size a higher ratio is no text that a person wrote.
BOMB_SIZE = 16 * 1024 * 1024
BOMB_RATIO = 200

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The strict form of the standard names the same things by other addresses.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)


def open_archive(data: bytes, name: str) -> zipfile.ZipFile:
    """The archive, after the checks that need no unpacking.

    Raises UnreadableFile "broken-docx" or "password", UnsafeFile "zip-bomb".
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    # zipfile says NotImplementedError of a newer format than it knows, ValueError of a directory with impossible places
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as error:
        raise UnreadableFile("broken-docx", f"{name}: {error}") from error
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED:
        raise UnsafeFile("zip-bomb", f"{name}: {len(members)} members, {unpacked} bytes")
    for member in members:
        if member.file_size > BOMB_SIZE and member.file_size > BOMB_RATIO * max(1, member.compress_size):
            raise UnsafeFile("zip-bomb", f"{name}: {member.filename}, {member.file_size} bytes")
        if member.flag_bits & 1:
            raise UnreadableFile("password", name)
    return archive


def check_entities(data: bytes, name: str) -> None:
    """Raises UnsafeFile "external-entities" for XML with a document type: no office program writes one."""
    text = data.replace(b"\x00", b"") if b"\x00" in data[:64] else data
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise UnsafeFile("external-entities", name)


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root of an XML part; no entity is resolved, nothing is fetched.

    Raises UnsafeFile "external-entities" and UnreadableFile "broken-docx" where it is not well-formed.
    """
    check_entities(data, name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile("broken-docx", f"{name}: {error}") from error
    if root is None:
        raise UnreadableFile("broken-docx", name)
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeFile("external-entities", name)
    return root


class Package:
    """An OPC package: parts and the relations between them."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._archive = open_archive(data, name)
        # programs differ in capitals and in the slash of member names
        self._members = {member.replace("\\", "/").lower(): member for member in self._archive.namelist()}

    def part(self, path: str) -> etree._Element:
        """The root element of an XML part.

        Raises UnreadableFile "broken-docx" where it is missing or broken, UnsafeFile "zip-bomb", "external-entities".
        """
        member = self._members.get(path.lower())
        if member is None:
            raise UnreadableFile("broken-docx", f"{self.name}: {path} is missing")
        if self._archive.getinfo(member).file_size > MAX_PART:
            raise UnsafeFile("zip-bomb", f"{self.name}: {path}")
        try:
            data = self._archive.read(member)
        # zipfile says RuntimeError of a part with a password, and a kind of it, NotImplementedError, of a compression
        # that it does not know
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError) as error:
            raise UnreadableFile("broken-docx", f"{self.name}: {path}: {error}") from error
        if b"purl.oclc.org" in data[:8192]:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        return parse_xml(data, f"{self.name}: {path}")

    def related(self, path: str, kind: str) -> Iterator[str]:
        """Paths of the parts that `path` ("" for the package) names under a type that ends in `kind`."""
        folder, base = posixpath.split(path)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        if relations.lower() not in self._members:
            return
        for relation in self.part(relations).iter(_RELATIONS):
            target = relation.get("Target")
            if target and relation.get("TargetMode") != "External" and relation.get("Type", "").endswith(f"/{kind}"):
                found = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
                if found.lower() in self._members:
                    yield found

    def main_part(self, usual: str) -> str:
        """The path of the main part, by the relations of the package, else the `usual` one."""
        return next(self.related("", "officeDocument"), usual)
