"""When something happens in a campaign, and in which state of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from volunteer_cli.campaigns.models import Campaign
from volunteer_cli.campaigns.queries.finding import status_of
from volunteer_cli.campaigns.rules.errors import CampaignClosed, NotOpen, NotRunning
from volunteer_cli.campaigns.terms import CAMPAIGN_STATUSES, CampaignStatus
from volunteer_cli.core.i18n import _
from volunteer_cli.core.steps import require_step


@dataclass(frozen=True)
class When:
    """When a step is taken, as far as it is known, and the moment of its entry."""

    on: date | None
    now: datetime

    @property
    def at(self) -> datetime:
        """The moment: now, the one that was said, or the beginning of a day without a time."""
        if self.on is None:
            return self.now
        return self.on if isinstance(self.on, datetime) else datetime.combine(self.on, time())

    @property
    def day(self) -> date:
        """The day."""
        return self.at.date()


def opened_on(campaign: Campaign) -> date | None:
    """The day on which the first list of a campaign was frozen."""
    return campaign.opened_at.date() if campaign.opened_at else None


def require_after(campaign: Campaign, when: When, last: date | None) -> None:
    """Refuse a step that is yet to come or lies before the last one; raises StepAhead, OutOfOrder."""
    require_step(when.on or when.now, now=when.now, last=last, thing=campaign.code)


def is_running(campaign: Campaign) -> bool:
    """Whether a campaign has a list that is being worked."""
    return status_of(campaign) is CampaignStatus.RUNNING


def require_running(campaign: Campaign) -> None:
    """Refuse what needs a list that is being worked.

    Raises:
        NotOpen, CampaignClosed: it has none yet, or is over.
    """
    require_not_over(campaign)
    if campaign.opened_at is None:
        raise NotOpen(name=campaign.name, code=campaign.code)


def require_not_over(campaign: Campaign) -> None:
    """Refuse what a campaign that is closed or cancelled does not take; raises CampaignClosed."""
    if day := campaign.cancelled_on or campaign.closed_on:
        raise CampaignClosed(name=campaign.name, day=day, code=campaign.code)


def require_status(campaign: Campaign, *statuses: CampaignStatus) -> None:
    """Refuse a step in another state; raises NotRunning."""
    if (status := status_of(campaign)) not in statuses:
        raise NotRunning(name=campaign.name, status=_(CAMPAIGN_STATUSES[status]), code=campaign.code)
