"""Organizations that all communities work with."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.core.models import KEPT, REACH, WHO, Base, key_of
from volunteer_cli.fields.models import OwnValue


class Organization(Base):
    """A body outside the community: a department, a firm, a school, a courier."""

    __tablename__ = "organization"
    __table_args__ = (Index("ix_organization_name_key", "name_key"),)

    name: Mapped[str] = mapped_column(String(200), info=KEPT)
    name_key: Mapped[str] = mapped_column(String(200), info=KEPT | key_of("name"))
    kind: Mapped[str | None] = mapped_column(String(20), info=KEPT)
    field: Mapped[str | None] = mapped_column(String(20), info=KEPT)
    contact: Mapped[str | None] = mapped_column(String(200), info=WHO)
    phone: Mapped[str | None] = mapped_column(String(40), info=REACH)
    email: Mapped[str | None] = mapped_column(String(254), info=REACH)
    address: Mapped[str | None] = mapped_column(String(400), info=KEPT)
    opening_hours: Mapped[str | None] = mapped_column(String(200), info=KEPT)
    archived_on: Mapped[date | None] = mapped_column(info=KEPT)


class OrganizationValue(OwnValue, Base):
    """What an organization has in a custom field."""

    __tablename__ = "organization_value"
    __table_args__ = (
        Index("uq_organization_value_field_id_organization_id", "field_id", "organization_id", unique=True),
        Index("ix_organization_value_organization_id", "organization_id"),
    )

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), info=KEPT)
