"""What every mapped class shares: names of constraints, ids that are never reused, history, privacy.

A column of a table of data says in its `info` what it holds, and all that is to become of it follows:

    name: Mapped[str] = mapped_column(String(200), info=WHO | SHOWN)
    phone: Mapped[str | None] = mapped_column(String(40), info=REACH)
    served_on: Mapped[date] = mapped_column(info=KEPT)

`privacy` reads it: erasing, merging, the masks of history, command lines and lists, and `check`.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, ClassVar, Final

from sqlalchemy import Column, MetaData, Table, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, mapped_column

from volunteer_cli.core.text.cleaning import name_key

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Holds(StrEnum):
    """What a column holds of the people that its table tells of.

    Everybody may ask to be forgotten, and then whatever tells who it was goes (个人信息保护法, Personal
    Information Protection Law, art. 47); the service itself stays on record (志愿服务条例, Regulations
    on Voluntary Service, State Council Decree 685, art. 19).
    """

    #: Who somebody is: erased with the person. A reference that is WHO is cut.
    WHO = "who"
    #: How to reach somebody: erased with the person, and wherever else it was written.
    REACH = "reach"
    #: Where somebody lives: erased with the person; a merge takes it over as a whole.
    PLACE = "place"
    #: Free words, which may name anybody: what was erased is taken out of them.
    WORDS = "words"
    #: Plain data, which stays whoever is erased.
    KEPT = "kept"


PRIVATE: Final = frozenset({Holds.WHO, Holds.REACH, Holds.PLACE})

#: What a column may say in its `info`.
WHO: Final = {"holds": Holds.WHO}
REACH: Final = {"holds": Holds.REACH}
PLACE: Final = {"holds": Holds.PLACE}
WORDS: Final = {"holds": Holds.WORDS}
KEPT: Final = {"holds": Holds.KEPT}
#: Joined to these by `|`: shown to everybody in the office though it is private, or masked though it is not.
SHOWN: Final = {"masked": False}
MASKED: Final = {"masked": True}
#: As MASKED, and more: what was said in confidence is shown to nobody without a reason, not even as a star,
#: and a command line that held it is kept without it.
HIDDEN: Final = {"masked": True, "hidden": True}
#: Joined to what a column holds of one person: its words may name others too, who are taken out when they are erased.
NAMING: Final = {"names": True}


def of(reference: str) -> dict[str, str]:
    """Joined to what a column holds: which reference of its table it tells of, where there are several."""
    return {"of": reference}


def key_of(name: str) -> dict[str, str]:
    """Joined to what a column holds: which name of its table it folds, to look a record up by it.

    A name is kept as it was written; two that differ only in their form (（ and (, ① and 1) are the same.
    """
    return {"key_of": name}


def means(*tables: str, **places: str) -> dict[str, Any]:
    """Joined to what a column holds: the table whose ids stand there without a foreign key.

    In JSON: the tables by place, `topics__id="topic"` for the value `id` of what stands at `topics`. A lent copy
    that comes back has its rows numbered anew, and what means them with them.
    """
    return {"means": tables[0] if tables else {tuple(key.split("__")): name for key, name in places.items()}}


def up_to(table: str, within: str) -> dict[str, str]:
    """Like `means`, for a row up to which something was drawn up: it knows all rows before it that share a column."""
    return {"means": table, "within": within}


class SilentColumn(TypeError):
    """A column of a table of data does not say what becomes of it when somebody is erased."""

    def __init__(self, column: Column[Any], table: Table) -> None:
        super().__init__(
            f"{table.name}.{column.name} does not say what it holds: add info=WHO, REACH, PLACE, WORDS or KEPT"
            " (volunteer_cli/core/models.py tells what each of them means)"
        )


class UnclearColumn(TypeError):
    """A private column of a row that names several records does not say of which of them it tells."""

    def __init__(self, column: Column[Any], table: Table) -> None:
        super().__init__(
            f"{table.name}.{column.name} does not say whom it tells of: add | of('the reference') to its info"
        )


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
            if cls.keeps_history:
                _require_answers(table)
            table.info["keeps_history"] = cls.keeps_history


def _require_answers(table: Table) -> None:
    """Refuse a table of data with a column that does not say enough, as if it had never been declared."""
    try:
        for column in table.columns:
            _require_answer(column, table)
    except (SilentColumn, UnclearColumn):
        table.metadata.remove(table)
        raise


def _require_answer(column: Column[Any], table: Table) -> None:
    if column.primary_key:
        return
    holds = column.info.get("holds")
    if holds is None:
        raise SilentColumn(column, table)
    targets = [key.target_fullname for key in table.foreign_keys]
    several = len(targets) > len(set(targets))
    if several and holds in PRIVATE and not column.foreign_keys and "of" not in column.info:
        raise UnclearColumn(column, table)


@event.listens_for(Column, "before_parent_attach")
def _refuse_silent(column: Column[Any], table: Table) -> None:
    """Refuse such a column too when it comes to a table of data that is declared already."""
    if table.info.get("keeps_history"):
        _require_answer(column, table)


@event.listens_for(Base, "mapper_configured", propagate=True)
def _know_former_values(mapper: Mapper[Any], _class: type[Base]) -> None:
    """Load what an attribute held before it is set: the history needs it, also of an expired record."""
    for attribute in mapper.column_attrs:
        mapper.class_manager[attribute.key].impl.active_history = True
    for column in mapper.columns:
        if (name := column.info.get("key_of")) is not None:
            event.listen(mapper.class_manager[name], "set", _folding(column.key))


def _folding(key: str) -> Callable[[Any, Any, Any, Any], None]:
    """What gives a record the key of a name that it is given."""

    def fold(record: Any, name: str | None, _former: Any, _token: Any) -> None:
        setattr(record, key, name_key(name or ""))

    return fold
