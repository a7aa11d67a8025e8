"""`volunteer pairing …`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from volunteer_cli.alliances.commands.actions import ActionNamed, change_action, hang_verbs, tell_action
from volunteer_cli.alliances.commands.typed import (
    AllianceOption,
    By,
    FieldOption,
    OptionalDue,
    OrganizationNamed,
    Overdue,
    Owner,
    Text,
    Waiting,
    field_of,
    organization,
    organizations,
    when,
)
from volunteer_cli.alliances.terms import ContactKind, Outcome, PairingStatus
from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.core.run import run
from volunteer_cli.shell import (
    OnStep,
    Reason,
    StepText,
    choose,
    noun,
    read,
    show,
    show_list,
    tell,
    verb,
    write_file,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from volunteer_cli.actions.models import Action
    from volunteer_cli.alliances.models import Pairing

app = noun("pairing")

PairingNamed = Annotated[str, Argument(metavar="PAIRING", help=N_("Its id, or the name of the enterprise"))]
PairingFilter = Annotated[
    str | None, Argument(metavar="[PAIRING]", help=N_("Its id, or the name of the enterprise; default all"))
]
NeedNamed = Annotated[str, Argument(metavar="NEED", help=N_("Id of a need"))]
Official = Annotated[str, Option("--official", metavar="NAME", help=N_("Name of the official"))]
Every = Annotated[
    int | None, Option("--every", min=1, metavar="DAYS", help=N_("Days from one contact to the next"))
]


@verb(
    app, "add", example="volunteer pairing add 样例企业一 --unit 区行政审批服务局 --official 样干部 --every 30",
    changes=True,
)  # fmt: skip
def add(
    enterprise: OrganizationNamed,
    unit: Annotated[str, Option("--unit", metavar="ORGANIZATION", help=N_("The official's unit"))],
    official: Official,
    alliance: AllianceOption = None,
    since: Annotated[
        StepText | None,
        Option("--since", "--on", parser=StepText, metavar="DATE", help=N_("From which day; default today")),
    ] = None,
    every: Every = None,
) -> None:
    """Pair an enterprise with an official."""
    from volunteer_cli.alliances.queries.alliances import find_alliance, only_alliance
    from volunteer_cli.alliances.rules import pairings as rules
    from volunteer_cli.core.work import work
    from volunteer_cli.organizations.queries import find_organization

    with work("pairing add") as session:
        firm, office = find_organization(session, enterprise), find_organization(session, unit)
        within = find_alliance(session, alliance) if alliance else only_alliance(session)
        options = {"alliance": within, "every_days": every}
        pairing = rules.add_pairing(session, firm, office, official, when(since), **options)  # type: ignore[arg-type]
        sentence = _("Paired {enterprise} with {official} (pairing {id}).")
        _tell(session, pairing, sentence)


def _tell(session: Session, pairing: Pairing, sentence: str) -> None:
    from volunteer_cli.alliances.queries.pairings import enterprises_of, last_official
    from volunteer_cli.alliances.views.pairings import PAIRINGS

    words = {
        "id": pairing.id,
        "enterprise": enterprises_of(session, [pairing.id])[pairing.id],
        "official": last_official(session, pairing.id).official,
    }
    tell(session, PAIRINGS, pairing, sentence.format(**words))


@verb(app, "list", example="volunteer pairing list --unit 区行政审批服务局")
def list_(
    status: Annotated[str | None, Option("--status", metavar="STATUS", help=N_("active or ended"))] = None,
    alliance: AllianceOption = None,
    unit: Annotated[
        str | None, Option("--unit", metavar="ORGANIZATION", help=N_("Only those that this unit looks after"))
    ] = None,
) -> None:
    """List the pairings."""
    from volunteer_cli.alliances.queries.alliances import find_alliance
    from volunteer_cli.alliances.queries.pairings import pairings
    from volunteer_cli.alliances.views.pairings import PAIRINGS
    from volunteer_cli.core.work import reading

    with reading() as session:
        within, office = find_alliance(session, alliance) if alliance else None, organization(session, unit)
        rows = pairings(
            session,
            run().clock.today,
            status=choose(PairingStatus, status, "--status"),
            alliance_id=within.id if within else None,
            unit_id=office.id if office else None,
        )
        show_list(session, PAIRINGS, rows)


@verb(app, "show", example="volunteer pairing show 样例企业一")
def show_(pairing: PairingNamed) -> None:
    """Show a pairing with all who were in charge."""
    from volunteer_cli.alliances.queries.pairings import find_pairing
    from volunteer_cli.alliances.views.pairings import PAIRINGS
    from volunteer_cli.core.work import reading

    with reading() as session:
        show(session, PAIRINGS, find_pairing(session, pairing, changing=False))


@verb(app, "edit", example="volunteer pairing edit 样例企业一 --every 14", changes=True)
def edit(
    pairing: PairingNamed,
    every: Annotated[
        int,
        Option("--every", min=0, metavar="DAYS", help=N_("Days between contacts; 0 is as the policy says")),
    ],
) -> None:
    """Change how often an official is in contact with an enterprise."""
    from volunteer_cli.alliances.queries.pairings import find_pairing
    from volunteer_cli.alliances.rules import pairings as rules
    from volunteer_cli.core.work import work

    with work("pairing edit") as session:
        edited = find_pairing(session, pairing)
        # Nothing of its own means the policy of the day, also after that changes.
        rules.edit_pairing(session, edited, every_days=every or None)
        _tell(session, edited, _("Changed the pairing of {enterprise} ({id})."))


@verb(
    app, "hand", example="volunteer pairing hand 样例企业一 --official 样干部二 --on 2026-05-01", changes=True
)
def hand(
    pairing: PairingNamed,
    official: Official,
    unit: Annotated[
        str | None, Option("--unit", metavar="ORGANIZATION", help=N_("The official's unit; default the same"))
    ] = None,
    on: OnStep = None,
) -> None:
    """Put another official in charge; what was done keeps the name of who did it."""
    from volunteer_cli.alliances.queries.pairings import find_pairing
    from volunteer_cli.alliances.rules import pairings as rules
    from volunteer_cli.core.work import work

    with work("pairing hand") as session:
        handed = find_pairing(session, pairing)
        rules.hand(session, handed, official, when(on), unit=organization(session, unit))
        _tell(session, handed, _("{official} looks after {enterprise} now (pairing {id})."))


@verb(app, "end", example="volunteer pairing end 样例企业一 --reason 企业迁出", changes=True)
def end(pairing: PairingNamed, reason: Reason, on: OnStep = None) -> None:
    """End a pairing; the day itself no longer counts."""
    from volunteer_cli.alliances.queries.pairings import find_pairing
    from volunteer_cli.alliances.rules import pairings as rules
    from volunteer_cli.core.work import note_reason, work

    with work("pairing end") as session:
        note_reason(reason)
        ended = find_pairing(session, pairing)
        rules.end(session, ended, reason, when(on))
        _tell(session, ended, _("Ended the pairing of {enterprise} ({id})."))


# --- contacts ------------------------------------------------------------


@verb(
    app,
    "contact",
    example="volunteer pairing contact 样例企业一 --text 了解用工情况 --kind phone",
    changes=True,
)
def contact(
    pairing: PairingNamed,
    text: Text,
    kind: Annotated[
        str, Option("--kind", metavar="KIND", help=N_("visit, phone, meeting or online"))
    ] = "visit",
    on: OnStep = None,
    by: By = None,
) -> None:
    """Record a contact with an enterprise, under the name of who is in charge unless another is given."""
    from volunteer_cli.alliances.queries.pairings import find_pairing
    from volunteer_cli.alliances.rules import pairings as rules
    from volunteer_cli.alliances.views.pairings import CONTACTS
    from volunteer_cli.core.work import work

    way = choose(ContactKind, kind, "--kind")
    with work("pairing contact") as session:
        paired = find_pairing(session, pairing)
        row, _new = rules.contact(session, paired, text, when(on), kind=way, by=by)
        tell(session, CONTACTS, row, _("Recorded contact {id} of {day}.").format(id=row.id, day=row.made_on))


@verb(app, "contacts", example="volunteer pairing contacts 样例企业一")
def contacts_(pairing: PairingFilter = None) -> None:
    """List the contacts with an enterprise, or with all."""
    from volunteer_cli.alliances.queries.pairings import contacts, find_pairing
    from volunteer_cli.alliances.views.pairings import CONTACTS
    from volunteer_cli.core.work import reading

    with reading() as session:
        key = find_pairing(session, pairing, changing=False).id if pairing else None
        show_list(session, CONTACTS, contacts(session, key))


@verb(app, "due", example="volunteer pairing due --days 7")
def due_(
    days: Annotated[int, Option("--days", min=0, metavar="N", help=N_("Look so many days ahead"))] = 0,
) -> None:
    """List the pairings whose next contact is due, the longest overdue first."""
    from datetime import timedelta

    from volunteer_cli.alliances.queries.pairings import contacts_due
    from volunteer_cli.alliances.views.pairings import PAIRINGS
    from volunteer_cli.core.work import reading

    with reading() as session:
        today = run().clock.today
        rows = contacts_due(session, today, until=today + timedelta(days))
        show_list(session, PAIRINGS, [row.pairing for row in rows])


# --- needs ------------------------------------------------------------


@verb(
    app, "need", example="volunteer pairing need 样例企业一 注销要跑三个窗口 --field approval", changes=True
)
def need_(
    pairing: PairingNamed,
    text: Annotated[str, Argument(metavar="TEXT", help=N_("What the enterprise needs"))],
    field: FieldOption = None,
    owner: Owner = None,
    due: OptionalDue = None,
    on: OnStep = None,
) -> None:
    """Record what an enterprise needs; without --owner the unit in charge owns it."""
    from volunteer_cli.alliances.queries.pairings import find_pairing
    from volunteer_cli.alliances.rules import pairings as rules
    from volunteer_cli.core.work import work

    with work("pairing need") as session:
        values = {"field": field_of(field), "owner": organization(session, owner), "due_on": read(due)}
        action = rules.need(session, find_pairing(session, pairing), text, when(on), **values)  # type: ignore[arg-type]
        tell_action(session, action, _("Recorded need {id}, to be solved by {due}."))


@verb(app, "answer", example="volunteer pairing answer 7 --text 已转窗口核实", changes=True)
def answer(need: NeedNamed, text: Text, by: By = None, on: OnStep = None) -> None:
    """Record what an enterprise was told first about its need."""
    from volunteer_cli.actions import rules

    change_action(
        "pairing answer",
        need,
        N_("Answered need {id}, to be solved by {due}."),
        lambda session, action: rules.answer(session, action, text, when(on, by)),
    )


@verb(app, "confirm", example="volunteer pairing confirm 7 --score 5", changes=True)
def confirm(
    need: ActionNamed,
    score: Annotated[
        int,
        Option("--score", min=1, max=5, metavar="1-5", help=N_("How content the enterprise is, 5 is best")),
    ],
    by: By = None,
    on: OnStep = None,
) -> None:
    """Let the enterprise confirm that its need is solved, with a score."""
    from volunteer_cli.actions import rules

    change_action(
        "pairing confirm",
        need,
        N_("Need {id} is confirmed."),
        lambda session, action: rules.confirm(session, action, when(on, by), score=score),
    )


@verb(app, "raise", example="volunteer pairing raise 7 --council yixin", changes=True)
def raise_(
    need: NeedNamed,
    council: Annotated[str, Option("--council", metavar="COUNCIL", help=N_("The council"))],
    on: OnStep = None,
) -> None:
    """Bring a need to a council as a topic."""
    from volunteer_cli.actions.queries import find_action
    from volunteer_cli.alliances.commands.council import tell_topics
    from volunteer_cli.alliances.queries.councils import find_council
    from volunteer_cli.alliances.rules import pairings as rules
    from volunteer_cli.core.work import work

    with work("pairing raise") as session:
        hall = find_council(session, council)
        topic = rules.raise_need(session, find_action(session, need), hall, when(on))
        tell_topics(session, [topic], _("Proposed topic {topics}."))


@verb(app, "needs", example="volunteer pairing needs -o 台账.xlsx")
def needs_(
    pairing: PairingFilter = None, waiting: Waiting = False, overdue: Overdue = False, owner: Owner = None
) -> None:
    """List the needs of an enterprise, or of all; with -o FILE.xlsx, as the ledger that offices keep."""
    from volunteer_cli.alliances.queries.pairings import find_pairing, needs
    from volunteer_cli.alliances.views.pairings import NEEDS
    from volunteer_cli.core.work import reading

    with reading() as session:
        key = find_pairing(session, pairing, changing=False).id if pairing else None
        unit, today = organization(session, owner), run().clock.today
        choice = {"pairing_id": key, "owner_id": unit.id if unit else None}
        rows = needs(session, today, waiting=waiting, overdue=overdue, **choice)
        if not _write_ledger(session, rows):
            show_list(session, NEEDS, rows)


def _write_ledger(session: Session, rows: Iterable[Action]) -> bool:
    """Write the ledger where a workbook was asked for, and answer whether it was."""
    from volunteer_cli.output.options import options

    # Whoever names columns wants those and not the form of the office.
    path = options().file
    if path is None or path.suffix.lower() != ".xlsx" or options().fields:
        return False
    from volunteer_cli.alliances.documents import needs_ledger

    needs = list(rows)
    write_file(needs_ledger(session, needs), path, len(needs))
    return True


# --- policies ------------------------------------------------------------


@verb(
    app, "deliver", example="volunteer pairing deliver 样例企业一 样例企业二 --policy 稳岗返还", changes=True
)
def deliver(
    enterprises: Annotated[
        list[str], Argument(metavar="ORGANIZATION...", help=N_("Ids or names of enterprises"))
    ],
    policy: Annotated[str, Option("--policy", metavar="TEXT", help=N_("The policy that was brought"))],
    document: Annotated[
        str | None, Option("--document", metavar="TEXT", help=N_("Number of its document"))
    ] = None,
    on: OnStep = None,
) -> None:
    """Record that a policy was brought to enterprises."""
    from volunteer_cli.alliances.rules import pairings as rules
    from volunteer_cli.alliances.views.pairings import DELIVERIES
    from volunteer_cli.core.work import work

    with work("pairing deliver") as session:
        firms = organizations(session, enterprises)
        rows = [rules.deliver(session, firm, policy, when(on), document=document)[0] for firm in firms]
        names = listed(firm.name for firm in firms)
        sentence = _("Brought {policy} to {enterprises}.").format(policy=policy, enterprises=names)
        tell(session, DELIVERIES, rows if len(rows) > 1 else rows[0], sentence)


@verb(app, "outcome", example="volunteer pairing outcome 3 --as granted --value 20000", changes=True)
def outcome(
    delivery: Annotated[str, Argument(metavar="DELIVERY", help=N_("Its id"))],
    result: Annotated[str, Option("--as", metavar="OUTCOME", help=N_("applied, granted or not_applicable"))],
    value: Annotated[
        str | None, Option("--value", metavar="AMOUNT", help=N_("What the enterprise gained by it"))
    ] = None,
    on: OnStep = None,
) -> None:
    """Record what came of a policy that was brought."""
    from volunteer_cli.alliances.queries.pairings import find_delivery
    from volunteer_cli.alliances.rules import pairings as rules
    from volunteer_cli.alliances.views.pairings import DELIVERIES
    from volunteer_cli.core.text import parse_yuan
    from volunteer_cli.core.work import work

    came = choose(Outcome, result, "--as")
    fen = parse_yuan(value) if value else None
    with work("pairing outcome") as session:
        row = find_delivery(session, delivery)
        rules.outcome(session, row, came, when(on), value=fen)
        tell(session, DELIVERIES, row, _("Recorded the outcome of delivery {id}.").format(id=row.id))


@verb(app, "deliveries", example="volunteer pairing deliveries 样例企业一")
def deliveries_(pairing: PairingFilter = None) -> None:
    """List the policies brought to an enterprise, or to all."""
    from volunteer_cli.alliances.queries.pairings import deliveries, find_pairing
    from volunteer_cli.alliances.views.pairings import DELIVERIES
    from volunteer_cli.core.work import reading

    with reading() as session:
        key = find_pairing(session, pairing, changing=False).enterprise_id if pairing else None
        show_list(session, DELIVERIES, deliveries(session, key))


hang_verbs(app, "pairing")
