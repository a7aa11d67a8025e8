"""What a sheet of donations may bring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from volunteer_cli.core.errors import MissingValue, RuleError, UsageFault, VolunteerError
from volunteer_cli.core.i18n import N_, _, ngettext
from volunteer_cli.core.quantity import Direction, Quantity
from volunteer_cli.core.text import mask_digits
from volunteer_cli.drives import queries, rules
from volunteer_cli.drives.donors import DonorKind, DonorName, donor_of
from volunteer_cli.drives.ledger import Goods
from volunteer_cli.drives.models import Drive
from volunteer_cli.intake import parsers
from volunteer_cli.intake.cells import Cell, text_of
from volunteer_cli.intake.sheet import (
    NEW,
    SAME,
    Batch,
    Column,
    Field,
    Importing,
    Rejected,
    Row,
    Sheet,
    Verdict,
    Writer,
    fault_of,
)
from volunteer_cli.intake.standing import STANDING
from volunteer_cli.organizations.models import Organization
from volunteer_cli.organizations.rules import add_organization
from volunteer_cli.people.matching import Known, Roster
from volunteer_cli.people.rules import add_people, checked_person
from volunteer_cli.people.sheet import BIRTH, ID_NUMBER, VOLUNTEER_NO

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class DriveNeeded(UsageFault):
    """Say which drive the donations belong to"""

    code = "drive_needed"
    hint = N_("Add --drive with the code of one. List them: volunteer drive list")


class UnclearDonor(RuleError):
    """Whether '{text}' is a person or an organization cannot be told by the name"""

    code = "unclear_donor"
    hint = N_(
        "Write person: or organization: before the name, or anonymous where nobody is to be named. "
        "Of a couple or a group name one person."
    )


class OtherCommunity(RuleError):
    """Drive {name} is not one of {community}"""

    code = "other_community"
    hint = N_("Name the drive's own community with --community. See it: volunteer drive show {code_typed}")
    explanation = N_(
        "New donors belong to the community that the sheet is imported for, and donors and handlers are "
        "looked for there first; it has to be the one that runs the drive."
    )


class UnitsDisagree(RuleError):
    """The quantity is counted in {unit}, but the unit beside it is {beside}"""

    code = "bad_quantity"
    hint = N_("Leave one of the two out, or write the same in both.")


class Donor(NamedTuple):
    """Who gave: a person or an organization, by id; neither, when the gift is anonymous."""

    person_id: int | None = None
    organization_id: int | None = None


#: Two people count at a reception.
HELPERS = ("handler", "witness")


def _contradict(one: Any, other: Any) -> bool:
    return None not in (one, other) and one != other


class Said(NamedTuple):
    """What a row says of the gift that it is part of."""

    day: date
    donor: Donor
    publish: str | None
    handler: int | None
    witness: int | None

    def with_row(self, row: Said) -> Said | None:
        """What the slip says when a row is on it too; None when they contradict each other."""
        if (self.day, self.donor) != (row.day, row.donor):
            return None
        # A cell that is blank contradicts nothing: people write the handler once a page.
        if any(_contradict(getattr(self, name), getattr(row, name)) for name in ("publish", *HELPERS)):
            return None
        both = row._replace(
            publish=row.publish or self.publish,
            handler=row.handler or self.handler,
            witness=row.witness or self.witness,
        )
        return None if both.handler and both.handler == both.witness else both


def donor_name(cell: Cell, _column: Column) -> DonorName:
    """A donor's name, or nothing when the cell says that there is none to know."""
    return donor_of(text_of(cell))


#: What tells donors of one name apart beside the phone, and what is known of a donor who is added.
TELLING_APART = (VOLUNTEER_NO, ID_NUMBER, BIRTH)
BROUGHT = ("name", "phone", "phone_alt", "birth")
ANSWERS = {"yes": N_("yes"), "no": N_("no")}
YES_OR_NO = {"yes": ("是", "true"), "no": ("否", "false")}
FIELDS = (
    Field("slip", N_("Slip"), ("登记单号", "slip no"), parsers.code),
    Field(
        "date",
        N_("Date"),
        (
            "日期",
            "捐赠日期",
            "接收日期",
            "捐赠时间",
            "接收时间",
            "捐款日期",
            "捐款时间",
            "接受日期",
            "受赠日期",
            "收到日期",
            "时间",
            "date",
            "donation date",
            "received on",
            "date received",
            "gift date",
        ),
        parsers.day,
        required=True,
        above=True,
    ),
    Field(
        "donor",
        N_("Donor"),
        (
            "捐赠人",
            "捐赠方",
            "捐赠单位",
            "捐赠者",
            "捐赠人姓名",
            "捐赠人名称",
            "捐赠方名称",
            "捐赠单位名称",
            "捐赠单位/个人",
            "捐助人",
            "捐款人",
            "捐款单位",
            "捐赠企业",
            "捐赠个人",
            "捐赠人/单位",
            "捐赠单位或个人",
            "姓名",
            "姓名/单位",
            "单位/姓名",
            "爱心单位",
            "爱心人士",
            "捐助者",
            "捐献人",
            "donor",
            "donated by",
            "given by",
            "donor name",
            "from",
        ),
        donor_name,
        above=True,
    ),
    Field(
        "phone",
        N_("Phone"),
        ("联系电话", "联系方式", "电话", "手机", "手机号", "phone"),
        parsers.phones,
        mask=mask_digits,
    ),
    *TELLING_APART,
    Field(
        "item",
        N_("Item"),
        (
            "物品名称",
            "物资名称",
            "品名",
            "捐赠物品",
            "捐赠物资",
            "物品",
            "物资",
            "捐赠内容",
            "捐赠明细",
            "物资明细",
            "物品明细",
            "捐赠物资明细",
            "捐赠物品明细",
            "物资及数量",
            "物品及数量",
            "捐赠物资及数量",
            "捐赠物品及数量",
            "品名及数量",
            "名称及数量",
            "item",
            "item name",
            "items",
            "goods",
            "donated items",
            "items donated",
        ),
        parsers.name,
        required=True,
    ),
    Field("size", N_("Size"), ("规格", "尺码", "size"), parsers.text),
    Field(
        "quantity",
        N_("Quantity"),
        ("数量", "件数", "捐赠数量", "物资数量", "物品数量", "quantity", "qty"),
        parsers.quantity,
        required=True,
    ),
    Field("approximate", N_("Approximate"), ("约数", "approximate"), parsers.Choice(YES_OR_NO, ANSWERS)),
    Field("unit", N_("Counted in"), ("单位", "计量单位", "unit"), parsers.name),
    Field("condition", N_("Condition"), ("新旧程度", "成色", "condition"), parsers.text),
    Field(
        "value",
        N_("Value in yuan"),
        (
            "估价",
            "金额",
            "折价",
            "价值",
            "估值",
            "捐赠金额",
            "捐款金额",
            "物资价值",
            "折合金额",
            "value",
            "estimated value",
        ),
        parsers.fen,
        once=True,
    ),
    Field(
        "handler",
        N_("Handler"),
        ("经手人", "接收人", "登记人", "经办人", "handler", "received by"),
        parsers.name,
        above=True,
    ),
    Field("witness", N_("Witness"), ("见证人", "监督人", "witness"), parsers.name, above=True),
    Field(
        "publish",
        N_("May be named"),
        ("是否公示", "同意公示", "公示", "publish"),
        parsers.Choice(
            {
                "yes": ("是", "同意", "可以", "公示", "true"),
                "no": ("否", "不同意", "不公示", "不愿意", "拒绝", "false"),
            },
            ANSWERS,
        ),
    ),
    Field("note", N_("Note"), ("备注", "说明", "note", "remark"), parsers.text, unite=parsers.joined),
    STANDING,
)


def _drive_of(session: Session, importing: Importing) -> Drive:
    """The drive that the rows are for: named, of the community that imports, and open.

    Raises:
        DriveNeeded, OtherCommunity, DriveClosed, NotFound, Ambiguous: it is not.
    """
    typed = importing.options.own["drive"]
    if typed is None:
        raise DriveNeeded
    drive = queries.find_drive(session, typed)
    if drive.community_id != importing.community.id:
        raise OtherCommunity(name=drive.name, community=importing.community.name, code_typed=drive.code)
    rules.require_open(drive)
    return drive


#: So many donors are remembered, as in the biggest of districts.
MOST_REMEMBERED = 50_000


class DonationWriter(Writer):
    """Turns rows into gifts: consecutive rows of one named donor and day are one slip.

    A gift is known again by its content and how often that occurs, so two equal anonymous gifts are
    two, and the same file a second time brings nothing. For the same reason a unit that a row leaves out
    is taken from the goals of the drive only, never from what came in before.
    """

    fields = FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self.drive = _drive_of(session, importing)
        self.earliest = rules.earliest_day(session, self.drive)
        self.roster = Roster(session, importing.community.id)
        self.organizations = _organizations(session)
        self.units = queries.units_of_goals(session, self.drive)
        self.known: Counter[tuple[Any, ...]] = Counter()
        self.on_slips = queries.on_slips(session, self.drive) if "slip" in importing.mapped else frozenset()
        self.corrected = queries.written_first(session, self.drive)
        self.days: set[date] = set()
        self.gifts: list[rules.Gift] = []
        self._people: dict[tuple[Any, ...], Known | None] = {}
        """Whom the rows meant: a file names the same donors over and over."""
        self.open: Said | None = None
        """What the rows of the last gift said of it, while the next row may be on the same slip."""
        self.created = 0

    def take(self, batch: Batch) -> Sequence[Verdict]:
        """A verdict for each row; donors that are nobody known are made first, where that is wanted."""
        rows = list(batch.rows())
        if len(self._people) > MOST_REMEMBERED:
            self._people.clear()
        self._remember({row["date"] for _number, row in rows})
        if self.importing.options.own["create_donors"]:
            self._create_donors(row for _number, row in rows if self._brings_donor(row))
        return [self._verdict(number, row) for number, row in rows]

    def row(self, number: int, row: Row) -> str:  # noqa: ARG002 - the writer's signature
        """Whether a gift is new; raises Rejected naming the column at fault."""
        if self._is_listed(row):
            return self._same()
        try:
            said, line = self._read(row)
        except Rejected as rejected:
            # One fault is enough to keep the row out; which of several is told, their order decides.
            raise next(self.faults(row), rejected) from None
        content = _content(said, line)
        if self.known[content]:
            self.known[content] -= 1
            return self._same()
        self._add(row, said, line)
        return NEW

    def _read(self, row: Row) -> tuple[Said, rules.Line]:
        """What a row says of the gift, and what it brings of goods; raises Rejected."""
        if row.get("date"):
            self._require_day(row["date"])
        said = Said(row["date"], self._donor(row), row.get("publish"), *self._helpers(row))
        return said, rules.Line(self._goods(row), row.get("condition"), row.get("size"))

    def _require_day(self, day: date) -> None:
        _at("date", rules.checked_day, day, self.importing.today)
        _at("date", rules.require_begun, self.drive, day, self.earliest)

    def _same(self) -> str:
        self.matched += 1
        self.open = None
        return SAME

    def _is_listed(self, row: Row) -> bool:
        """Whether a row of our own list says what stands on the slip that it names."""
        goods = (row.get("slip"), row["item"], row.get("unit"), row["quantity"].number)
        return goods in self.on_slips

    def faults(self, row: Row, unread: AbstractSet[str] = frozenset()) -> Iterator[Rejected]:
        """The day, the donor, the goods and the helpers that cannot be those of a gift."""
        if row.get("date"):
            yield from fault_of(self._require_day, row["date"])
        # Of cells that could not be read nothing more is said: one fault a cell is enough to mend it.
        if unread.isdisjoint(("donor", "phone")):
            yield from (fault for fault in fault_of(self._donor, row) if not self._can_be_made(fault))
        if unread.isdisjoint(("item", "quantity", "unit")):
            yield from fault_of(self._goods, row)
        for helper in HELPERS:
            yield from fault_of(self._helper, helper, row.get(helper))
        yield from fault_of(self._helpers, row)

    def finish(self) -> None:
        """Write all gifts with their slips."""
        rules.receive(self.session, self.drive, self.gifts)
        if self.created:
            told = ngettext("{count} donor was added.", "{count} donors were added.", self.created)
            self.remarks.append(told.format(count=self.created))

    def _remember(self, days: set[date]) -> None:
        """Look up what came in on these days before."""
        self.known.update(queries.received_before(self.session, self.drive, days - self.days))
        self.known.update(gift for gift in self.corrected if gift[0] in days - self.days)
        self.days |= days

    def _goods(self, row: Row) -> Goods:
        quantity: Quantity = row["quantity"]
        unit = self._unit(row, quantity)
        # 约数 in a column of its own says that there may be more; 约 before the number says about.
        marked = Direction.AT_LEAST if row.get("approximate") == "yes" else None
        if unit == quantity.unit and not marked:
            return Goods(row["item"], quantity)
        return Goods(row["item"], replace(quantity, unit=unit, direction=quantity.direction or marked))

    def _unit(self, row: Row, quantity: Quantity) -> str:
        """What the goods of a row are counted in: by its column, by the quantity's cell, or by the drive's goals."""
        unit: str | None = row.get("unit") or quantity.unit or self.units.get(row["item"])
        if unit is None:
            raise Rejected("unit" if "unit" in row else "quantity", MissingValue(field=_("Counted in")))
        if quantity.unit and unit != quantity.unit:
            raise Rejected("quantity", UnitsDisagree(unit=quantity.unit, beside=unit))
        return unit

    def _donor(self, row: Row) -> Donor:
        donor: DonorName | None = row.get("donor")
        if donor is None:
            return self._numbered(row)
        # A name that says that there is none to know is an anonymous gift.
        if not donor:
            return Donor()
        if donor.kind is not DonorKind.PERSON and (key := self.organizations.get(donor)):
            return Donor(organization_id=key)
        known = None if donor.kind is DonorKind.ORGANIZATION else self._person(row)
        if known is None:
            raise Rejected("donor", self._unknown(donor))
        return Donor(person_id=known.id)

    def _numbered(self, row: Row) -> Donor:
        """The donor whom a row gives by a number alone."""
        numbers = {name: row.get(name) for name in ("volunteer_no", "id_number")}
        if not any(numbers.values()):
            raise Rejected("donor", MissingValue(field=_("Donor")))
        return Donor(person_id=self.roster.find(**numbers))

    def _unknown(self, donor: DonorName) -> VolunteerError:
        """Why a donor is not known: not on file, or nobody whom the import could add."""
        if donor.kind is DonorKind.UNCLEAR and self.importing.options.own["create_donors"]:
            return UnclearDonor(text=donor)
        return queries.NoSuchDonor(text=donor)

    def _person(self, row: Row) -> Known | None:
        said = (row["donor"], row.get("phone"), *(row.get(field.name) for field in TELLING_APART))
        if said not in self._people:
            try:
                self._people[said] = self.roster.match(_person_of(row))
            except Rejected as rejected:
                raise Rejected("donor", rejected.error) from rejected
        return self._people[said]

    def _helper(self, field: str, name: str | None) -> int | None:
        """The id of a handler or witness, who must be on file."""
        try:
            return self.roster.find(name) if name else None
        except Rejected as rejected:
            raise Rejected(field, rejected.error) from rejected

    def _helpers(self, row: Row) -> tuple[int | None, int | None]:
        """The ids of handler and witness, who are two people."""
        if not row.get("handler") and not row.get("witness"):
            return None, None
        handler = self._helper("handler", row.get("handler"))
        witness = self._helper("witness", row.get("witness"))
        gift = rules.Gift(self.importing.today, [], handler_id=handler, witness_id=witness)
        _at("witness", rules.require_two, self.session, gift)
        return handler, witness

    def _add(self, row: Row, said: Said, line: rules.Line) -> None:
        slip = self.open.with_row(said) if self.open else None
        if slip is None:
            self.gifts.append(rules.Gift(said.day, [], *said.donor))
        gift, slip = self.gifts[-1], slip or said
        # Two anonymous rows are two gifts, as nobody can say that they came together.
        self.open = slip if any(said.donor) else None
        gift.lines.append(line)
        gift.publish, gift.handler_id, gift.witness_id = slip.publish != "no", slip.handler, slip.witness
        _add_to_slip(gift, row)

    # --- donors that are nobody known ------------------------------------------------------------

    def _brings_donor(self, row: Row) -> bool:
        """Whether a row lacks nothing but its donor on file."""
        return self._is_unknown(row) and not any(self.faults(row))

    def _can_be_made(self, fault: Rejected) -> bool:
        """Whether a donor is only not on file, where such are to be added."""
        return self.importing.options.own["create_donors"] and isinstance(fault.error, queries.NoSuchDonor)

    def _create_donors(self, rows: Iterable[Row]) -> None:
        """Add each donor who is not on file, as what the name says."""
        people: list[Known] = []
        # Those with a phone first: a bare name may be theirs.
        for row in sorted(rows, key=lambda row: row.get("phone") is None):
            # Asked again: the row before may have brought the very same donor.
            if not self._is_unknown(row):
                continue
            donor: DonorName = row["donor"]
            if donor.kind is DonorKind.ORGANIZATION:
                self.organizations[donor] = add_organization(self.session, {"name": donor.written}).id
            else:
                people.append(self._known(row))
            self.created += 1
        self._create_people(people)

    def _is_unknown(self, row: Row) -> bool:
        donor: DonorName | None = row.get("donor")
        if not donor or (donor in self.organizations and donor.kind is not DonorKind.PERSON):
            return False
        if donor.kind in (DonorKind.ORGANIZATION, DonorKind.UNCLEAR):
            return donor.kind is DonorKind.ORGANIZATION
        try:
            return self.roster.match(_person_of(row)) is None
        except Rejected:
            return False

    def _known(self, row: Row) -> Known:
        """A donor who is about to be added, whom the next rows can mean already."""
        phone, other = row.get("phone") or (None, None)
        community = self.importing.community.id
        known = Known(None, str(row["donor"]), phone, other, row.get("birth"), community_id=community)
        self.roster.add(known)
        # Who was nobody known may be this one now.
        self._people.clear()
        return known

    def _create_people(self, people: Sequence[Known]) -> None:
        rows = [checked_person({name: getattr(known, name) for name in BROUGHT}) for known in people]
        ids = add_people(self.session, self.importing.community, rows, today=self.importing.today)
        for key, known in zip(ids, people, strict=True):
            known.id = key
            self.roster.by_id[key] = known


def _organizations(session: Session) -> dict[str, int]:
    """All organizations by the key of their names; a few hundred, asked for once."""
    query = select(Organization.id, Organization.name_key)
    return {name: key for key, name in session.execute(query)}


def _content(said: Said, line: rules.Line) -> tuple[Any, ...]:
    """What makes two gifts the same: gifts have no identity but their content and how often it occurs."""
    goods = line.goods
    gift = (said.day, *said.donor, goods.item, goods.unit, goods.quantity, line.condition, line.size)
    return queries.compared(gift)


def _add_to_slip(gift: rules.Gift, row: Row) -> None:
    """Add what a row says beside its goods: values add up on a slip, and notes follow each other."""
    if row.get("value"):
        gift.value = (gift.value or 0) + row["value"]
    if (note := row.get("note")) and note != gift.note:
        gift.note = f"{gift.note}; {note}" if gift.note else note


def _person_of(row: Row) -> Row:
    """The columns of a person that a row tells of its donor."""
    phone, other = row.get("phone") or (None, None)
    apart = {field.name: row.get(field.name) for field in TELLING_APART}
    return {"name": str(row["donor"]), "phone": phone, "phone_alt": other, **apart}


def _at(field: str, rule: Any, *values: Any) -> Any:
    """What a rule answers; its refusal is the fault of one field."""
    try:
        return rule(*values)
    except VolunteerError as error:
        raise Rejected(field, error) from error


DONATIONS = Sheet(
    "donations",
    N_("Donations"),
    FIELDS,
    DonationWriter,
    one_of=(("donor", "volunteer_no", "id_number"),),
    across=("item", "quantity"),
)
