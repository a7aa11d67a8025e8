"""Erasing what a case was about: parties and content go, from the history too; number, kind, dates, outcome stay.

What was said in mediation belongs to the parties (人民调解法, People's Mediation Law, art. 15; 个人信息保护法,
Personal Information Protection Law, art. 47); that there was a case belongs to the register.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from volunteer_cli.core.history import delete_rows, table_of
from volunteer_cli.core.models import Base
from volunteer_cli.core.privacy import is_hidden
from volunteer_cli.core.records import Operation
from volunteer_cli.mediation.models import Mediation, MediationParty, MediationSession, MediationTerm
from volunteer_cli.people.forgetting import deleted_keys, wipe
from volunteer_cli.people.secrets import changes_of
from volunteer_cli.people.terms import NOBODY

#: What belongs to a case and holds what is confidential.
PARTS: tuple[type[Base], ...] = (MediationParty, MediationSession, MediationTerm)


class Rows(NamedTuple):
    """Rows of a table that tell of a case, now or ever."""

    table: Table
    keys: frozenset[int]


def erase_case(session: Session, case: Mediation, *, on: date) -> bool:
    """Erase the content of a case, and answer whether there was any left to erase."""
    if case.erased_on is not None:
        return False
    told = list(_rows(session, case.id))
    for rows in told:
        wipe(session, rows.table, rows.keys, _confidential(rows.table))
    _forget_command_lines(session, told)
    parties = select(MediationParty.id).where(MediationParty.mediation_id == case.id)
    delete_rows(session, MediationParty, session.scalars(parties).all())
    case.erased_on = on
    session.flush()
    return True


def _rows(session: Session, key: int) -> Iterator[Rows]:
    yield Rows(table_of(Mediation), frozenset({key}))
    for part in PARTS:
        table = table_of(part)
        present = session.scalars(select(table.c.id).where(table.c.mediation_id == key))
        yield Rows(table, frozenset({*present, *deleted_keys(session, table, "mediation_id", key)}))


def _confidential(table: Table) -> list[str]:
    """The columns whose content goes."""
    return [column.name for column in table.columns if is_hidden(column)]


def _forget_command_lines(session: Session, told: list[Rows]) -> None:
    """Of the operations that wrote the case, leave the command alone."""
    operations = {
        change.operation_id for rows in told for change in changes_of(session, rows.table.name, rows.keys)
    }
    for operation in session.scalars(select(Operation).where(Operation.id.in_(operations))):
        operation.arguments = f"{operation.command} {NOBODY}"


def left_of_erased(session: Session) -> list[int]:
    """The ids of erased cases of which something confidential is left."""
    erased = select(Mediation.id).where(Mediation.erased_on.is_not(None))
    parties = select(MediationParty.mediation_id).where(MediationParty.mediation_id.in_(erased))
    cases = set(session.scalars(parties))
    for model, key in ((Mediation, Mediation.id), (MediationSession, MediationSession.mediation_id)):
        # By what the columns say of themselves: one that is added later is looked at without a word here.
        columns = [table_of(model).c[name] for name in _confidential(table_of(model))]
        rows = session.execute(select(key, *columns).where(key.in_(erased)))
        cases |= {row[0] for row in rows if any(value is not None for value in row[1:])}
    return sorted(cases)
