"""Reports on stars and honours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.output.view import Kind
from volunteer_cli.recognition.terms import AWARD_LEVELS
from volunteer_cli.reporting.declaration import Chart, Report, Row, Scope, figure

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.recognition.models import Award

TO_PERSON, TO_TEAM, TO_COMMUNITY = "person", "team", "community"
HONOURED = {TO_PERSON: N_("person"), TO_TEAM: N_("team"), TO_COMMUNITY: N_("community")}


def honour_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """Honours awarded in the period, highest level first, then the latest."""
    from volunteer_cli.recognition.queries import awards

    valid = [award for award in awards(session, community_id=scope.community_id) if award.voided_on is None]
    honours = [award for award in valid if _in_period(award.awarded_on, scope)]
    return [_honour(award) for award in sorted(honours, key=_highest_first)]


def _highest_first(award: Award) -> tuple[int, int, int]:
    # Levels are declared from the nation down to the community.
    return list(AWARD_LEVELS).index(award.level), -award.awarded_on.toordinal(), award.id


def _honour(award: Award) -> Row:
    return {
        "id": award.id,
        "title": award.title,
        "level": award.level,
        "to": _holder(award),
        "person_id": award.person_id,
        "team_id": award.team_id,
        "community_id": award.community_id,
        "by": award.by,
        "date": award.awarded_on,
        "document": award.document,
    }


def _holder(award: Award) -> str:
    # An honour of a person or a team names the community too, where they belong: that one is asked last.
    if award.person_id:
        return TO_PERSON
    return TO_TEAM if award.team_id else TO_COMMUNITY


def star_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """Each star level with those who hold it, were granted it in the period, or reach it."""
    from volunteer_cli.recognition.rules.stars import star_standings, thresholds

    holders = highest_levels(session, scope)
    grants = [grant for grant in _grants(session, scope) if _in_period(grant.granted_on, scope)]
    granted = Counter(grant.level for grant in grants)
    # Proposed by hours alone: somebody still has to grant it.
    proposed = Counter(standing.proposed for standing in star_standings(session, scope.community_id))
    return [
        {
            "level": level,
            "threshold": threshold,
            "holders": holders[level],
            "granted": granted[level],
            "proposed": proposed[level],
        }
        for level, threshold in enumerate(thresholds(session), start=1)
    ]


def highest_levels(session: Session, scope: Scope) -> Counter[int]:
    """How many people hold each level as their highest at the end of the period or today."""
    highest = {
        grant.person_id: grant.level for grant in _grants(session, scope) if grant.granted_on <= scope.as_of
    }
    return Counter(highest.values())


def _grants(session: Session, scope: Scope) -> list[Any]:
    """The grants of people in use, of the community that was chosen, each person's lowest level first."""
    from volunteer_cli.recognition.queries import grants, holders

    every = grants(session)
    people = {person.id for person in holders(session, {one.person_id for one in every}, scope.community_id)}
    return [one for one in every if one.person_id in people]


def _in_period(day: date, scope: Scope) -> bool:
    return scope.period is None or day in scope.period


STARS = Report(
    name="stars",
    title=N_("Stars"),
    help=N_("Count star holders by level, and those who could be granted a star."),
    question=N_("Who has earned which star, and who is due one?"),
    rows=star_rows,
    keys=("level",),
    chart=Chart("holders", ("level",)),
    figures=(
        figure("level", N_("Star"), Kind.NUMBER, N_("The star level."), total=False),
        figure(
            "threshold",
            N_("Asks for"),
            Kind.MINUTES,
            N_("The hours that the level asks for by the policy star_thresholds."),
            total=False,
            compared=False,
        ),
        figure(
            "holders",
            N_("Holders"),
            Kind.COUNT,
            N_("People in use whose highest level granted by the end of the period or today is this one."),
        ),
        figure(
            "granted", N_("Granted"), Kind.COUNT, N_("Grants of this level in the period to people in use.")
        ),
        figure(
            "proposed",
            N_("Proposed"),
            Kind.COUNT,
            N_(
                "People in use whose counted hours reach this level now and no higher one, and who hold a lower one or none."
            ),
        ),
    ),
)


HONOURS = Report(
    name="honours",
    title=N_("Honours"),
    help=N_("List the honours of people, teams and the community."),
    question=N_("Who was honoured, by whom and for what?"),
    rows=honour_rows,
    keys=("id",),
    comparable=False,
    total=False,
    figures=(
        figure("id", N_("Id"), Kind.ID, N_("The id of the honour."), total=False, table=False),
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
REPORTS = (STARS, HONOURS)
