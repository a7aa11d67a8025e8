"""Reports on volunteers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.fields.contributed import grouped_by, stored_groups, with_values
from volunteer_cli.fields.terms import Noun
from volunteer_cli.output.view import Kind
from volunteer_cli.people.terms import POLITICAL_STATUSES, SEXES
from volunteer_cli.reporting.declaration import Chart, Exported, Report, Row, Scope, figure, group
from volunteer_cli.reporting.ordering import in_order, rows_of
from volunteer_cli.reporting.overview import Part

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.core.dates import Period

#: The ages at which a band begins; the last band is open. 14 and 18: below 14 a guardian must consent, below
#: 18 one is a minor (Civil Code, art. 17 to 20); 60 is the age of an elder (Law on the Rights of the Elderly, art. 2).
AGE_BANDS = (0, 14, 18, 35, 60, 70)
#: What the bands are called where people read; scripts and conditions have the codes.
AGES = {
    "0-13": NC_("age", "0–13"),
    "14-17": NC_("age", "14–17"),
    "18-34": NC_("age", "18–34"),
    "35-59": NC_("age", "35–59"),
    "60-69": NC_("age", "60–69"),
    "70+": NC_("age", "70 and over"),
}
UNKNOWN = N_("unknown")


def volunteer_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """Volunteers at the end of the period, and who of them is new, active and lapsed."""
    from volunteer_cli.people.models import Person

    keys = VOLUNTEERS.completed(session).row_keys(scope)
    own = VOLUNTEERS.own_names(scope)
    counts = _counts(scope, keys, grouped_by(session, Noun.PERSON, own, Person.id))
    rows = with_values(session, Noun.PERSON, own, rows_of(session.execute(counts)))
    if keys == ("age",):
        # Bands of age are read from young to old, not from many to few.
        return sorted(rows, key=lambda row: (row["age"] is None, row["age"]))
    return in_order(rows, keys, "volunteers")


def _counts(scope: Scope, keys: Sequence[str], own: Mapping[str, Any]) -> Any:
    """The query for the four figures, grouped by the keys, custom fields among them."""
    from sqlalchemy import select

    from volunteer_cli.people.models import Person
    from volunteer_cli.people.queries import in_use_on

    by = [(own[key] if key in own else _expression(key, scope.as_of)).label(key) for key in keys]
    # As of the last day: who left since was a volunteer then.
    volunteers = (Person.registered_on <= scope.as_of, in_use_on(scope.as_of))
    counts = select(*by, *_figures(_window(scope))).where(*volunteers)
    if scope.community_id is not None:
        counts = counts.where(Person.community_id == scope.community_id)
    return _joined(counts, keys, scope.as_of).group_by(*by)


def _figures(window: Period) -> list[Any]:
    """All volunteers, and those who are new, active and lapsed in a span of days."""
    from sqlalchemy import func

    from volunteer_cli.people.models import Person

    new = Person.registered_on >= window.first
    active = _served(Person.id, window)
    before = _served(Person.id, None, before=window.first)
    return [
        func.count().label("volunteers"),
        func.count().filter(new).label("new"),
        func.count().filter(active).label("active"),
        func.count().filter(before & ~active).label("lapsed"),
    ]


def _window(scope: Scope) -> Period:
    """The period, or the twelve months up to today."""
    from datetime import timedelta

    from volunteer_cli.core.dates import Period
    from volunteer_cli.core.dates.days import add_months

    return scope.period or Period(add_months(scope.today, -12) + timedelta(1), scope.today)


def _served(person: Any, period: Period | None, *, before: date | None = None) -> Any:
    """Whether a person served in a period, or at any time before a day."""
    from sqlalchemy import exists

    from volunteer_cli.hours.counting import CONFIRMED
    from volunteer_cli.hours.models import HoursRecord
    from volunteer_cli.hours.queries import served_in

    days = served_in(period) if period else HoursRecord.served_on < before
    return exists().where(HoursRecord.person_id == person, CONFIRMED, days)


def _joined(query: Any, keys: Sequence[str], on: date) -> Any:
    """The query with a row for each skill and each team of a person, where it is grouped by them."""
    from sqlalchemy import and_

    from volunteer_cli.people.models import Person, PersonLabel
    from volunteer_cli.people.terms import LabelKind
    from volunteer_cli.teams.models import Membership
    from volunteer_cli.teams.queries import belongs_on

    if "skill" in keys:
        own = and_(PersonLabel.person_id == Person.id, PersonLabel.kind == LabelKind.SKILL)
        query = query.outerjoin(PersonLabel, own)
    if "team_id" in keys:
        query = query.outerjoin(Membership, and_(Membership.person_id == Person.id, belongs_on(on)))
    return query


def _expression(key: str, on: date) -> Any:
    from volunteer_cli.people.models import Person, PersonLabel
    from volunteer_cli.teams.models import Membership

    special = {"skill": PersonLabel.value, "team_id": Membership.team_id}
    if key == "age":
        return age_band(on)
    return special[key] if key in special else getattr(Person, key)


def age_band(on: date) -> Any:
    """The band of a person's age on a day, such as 18-34; null when the birth is unknown."""
    from sqlalchemy import case, null

    from volunteer_cli.core.dates.days import add_months
    from volunteer_cli.people.models import Person

    # Text compares well: who is born later than today so many years ago has not had that birthday.
    bands = [
        (Person.birth > add_months(on, -12 * end).isoformat(), f"{start}-{end - 1}")
        for start, end in pairwise(AGE_BANDS)
    ]
    return case((Person.birth.is_(None), null()), *bands, else_=f"{AGE_BANDS[-1]}+")


VOLUNTEERS = Report(
    name="volunteers",
    place=4,
    title=N_("Volunteers"),
    help=N_("Count volunteers: active, new and lapsed, by age, sex, skill and more."),
    question=N_("Who are our volunteers, who has come, and who has stopped?"),
    rows=volunteer_rows,
    stored=stored_groups(Noun.PERSON),
    exported=Exported(("sex", "grid", "community"), ("volunteers", "new", "active", "lapsed")),
    chart=Chart("volunteers"),
    groups=(
        group(
            "age",
            N_("Age"),
            N_(
                "The age at the end of the period or today; a birth known by year or month counts as its first day."
            ),
            kind=Kind.CHOICE,
            choices=AGES,
            blank=UNKNOWN,
            ordered=True,
        ),
        group(
            "sex",
            N_("Sex"),
            N_("The sex on file."),
            kind=Kind.CHOICE,
            choices=SEXES,
            blank=UNKNOWN,
            parts=True,
        ),
        group(
            "skill",
            N_("Skill"),
            N_("The skills on file; one with several is in several rows, so there is no sum."),
            whole=False,
            blank=N_("no skill on file"),
        ),
        group(
            "team",
            N_("Team"),
            N_(
                "The teams they belong to at the end of the period or today; one in several is in several rows, so there is no sum."
            ),
            reference=True,
            whole=False,
            blank=N_("no team"),
        ),
        group("grid", N_("Grid"), N_("The grid they live in."), blank=UNKNOWN),
        group(
            "political_status",
            N_("Political status"),
            N_("The political status on file."),
            kind=Kind.CHOICE,
            choices=POLITICAL_STATUSES,
            blank=UNKNOWN,
            at_home=True,
        ),
        group("community", N_("Community"), N_("The community they are registered in."), reference=True),
    ),
    figures=(
        figure(
            "volunteers",
            N_("Volunteers"),
            Kind.COUNT,
            N_(
                "People registered as volunteers by the end of the period or today, whose record was not archived then."
            ),
        ),
        figure(
            "new",
            N_("New"),
            Kind.COUNT,
            N_("Of these, registered in the period; without a period, in the twelve months up to today."),
        ),
        figure(
            "active",
            N_("Active"),
            Kind.COUNT,
            N_(
                "Of these, with a confirmed record of service on a day of the period; without a period, of the twelve months up to today."
            ),
        ),
        figure(
            "lapsed",
            N_("Lapsed"),
            Kind.COUNT,
            N_("Of these, with a confirmed record of service before the period and none in it."),
        ),
    ),
)
REPORTS = (VOLUNTEERS,)


def _row(session: Session, scope: Scope) -> Row:
    (row,) = volunteer_rows(session, replace(scope, by=()))
    return row


PARTS = (
    Part(
        (
            figure(
                "volunteers",
                N_("Volunteers"),
                Kind.COUNT,
                N_(
                    "People registered as volunteers by the end of the period or today and not archived then, as the report volunteers has them."
                ),
                front=3,
            ),
            figure(
                "new",
                N_("New volunteers"),
                Kind.COUNT,
                N_(
                    "Of the volunteers, registered in the period; without one, in the twelve months up to today."
                ),
                front=4,
            ),
            figure(
                "active",
                N_("Active volunteers"),
                Kind.COUNT,
                N_("Of the volunteers, with a confirmed record of service in that time."),
            ),
            figure(
                "lapsed",
                N_("Lapsed volunteers"),
                Kind.COUNT,
                N_("Of the volunteers, with a confirmed record before that time and none in it."),
            ),
        ),
        _row,
        place=4,
    ),
)
