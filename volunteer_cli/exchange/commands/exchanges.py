"""`volunteer exchange …`: what is paid with credits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from volunteer_cli.core.errors import UsageFault
from volunteer_cli.core.i18n import N_, _, listed, typography
from volunteer_cli.core.run import run
from volunteer_cli.exchange.commands.typed import Hours, Override
from volunteer_cli.exchange.durations import read_credits
from volunteer_cli.shell import DayText, Reason, choose, day_option, noun, read, show, show_list, tell, verb

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.events.models import Event
    from volunteer_cli.events.rules.signing_up import Promotion
    from volunteer_cli.exchange.models import Exchange
    from volunteer_cli.exchange.rules.spending import Terms
    from volunteer_cli.exchange.terms import ExchangeStatus

app = noun("exchange")


class PriceOrFree(UsageFault):
    """What does a place cost? Give --hours or --free"""

    code = "missing_value"


class WhichExchanges(UsageFault):
    """Name the exchanges by their ids, or all of an event with --event"""

    code = "usage"


EventNamed = Annotated[str, Argument(metavar="EVENT", help=N_("Id, code or title of the event"))]
Named = Annotated[str, Argument(metavar="EXCHANGE", help=N_("Id of the exchange"))]
Payer = Annotated[
    str | None,
    Option("--by", metavar="PAYER", help=N_("Who pays; default the guardian, else the person")),
]
Promise = Annotated[bool, Option("--promise", help=N_("Now, and served for by the day of --until"))]
Until = Annotated[
    DayText | None, day_option("--until", N_("The day until which it is served for"), ahead=True)
]


@verb(app, "price", example="volunteer exchange price camp --hours 8h", changes=True)
def price(
    event: EventNamed,
    hours: Annotated[
        int | None,
        Option("--hours", parser=read_credits, metavar="DURATION", help=N_("What a place costs, like 8h")),
    ] = None,
    free: Annotated[bool, Option("--free", help=N_("It costs nothing any more"))] = False,
) -> None:
    """Say what a place at an event costs; what was booked stays as it is."""
    from volunteer_cli.core.work import work
    from volunteer_cli.events.queries import find_event
    from volunteer_cli.exchange.rules.spending import set_price

    if free == (hours is not None):
        raise PriceOrFree
    with work("exchange price") as session:
        named = find_event(session, event)
        before = _price_row(session, named)
        set_price(session, named, None if free else hours)
        _tell_price(session, named, before, free=free)


def _price_row(session: Session, event: Event) -> dict[str, Any]:
    from volunteer_cli.exchange.queries import price_of

    current = price_of(session, event.id)
    minutes = current.minutes if current else 0
    return {"id": event.id, "event": event.title, "event_id": event.id, "minutes": minutes}


def _tell_price(session: Session, event: Event, before: dict[str, Any], *, free: bool) -> None:
    """Say what a place at an event costs now, and what it cost."""
    from volunteer_cli.core.dates import format_minutes
    from volunteer_cli.exchange.views import PRICES
    from volunteer_cli.shell.differing import between

    row = _price_row(session, event)
    sentence = _("A place at {event} is free.") if free else _("A place at {event} costs {minutes}.")
    told = sentence.format(event=event.title, minutes=format_minutes(row["minutes"]))
    changes = between(session, PRICES, before, row) if before["minutes"] else ""
    tell(session, PRICES, row, typography().sentences(filter(None, (told, changes))))


@verb(
    app,
    "take",
    example="volunteer exchange take camp 小明 --promise --until 2026-08-31",
    changes=True,
)
def take(
    event: EventNamed,
    person: Annotated[list[str], Argument(metavar="PERSON...", help=N_("Who takes part"))],
    by: Payer = None,
    promise: Promise = False,
    until: Until = None,
    override: Override = None,
) -> None:
    """Take places at an event and pay for them; places that are held already are only paid for."""
    from volunteer_cli.core.work import work
    from volunteer_cli.events.queries import find_event
    from volunteer_cli.exchange.rules.spending import take
    from volunteer_cli.people.queries import find_people

    with work("exchange take", reason=override) as session:
        named = find_event(session, event)
        terms = _terms(session, by, until, override, promise=promise)
        taken = [take(session, named, who, terms) for who in find_people(session, person)]
        _tell(session, taken, _("Booked {exchanges}."))


@verb(app, "add", example="volunteer exchange add 王奶奶 --work 疏通下水道 --hours 1h", changes=True)
def add(
    person: Annotated[str, Argument(metavar="PERSON", help=N_("Who received the service"))],
    work_text: Annotated[str, Option("--work", metavar="TEXT", help=N_("What was done"))],
    hours: Hours,
    by: Payer = None,
    promise: Promise = False,
    until: Until = None,
    override: Override = None,
) -> None:
    """Pay for service that somebody received outside of an event."""
    from volunteer_cli.core.work import work
    from volunteer_cli.exchange.rules.spending import receive
    from volunteer_cli.people.queries import find_person

    with work("exchange add", reason=override) as session:
        terms = _terms(session, by, until, override, promise=promise)
        paid = receive(session, find_person(session, person), work_text, hours, terms)
        _tell(session, [paid], _("Booked {exchanges}."))


def _terms(
    session: Session, by: str | None, until: DayText | None, override: str | None, *, promise: bool
) -> Terms:
    from volunteer_cli.exchange.rules.spending import Terms
    from volunteer_cli.people.queries import find_person

    payer = find_person(session, by) if by else None
    return Terms(run().clock.now, payer, promise=promise, until=read(until), override=override)


@verb(app, "list", example="volunteer exchange list --overdue")
def list_(
    person: Annotated[
        str | None, Option("--person", metavar="PERSON", help=N_("What they received or paid for"))
    ] = None,
    event: Annotated[str | None, Option("--event", metavar="EVENT", help=N_("Of this event"))] = None,
    status: Annotated[
        str | None,
        Option(
            "--status",
            metavar="STATUS",
            help=N_("booked, promised, kept, overdue, waived or cancelled"),
        ),
    ] = None,
    overdue: Annotated[bool, Option("--overdue", help=N_("Only promises that are overdue"))] = False,
) -> None:
    """List exchanges and what is still owed of them."""
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import reading
    from volunteer_cli.events.queries import find_event
    from volunteer_cli.exchange import queries
    from volunteer_cli.exchange.terms import ExchangeStatus
    from volunteer_cli.exchange.views import EXCHANGES
    from volunteer_cli.people.queries import find_person

    only = ExchangeStatus.OVERDUE if overdue else choose(ExchangeStatus, status, "--status")
    with reading() as session:
        community = chosen_community(session)
        rows = queries.exchanges(
            session,
            community_id=community.id if community else None,
            person_id=find_person(session, person, changing=False).id if person else None,
            event_id=find_event(session, event, changing=False).id if event else None,
        )
        show_list(session, EXCHANGES, _in_state(session, rows, only) if only else rows)


def _in_state(session: Session, rows: Sequence[Exchange], status: ExchangeStatus) -> list[Exchange]:
    # Kept and overdue are computed from what the account owes: no column could be asked for them.
    from volunteer_cli.exchange.promises import outstanding, status_of

    owed, today = outstanding(session, rows), run().clock.today
    return [row for row in rows if status_of(row, owed.get(row.id, 0), today) is status]


@verb(app, "show", example="volunteer exchange show 3")
def show_(exchange: Named) -> None:
    """Show an exchange."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.exchange.queries import find_exchange
    from volunteer_cli.exchange.views import EXCHANGES

    with reading() as session:
        show(session, EXCHANGES, find_exchange(session, exchange, changing=False))


@verb(app, "cancel", example="volunteer exchange cancel 3 --reason 生病", changes=True)
def cancel(
    reason: Reason,
    exchange: Annotated[
        list[str] | None, Argument(metavar="EXCHANGE...", help=N_("Ids of the exchanges"))
    ] = None,
    event: Annotated[
        str | None, Option("--event", metavar="EVENT", help=N_("All exchanges of this event"))
    ] = None,
) -> None:
    """Refund exchanges in full and give their places back, until the event begins or when it was cancelled."""
    from volunteer_cli.core.lookup import all_named
    from volunteer_cli.core.work import work
    from volunteer_cli.events.queries import find_event
    from volunteer_cli.exchange import queries
    from volunteer_cli.exchange.rules.spending import cancel

    if bool(exchange) == bool(event):
        raise WhichExchanges
    with work("exchange cancel", reason=reason) as session:
        if event:
            cancelled = queries.exchanges(session, event_id=find_event(session, event).id, live=True)
        else:
            cancelled = all_named(session, queries.find_exchange, exchange or ())
        promoted = cancel(session, cancelled, now=run().clock.now, reason=reason)
        _tell(session, cancelled, _("Cancelled {exchanges}.") + _moved_up(promoted))


def _moved_up(promoted: Sequence[Promotion]) -> str:
    """A sentence that names who gets a place that was given back, if anybody does."""
    names = listed(promotion.person.name for promotion in promoted)
    return " " + _("Moved up: {people}.").format(people=names) if promoted else ""


@verb(app, "waive", example="volunteer exchange waive 3 --reason 长期住院", changes=True)
def waive(exchange: Named, reason: Reason) -> None:
    """Let go of what is still owed of a promise."""
    from volunteer_cli.core.work import work
    from volunteer_cli.exchange.queries import find_exchange
    from volunteer_cli.exchange.rules.spending import waive

    with work("exchange waive", reason=reason) as session:
        named = find_exchange(session, exchange)
        waive(session, named, on=run().clock.today, reason=reason)
        _tell(session, [named], _("Waived {exchanges}."))


def _tell(session: Session, exchanges: Sequence[Exchange], sentence: str) -> None:
    from volunteer_cli.core.dates import format_minutes
    from volunteer_cli.exchange.views import EXCHANGES
    from volunteer_cli.people.queries import person_names

    names = person_names(session, {exchange.person_id for exchange in exchanges})
    described = listed(
        f"{names[each.person_id]} {format_minutes(each.minutes)} ({each.id})" for each in exchanges
    )
    records = exchanges[0] if len(exchanges) == 1 else list(exchanges)
    tell(session, EXCHANGES, records, sentence.format(exchanges=described))
