"""What sheets of pairings and of contacts may bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from volunteer_cli.actions.rules import When
from volunteer_cli.alliances.models import Alliance, Pairing, PairingOfficial
from volunteer_cli.alliances.queries import pairings as queries
from volunteer_cli.alliances.queries.alliances import find_alliance, only_alliance
from volunteer_cli.alliances.rules import pairings as rules
from volunteer_cli.alliances.sheet.units import OrganizationRegister
from volunteer_cli.alliances.terms import CONTACT_KIND_WORDS, CONTACT_KINDS, ContactKind
from volunteer_cli.core.errors import NotFound
from volunteer_cli.core.i18n import N_, NC_, _
from volunteer_cli.core.run import run
from volunteer_cli.intake import parsers
from volunteer_cli.intake.sheet import NEW, SAME, UPDATED, Field, Importing, Rejected, Row, Writer
from volunteer_cli.organizations.models import Organization
from volunteer_cli.organizations.terms import OrganizationKind

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

ENTERPRISE = Field(
    "enterprise",
    N_("Enterprise"),
    ("企业名称", "包挂企业", "包联企业", "联系企业", "服务企业", "企业", "enterprise"),
    parsers.text,
    required=True,
    above=True,
)
UNIT = Field(
    "unit",
    NC_("alliance", "Unit"),
    ("包挂单位", "包联单位", "联系单位", "服务单位", "单位名称", "所在单位", "unit"),
    parsers.text,
    above=True,
)
OFFICIAL = Field(
    "official",
    N_("Official"),
    ("包挂干部", "联系干部", "包联领导", "服务专员", "包联干部", "包挂人", "official"),
    parsers.name,
    above=True,
)
PAIRING_FIELDS = (
    ENTERPRISE,
    UNIT,
    OFFICIAL,
    Field(
        "since",
        NC_("alliance", "Since"),
        ("包挂时间", "包挂日期", "开始时间", "since"),
        parsers.since,
        rough=parsers.is_month,
    ),
    Field("every_days", N_("Every days"), ("走访间隔", "联系间隔", "every"), parsers.number),
)
CONTACT_FIELDS = (
    ENTERPRISE,
    UNIT,
    Field(
        "made_on",
        NC_("alliance", "Day"),
        ("走访时间", "走访日期", "联系时间", "联系日期", "日期", "date"),
        parsers.day,
        required=True,
    ),
    Field(
        "kind",
        N_("Kind"),
        ("走访方式", "联系方式", "方式", "kind"),
        parsers.Choice(CONTACT_KIND_WORDS, CONTACT_KINDS),
    ),
    Field(
        "text",
        NC_("alliance", "Text"),
        ("走访内容", "走访情况", "联系内容", "联系情况", "内容", "text"),
        parsers.text,
        required=True,
        unite=parsers.joined,
    ),
    Field("by", N_("By"), ("走访人", "走访人员", "联系人", *OFFICIAL.headings, "by"), parsers.name),
)


def moment(day: date, by: str | None = None) -> When:
    """A day of a sheet as that of a step."""
    return When(day, run().clock.now, by)


class PairWriter(Writer):
    """What writers share that know enterprises and their pairings."""

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self.register = OrganizationRegister(session, importing)
        named = importing.options.own["alliance"]
        self.alliance: Alliance | None = find_alliance(session, named) if named else only_alliance(session)

    def enterprise(self, row: Row) -> Organization:
        """The enterprise of a row; raises Rejected."""
        return self.register.find("enterprise", row["enterprise"], OrganizationKind.ENTERPRISE)

    def pairing_on(self, row: Row, day: date) -> Pairing:
        """The pairing of the enterprise of a row on a day; raises Rejected."""
        pairings = self._pairings(self.enterprise(row), day)
        if not pairings:
            hint = N_("Pair it first: volunteer pairing add ENTERPRISE --unit ORGANIZATION --official NAME")
            raise Rejected("enterprise", NotFound(kind=_("pairing"), text=row["enterprise"], hint=hint))
        return pairings[0]

    def _pairings(self, enterprise: Organization, day: date) -> list[Pairing]:
        alliance_id = self.alliance.id if self.alliance else None
        others = queries.others_of(self.session, enterprise.id, alliance_id, day, None)
        # Ledgers reach back behind the day of pairing: then the next one that began is meant.
        return [pairing for pairing in others if pairing.since <= day] or list(others)

    def finish(self) -> None:
        """Tell which organizations were added."""
        self.remarks += self.register.remarks()


class PairingWriter(PairWriter):
    """Pairs enterprises with officials; the same enterprise and unit again is the same pairing."""

    fields = PAIRING_FIELDS

    def row(self, number: int, row: Row) -> str:  # noqa: ARG002 - the writers' signature
        """New, updated or the same; raises Rejected."""
        for name in ("unit", "official"):
            require(row, name)
        enterprise = self.enterprise(row)
        unit = self.register.find("unit", row["unit"], OrganizationKind.DEPARTMENT)
        since = row.get("since") or self.importing.today
        if current := self._official(enterprise, unit, since):
            self.matched += 1
            return self._changed(current, row)
        self._add(enterprise, unit, row, since)
        return NEW

    def _official(self, enterprise: Organization, unit: Organization, day: date) -> PairingOfficial | None:
        """The official of that unit who looks after an enterprise."""
        for pairing in self._pairings(enterprise, day):
            last = queries.last_official(self.session, pairing.id)
            # One of another unit is another pairing, which the rule for new ones refuses in words.
            if last.unit_id == unit.id:
                return last
        return None

    def _add(self, enterprise: Organization, unit: Organization, row: Row, since: date) -> None:
        options: dict[str, Any] = {"alliance": self.alliance, "every_days": row.get("every_days")}
        rules.add_pairing(self.session, enterprise, unit, row["official"], moment(since), **options)

    def _changed(self, current: PairingOfficial, row: Row) -> str:
        pairing = self.session.get_one(Pairing, current.pairing_id)
        stored = {"official": current.official, "every_days": pairing.every_days}
        values = {"official": row["official"], "every_days": row.get("every_days")}
        changes = self.settled(stored, values)
        if "official" in changes:
            rules.hand(self.session, pairing, changes["official"], moment(self.importing.today))
        if "every_days" in changes:
            rules.edit_pairing(self.session, pairing, every_days=changes["every_days"])
        return UPDATED if changes else SAME


def require(row: Row, name: str) -> None:
    """Refuse a row that leaves a field blank; raises Rejected."""
    from volunteer_cli.core.errors import MissingValue

    if not row.get(name):
        raise Rejected(name, MissingValue(field=name))


class ContactWriter(PairWriter):
    """Records contacts; the same pairing, day, kind and text again is the same contact."""

    fields = CONTACT_FIELDS

    def row(self, number: int, row: Row) -> str:  # noqa: ARG002 - the writers' signature
        """New or the same; raises Rejected."""
        pairing = self.pairing_on(row, row["made_on"])
        kind = ContactKind(row.get("kind") or ContactKind.VISIT)
        when = moment(row["made_on"])
        _contact, new = rules.contact(self.session, pairing, row["text"], when, kind=kind, by=row.get("by"))
        self.matched += not new
        return NEW if new else SAME
