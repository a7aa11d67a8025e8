"""What every mapped class shares: names of constraints, ids that are never reused, history."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, MetaData, String, Text, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, mapped_column

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """A table with an integer id that is never given twice (AUTOINCREMENT).

    Attributes:
        keeps_history: whether its rows are data, which history records and undo takes back.
    """

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    keeps_history: ClassVar[bool] = True

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        table = getattr(cls, "__table__", None)
        if table is not None:
            table.dialect_options["sqlite"]["autoincrement"] = True
            table.info["keeps_history"] = cls.keeps_history


@event.listens_for(Base, "mapper_configured", propagate=True)
def _know_former_values(mapper: Mapper[Any], _class: type[Base]) -> None:
    """Load what an attribute held before it is set: the history needs it, also of an expired record."""
    for attribute in mapper.column_attrs:
        mapper.class_manager[attribute.key].impl.active_history = True


class Operation(Base):
    """One command that changed data, or that revealed what is masked."""

    __tablename__ = "operation"
    keeps_history = False

    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(200))
    command: Mapped[str] = mapped_column(String(100))
    arguments: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str | None] = mapped_column(Text)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("operation.id"))
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("operation.id"))


class Change(Base):
    """What one operation did to a range of rows of one table.

    Inserts keep the keys alone; updates keep the changed columns before and after, deletes the
    whole row before. All rows of a range had, and got, the same values.
    """

    __tablename__ = "change"
    keeps_history = False
    __table_args__ = (
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
        Index("uq_issued_number_series_value", "series", "value", unique=True),
    )

    series: Mapped[str] = mapped_column(String(60))
    value: Mapped[int]
    text: Mapped[str] = mapped_column(String(60))


class PolicyValue(Base):
    """A value that the office set for a policy, from a day on when it changes figures."""

    __tablename__ = "policy"
    __table_args__ = (Index("uq_policy_name_holds_from", "name", "holds_from", unique=True),)

    name: Mapped[str] = mapped_column(String(60))
    value: Mapped[str] = mapped_column(Text)
    holds_from: Mapped[str] = mapped_column(String(10), default="")


class ImportLog(Base):
    """One file that was imported."""

    __tablename__ = "import_log"
    keeps_history = False

    operation_id: Mapped[int | None] = mapped_column(ForeignKey("operation.id"))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(20))
    file: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
