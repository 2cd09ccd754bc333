"""Column types that keep what they are given: exact decimals, safe text in binary order, times in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import JSON, DateTime, Numeric, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from normalize.codes import Code


def plain_decimal(number: Decimal) -> str:
    """The one form in which a score leaves the program: plain notation, a point, no trailing zeros.

    Nothing is rounded, however many digits there are. ValueError for a negative number and for what is no number:
    amounts are positive in this program whatever sign a report prints.

    >>> plain_decimal(Decimal("0.50")), plain_decimal(Decimal("1E+2")), plain_decimal(Decimal("0.00"))
    ('0.5', '100', '0')
    >>> plain_decimal(Decimal("10")), plain_decimal(Decimal("0.2439"))
    ('10', '0.2439')
    """
    if not number.is_finite() or number < 0:
        raise ValueError(f"not an amount: {number}")
    text = format(abs(number), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def code_key(code: Code) -> str:
    """A text that sorts as the code does by its numbers.

    >>> code_key(Code((1, 10))) > code_key(Code((1, 9)))
    True
    >>> code_key(Code((1, 4, 2)))
    '0001.0004.0002'
    """
    return ".".join(f"{part:04d}" for part in code.parts)


def storable(text: str) -> str:
    """The text without what no database takes: NUL and lone halves of surrogate pairs become U+FFFD, all else stays.

    >>> storable("điểm\\tvà\\n½")
    'điểm\\tvà\\n½'
    >>> storable("0\\x005")
    '0\\ufffd5'
    """
    text = text.replace("\x00", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal that comes back digit for digit: NUMERIC where the database has it exact, text in SQLite.

    The scale as written ("0,50") is not kept here, it stands in the evidence; the value is kept in its plain form.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Decimal] | TypeEngine[str]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Numeric(asdecimal=True))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | str | None:
        if value is None:
            return None
        text = plain_decimal(value)
        return Decimal(text) if dialect.name == "postgresql" else text

    def process_result_value(self, value: Decimal | str | None, dialect: Dialect) -> Decimal | None:
        if value is None or isinstance(value, str):
            return None if value is None else Decimal(value)
        return Decimal(plain_decimal(value))  # NUMERIC keeps zeros at the end that text was never given


class Words(TypeDecorator[str]):
    """Text that any database takes, sorted by its code points everywhere (so that two databases export alike)."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        # not through dialect.type_descriptor, which would make a VARCHAR of it
        return Text(collation="C") if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class WordList(TypeDecorator[tuple[str, ...]]):
    """A short list of keys or lines that is only ever read whole."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> list[str]:
        # none at all is an empty list: a column of JSON has no other way to say so
        return [storable(item) for item in value or ()]

    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> tuple[str, ...]:
        return tuple(value or ())


class UtcTime(TypeDecorator[datetime]):
    """A moment, in UTC; it comes back aware of its zone from every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
