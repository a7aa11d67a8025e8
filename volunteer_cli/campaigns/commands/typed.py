"""What the commands on campaigns share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.run import run
from volunteer_cli.shell import StepText, noun, read, tell

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.campaigns.models import Campaign
    from volunteer_cli.campaigns.rules.moments import When

app = noun("campaign")

Named = Annotated[str, Argument(metavar="CAMPAIGN", help=N_("Its code, id or name"))]
Things = Annotated[
    list[str], Argument(metavar="THING...", help=N_("Households or people, by number, address, id or name"))
]
StageName = Annotated[str | None, Option("--stage", metavar="STAGE", help=N_("A stage by its name"))]
Grid = Annotated[str | None, Option("--grid", metavar="GRID", help=N_("In this grid"))]
Building = Annotated[str | None, Option("--building", metavar="B", help=N_("In this building"))]
Tag = Annotated[str | None, Option("--tag", metavar="TAG", help=N_("Somebody with this tag lives there"))]


def when_of(on: StepText | None) -> When:
    """The moment of a step as it was typed, and that of its entry."""
    from volunteer_cli.campaigns.rules.moments import When

    return When(read(on), run().clock.now)


def tell_campaign(session: Session, campaign: Campaign, sentence: str, **words: object) -> None:
    """Say what was done to a campaign, and print it where a format was asked for."""
    from volunteer_cli.campaigns.views import CAMPAIGNS

    words = {"name": campaign.name, "code": campaign.code, "id": campaign.id, **words}
    tell(session, CAMPAIGNS, campaign, sentence.format(**words))


def read_tag(text: str | None) -> str | None:
    """A tag as it is stored: 独居老人 is elder_alone."""
    if text is None:
        return None
    from volunteer_cli.people import labels

    return labels.read_tag(text)


def read_building(text: str | None) -> str | None:
    """A building by its number alone."""
    if text is None:
        return None
    from volunteer_cli.core.text import place_number

    return place_number(text)
