"""`volunteer account …`: credits, and every way in which they move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from volunteer_cli.completion import chosen
from volunteer_cli.core.i18n import N_, _, listed, ngettext, typography
from volunteer_cli.core.run import run
from volunteer_cli.exchange.commands.typed import Accounts, Hours, Named, Override, to_community
from volunteer_cli.exchange.durations import read_limit
from volunteer_cli.exchange.terms import EntryKind
from volunteer_cli.shell import (
    AsOf,
    DayText,
    PeriodText,
    Reason,
    choose,
    day_option,
    hand_out,
    noun,
    period_option,
    read,
    show,
    show_list,
    tell,
    verb,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from volunteer_cli.core.dates import Period
    from volunteer_cli.exchange.figures import AccountRow
    from volunteer_cli.exchange.models import CreditAccount, CreditEntry
    from volunteer_cli.exchange.rules.posting import Posted

app = noun("account")

People = Annotated[list[str], Argument(metavar="PERSON...", help=N_("One or several people"))]
PeriodOption = Annotated[PeriodText | None, period_option(N_("Of these days, like 2026-05"))]
Limit = Annotated[
    int | None,
    Option(
        "--limit", parser=read_limit, metavar="DURATION", help=N_("So far below zero it may go, like 2h or 0")
    ),
]


@verb(app, "add", example="volunteer account add 李明 王芳 --counts-from 2026-01-01", changes=True)
def add(
    person: People,
    limit: Limit = None,
    counts_from: Annotated[
        DayText | None, day_option("--counts-from", N_("Service from this day on counts; default today"))
    ] = None,
) -> None:
    """Open an account of credits for people; the pool comes with the first."""
    from volunteer_cli.core.work import work
    from volunteer_cli.exchange.rules.accounts import open_account
    from volunteer_cli.people.queries import find_people

    with work("account add") as session:
        today, since = run().clock.today, read(counts_from)
        opened = [
            open_account(session, who, to_community(session, who), on=today, limit=limit, counts_from=since)
            for who in find_people(session, person)
        ]
        _tell(session, opened, _("Opened an account for {accounts}."))


@verb(app, "list", example="volunteer account list --never-spent")
def list_(
    kind: Annotated[
        str | None, Option("--kind", metavar="KIND", help=N_("Only these: person or pool"))
    ] = None,
    below: Annotated[bool, Option("--below", help=N_("Only those below zero"))] = False,
    never_spent: Annotated[
        bool, Option("--never-spent", help=N_("Only those of people who earned and never spent"))
    ] = False,
    archived: Annotated[bool, Option("--archived", help=N_("The archived ones"))] = False,
    as_of: AsOf = None,
) -> None:
    """List accounts with their balances."""
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import reading
    from volunteer_cli.exchange.figures import account_rows
    from volunteer_cli.exchange.terms import AccountKind
    from volunteer_cli.exchange.views import ACCOUNTS

    only = choose(AccountKind, kind, "--kind")
    with reading() as session:
        community = chosen_community(session)
        rows = account_rows(
            session,
            today=run().clock.today,
            on=read(as_of),
            community_id=community.id if community else None,
            kind=only,
            archived=archived,
        )
        show_list(session, ACCOUNTS, _only(rows, below=below, never_spent=never_spent))


def _only(rows: list[AccountRow], *, below: bool, never_spent: bool) -> list[AccountRow]:
    """All of them, or those of people who are below zero, or who earned and never spent."""
    if below:
        rows = [row for row in rows if row.person_id is not None and row.balance < 0]
    if never_spent:
        rows = [row for row in rows if row.person_id is not None and row.earned > 0 and row.spent <= 0]
    return rows


@verb(app, "show", example="volunteer account show 李明")
def show_(account: Named, as_of: AsOf = None) -> None:
    """Show an account: balance, promises, and what is to be posted or expires."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.exchange.figures import rows_of_accounts
    from volunteer_cli.exchange.queries import find_account
    from volunteer_cli.exchange.views import ACCOUNTS

    with reading() as session:
        named = find_account(session, account, changing=False)
        (row,) = rows_of_accounts(session, [named], today=run().clock.today, on=read(as_of))
        show(session, ACCOUNTS, row)


@verb(app, "entries", example="volunteer account entries 李明 --period 2026")
def entries(
    account: Annotated[str | None, Argument(metavar="ACCOUNT", help=N_("A person, an id, or pool"))] = None,
    kind: Annotated[
        str | None,
        Option(
            "--kind",
            metavar="KIND",
            help=N_("Only these, like earn, spend or gift"),
            autocompletion=chosen(EntryKind),
        ),
    ] = None,
    period: PeriodOption = None,
) -> None:
    """List entries of the ledger, of one account or of all."""
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import reading
    from volunteer_cli.exchange import queries
    from volunteer_cli.exchange.views import ENTRIES

    only = choose(EntryKind, kind, "--kind")
    with reading() as session:
        community = chosen_community(session)
        rows = queries.entries(
            session,
            account_id=queries.find_account(session, account, changing=False).id if account else None,
            community_id=community.id if community and not account else None,
            kind=only,
            period=read(period),
        )
        show_list(session, ENTRIES, rows)


@verb(app, "statement", example="volunteer account statement 李明 --period 2026 -o statement.html")
def statement(account: Named, period: PeriodOption = None) -> None:
    """Show the entries of an account with its balance after each; -o writes the paper to hand out."""
    from volunteer_cli.core.work import reading, work
    from volunteer_cli.exchange.queries import find_account
    from volunteer_cli.exchange.statements import statement_rows
    from volunteer_cli.exchange.views import STATEMENT
    from volunteer_cli.output.document import is_page
    from volunteer_cli.output.options import options

    if is_page(options().file):
        with work("account statement") as session:
            _write_statement(session, find_account(session, account, changing=False), read(period))
        return
    with reading() as session:
        named = find_account(session, account, changing=False)
        show_list(session, STATEMENT, statement_rows(session, named, read(period)))


def _write_statement(session: Session, account: CreditAccount, period: Period | None) -> None:
    """Write the paper once its number is kept, so that no undo takes back what stands on it."""
    from volunteer_cli.core.work import afterwards
    from volunteer_cli.exchange.documents import statement_of

    document = statement_of(session, account, period)
    if (opened := run().work) is not None:
        opened.kept = True
    afterwards(lambda _work: hand_out(document))


@verb(app, "post", example="volunteer account post", changes=True)
def post(
    period: PeriodOption = None,
    person: Annotated[
        str | None, Option("--person", metavar="PERSON", help=N_("Only the records of this person"))
    ] = None,
) -> None:
    """Book what confirmed service counts for; what was booked already is not booked again."""
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import work
    from volunteer_cli.exchange.rules.posting import post
    from volunteer_cli.exchange.views import ACCOUNTS
    from volunteer_cli.people.queries import find_person

    with work("account post") as session:
        community = chosen_community(session)
        posted = post(
            session,
            on=run().clock.today,
            community_id=community.id if community else None,
            person_id=find_person(session, person).id if person else None,
            period=read(period),
        )
        tell(session, ACCOUNTS, [], _posted(posted))


def _posted(posted: Posted) -> str:
    """How much was posted, and what of it went to the pool."""
    from volunteer_cli.core.dates import format_minutes

    sentence = ngettext(
        "Posted {count} record: {earned} earned, {corrected} corrected.",
        "Posted {count} records: {earned} earned, {corrected} corrected.",
        posted.records,
    )
    earned, corrected = format_minutes(posted.earned), format_minutes(posted.corrected)
    outcome = sentence.format(count=posted.records, earned=earned, corrected=corrected)
    if not posted.surplus:
        return outcome
    above = _("{minutes} above the maximum went to the pool.")
    return f"{outcome} {above.format(minutes=format_minutes(posted.surplus))}"


@verb(app, "give", example="volunteer account give 王奶奶 小明 --hours 8h --reason 暑期营", changes=True)
def give(
    giver: Annotated[str, Argument(metavar="FROM", help=N_("Whose credits they are"))],
    receiver: Annotated[str, Argument(metavar="TO", help=N_("Who receives them"))],
    hours: Hours,
    reason: Annotated[str | None, Option("--reason", metavar="TEXT", help=N_("Why"))] = None,
    override: Override = None,
) -> None:
    """Give credits to somebody of the family."""
    from volunteer_cli.exchange.queries import find_account
    from volunteer_cli.exchange.rules.giving import give

    def change(session: Session, on: date) -> CreditEntry:
        source, target = (find_account(session, text) for text in (giver, receiver))
        return give(session, source, target, hours, on=on, reason=reason, override=override)

    _book("account give", change, _("{from_name} gave {minutes} to {to_name}."), reason=override or reason)


@verb(app, "donate", example="volunteer account donate 李明 --hours 5h", changes=True)
def donate(
    giver: Annotated[str, Argument(metavar="FROM", help=N_("Whose credits they are"))], hours: Hours
) -> None:
    """Give credits to the pool of the community."""
    from volunteer_cli.exchange.queries import find_account
    from volunteer_cli.exchange.rules.giving import donate

    def change(session: Session, on: date) -> CreditEntry:
        return donate(session, find_account(session, giver), hours, on=on)

    _book("account donate", change, _("{from_name} gave {minutes} to {to_name}."))


@verb(app, "grant", example="volunteer account grant 赵奶奶 --hours 10h --reason 独居老人", changes=True)
def grant(person: Accounts, hours: Hours, reason: Reason) -> None:
    """Give credits of the pool to people who cannot earn them."""
    from volunteer_cli.core.dates import format_minutes
    from volunteer_cli.core.lookup import all_named
    from volunteer_cli.core.work import work
    from volunteer_cli.exchange.queries import find_account
    from volunteer_cli.exchange.rules.booking import Because
    from volunteer_cli.exchange.rules.giving import grant

    with work("account grant", reason=reason) as session:
        accounts = all_named(session, find_account, person)
        for account in accounts:
            grant(session, account, hours, on=run().clock.today, because=Because(reason=reason))
        sentence = _("Granted {minutes} to each of {accounts}.")
        _tell(session, accounts, sentence, minutes=format_minutes(hours))


@verb(app, "expire", example="volunteer account expire", changes=True)
def expire() -> None:
    """Book credits that were not used in time to the pool."""
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.dates import format_minutes
    from volunteer_cli.core.work import work
    from volunteer_cli.exchange.models import CreditAccount
    from volunteer_cli.exchange.rules.posting import expire

    with work("account expire") as session:
        community = chosen_community(session)
        expired = expire(session, on=run().clock.today, community_id=community.id if community else None)
        accounts = [session.get_one(CreditAccount, key) for key in expired]
        count, minutes = len(accounts), format_minutes(sum(expired.values()))
        sentence = ngettext(
            "{minutes} of {count} account expired.", "{minutes} of {count} accounts expired.", count
        )
        _tell(session, accounts, sentence, minutes=minutes, count=count)


@verb(app, "reverse", example="volunteer account reverse 31 --reason 记错人", changes=True)
def reverse(
    entry: Annotated[str, Argument(metavar="ENTRY", help=N_("Id of the entry"))],
    reason: Reason,
    override: Annotated[bool, Option("--override", help=N_("Also below the limit of the account"))] = False,
) -> None:
    """Take a mistake back by an entry the other way."""
    from volunteer_cli.exchange.queries import find_entry
    from volunteer_cli.exchange.rules.giving import reverse

    def change(session: Session, on: date) -> CreditEntry:
        return reverse(session, find_entry(session, entry), on=on, reason=reason, override=override)

    _book("account reverse", change, _("Reversed: {minutes} from {from_name} to {to_name}."), reason=reason)


@verb(app, "edit", example="volunteer account edit 李明 --limit 2h --reason 长期服务", changes=True)
def edit(
    account: Named,
    limit: Annotated[
        int,
        Option(
            "--limit",
            parser=read_limit,
            metavar="DURATION",
            help=N_("So far below zero it may go, like 2h or 0"),
        ),
    ],
    reason: Reason,
) -> None:
    """Give an account a limit of its own."""
    from volunteer_cli.exchange.rules.accounts import edit_limit

    _change(
        "account edit",
        account,
        _("Changed the account of {accounts}."),
        lambda session, named: edit_limit(session, named, limit),
        reason,
    )


@verb(app, "freeze", example="volunteer account freeze 李明 --reason 核查中", changes=True)
def freeze(account: Named, reason: Reason) -> None:
    """Let an account earn and not spend."""
    from volunteer_cli.exchange.rules.accounts import freeze

    _change(
        "account freeze",
        account,
        _("Froze the account of {accounts}."),
        lambda session, named: freeze(session, named, run().clock.today),
        reason,
    )


@verb(app, "unfreeze", example="volunteer account unfreeze 李明 --reason 核查完毕", changes=True)
def unfreeze(account: Named, reason: Reason) -> None:
    """Let a frozen account spend again."""
    from volunteer_cli.exchange.rules.accounts import freeze

    _change(
        "account unfreeze",
        account,
        _("The account of {accounts} may spend again."),
        lambda session, named: freeze(session, named, None),
        reason,
    )


@verb(app, "move", example="volunteer account move 李明 --to binhu", changes=True)
def move(
    person: Annotated[str, Argument(metavar="PERSON", help=N_("Whose account it is"))],
    to: Annotated[str, Option("--to", metavar="COMMUNITY", help=N_("The community it moves to"))],
) -> None:
    """Move an account to another community, with its balance."""
    from volunteer_cli.communities.queries import find_community
    from volunteer_cli.core.work import work
    from volunteer_cli.exchange.rules.moving import move_account
    from volunteer_cli.people.queries import find_person

    with work("account move") as session:
        community = find_community(session, to)
        account = move_account(session, find_person(session, person), community, on=run().clock.today)
        sentence = _("The account of {accounts} is in {community} now.")
        _tell(session, [account], sentence, community=community.name)


@verb(app, "archive", example="volunteer account archive 李明", changes=True)
def archive(account: Named) -> None:
    """Take an account out of use; it must be at zero."""
    from volunteer_cli.exchange.rules.accounts import archive_account

    _change(
        "account archive",
        account,
        _("Archived the account of {accounts}."),
        lambda session, named: archive_account(session, named, run().clock.today),
    )


@verb(app, "restore", example="volunteer account restore 李明", changes=True)
def restore(account: Named) -> None:
    """Bring an archived account back into use."""
    from volunteer_cli.exchange.rules.accounts import restore_account

    _change("account restore", account, _("Restored the account of {accounts}."), restore_account)


# --- what the verbs share ------------------------------------------------------------


def _change(
    command: str,
    account: str,
    sentence: str,
    change: Callable[[Session, CreditAccount], None],
    reason: str | None = None,
) -> None:
    """Change one account and say so."""
    from volunteer_cli.core.work import work
    from volunteer_cli.exchange.figures import rows_of_accounts
    from volunteer_cli.exchange.queries import find_account

    with work(command, reason=reason) as session:
        named = find_account(session, account)
        (before,) = rows_of_accounts(session, [named], today=run().clock.today)
        change(session, named)
        _tell(session, [named], sentence, before=before)


def _book(
    command: str,
    change: Callable[[Session, date], CreditEntry],
    sentence: str,
    reason: str | None = None,
) -> None:
    """Book one entry and say so."""
    from volunteer_cli.core.dates import format_minutes
    from volunteer_cli.core.work import work
    from volunteer_cli.exchange.queries import account_names
    from volunteer_cli.exchange.views import ENTRIES

    with work(command, reason=reason) as session:
        entry = change(session, run().clock.today)
        names = account_names(session, [entry.from_id, entry.to_id])
        outcome = sentence.format(
            minutes=format_minutes(entry.minutes),
            from_name=names[entry.from_id],
            to_name=names[entry.to_id],
        )
        tell(session, ENTRIES, entry, outcome)


def _tell(
    session: Session,
    accounts: Sequence[CreditAccount],
    sentence: str,
    *,
    before: Any = None,
    **fields: object,
) -> None:
    from volunteer_cli.exchange.figures import rows_of_accounts
    from volunteer_cli.exchange.queries import described
    from volunteer_cli.exchange.views import ACCOUNTS
    from volunteer_cli.shell.differing import between

    session.flush()
    names = listed(described(session, account) for account in accounts)
    rows = rows_of_accounts(session, accounts, today=run().clock.today)
    records = rows[0] if len(rows) == 1 else rows
    changes = between(session, ACCOUNTS, before, records) if before else ""
    told = filter(None, (sentence.format(accounts=names, **fields), changes))
    tell(session, ACCOUNTS, records, typography().sentences(told))
