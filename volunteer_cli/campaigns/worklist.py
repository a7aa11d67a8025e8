"""What of campaigns waits for somebody to do it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.looking import once
from volunteer_cli.reporting.declaration import Row, Scope
from volunteer_cli.reporting.worklist import AHEAD_DAYS, Task, item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from volunteer_cli.campaigns.models import Campaign

PROMISED_CALL, CAMPAIGN_BEHIND, LEASE_IDLE = "promised_call", "campaign_behind", "lease_idle"


def running(session: Session, scope: Scope) -> Sequence[Campaign]:
    """The campaigns that are being worked; three tasks ask for them, one after the other."""
    key = "campaigns.running", scope.community_id
    return once(session, key, lambda: _running(session, scope))


def _running(session: Session, scope: Scope) -> Sequence[Campaign]:
    from sqlalchemy import select

    from volunteer_cli.campaigns.models import Campaign

    query = select(Campaign).where(
        Campaign.opened_at.is_not(None), Campaign.closed_on.is_(None), Campaign.cancelled_on.is_(None)
    )
    if scope.community_id is not None:
        query = query.where(Campaign.community_id == scope.community_id)
    return session.scalars(query.order_by(Campaign.id)).all()


# 约定再联系: a promise is kept by who gave it, and on its day.
def promised_calls(session: Session, scope: Scope) -> Iterator[Row]:
    """Targets that were promised a call for today or earlier."""
    from volunteer_cli.campaigns.queries.finding import current_parts
    from volunteer_cli.campaigns.queries.listing import promised_before, target_rows
    from volunteer_cli.campaigns.terms import Result

    tomorrow = datetime.combine(scope.today + timedelta(days=1), time())
    campaigns = {campaign.id: campaign for campaign in running(session, scope)}
    # To judge a list takes long, and mostly nothing was promised on it.
    for key in promised_before(session, campaigns, tomorrow):
        campaign = campaigns[key]
        for part in current_parts(session, campaign, scope.now):
            for row in target_rows(session, part, scope.now):
                promised = row.last_outcome == "callback" and row.result in (Result.WAITING, Result.OPEN)
                if promised and row.next_at < tomorrow:
                    yield _promised(campaign, row)


def _promised(campaign: Campaign, row: Any) -> Row:
    step = f"campaign deal {campaign.code} --to {row.last_by_id}"
    thing = f"person:{row.person_id}" if row.person_id else f"household:{row.household_id}"
    return item(PROMISED_CALL, row.household or campaign.name, 1, step, thing=thing, due=row.next_at.date())


def campaigns_behind(session: Session, scope: Scope) -> Iterator[Row]:
    """Grids of running campaigns in which less was resolved than planned up to yesterday."""
    from volunteer_cli.campaigns.queries.progress import behind

    for campaign in running(session, scope):
        for row in behind(session, campaign, scope.now):
            where = f"{campaign.name} {row['grid']}" if row["grid"] else campaign.name
            step = f"campaign progress {campaign.code} --by grid"
            yesterday = scope.today - timedelta(days=1)
            yield item(
                CAMPAIGN_BEHIND, where, row["behind"], step, thing=f"campaign:{campaign.id}", due=yesterday
            )


def idle_leases(session: Session, scope: Scope) -> Iterator[Row]:
    """What was dealt to somebody whose time ran out without an attempt."""
    from volunteer_cli.campaigns.queries.leases import idle
    from volunteer_cli.people.queries import person_names

    campaigns = {campaign.id: campaign for campaign in running(session, scope)}
    lately = scope.now - timedelta(days=AHEAD_DAYS)
    rows = idle(session, list(campaigns), lately, scope.now)
    names = person_names(session, {row.person_id for row in rows})
    # An expired lease is none without any job; said all the same, for somebody may need help with the list.
    for row in rows:
        person, code = row.person_id, campaigns[row.campaign_id].code
        step = f"campaign giveback {code} --from {person}"
        yield item(LEASE_IDLE, names.get(person), row.number, step, thing=f"person:{person}")


TASKS = (
    Task(PROMISED_CALL, N_("call whom a call was promised"), promised_calls, place=44),
    Task(
        CAMPAIGN_BEHIND, N_("catch up with the plan of a campaign"), campaigns_behind, place=45, brief=False
    ),
    Task(LEASE_IDLE, N_("take back what was dealt and not called"), idle_leases, place=46, brief=False),
)
