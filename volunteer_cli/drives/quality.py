"""Slips that lack something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.reporting.declaration import Scope
from volunteer_cli.reporting.quality import Flaw, Population

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


def _unwitnessed(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import select

    from volunteer_cli.drives.models import Drive, Slip
    from volunteer_cli.drives.queries.goods import voided

    slips: list[Any] = [~voided()]
    if scope.period is not None:
        slips.append(Slip.received_on.between(scope.period.first, scope.period.last))
    if scope.community_id is not None:
        own = select(Drive.id).where(Drive.community_id == scope.community_id)
        slips.append(Slip.drive_id.in_(own))
    return Slip, slips, _counted_alone()


def _counted_alone() -> ColumnElement[bool]:
    from volunteer_cli.drives.models import Slip

    # One person who is both counts alone; two people become one by a merge.
    same = Slip.handler_id == Slip.witness_id
    return Slip.handler_id.is_(None) | Slip.witness_id.is_(None) | same


FLAWS = (Flaw("slip_without_witness", N_("Slips without a handler or a witness"), _unwitnessed),)
