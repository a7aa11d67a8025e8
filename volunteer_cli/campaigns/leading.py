"""Which command follows the opening of a stage."""

from __future__ import annotations

from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import Campaign, StageTarget
from volunteer_cli.core.history import recorder_of


def after_opening(session: Session, _campaign: Campaign) -> str:
    """Targets are dealt, where the stage has any."""
    there = recorder_of(session).touched(StageTarget.__tablename__)
    return "campaign deal {it} --to PERSON" if there else ""
