"""What a sheet of donations may bring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from volunteer_cli.core.errors import BadQuantity, MissingValue, RuleError, UsageFault, VolunteerError
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.text import Quantity
from volunteer_cli.drives import queries, rules
from volunteer_cli.drives.ledger import Goods
from volunteer_cli.intake import parsers
from volunteer_cli.intake.cells import Cell
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
)
from volunteer_cli.organizations.models import Organization
from volunteer_cli.organizations.rules import add_organization
from volunteer_cli.people.matching import Known, Roster
from volunteer_cli.people.rules import add_people, checked_person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Words in a donor's cell that say there is no name.
NAMELESS = ("匿名", "无名氏", "不愿留名", "anonymous")
#: What the name of an organization ends with; the short endings need a name of four characters.
ENDINGS = (
    "公司", "集团", "中学", "小学", "大学", "学校", "学院", "幼儿园", "协会", "商会", "学会", "基金会", "委员会", "居委会", "联合会",
    "社区", "街道", "办事处", "中心", "医院", "银行", "超市", "商店", "商行", "合作社", "工作室", "支部", "服务队", "志愿队",
    "党委", "物业", "政府", "书店", "酒店", "饭店", "药店", "俱乐部", "派出所", "事务所",
    "company", "ltd", "ltd.", "inc", "inc.", "school", "university", "association", "foundation", "club", "bank",
)  # fmt: skip
SHORT_ENDINGS = "局厅部处所站院馆会店厂团队社"


class DriveNeeded(UsageFault):
    """Say which drive the donations belong to"""

    code = "drive_needed"
    hint = N_("Add --drive with the code of one. List them: volunteer drive list")


class OtherCommunity(RuleError):
    """Drive {name} is not one of {community}"""

    code = "other_community"
    hint = N_("Name the drive's own community with --community. See it: volunteer drive show {code_typed}")
    explanation = N_(
        "New donors belong to the community that the sheet is imported for, and donors and handlers are "
        "looked for there first; it has to be the one that runs the drive."
    )


class Donor(NamedTuple):
    """Who gave: a person or an organization, by id; neither, when the gift is anonymous."""

    person_id: int | None = None
    organization_id: int | None = None


def donor_name(cell: Cell, column: Column) -> str:
    """A donor's name, or nothing when the cell says that there is none to know."""
    name = parsers.name(cell, column)
    return "" if any(word in name.casefold() for word in NAMELESS) else name


def is_organization(name: str) -> bool:
    """Whether a name ends as those of organizations do."""
    return name.casefold().endswith(ENDINGS) or (
        len(name) >= 4 and "·" not in name and name.endswith(tuple(SHORT_ENDINGS))
    )


FIELDS = (
    Field(
        "date",
        N_("Date"),
        ("日期", "捐赠日期", "接收日期", "捐赠时间", "接收时间", "date"),
        parsers.day,
        required=True,
        above=True,
    ),
    Field(
        "donor",
        N_("Donor"),
        ("捐赠人", "捐赠方", "捐赠单位", "捐赠者", "捐赠人姓名", "捐赠单位/个人", "donor"),
        donor_name,
        required=True,
    ),
    Field("phone", N_("Phone"), ("联系电话", "联系方式", "电话", "手机", "手机号", "phone"), parsers.phones),
    Field(
        "item", N_("Item"), ("物品名称", "物资名称", "品名", "捐赠物品", "item"), parsers.name, required=True
    ),
    Field("size", N_("Size"), ("规格", "尺码", "size"), parsers.text),
    Field(
        "quantity", N_("Quantity"), ("数量", "件数", "捐赠数量", "quantity"), parsers.quantity, required=True
    ),
    Field("unit", N_("Counted in"), ("单位", "计量单位", "unit"), parsers.name),
    Field("condition", N_("Condition"), ("新旧程度", "成色", "condition"), parsers.text),
    Field("value", N_("Value in yuan"), ("估价", "金额", "折价", "价值", "value"), parsers.fen),
    Field(
        "handler",
        N_("Handler"),
        ("经手人", "接收人", "登记人", "经办人", "handler"),
        parsers.name,
        above=True,
    ),
    Field("witness", N_("Witness"), ("见证人", "监督人", "witness"), parsers.name, above=True),
    Field(
        "publish",
        N_("May be named"),
        ("是否公示", "同意公示", "公示", "publish"),
        parsers.choice(
            {"yes": ("是", "同意", "可以", "公示"), "no": ("否", "不同意", "不公示", "不愿意", "拒绝")}
        ),
    ),
    Field("note", N_("Note"), ("备注", "说明", "note", "remark"), parsers.text),
)


class DonationWriter(Writer):
    """Turns rows into gifts: consecutive rows of one named donor and day are one slip.

    A gift is known again by its content and how often that occurs, so two equal anonymous gifts are
    two, and the same file a second time brings nothing.
    """

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        if importing.options.drive is None:
            raise DriveNeeded
        self.drive = queries.find_drive(session, importing.options.drive)
        if self.drive.community_id != importing.community.id:
            raise OtherCommunity(
                name=self.drive.name, community=importing.community.name, code_typed=self.drive.code
            )
        rules.require_open(self.drive)
        self.roster = Roster(session, importing.community.id)
        self.organizations = {
            name: key for key, name in session.execute(select(Organization.id, Organization.name))
        }
        self.units = queries.only_units(session, self.drive)
        self.known: Counter[tuple[Any, ...]] = Counter()
        self.days: set[date] = set()
        self.gifts: list[rules.Gift] = []
        self.last: tuple[Any, ...] | None = None
        self.created = 0

    def take(self, batch: Batch) -> Sequence[Verdict]:
        """A verdict for each row; donors that are nobody known are made first, where that is wanted."""
        rows = list(batch.rows())
        self._remember({row["date"] for _number, row in rows})
        if self.importing.options.create_donors:
            self._create_donors(row for _number, row in rows)
        return [self._verdict(number, row) for number, row in rows]

    def row(self, number: int, row: Row) -> str:  # noqa: ARG002 - the writer's signature
        """Whether a gift is new; raises Rejected naming the column at fault."""
        donor, line = self._donor(row), rules.Line(self._goods(row), row.get("condition"), row.get("size"))
        day = _at("date", rules.checked_day, row["date"], self.importing.today)
        goods = line.goods
        content = (day, *donor, goods.item, goods.unit, goods.quantity, line.condition, line.size)
        if self.known[content]:
            self.known[content] -= 1
            self.matched += 1
            self.last = None
            return SAME
        self._add(row, day, donor, line)
        return NEW

    def finish(self) -> None:
        """Write all gifts with their slips."""
        rules.receive(self.session, self.drive, self.gifts)
        if self.created:
            self.remarks.append(_("{count} donors were added.").format(count=self.created))

    def _remember(self, days: set[date]) -> None:
        """Look up what came in on these days before."""
        self.known.update(queries.received_before(self.session, self.drive, days - self.days))
        self.days |= days

    def _goods(self, row: Row) -> Goods:
        quantity: Quantity = row["quantity"]
        unit = row.get("unit") or quantity.unit or self.units.get(row["item"])
        if unit is None:
            raise Rejected("unit", MissingValue(field=_("Counted in")))
        if quantity.unit and unit != quantity.unit:
            raise Rejected("quantity", BadQuantity(value=f"{quantity.number}{quantity.unit} ({unit})"))
        return Goods(row["item"], unit, quantity.number, quantity.approximate)

    def _donor(self, row: Row) -> Donor:
        if not row["donor"]:
            return Donor()
        if key := self.organizations.get(row["donor"]):
            return Donor(organization_id=key)
        known = self._person(row)
        if known is None:
            raise Rejected("donor", queries.NoSuchDonor(text=row["donor"]))
        return Donor(person_id=known.id)

    def _person(self, row: Row) -> Known | None:
        try:
            return self.roster.match(_person_of(row))
        except Rejected as rejected:
            raise Rejected("donor", rejected.error) from rejected

    def _helper(self, field: str, name: str | None) -> int | None:
        """The id of a handler or witness, who must be on file."""
        try:
            return self.roster.find(name) if name else None
        except Rejected as rejected:
            raise Rejected(field, rejected.error) from rejected

    def _add(self, row: Row, day: date, donor: Donor, line: rules.Line) -> None:
        handler, witness = (
            self._helper("handler", row.get("handler")),
            self._helper("witness", row.get("witness")),
        )
        publish = row.get("publish") != "no"
        same_slip = (day, donor, publish, handler, witness) if any(donor) else None
        if same_slip is None or same_slip != self.last:
            self.gifts.append(rules.Gift(day, [], *donor, publish, handler_id=handler, witness_id=witness))
            rules.require_two(self.session, self.gifts[-1])
        gift, self.last = self.gifts[-1], same_slip
        gift.lines.append(line)
        gift.value = (gift.value or 0) + row["value"] if row.get("value") else gift.value
        gift.note = gift.note or row.get("note")

    # --- donors that are nobody known ------------------------------------------------------------

    def _create_donors(self, rows: Iterable[Row]) -> None:
        """Make an organization of each unknown name that ends like one, and a person of any other."""
        people: dict[tuple[str, Any], Row] = {}
        organizations: dict[str, None] = {}
        for row in rows:
            if self._is_unknown(row):
                if is_organization(row["donor"]):
                    organizations[row["donor"]] = None
                else:
                    people[row["donor"], row.get("phone")] = row
        self._create_organizations(list(organizations))
        self._create_people(list(people))
        self.created += len(organizations) + len(people)

    def _is_unknown(self, row: Row) -> bool:
        if not row["donor"] or row["donor"] in self.organizations:
            return False
        try:
            return self.roster.match(_person_of(row)) is None
        except Rejected:
            return False

    def _create_organizations(self, names: Sequence[str]) -> None:
        for name in names:
            self.organizations[name] = add_organization(self.session, {"name": name}).id

    def _create_people(self, wanted: Sequence[tuple[str, tuple[str, str | None] | None]]) -> None:
        rows = []
        for name, phones in wanted:
            phone, other = phones or (None, None)
            rows.append(checked_person({"name": name, "phone": phone, "phone_alt": other}))
        ids = add_people(self.session, self.importing.community, rows)
        for key, row in zip(ids, rows, strict=True):
            self.roster.add(
                Known(
                    key, row["name"], row["phone"], row["phone_alt"], community_id=self.importing.community.id
                )
            )


def _person_of(row: Row) -> Row:
    """The columns of a person that a row tells of its donor."""
    phone, other = row.get("phone") or (None, None)
    unknown = {"volunteer_no": None, "id_number": None, "birth": None}
    return {"name": row["donor"], "phone": phone, "phone_alt": other, **unknown}


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
)
