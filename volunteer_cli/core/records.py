"""What the core keeps beside the data: operations and their changes, numbers, policies, imports, lent copies.

Apart from `models`, for a command that only reads needs none of them, and every mapped class costs
it a few milliseconds.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.core.models import KEPT, WORDS, Base


class Operation(Base):
    """One command that changed data, or that revealed what is masked.

    One that came back in a lent copy has its `site` there and its number `origin_id`; `merge_id` is the
    operation that brought it.
    """

    __tablename__ = "operation"
    keeps_history = False
    __table_args__ = (Index("ix_operation_merge_id", "merge_id"),)

    at: Mapped[datetime]
    # As it was said: who somebody is no file can prove, so that the history is a log and no lock.
    actor: Mapped[str] = mapped_column(String(200))
    command: Mapped[str] = mapped_column(String(100))
    # As typed, but for what was said in confidence: whoever asks what happened wants the words.
    arguments: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str | None] = mapped_column(Text)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("operation.id"))
    # Both ways, so that what stands is asked for without following chains.
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("operation.id"))
    site: Mapped[int | None]
    origin_id: Mapped[int | None]
    merge_id: Mapped[int | None]


class Change(Base):
    """What one operation did to a range of rows of one table.

    Inserts keep the keys alone; updates keep the changed columns before and after, deletes the
    whole row before. All rows of a range had, and got, the same values.
    """

    __tablename__ = "change"
    keeps_history = False
    __table_args__ = (
        # By the last key: of the ranges that end behind a row the first that begins before it covers it.
        Index("ix_change_table_name_last_key", "table_name", "last_key"),
        Index("ix_change_operation_id", "operation_id"),
    )

    operation_id: Mapped[int] = mapped_column(ForeignKey("operation.id"))
    table_name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(6))
    first_key: Mapped[int]
    last_key: Mapped[int]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class IssuedNumber(Base):
    """A number that has been given to a record; never given again, whatever becomes of the record."""

    __tablename__ = "issued_number"
    keeps_history = False
    __table_args__ = (
        Index("uq_issued_number_text", "text", unique=True),
        # Two commands at the same moment must not both give the next number.
        Index("uq_issued_number_series_value", "series", "value", unique=True),
    )

    series: Mapped[str] = mapped_column(String(60))
    value: Mapped[int]
    text: Mapped[str] = mapped_column(String(60))


class PolicyValue(Base):
    """A value that the office set for a policy, from a day on when it changes figures."""

    __tablename__ = "policy"
    __table_args__ = (Index("uq_policy_name_holds_from", "name", "holds_from", unique=True),)

    name: Mapped[str] = mapped_column(String(60), info=KEPT)
    value: Mapped[str] = mapped_column(Text, info=WORDS)
    # A text, empty for no day: the unique index would let NULL stand twice.
    holds_from: Mapped[str] = mapped_column(String(10), default="", info=KEPT)


class ImportLog(Base):
    """One file that was imported."""

    __tablename__ = "import_log"
    keeps_history = False

    operation_id: Mapped[int | None] = mapped_column(ForeignKey("operation.id"))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(20))
    file: Mapped[str] = mapped_column(Text)
    # The same file is known again under another name.
    digest: Mapped[str] = mapped_column(String(64))
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)


class Loan(Base):
    """A copy that was lent to a site; in the copy itself the same row is `borrowed`.

    Attributes:
        token: tells this copy from any other; in both.
        last_operation: the last operation that both have in common.
        first_id: from here on the copy numbers its rows.
        returned_operation: the last operation of the copy that came back, on the day `returned_on`.
    """

    __tablename__ = "loan"
    __table_args__ = (Index("uq_loan_token", "token", unique=True),)

    # Not the site, which may borrow twice: a copy that was thought lost must not come back for another.
    token: Mapped[str] = mapped_column(String(32), info=KEPT)
    site: Mapped[int] = mapped_column(info=KEPT)
    file: Mapped[str] = mapped_column(Text, info=WORDS)
    lent_on: Mapped[date] = mapped_column(info=KEPT)
    until: Mapped[date | None] = mapped_column(info=KEPT)
    last_operation: Mapped[int] = mapped_column(info=KEPT)
    first_id: Mapped[int] = mapped_column(info=KEPT)
    borrowed: Mapped[bool] = mapped_column(default=False, info=KEPT)
    returned_on: Mapped[date | None] = mapped_column(info=KEPT)
    returned_operation: Mapped[int | None] = mapped_column(info=KEPT)


class Brought(Base):
    """Neighbouring rows of a lent copy, and under which ids they stand here from `own_key` on."""

    __tablename__ = "brought"
    __table_args__ = (
        Index("ix_brought_loan_id", "loan_id"),
        Index("ix_brought_table_name_last_key", "table_name", "last_key"),
    )

    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"), info=KEPT)
    table_name: Mapped[str] = mapped_column(String(60), info=KEPT)
    first_key: Mapped[int] = mapped_column(info=KEPT)
    last_key: Mapped[int] = mapped_column(info=KEPT)
    # Somebody at the site wrote down number 300000012, and asks for it here.
    own_key: Mapped[int] = mapped_column(info=KEPT)
