"""People, the words they carry, and what became of records that were merged."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.communities.models import Community  # noqa: F401 - the target of a foreign key
from volunteer_cli.core.models import KEPT, MASKED, PLACE, REACH, SHOWN, WHO, WORDS, Base, means
from volunteer_cli.fields.models import OwnValue


class Person(Base):
    """A resident; a volunteer when `registered_on` is set.

    `birth` is kept as precise as it was given (1965, 1965-03 or 1965-03-05), phones as digits.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_name", "name"),
        # Looked for by who is at the telephone, and by sheets for each of their rows.
        Index("ix_person_phone", "phone"),
        Index("ix_person_phone_alt", "phone_alt"),
        Index("ix_person_email", "email"),
        # Names are typed by their sound on a keyboard without Chinese.
        Index("ix_person_name_pinyin", "name_pinyin"),
        Index("ix_person_name_initials", "name_initials"),
        Index("ix_person_community_id", "community_id"),
        Index("ix_person_guardian_id", "guardian_id"),
    )

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), info=KEPT)
    # A number tells two people of one name apart, and is shown for that; to a stranger it tells nothing.
    volunteer_no: Mapped[str | None] = mapped_column(String(60), unique=True, info=WHO | SHOWN)
    name: Mapped[str] = mapped_column(String(200), info=WHO | SHOWN)
    name_pinyin: Mapped[str] = mapped_column(String(400), default="", info=WHO | SHOWN)
    name_initials: Mapped[str] = mapped_column(String(60), default="", info=WHO | SHOWN)
    # SQLite holds no text to its length, so that its files need not be written anew for a longer word.
    sex: Mapped[str | None] = mapped_column(String(20).with_variant(String(10), "sqlite"), info=WHO | SHOWN)
    # A text, for many elders know their year alone; a day that was made up would be taken for the truth.
    birth: Mapped[str | None] = mapped_column(String(10), info=WHO | SHOWN)
    phone: Mapped[str | None] = mapped_column(String(40), info=REACH)
    phone_alt: Mapped[str | None] = mapped_column(String(40), info=REACH)
    email: Mapped[str | None] = mapped_column(String(254), info=REACH)
    # GB 11643: one number a person for life, so that the same one twice is one person twice.
    id_number: Mapped[str | None] = mapped_column(String(40), unique=True, info=WHO)
    address: Mapped[str | None] = mapped_column(Text, info=PLACE)
    # Building and grid are how the work of a community is divided; the door is what is private.
    building: Mapped[str | None] = mapped_column(String(40), info=PLACE | SHOWN)
    unit: Mapped[str | None] = mapped_column(String(40), info=PLACE)
    room: Mapped[str | None] = mapped_column(String(40), info=PLACE)
    grid: Mapped[str | None] = mapped_column(String(60), info=WHO | SHOWN)
    political_status: Mapped[str | None] = mapped_column(String(30), info=WHO | SHOWN)
    ethnicity: Mapped[str | None] = mapped_column(String(40), info=WHO | SHOWN)
    education: Mapped[str | None] = mapped_column(String(40), info=WHO | SHOWN)
    workplace: Mapped[str | None] = mapped_column(String(200), info=WHO | SHOWN)
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=WHO | SHOWN)
    emergency_contact: Mapped[str | None] = mapped_column(Text, info=WORDS | MASKED)
    note: Mapped[str | None] = mapped_column(Text, info=WORDS | MASKED)
    # 志愿服务条例 (State Council Decree 685, 2017), art. 7, leaves it to each whether they register; hours of who
    # did not are kept, and named by the report on quality.
    registered_on: Mapped[date | None] = mapped_column(info=KEPT)
    archived_on: Mapped[date | None] = mapped_column(info=KEPT)
    # Of somebody who died no sheet makes a resident again.
    archived_for: Mapped[str | None] = mapped_column(String(10), info=KEPT)
    erased_on: Mapped[date | None] = mapped_column(info=KEPT)


class PersonLabel(Base):
    """One word in a person's list of skills, service categories or tags.

    Tags are dated: one that is taken away is closed, so that "on the list in June" can be answered in July.
    Without a first day it holds since ever, as what was recorded before tags had days.
    """

    __tablename__ = "person_label"
    __table_args__ = (
        Index("ix_person_label_person_id_kind_value", "person_id", "kind", "value"),
        # Who carries a word is asked of a whole community: all elders who live alone.
        Index("ix_person_label_kind_value", "kind", "value"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=WHO | SHOWN)
    kind: Mapped[str] = mapped_column(String(10), info=KEPT)
    value: Mapped[str] = mapped_column(String(100), info=WHO | SHOWN)
    since: Mapped[date | None] = mapped_column(info=KEPT)
    until: Mapped[date | None] = mapped_column(info=KEPT)


class PersonValue(OwnValue, Base):
    """What a person has in a custom field."""

    __tablename__ = "person_value"
    __table_args__ = (
        Index("uq_person_value_field_id_person_id", "field_id", "person_id", unique=True),
        Index("ix_person_value_person_id", "person_id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=WHO | SHOWN)


class FormerPerson(Base):
    """The id and number of a record that was merged into another: they still resolve to it."""

    __tablename__ = "former_person"
    __table_args__ = (
        Index("uq_former_person_former_id", "former_id", unique=True),
        Index("ix_former_person_volunteer_no", "volunteer_no"),
        Index("ix_former_person_person_id", "person_id"),
    )

    # No foreign key: the record that it means is gone.
    former_id: Mapped[int] = mapped_column(info=KEPT | means("person"))
    volunteer_no: Mapped[str | None] = mapped_column(String(60), info=WHO | SHOWN)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=KEPT)


# Twins and namesakes would be named again each day.
class DismissedPair(Base):
    """Two people that look alike and have been found to be two, for good."""

    __tablename__ = "dismissed_pair"
    __table_args__ = (
        Index("uq_dismissed_pair_first_id_second_id", "first_id", "second_id", unique=True),
        Index("ix_dismissed_pair_second_id", "second_id"),
    )

    first_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=WHO | SHOWN)
    second_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=WHO | SHOWN)
