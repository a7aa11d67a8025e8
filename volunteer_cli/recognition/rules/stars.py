"""Stars: proposed from confirmed hours, granted by a person, never by themselves."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.core.dates import format_minutes
from volunteer_cli.core.errors import RuleError, UsageFault
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.text import required
from volunteer_cli.hours.queries import minutes_of_people
from volunteer_cli.people.models import Person
from volunteer_cli.recognition import queries
from volunteer_cli.recognition.models import StarGrant
from volunteer_cli.recognition.terms import STAR_THRESHOLDS


class NoSuchLevel(UsageFault):
    """There is no star level {level}; the levels go from 1 to {highest}"""

    code = "bad_choice"
    hint = N_("What each level asks for: volunteer policy list")


class NoLevels(RuleError):
    """This office has no star levels"""

    code = "no_star_levels"
    hint = N_("Say what they ask for, in hours: volunteer policy set star_thresholds 50,100,200")
    explanation = N_(
        "Star levels differ from country to country; outside China an office begins without any."
    )


class BelowThreshold(RuleError):
    """{person} has {hours} confirmed hours; star level {level} asks for {needed}"""

    code = "below_threshold"
    hint = N_("{missing} hours are missing. Hours that wait to be confirmed do not count yet.")
    explanation = N_("A star is granted for hours that are confirmed and within the cap of a day.")


@dataclass(frozen=True)
class StarStanding:
    """Where a person stands on the way from star to star; all hours in minutes.

    Attributes:
        level: the highest level granted, None without one.
        proposed: the level that the hours reach, when it is above the granted one.
        next_level, next_minutes, missing_minutes: the next level, what it asks for and what is missing;
            None beyond the highest.
        below: whether the hours no longer reach what the granted level asked for.
    """

    id: int
    person: str
    volunteer_no: str | None
    community_id: int
    minutes: int
    level: int | None
    proposed: int | None
    next_level: int | None
    next_minutes: int | None
    missing_minutes: int | None
    granted_on: date | None
    granted_by: str | None
    granted_minutes: int | None
    below: bool

    @property
    def person_id(self) -> int:
        """The person's id, which is the row's own."""
        return self.id


def thresholds(session: Session) -> list[int]:
    """The minutes that each star level asks for, from the first on."""
    return [hours * 60 for hours in policy_value(session, STAR_THRESHOLDS)]


def _threshold(session: Session, level: int) -> int:
    levels = thresholds(session)
    if not levels:
        raise NoLevels
    if not 1 <= level <= len(levels):
        raise NoSuchLevel(level=level, highest=len(levels))
    return levels[level - 1]


def grant_star(session: Session, person: Person, level: int, *, by: str, today: date) -> StarGrant:
    """A star level for a person whose hours reach it; one that is held already is no change.

    Raises:
        NoLevels, NoSuchLevel, BelowThreshold: as their sentences say.
        MissingValue, BadText: the name of who grants it is empty or not allowed.
    """
    needed = _threshold(session, level)
    grants = queries.grants(session, person.id)
    # A star stays where hours are corrected below it later; what was granted before covers the lower levels.
    if grants and grants[-1].level >= level:
        return grants[-1]
    minutes = minutes_of_people(session, [person.id]).get(person.id, 0)
    if minutes < needed:
        raise _below(person, level, minutes, needed)
    # With the hours and the threshold of the day: both may change, and the grant must still explain itself.
    figures = {"level": level, "minutes": minutes, "threshold": needed}
    name = required(by, _("grantor"))
    grant = StarGrant(person_id=person.id, granted_on=today, granted_by=name, **figures)
    session.add(grant)
    session.flush()
    return grant


def _below(person: Person, level: int, minutes: int, needed: int) -> BelowThreshold:
    hours = {"hours": minutes, "needed": needed, "missing": needed - minutes}
    words = {name: format_minutes(value) for name, value in hours.items()}
    return BelowThreshold(person=person.name, level=level, **words)


def star_standings(session: Session, community_id: int | None = None) -> list[StarStanding]:
    """Those who hold a star or whose hours reach the next one, highest levels and most hours first."""
    levels, grants = thresholds(session), queries.latest_grants(session)
    # Of a hundred thousand volunteers few reach the first level: the database leaves out the rest.
    minutes = queries.minutes_reaching(session, levels[0]) if levels else {}
    minutes |= minutes_of_people(session, grants.keys() - minutes.keys())
    people = queries.holders(session, minutes.keys() | grants.keys(), community_id)
    standings = [_standing(row, minutes.get(row.id, 0), grants.get(row.id), levels) for row in people]
    return sorted(standings, key=_highest_first)


def _highest_first(standing: StarStanding) -> tuple[int, int, int, int]:
    return -(standing.level or 0), -(standing.proposed or 0), -standing.minutes, standing.id


def star_standing(session: Session, person: Person) -> StarStanding:
    """Where one person stands."""
    minutes = minutes_of_people(session, [person.id]).get(person.id, 0)
    grants = queries.grants(session, person.id)
    return _standing(person, minutes, grants[-1] if grants else None, thresholds(session))


def _standing(person: Person, minutes: int, grant: StarGrant | None, levels: Sequence[int]) -> StarStanding:
    level = grant.level if grant else 0
    reached = bisect_right(levels, minutes)
    # Hours only propose a star; a person grants it.
    proposed = reached if reached > level else None
    return StarStanding(
        id=person.id,
        person=person.name,
        volunteer_no=person.volunteer_no,
        community_id=person.community_id,
        minutes=minutes,
        level=level or None,
        proposed=proposed,
        **_ahead(max(level, reached), minutes, levels),
        **_granted(grant),
        below=grant is not None and minutes < grant.threshold,
    )


def _ahead(level: int, minutes: int, levels: Sequence[int]) -> dict[str, Any]:
    """The level above the one that somebody holds or reaches, with what is missing; nothing above the highest."""
    if level >= len(levels):
        return {"next_level": None, "next_minutes": None, "missing_minutes": None}
    needed = levels[level]
    return {"next_level": level + 1, "next_minutes": needed, "missing_minutes": needed - minutes}


def _granted(grant: StarGrant | None) -> dict[str, Any]:
    if grant is None:
        return {"granted_on": None, "granted_by": None, "granted_minutes": None}
    return {
        "granted_on": grant.granted_on,
        "granted_by": grant.granted_by,
        "granted_minutes": grant.minutes,
    }
