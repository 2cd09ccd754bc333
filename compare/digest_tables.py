"""The tables in which the losses of an archive lie counted, so that sums over all of it are the database's work.

They are made from the documents and can be thrown away at any time: no backup holds them. Triggers note the unit of
everything that changes in the documents' own tables, whoever changes it; what is noted is counted anew before the next
answer (compare/digest.py). Amounts stand as exact decimals and, for sums, in whole billionths of a point.
"""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    inspect,
    text,
)

from load.columns import ExactDecimal, Words

# The form of these tables: another number makes them anew.
FORM = 1
BILLION = 1_000_000_000
_METADATA = MetaData()
_LONG = BigInteger().with_variant(Integer(), "sqlite")


def _words(name: str) -> Column[str]:
    return Column(name, Words, nullable=True)


STATE = Table("answers_state", _METADATA, Column("version", Words, primary_key=True))
STALE = Table("answers_stale", _METADATA, Column("unit_id", Integer, primary_key=True))
# A group of units that is counted: those of one level and province ("" where unknown).
GROUPS = Table(
    "answers_groups",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("level", Words, nullable=False),
    Column("province", Words, nullable=False),
    UniqueConstraint("level", "province"),
)
UNITS = Table(
    "answers_units",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("group_id", Integer, nullable=False, index=True),
    *(Column(name, Words, nullable=False) for name in ("name", "level", "province", "district")),
)
# The years of a unit of which documents with results are known; `card` is the scorecard, NULL where no maximum is told.
YEARS = Table(
    "answers_years",
    _METADATA,
    Column("unit", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("card", Integer),
)
# The documents with results of a unit and year, the one that speaks first and the others.
DOCUMENTS = Table(
    "answers_documents",
    _METADATA,
    Column("unit", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("sha256", Words, primary_key=True),
)
_PLACE = ("file", "sha256")
LOSSES = Table(
    "answers_losses",
    _METADATA,
    Column("id", _LONG, primary_key=True),
    Column("unit", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("card", Integer),
    Column("code", Words, nullable=False),
    Column("code_key", Words, nullable=False),
    _words("name"),
    Column("maximum", ExactDecimal),
    Column("amount", ExactDecimal, nullable=False),
    Column("billionths", BigInteger, nullable=False),
    _words("reason"),
    _words("reason_key"),
    Column("kind", Words, nullable=False),
    Column("kinds", JSON, nullable=False),
    Column("agencies", JSON, nullable=False),
    Column("survey", Boolean, nullable=False),
    Column("review", Boolean, nullable=False),
    *(Column(name, Words, nullable=False) for name in _PLACE),
    Column("page", Integer),
    _words("told_by"),
    Index("ix_answers_losses_unit", "unit", "card", "code", "year"),
    Index("ix_answers_losses_reason_key", "reason_key"),
)
LEADS = Table(
    "answers_leads",
    _METADATA,
    Column("loss", _LONG, primary_key=True),
    Column("agency", Words, primary_key=True),
    Column("shared", Integer, nullable=False),
)
PROMISES = Table(
    "answers_promises",
    _METADATA,
    Column("id", _LONG, primary_key=True),
    Column("unit", Integer, nullable=False, index=True),
    Column("year", Integer, nullable=False),
    Column("code", Words, nullable=False),
    Column("code_key", Words, nullable=False),
    *(_words(name) for name in ("name", "remedy", "deadline")),
    Column("agencies", JSON, nullable=False),
    Column("lost", ExactDecimal),
    *(Column(name, Words, nullable=False) for name in _PLACE),
    Column("page", Integer),
    Column("outcome", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("checked", Integer),
    Column("lost_after", ExactDecimal),
    _words("next_file"),
    Column("next_page", Integer),
    Column("review", Boolean, nullable=False),
    Column("own", Boolean, nullable=False),
)
# Criteria with a reason or remedy and no amount.
UNPRICED = Table(
    "answers_unpriced",
    _METADATA,
    Column("id", _LONG, primary_key=True),
    Column("unit", Integer, nullable=False, index=True),
    Column("year", Integer, nullable=False),
    *(Column(name, Words, nullable=False) for name in _PLACE),
    Column("page", Integer),
    Column("code", Words, nullable=False),
    _words("name"),
    Column("text", Words, nullable=False),
)

# Where documents change, and the document of a changed row ({row} is NEW or OLD).
_WATCHED = {
    "documents": "{row}.id",
    "assessments": "{row}.document_id",
    "results": "{row}.document_id",
    "deductions": "{row}.document_id",
    "responsibilities": "{row}.document_id",
    "renditions": "{row}.member_id",
}
_CHANGES = (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))


def billionths(amount: Decimal) -> int:
    """An amount in whole billionths of a point: scores are printed with a few places, sums of these are exact."""
    return int((amount * BILLION).to_integral_value())


def points(whole: int | Decimal | None) -> Decimal:
    """The amount that a sum of billionths is, without zeros at its end.

    >>> points(billionths(Decimal("0.25")) * 3), points(None)
    (Decimal('0.75'), Decimal('0'))
    """
    found = Decimal(int(whole or 0)) / BILLION
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found.normalize()


def create(connection: Connection, version: str, *, watched: bool = True) -> None:
    """Make the tables anew, empty; `watched` says that there are documents' tables beside them to follow."""
    drop(connection)
    _METADATA.create_all(connection)
    if watched:
        for statement in _triggers(connection.dialect.name):
            connection.execute(text(statement))
    connection.execute(STATE.insert().values(version=version))


def drop(connection: Connection) -> None:
    """Take the tables and triggers away; they are made again when they are needed."""
    there = set(inspect(connection).get_table_names())
    for name in _trigger_names() if "documents" in there else ():
        on = f" ON {name[1]}" if connection.dialect.name == "postgresql" else ""
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name[0]}{on}"))
    _METADATA.drop_all(connection)


def stands(connection: Connection, version: str) -> bool:
    """Whether the tables are there in the form of `version`, with all triggers."""
    if STATE.name not in inspect(connection).get_table_names():
        return False
    if connection.execute(STATE.select()).scalars().all() != [version]:
        return False
    found = set(connection.execute(text(
        "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'answers_%'" if connection.dialect.name == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'answers_%'"
    )).scalars())  # fmt: skip
    return {name for name, _ in _trigger_names()} <= found


def _trigger_names() -> list[tuple[str, str]]:
    return [(f"answers_{table}_{change.lower()}", table) for table in _WATCHED for change, _ in _CHANGES]


def _triggers(dialect: str) -> list[str]:
    statements = []
    for table, document in _WATCHED.items():
        for change, row in _CHANGES:
            units = f"SELECT unit_id FROM assessments WHERE document_id = {document.format(row=row)}"
            if table == "assessments":
                units = f"SELECT {row}.unit_id" + (" UNION SELECT OLD.unit_id" if change == "UPDATE" else "")
            note = f"INSERT INTO answers_stale (unit_id) {units} ON CONFLICT DO NOTHING"
            name = f"answers_{table}_{change.lower()}"
            if dialect == "postgresql":
                statements.append(
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN {note}; RETURN NULL; END $$"
                )
                statements.append(
                    f"CREATE TRIGGER {name} AFTER {change} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
                )
            else:
                # SQLite takes what follows a SELECT for a join unless a condition stands before it.
                note = note.replace(units, f"SELECT unit_id FROM ({units}) WHERE true")
                statements.append(f"CREATE TRIGGER {name} AFTER {change} ON {table} BEGIN {note}; END")
    return statements
