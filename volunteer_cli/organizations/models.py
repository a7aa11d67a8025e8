"""Organizations that all communities work with."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.core.models import Base


class Organization(Base):
    """A body outside the community: a department, a firm, a school, a courier."""

    __tablename__ = "organization"
    __table_args__ = (Index("ix_organization_name", "name"),)

    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str | None] = mapped_column(String(20))
    field: Mapped[str | None] = mapped_column(String(20))
    contact: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(40))
    archived_on: Mapped[date | None]
