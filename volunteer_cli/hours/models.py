"""Records of service, and the periods that are closed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.core.models import KEPT, WORDS, Base
from volunteer_cli.events.models import Event  # noqa: F401 - the target of a foreign key


def _index_of_known(name: str) -> Index:
    """An index without the records that have no value: small, and quick to fill."""
    # PostgreSQL's twin stands in the migration alone: named here, every command would import its dialect.
    return Index(f"ix_hours_record_{name}", name, sqlite_where=text(f"{name} IS NOT NULL"))


#: What minutes are summed by, beside the day.
SUMMED_BY = ("team_id", "event_id", "person_id", "community_id")


class HoursRecord(Base):
    """The service that one person gave on one day, the day it began on.

    `start_minute` and `end_minute` count from the midnight that begins `served_on`, so that a service
    past midnight ends beyond 1440; both are None where only the duration is known, and the end alone
    where nobody signed out. `minutes` is what was given, before the day's cap and rounding: what counts
    is computed in `counting`. `reason` says why it was rejected or voided; `corrects_id` is the
    voided record that this one replaces.
    """

    __tablename__ = "hours_record"
    __table_args__ = (
        # Covers the search for days beyond the cap and for who served under a team.
        Index(
            "ix_hours_record_person_id_served_on", "person_id", "served_on", "status", "minutes", "team_id"
        ),
        # Covers sums by team, event, person, community and month: six times as fast as reading the table.
        Index("ix_hours_record_served_on", "served_on", "status", *SUMMED_BY, "minutes"),
        *(_index_of_known(name) for name in ("event_id", "team_id", "corrects_id")),
    )

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), info=KEPT)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=KEPT)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), info=KEPT)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), info=KEPT)
    # A service past midnight counts on the day it began: a day's cap and a closed month ask for one day.
    served_on: Mapped[date] = mapped_column(info=KEPT)
    start_minute: Mapped[int | None] = mapped_column(info=KEPT)
    end_minute: Mapped[int | None] = mapped_column(info=KEPT)
    # As it was given. What counts is worked out anew each time: a total that is stored is a total that is
    # wrong one day.
    minutes: Mapped[int] = mapped_column(info=KEPT)
    # A certificate says how its hours are proved.
    evidence: Mapped[str] = mapped_column(String(10), info=KEPT)
    status: Mapped[str] = mapped_column(String(12), info=KEPT)
    # As it was on the day of recording: a policy that changes later makes nobody late.
    late: Mapped[bool] = mapped_column(info=KEPT)
    work: Mapped[str | None] = mapped_column(Text, info=WORDS)
    recorded_by: Mapped[str] = mapped_column(String(200), info=WORDS)
    confirmed_by: Mapped[str | None] = mapped_column(String(200), info=WORDS)
    reason: Mapped[str | None] = mapped_column(Text, info=WORDS)
    # What somebody signed for is not edited: a correction is a record of its own, which points back.
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("hours_record.id"), info=KEPT)


# Frozen is the period and not its records: to change one, the period is opened again, with a reason.
class ClosedPeriod(Base):
    """Days of a community, the last one included, whose figures are closed."""

    __tablename__ = "closed_period"
    __table_args__ = (Index("ix_closed_period_community_id", "community_id", "last_on"),)

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), info=KEPT)
    first_on: Mapped[date] = mapped_column(info=KEPT)
    last_on: Mapped[date] = mapped_column(info=KEPT)
