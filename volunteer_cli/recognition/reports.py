"""Reports on stars and honours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.output.view import Kind
from volunteer_cli.recognition.terms import AWARD_LEVELS
from volunteer_cli.reports.declaration import Report, Row, Scope, figure

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

TO_PERSON, TO_TEAM, TO_COMMUNITY = "person", "team", "community"
HONOURED = {TO_PERSON: N_("person"), TO_TEAM: N_("team"), TO_COMMUNITY: N_("community")}


def honour_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """Honours awarded in the period, highest level first, then the latest."""
    from volunteer_cli.recognition.queries import awards

    order = list(AWARD_LEVELS)
    found = [
        award
        for award in awards(session, community_id=scope.community_id)
        if award.voided_on is None and (scope.period is None or award.awarded_on in scope.period)
    ]
    found.sort(key=lambda award: (order.index(award.level), -award.awarded_on.toordinal(), award.id))
    return [
        {
            "title": award.title,
            "level": award.level,
            "to": TO_PERSON if award.person_id else TO_TEAM if award.team_id else TO_COMMUNITY,
            "person_id": award.person_id,
            "team_id": award.team_id,
            "community_id": award.community_id,
            "by": award.by,
            "date": award.awarded_on,
            "document": award.document,
        }
        for award in found
    ]


HONOURS = Report(
    name="honours",
    title=N_("Honours"),
    help=N_("List the honours of people, teams and the community."),
    question=N_("Who was honoured, by whom and for what?"),
    rows=honour_rows,
    keys=("title", "date"),
    comparable=False,
    total=False,
    figures=(
        figure(
            "title",
            N_("Honour"),
            Kind.TEXT,
            N_("An honour awarded in the period, by the day of the award; voided ones are left out."),
            total=False,
        ),
        figure(
            "level",
            N_("Level"),
            Kind.CHOICE,
            N_("The level of the body that awards it."),
            total=False,
            choices=AWARD_LEVELS,
        ),
        figure(
            "to",
            N_("To a"),
            Kind.CHOICE,
            N_("Whether it went to a person, a team or the community itself."),
            total=False,
            choices=HONOURED,
        ),
        figure("person", N_("Person"), Kind.TEXT, N_("The person it went to."), total=False),
        figure("person_id", N_("Person id"), Kind.ID, N_("That person's id."), total=False, table=False),
        figure("team", N_("Team"), Kind.TEXT, N_("The team it went to."), total=False),
        figure("team_id", N_("Team id"), Kind.ID, N_("That team's id."), total=False, table=False),
        figure(
            "community",
            N_("Community"),
            Kind.TEXT,
            N_("The community it went to, or to which person or team belong."),
            total=False,
            table=False,
        ),
        figure(
            "community_id", N_("Community id"), Kind.ID, N_("That community's id."), total=False, table=False
        ),
        figure("by", N_("Awarded by"), Kind.TEXT, N_("The body that awarded it."), total=False),
        figure("date", N_("Date"), Kind.DATE, N_("The day of the award."), total=False),
        figure(
            "document",
            N_("Document"),
            Kind.TEXT,
            N_("The number of the document that says so."),
            total=False,
            table=False,
        ),
    ),
)
REPORTS = (HONOURS,)
