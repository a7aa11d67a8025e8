"""What a sheet of opening balances 时间账户 may bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from volunteer_cli.core.errors import Conflict
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.exchange import queries
from volunteer_cli.exchange.durations import read_limit
from volunteer_cli.exchange.models import CreditAccount, CreditEntry
from volunteer_cli.exchange.rules.accounts import open_account
from volunteer_cli.exchange.rules.booking import Because
from volunteer_cli.exchange.rules.giving import grant
from volunteer_cli.exchange.terms import EntryKind
from volunteer_cli.intake import parsers
from volunteer_cli.intake.errors import DuplicateInFile
from volunteer_cli.intake.names import remark_in
from volunteer_cli.intake.sheet import NEW, SAME, UPDATED, Field, Importing, Rejected, Row, Sheet, Writer
from volunteer_cli.people.matching import Roster
from volunteer_cli.people.models import Person
from volunteer_cli.people.queries import find_person
from volunteer_cli.people.sheet import ID_NUMBER, VOLUNTEER_NO

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: The reason of a balance that somebody brought from another register.
OPENING = "期初"


def _balance(value: Any, _context: Any = None) -> int:
    """A balance in hours as a cell has it: a number, 12:30, 120小时."""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return read_limit(text)


FIELDS = (
    Field("person", N_("Person"), ("账户", "姓名", "志愿者姓名", "志愿者", "account", "name"), parsers.person, required=True, unless=("volunteer_no", "id_number"), remark=remark_in),
    VOLUNTEER_NO,
    ID_NUMBER,
    Field("balance", N_("Balance"), ("余额", "积分", "时间币", "存储时长", "balance", "credits"), _balance, required=True),
)  # fmt: skip


class AccountWriter(Writer):
    """Opens accounts, each with a grant of what it held before; the same again changes nothing."""

    fields = FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self.roster = Roster(session, importing.community.id)
        self._seen: dict[int, int] = {}

    def row(self, number: int, row: Row) -> str:
        """New, updated or the same; raises Rejected, or NotFound for somebody who is not on file."""
        person = self._holder(row)
        if person.id in self._seen:
            raise Rejected(None, DuplicateInFile(row=self._seen[person.id]))
        self._seen[person.id] = number
        community, today = self.importing.community, self.importing.today
        before = queries.account_in(self.session, person.id, community.id)
        account = before or open_account(self.session, person, community, on=today)
        self.matched += before is not None
        opened = self._opened(account.id)
        if opened is not None:
            return self._same(opened, row["balance"])
        self._open(account, row["balance"])
        if before is None:
            return NEW
        return UPDATED if row["balance"] else SAME

    def _open(self, account: CreditAccount, minutes: int | None) -> None:
        # A grant of the pool, so that what was brought over from paper adds up to zero like all else.
        if minutes:
            because = Because(reason=OPENING)
            grant(self.session, account, minutes, on=self.importing.today, because=because)

    def _holder(self, row: Row) -> Person:
        """Whose account a row tells of: by a number, else by whatever says a person elsewhere."""
        numbers = {name: row.get(name) for name in ("volunteer_no", "id_number")}
        if not any(numbers.values()):
            return find_person(self.session, row["person"])
        try:
            key = self.roster.find(row.get("person"), **numbers)
        except Rejected as rejected:
            column = "person" if rejected.field == "name" else rejected.field
            raise Rejected(column, rejected.error) from rejected
        return self.session.get_one(Person, key)

    def _opened(self, account_id: int) -> int | None:
        """The minutes with which an account was opened by a sheet."""
        query = select(CreditEntry.minutes).where(
            CreditEntry.to_id == account_id,
            CreditEntry.kind == EntryKind.GRANT,
            CreditEntry.reason == OPENING,
        )
        return self.session.scalar(query.limit(1))

    def _same(self, opened: int, minutes: int) -> str:
        if opened == minutes:
            return SAME
        owner = _("an opening balance that was booked already")
        raise Rejected("balance", Conflict(field=_("Balance"), value=minutes / 60, owner=owner))


ACCOUNTS = Sheet("accounts", N_("Opening balances"), FIELDS, AccountWriter)
