"""What a register of visits (走访台账), or a route that was filled in, may bring."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING

from volunteer_cli.care.rules.drafts import Draft
from volunteer_cli.care.rules.visits import add_visit, same_visit
from volunteer_cli.care.terms import METHOD_WORDS, METHODS, OUTCOME_WORDS, OUTCOMES, Method, Outcome
from volunteer_cli.core.errors import (
    Ambiguous,
    BadTime,
    Conflict,
    MissingValue,
    RuleError,
    VolunteerError,
)
from volunteer_cli.core.i18n import N_, NC_, _, ngettext
from volunteer_cli.core.text import parse_item, place_number
from volunteer_cli.drives.ledger import Goods
from volunteer_cli.households.queries import find_household, may_mean
from volunteer_cli.intake import parsers, spans
from volunteer_cli.intake.cells import text_of
from volunteer_cli.intake.headings import REMARK
from volunteer_cli.intake.names import MARKS, remark_in
from volunteer_cli.intake.sheet import NEW, SAME, Field, Importing, Rejected, Row, Sheet, Writer
from volunteer_cli.people.queries import find_person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.households.models import Household
    from volunteer_cli.intake.cells import Cell
    from volunteer_cli.intake.sheet import Column


class NotOneHome(RuleError):
    """'{value}' is not one household"""

    code = "bad_name"
    hint = N_("Give each household a row of its own.")


class OtherHome(Conflict):
    """{value} is not of the household {household}, which stands in the same row"""

    hint = N_("Correct the name or the address. Who lives there: volunteer household show {household}")


def _home(cell: Cell, column: Column) -> list[str]:
    """What names a household: an address, a number or somebody who lives there, without marks and remarks."""
    name = REMARK.sub(" ", parsers.text(cell, column)).strip().strip(MARKS).strip()
    if re.search(r"[、;；\n]|等\d*[户家]", name):
        raise NotOneHome(value=name)
    return [name]


# 米2袋 油1桶, 米2袋、油1桶, 米2袋油1桶: an item, a number and a measure word (量词), with or without a sign between.
MEASURE = "公斤|[袋桶箱件瓶盒斤个套份本床提包罐双条只张]"
ITEM = re.compile(
    rf"(?P<item>[^\d\s、,，;；=×*]+)\s*[=×*:：]?\s*(?P<amount>\d+\s*(?:{MEASURE}|[^\d\s、,，;；]*))"
)


def _goods(cell: Cell, column: Column) -> list[Goods]:
    """What was given: 米2袋 油1桶."""
    text = parsers.text(
        cell, column
    )  # refuses what must not be stored; it loses the spaces between the items
    parts = [f"{part['item']}={part['amount']}" for part in ITEM.finditer(text_of(cell))]
    return [Goods(*parse_item(part)) for part in parts or [text]]


FIELDS = (
    Field(
        "at",
        N_("Visited on"),
        ("走访时间", "走访日期", "探访时间", "探访日期", "日期", "时间", "visited on", "date"),
        spans.beginning,
        above=True,
        remark=spans.times_in,
        unite=parsers.moments_together,
        completed=parsers.on_day,
    ),
    Field(
        "household",
        N_("Household"),
        (
            *("走访对象", "被走访人", "探访对象", "户主", "户主姓名", "住户", "户号", "household"),
            *("门牌号", "地址", "住址", "家庭住址", "address"),
        ),
        _home,
        required=True,
        unless=("room",),
        unite=parsers.all_of,
        remark=remark_in,
    ),
    Field(
        "visitors",
        N_("Visitors"),
        ("走访人", "走访人员", "探访人", "探访人员", "走访干部", "visitors", "visitor"),
        parsers.people,
        above=True,
        remark=remark_in,
    ),
    Field(
        "method",
        N_("Method"),
        ("走访方式", "探访方式", "方式", "method"),
        parsers.Choice(METHOD_WORDS, METHODS),
    ),
    Field(
        "outcome",
        NC_("visit", "Outcome"),
        ("走访结果", "探访结果", "结果", "outcome", "result"),
        parsers.Choice(OUTCOME_WORDS, OUTCOMES),
    ),
    Field(
        "supplies",
        N_("Goods given"),
        ("慰问品", "发放物资", "慰问物资", "goods given", "goods"),
        _goods,
        unite=parsers.all_of,
    ),
    Field(
        "note",
        N_("How they are"),
        ("走访情况", "家庭情况", "探访情况", "备注", "说明", "note", "notes", "remarks"),
        parsers.text,
        unite=parsers.joined,
    ),
    # What a route prints beside them for whoever goes; it comes back and changes nothing.
    Field("grid", N_("Grid"), ("网格", "grid"), parsers.word),
    Field("building", N_("Building"), ("楼栋", "楼号", "building"), parsers.word, above=True),
    Field("unit", N_("Unit"), ("单元", "unit"), parsers.word),
    Field("room", N_("Room"), ("室", "室号", "房号", "room"), parsers.word),
    Field("head", N_("Lives here"), ("居住人", "lives here"), parsers.word),
    Field("due_on", N_("Due"), ("期限", "due"), parsers.word),
)


#: What is blank in a route until somebody has been at the door.
FILLED_IN = ("at", "outcome", "method", "supplies", "note")


class VisitWriter(Writer):
    """Adds visits; one of the same household, day, method and visitors is the same."""

    fields = FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self._blank = 0

    def row(self, number: int, row: Row) -> str:  # noqa: ARG002 - the writers' signature
        """New or the same; raises Rejected, or a rule's error for the whole row."""
        if all(row.get(name) is None for name in FILLED_IN):
            self._blank += 1
            return SAME
        household, draft = self._household(row), self._draft(row)
        if same_visit(self.session, household.id, draft):
            self.matched += 1
            return SAME
        add_visit(self.session, household, draft, now=datetime.combine(self.importing.today, time.max))
        return NEW

    def _require(self, row: Row, *names: str) -> None:
        """Refuse a row that leaves out what a visit must have: what is not written was not met."""
        for field in FIELDS:
            if field.name in names and row.get(field.name) is None:
                raise Rejected(field.name, MissingValue(field=_(field.title)))

    def _draft(self, row: Row) -> Draft:
        self._require(row, "at", "visitors", "outcome")
        at = row["at"]
        if not isinstance(at, datetime):
            raise Rejected("at", BadTime(value=str(at)))
        method = Method(row["method"]) if row.get("method") else Method.DOOR
        return Draft(
            at,
            self._visitors(row["visitors"]),
            method,
            Outcome(row["outcome"]),
            given=row.get("supplies") or (),
            note=row.get("note"),
        )

    def _household(self, row: Row) -> Household:
        """The household that all say that a row has of it: its address, its number, who lives there.

        Raises:
            Rejected: it is none, several, or one says another than the others.
        """
        texts = row.get("household") or [_at_door(row)]
        household = self._first_found(texts)
        for text in texts:
            if not may_mean(self.session, text, household):
                raise Rejected("household", OtherHome(value=text, household=household.number))
        return household

    def _first_found(self, texts: Sequence[str]) -> Household:
        """The household of the first text that is of one alone: beside an address a name may be that of several."""
        unclear: list[VolunteerError] = []
        for text in texts:
            try:
                return find_household(self.session, text)
            except Ambiguous as error:
                unclear.append(error)
            except VolunteerError as error:
                raise Rejected("household", error) from None
        raise Rejected("household", unclear[0])

    def _visitors(self, names: Sequence[str]) -> list[int]:
        if not names:
            raise Rejected("visitors", MissingValue(field=_("Visitors")))
        try:
            people = [find_person(self.session, name, exact=True) for name in names]
        except VolunteerError as error:
            raise Rejected("visitors", error) from None
        return list(dict.fromkeys(person.id for person in people))

    def finish(self) -> None:
        """Say how many doors of a route were left blank: nobody has been there yet."""
        if self._blank:
            sentence = ngettext(
                "{count} row was not filled in, and tells of no visit.",
                "{count} rows were not filled in, and tell of no visit.",
                self._blank,
            )
            self.remarks.append(sentence.format(count=self._blank))


def _at_door(row: Row) -> str:
    """The address of a row that has it in columns of their own: 3, 1 and 101."""
    parts = (place_number(str(row[name])) for name in ("building", "unit", "room") if row.get(name))
    return "-".join(part for part in parts if part)


VISITS = Sheet("visits", N_("Visits"), FIELDS, VisitWriter, one_of=(("at",), ("visitors",), ("outcome",)))
