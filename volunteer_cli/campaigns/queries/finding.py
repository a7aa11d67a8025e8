"""Which campaign, stage, question or target a text names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import Campaign, Question, Stage, Target
from volunteer_cli.campaigns.queries.results import Part
from volunteer_cli.campaigns.rules.errors import NoStage, NotTarget
from volunteer_cli.campaigns.terms import CampaignStatus, Unit
from volunteer_cli.communities.queries import chosen_community
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.lookup import Reference, find, names_of
from volunteer_cli.core.several import each_of
from volunteer_cli.core.text import is_same
from volunteer_cli.households.models import Household
from volunteer_cli.households.queries import find_household, household_of, shown_household
from volunteer_cli.people.models import Person
from volunteer_cli.people.queries import find_person

CAMPAIGN = Reference(N_("campaign"), Campaign, "volunteer campaign list")


def find_campaign(session: Session, text: str, *, changing: bool = True) -> Campaign:
    """The campaign that an id, a code or a name means.

    Raises:
        NotFound, Ambiguous, Withdrawn: none, several, or one whose record was undone.
    """
    return find(session, CAMPAIGN, text, changing=changing)


def campaign_names(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """The names of campaigns by id."""
    return names_of(session, CAMPAIGN, ids)


def status_of(campaign: Campaign) -> CampaignStatus:
    """Where a campaign stands."""
    if campaign.cancelled_on is not None:
        return CampaignStatus.CANCELLED
    if campaign.closed_on is not None:
        return CampaignStatus.CLOSED
    return CampaignStatus.RUNNING if campaign.opened_at is not None else CampaignStatus.DRAFT


def campaigns(session: Session, *, running: bool = False) -> Sequence[Campaign]:
    """The campaigns of the community that was chosen, or of all, in the order in which they were added."""
    query = select(Campaign).order_by(Campaign.id)
    if community := chosen_community(session):
        query = query.where(Campaign.community_id == community.id)
    if running:
        query = query.where(
            Campaign.opened_at.is_not(None), Campaign.closed_on.is_(None), Campaign.cancelled_on.is_(None)
        )
    return session.scalars(query).all()


# --- stages ------------------------------------------------------------


def stages(session: Session, campaign: Campaign) -> Sequence[Stage]:
    """The stages of a campaign in their order."""
    return session.scalars(select(Stage).where(Stage.campaign_id == campaign.id).order_by(Stage.id)).all()


def opened_stages(session: Session, campaign: Campaign, now: datetime | None = None) -> tuple[Stage, ...]:
    """The stages whose list was frozen, by a moment if one is given."""
    opened = (stage for stage in stages(session, campaign) if stage.opened_at)
    return tuple(stage for stage in opened if now is None or (stage.opened_at or now) <= now)


def find_stage(session: Session, campaign: Campaign, name: str) -> Stage:
    """The stage of a campaign by its name.

    Raises:
        NoStage: it has none of that name.
    """
    for stage in stages(session, campaign):
        if is_same(stage.name, name):
            return stage
    raise NoStage(name=name, campaign=campaign.name, code=campaign.code)


def round_on(stage: Stage, now: datetime) -> bool:
    """Whether a stage is worked at a moment: a daily one has so many days from its opening on."""
    if stage.days is None or stage.opened_at is None:
        return True
    return now.date() < stage.opened_at.date() + timedelta(days=stage.days)


def rounds(stage: Stage, now: datetime) -> list[datetime]:
    """The rounds of a daily stage that have begun by a moment, each by the beginning of its day."""
    if stage.days is None or stage.opened_at is None:
        return []
    first = stage.opened_at.replace(hour=0, minute=0, second=0, microsecond=0)
    days = (first + timedelta(days=number) for number in range(stage.days))
    return [day for day in days if day <= now]


def current_parts(session: Session, campaign: Campaign, now: datetime) -> list[Part]:
    """The stages of a campaign, each with the targets that no later one has taken on; daily ones by today's round."""
    opened = opened_stages(session, campaign, now)
    return [
        Part(
            campaign,
            opened,
            stage,
            now.date() if stage.days is not None and round_on(stage, now) else None,
            current=True,
        )
        for stage in opened
    ]


def questions(session: Session, campaign: Campaign) -> Sequence[Question]:
    """The questions of a campaign in the order in which they are asked."""
    return session.scalars(
        select(Question).where(Question.campaign_id == campaign.id).order_by(Question.id)
    ).all()


# --- targets ------------------------------------------------------------


def target_of(session: Session, campaign: Campaign, thing: Household | Person) -> Target | None:
    """The target that a household or a person is in a campaign."""
    key = Target.household_id if isinstance(thing, Household) else Target.person_id
    return session.scalar(select(Target).where(Target.campaign_id == campaign.id, key == thing.id))


def find_thing(
    session: Session, campaign: Campaign, text: str, *, changing: bool = True
) -> Household | Person:
    """The household or person that a text means where a campaign has such on its list.

    Raises:
        NotFound, Ambiguous, Withdrawn: none, several, or one whose record was undone.
    """
    if campaign.unit == Unit.PERSON:
        return find_person(session, text, changing=changing)
    if text.startswith("person:"):
        from volunteer_cli.core.run import run

        person = find_person(session, text, changing=changing)
        home = household_of(session, person.id, run().clock.today)
        return home or find_household(session, text, changing=changing)
    return find_household(session, text, changing=changing, community_id=campaign.community_id)


def target_number(text: str) -> int | None:
    """The number on the list that a text is, if it is one."""
    plain = text.strip().removeprefix("target:")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 16 else None


def find_target(session: Session, campaign: Campaign, text: str, *, changing: bool = True) -> Target:
    """The target that its id means, or the household or the person that it is.

    Raises:
        NotFound, Ambiguous: nothing on file, or several records, may be meant.
        NotTarget: what is meant is not on the list of the campaign.
    """
    if (number := target_number(text)) is not None:
        target = session.get(Target, number)
        if target is None or target.campaign_id != campaign.id:
            raise NotTarget(thing=text, campaign=campaign.name, code=campaign.code)
        return target
    thing = find_thing(session, campaign, text, changing=changing)
    target = target_of(session, campaign, thing)
    if target is None:
        raise NotTarget(thing=name_of(thing), campaign=campaign.name, code=campaign.code)
    return target


def name_of(thing: Household | Person) -> str:
    """A household or a person as sentences name it."""
    return shown_household(thing) if isinstance(thing, Household) else thing.name


def thing_of(session: Session, target: Target) -> Household | Person:
    """The household or person that a target is."""
    if target.household_id is not None:
        return session.get_one(Household, target.household_id)
    return session.get_one(Person, target.person_id)


def targets_named(session: Session, campaign: Campaign, texts: Iterable[str]) -> list[Target]:
    """The targets that texts mean, each once, in the order given; raises as `find_target`."""
    # 12-501 is an address and no range.
    targets = (find_target(session, campaign, text) for text in each_of(texts, ranges=False))
    return list({target.id: target for target in targets}.values())
