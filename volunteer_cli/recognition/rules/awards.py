"""Honours: who received which, from whom and when."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.errors import RuleError, UsageFault
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.text import kept, required
from volunteer_cli.people.models import Person
from volunteer_cli.recognition.models import Award
from volunteer_cli.recognition.terms import AwardLevel
from volunteer_cli.teams.models import Team


class OneHolder(UsageFault):
    """An honour goes to a person, to a team or to the community: one of the three"""

    code = "one_holder"
    hint = N_("Say --person PERSON, --team TEAM or --for-community.")


class AwardAhead(RuleError):
    """An honour of {day} has not been awarded yet"""

    code = "future"
    hint = N_("Record it once it is awarded.")


def require_one_holder(person: str | None, team: str | None, *, for_community: bool) -> None:
    """Refuse an honour that nobody, or more than one, would hold; raises OneHolder."""
    if (person is not None) + (team is not None) + for_community != 1:
        raise OneHolder


def add_award(
    session: Session,
    holder: Person | Team | Community,
    *,
    title: str,
    level: AwardLevel,
    by: str,
    on: date,
    today: date,
    document: str | None = None,
) -> Award:
    """An honour that a person, a team or a community received; the same one again is no change.

    Raises:
        AwardAhead: the day is after today.
        MissingValue: the title or the body is empty.
        BadText: a text is not allowed.
    """
    # What is to be awarded may still be given to somebody else.
    if on > today:
        raise AwardAhead(day=on)
    award = Award(
        **_held_by(holder),
        title=required(title, _("title")),
        level=level.value,
        by=required(by, _("body")),
        awarded_on=on,
        document=kept(document or "", _("document")) or None,
    )
    # The same list is often sent twice, by the district and by the street.
    if known := _same(session, award):
        return known
    session.add(award)
    session.flush()
    return award


def _held_by(holder: Person | Team | Community) -> dict[str, int | None]:
    """The keys of who holds an honour; a community's own has neither person nor team."""
    # 省级文明社区 is no one person's and no one team's.
    if isinstance(holder, Community):
        return {"community_id": holder.id, "person_id": None, "team_id": None}
    person_id, team_id = (holder.id, None) if isinstance(holder, Person) else (None, holder.id)
    return {"community_id": holder.community_id, "person_id": person_id, "team_id": team_id}


def _same(session: Session, award: Award) -> Award | None:
    keys = ("community_id", "person_id", "team_id", "title", "level", "by", "awarded_on", "document")
    alike = select(Award).filter_by(voided_on=None, **{key: getattr(award, key) for key in keys})
    return session.scalars(alike).first()
