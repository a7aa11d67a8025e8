"""Figures that were kept as they stood."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.communities.models import Community  # noqa: F401 - the target of a foreign key
from volunteer_cli.core.models import KEPT, WORDS, Base


class Snapshot(Base):
    """The answer of a report on a day, with a digest of it.

    `parameters` is what it was asked for. `rows` names people by id only, so that who asks to be erased is.
    """

    __tablename__ = "snapshot"
    __table_args__ = (
        Index("ix_snapshot_report", "report"),
        Index("ix_snapshot_community_id", "community_id"),
    )

    community_id: Mapped[int | None] = mapped_column(ForeignKey("community.id"), info=KEPT)
    report: Mapped[str] = mapped_column(String(40), info=KEPT)
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON, info=KEPT)
    rows: Mapped[list[Any]] = mapped_column(JSON, info=KEPT)
    digest: Mapped[str] = mapped_column(String(64), info=KEPT)
    taken_on: Mapped[date] = mapped_column(info=KEPT)
    taken_by: Mapped[str] = mapped_column(String(200), info=WORDS)
