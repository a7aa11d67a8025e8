"""Requests, who called, who leads, what was done, and who was called back."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.communities.models import Community  # noqa: F401 - the target of a foreign key
from volunteer_cli.core.models import KEPT, MASKED, REACH, WHO, WORDS, Base, means, of
from volunteer_cli.households.models import Household  # noqa: F401 - the target of a foreign key
from volunteer_cli.organizations.models import Organization  # noqa: F401 - the target of a foreign key
from volunteer_cli.people.models import Person  # noqa: F401 - the target of a foreign key
from volunteer_cli.teams.models import Team  # noqa: F401 - the target of a foreign key


class Request(Base):
    """A matter 件.

    `due_on` is what the clock (`requests/clock.py`) makes of its steps; `first_due_on` is what was promised at first.
    `moved_at` is the moment of its last step, of a day without a time its beginning. `hold_id` is the row of its
    lead, also after it was finished. `last_step_id` makes every step a change of the request, so that none
    is undone from under a later one. `finished_due_on` is the date that held when it was finished first.
    """

    __tablename__ = "request"
    __table_args__ = (
        Index("ix_request_community_id_received_at", "community_id", "received_at"),
        Index("ix_request_received_at", "received_at"),
        Index("ix_request_status_due_on", "status", "due_on"),
        Index("ix_request_category_received_at", "category", "received_at"),
        Index("ix_request_external", "external"),
        Index("ix_request_merged_into_id", "merged_into_id"),
        Index("ix_request_recurs_id", "recurs_id"),
        Index("ix_request_hold_id", "hold_id"),
    )

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), info=KEPT)
    number: Mapped[str] = mapped_column(String(60), unique=True, info=KEPT)
    external: Mapped[str | None] = mapped_column(String(60), info=KEPT)
    text: Mapped[str] = mapped_column(Text, info=WORDS)
    kind: Mapped[str] = mapped_column(String(20), info=KEPT)
    category: Mapped[str] = mapped_column(String(20), info=KEPT)
    urgency: Mapped[str] = mapped_column(String(10), info=KEPT)
    channel: Mapped[str] = mapped_column(String(20), info=KEPT)
    place: Mapped[str | None] = mapped_column(String(200), info=WORDS)
    building: Mapped[str | None] = mapped_column(String(40), info=KEPT)
    grid: Mapped[str | None] = mapped_column(String(60), info=KEPT)
    about_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), info=KEPT)
    received_at: Mapped[datetime] = mapped_column(info=KEPT)
    first_due_on: Mapped[date] = mapped_column(info=KEPT)
    due_on: Mapped[date] = mapped_column(info=KEPT)
    moved_at: Mapped[datetime] = mapped_column(info=KEPT)
    last_step_id: Mapped[int | None] = mapped_column(info=KEPT | means("request_step"))
    status: Mapped[str] = mapped_column(String(10), info=KEPT)
    status_before: Mapped[str | None] = mapped_column(String(10), info=KEPT)
    hold_id: Mapped[int | None] = mapped_column(info=KEPT | means("request_hold"))
    suspended_on: Mapped[date | None] = mapped_column(info=KEPT)
    suspended_until: Mapped[date | None] = mapped_column(info=KEPT)
    extended_days: Mapped[int] = mapped_column(default=0, info=KEPT)
    redone: Mapped[int] = mapped_column(default=0, info=KEPT)
    result: Mapped[str | None] = mapped_column(String(20), info=KEPT)
    finished_on: Mapped[date | None] = mapped_column(info=KEPT)
    first_finished_on: Mapped[date | None] = mapped_column(info=KEPT)
    finished_due_on: Mapped[date | None] = mapped_column(info=KEPT)
    closed_on: Mapped[date | None] = mapped_column(info=KEPT)
    cause: Mapped[str | None] = mapped_column(Text, info=WORDS)
    cause_by_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), info=KEPT)
    recurs_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), info=KEPT)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), info=KEPT)


class RequestCaller(Base):
    """Somebody who reported a matter 反映人, with a wish and an answer of their own.

    `home_id` is the request under which the call was entered; merging moves `request_id` alone, so that a split
    finds the callers again. `calls` counts how often they called.
    """

    __tablename__ = "request_caller"
    __table_args__ = (
        Index("ix_request_caller_request_id", "request_id"),
        Index("ix_request_caller_home_id", "home_id"),
        Index("ix_request_caller_person_id", "person_id"),
        Index("ix_request_caller_respond_by", "respond_by"),
    )

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), info=KEPT)
    home_id: Mapped[int] = mapped_column(ForeignKey("request.id"), info=KEPT)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=WHO)
    name: Mapped[str | None] = mapped_column(String(200), info=WHO | of("person_id"))
    phone: Mapped[str | None] = mapped_column(String(40), info=REACH | of("person_id"))
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"), info=KEPT | MASKED)
    anonymous: Mapped[bool] = mapped_column(default=False, info=KEPT)
    confidential: Mapped[bool] = mapped_column(default=False, info=KEPT)
    wants_callback: Mapped[bool] = mapped_column(default=True, info=KEPT)
    called_at: Mapped[datetime] = mapped_column(info=KEPT)
    channel: Mapped[str] = mapped_column(String(20), info=KEPT)
    calls: Mapped[int] = mapped_column(default=1, info=KEPT)
    respond_by: Mapped[date] = mapped_column(info=KEPT)
    answered_at: Mapped[datetime | None] = mapped_column(info=KEPT)


class RequestCallback(Base):
    """A try to ask a caller whether it is solved 回访; `round` counts how often the matter had been redone by then."""

    __tablename__ = "request_callback"
    __table_args__ = (
        Index("ix_request_callback_caller_id", "caller_id"),
        Index("ix_request_callback_tried_on", "tried_on"),
    )

    caller_id: Mapped[int] = mapped_column(ForeignKey("request_caller.id"), info=KEPT)
    round: Mapped[int] = mapped_column(info=KEPT)
    tried_on: Mapped[date] = mapped_column(info=KEPT)
    reached: Mapped[bool] = mapped_column(info=KEPT)
    solved: Mapped[str | None] = mapped_column(String(10), info=KEPT)
    satisfied: Mapped[str | None] = mapped_column(String(10), info=KEPT)


class RequestHold(Base):
    """The days of a lead 主办, from `since` to before `until`; what ended them says whether it still counts as the lead."""

    __tablename__ = "request_hold"
    __table_args__ = (
        Index("ix_request_hold_request_id", "request_id"),
        Index("ix_request_hold_organization_id", "organization_id"),
        Index("ix_request_hold_team_id", "team_id"),
        Index("ix_request_hold_person_id", "person_id"),
    )

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), info=KEPT)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), info=KEPT)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), info=KEPT)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=KEPT)
    since: Mapped[date] = mapped_column(info=KEPT)
    until: Mapped[date | None] = mapped_column(info=KEPT)
    ended: Mapped[str | None] = mapped_column(String(10), info=KEPT)
    final: Mapped[bool] = mapped_column(default=False, info=KEPT)


class RequestHelper(Base):
    """Somebody who helps 协办, from `since` to before `until`."""

    __tablename__ = "request_helper"
    __table_args__ = (
        Index("ix_request_helper_request_id", "request_id"),
        Index("ix_request_helper_organization_id", "organization_id"),
        Index("ix_request_helper_team_id", "team_id"),
        Index("ix_request_helper_person_id", "person_id"),
    )

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), info=KEPT)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), info=KEPT)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), info=KEPT)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=KEPT)
    since: Mapped[date] = mapped_column(info=KEPT)
    until: Mapped[date | None] = mapped_column(info=KEPT)


class RequestStep(Base):
    """One thing that was done; of those that move the clock `days`, `until`, `due_on` and `other_id` say how.

    `status_before` is the request's status before it, `by` the name of whoever entered it.
    """

    __tablename__ = "request_step"
    __table_args__ = (
        Index("ix_request_step_request_id", "request_id"),
        Index("ix_request_step_step_taken_at", "step", "taken_at"),
    )

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), info=KEPT)
    taken_at: Mapped[datetime] = mapped_column(info=KEPT)
    step: Mapped[str] = mapped_column(String(10), info=KEPT)
    status_before: Mapped[str | None] = mapped_column(String(10), info=KEPT)
    by: Mapped[str] = mapped_column(String(200), info=KEPT)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), info=KEPT)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), info=KEPT)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=KEPT)
    reason: Mapped[str | None] = mapped_column(Text, info=WORDS)
    text: Mapped[str | None] = mapped_column(Text, info=WORDS)
    days: Mapped[int | None] = mapped_column(info=KEPT)
    calendar: Mapped[bool] = mapped_column(default=False, info=KEPT)
    until: Mapped[date | None] = mapped_column(info=KEPT)
    due_on: Mapped[date | None] = mapped_column(info=KEPT)
    other_id: Mapped[int | None] = mapped_column(info=KEPT | means("request"))
