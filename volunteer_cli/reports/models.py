"""Figures that were kept as they stood."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.communities.models import Community  # noqa: F401 - the target of a foreign key
from volunteer_cli.core.models import Base


class Snapshot(Base):
    """The answer of a report on a day, with a digest of it.

    `parameters` is what it was asked for. `rows` names people by id only, so that who asks to be erased is.
    """

    __tablename__ = "snapshot"
    __table_args__ = (
        Index("ix_snapshot_report", "report"),
        Index("ix_snapshot_community_id", "community_id"),
    )

    community_id: Mapped[int | None] = mapped_column(ForeignKey("community.id"))
    report: Mapped[str] = mapped_column(String(40))
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    rows: Mapped[list[Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    taken_on: Mapped[date]
    taken_by: Mapped[str] = mapped_column(String(200))
