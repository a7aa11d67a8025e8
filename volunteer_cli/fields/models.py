"""Custom fields, and what the table of their values has for every noun."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.core.models import HIDDEN, KEPT, NAMING, SHOWN, WHO, Base, key_of


class CustomField(Base):
    """A field that an office defined for its people, teams or other records.

    `choices` holds one choice a line; a `private` field is shown to nobody without a reason.
    """

    __tablename__ = "custom_field"
    __table_args__ = (Index("uq_custom_field_noun_name_key", "noun", "name_key", unique=True),)

    noun: Mapped[str] = mapped_column(String(20), info=KEPT)
    name: Mapped[str] = mapped_column(String(60), info=KEPT)
    name_key: Mapped[str] = mapped_column(String(60), info=KEPT | key_of("name"))
    title: Mapped[str] = mapped_column(String(60), info=KEPT)
    kind: Mapped[str] = mapped_column(String(10), info=KEPT)
    choices: Mapped[str | None] = mapped_column(Text, info=KEPT)
    # Decides in which of two columns a value stands, for what is hidden is declared by column.
    private: Mapped[bool] = mapped_column(info=KEPT)
    archived_on: Mapped[date | None] = mapped_column(info=KEPT)


class OwnValue:
    """The columns of a table of values: one of the two holds it, by whether the field is private.

    A value says who somebody is, as a school or a car does, and free text may name others besides.
    """

    field_id: Mapped[int] = mapped_column(ForeignKey("custom_field.id"), info=KEPT)
    value: Mapped[str | None] = mapped_column(Text, info=WHO | SHOWN | NAMING)
    confidence: Mapped[str | None] = mapped_column(Text, info=WHO | HIDDEN | NAMING)
