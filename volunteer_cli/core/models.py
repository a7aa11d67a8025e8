"""What every mapped class shares: names of constraints, ids that are never reused, history."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import MetaData, event
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
