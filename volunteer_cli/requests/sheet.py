"""What a sheet of requests may bring: a hotline's export, or a ledger that was kept by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.errors import BadDate, DamagedByExcel, NotFound
from volunteer_cli.core.i18n import N_, NC_, ngettext
from volunteer_cli.core.run import run
from volunteer_cli.core.steps import OutOfOrder, StepAhead
from volunteer_cli.intake import parsers
from volunteer_cli.intake.cells import Cell, text_of
from volunteer_cli.intake.errors import DuplicateInFile
from volunteer_cli.intake.headings import REMARK, normal
from volunteer_cli.intake.names import MARKS, remark_in
from volunteer_cli.intake.sheet import (
    NEW,
    SAME,
    UPDATED,
    Column,
    Field,
    Importing,
    Rejected,
    Row,
    Sheet,
    Writer,
)
from volunteer_cli.organizations.rules import add_organization
from volunteer_cli.people.rules import add_people, checked_person
from volunteer_cli.requests import queries
from volunteer_cli.requests.leads import Lead, find_lead
from volunteer_cli.requests.matching import named_person, registered_as
from volunteer_cli.requests.models import Request
from volunteer_cli.requests.rules import callers, closing, handling
from volunteer_cli.requests.rules.callers import Call
from volunteer_cli.requests.rules.errors import CallbackMissing
from volunteer_cli.requests.rules.steps import When
from volunteer_cli.requests.terms import (
    CATEGORIES,
    CATEGORY_WORDS,
    CHANNEL_WORDS,
    CHANNELS,
    KIND_WORDS,
    KINDS,
    RESULT_WORDS,
    SATISFIED,
    SATISFIED_WORDS,
    SOLVED,
    SOLVED_WORDS,
    UNFINISHED,
    Category,
    Channel,
    Kind,
    Result,
    Satisfied,
    Solved,
    Status,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Who says no name: 匿名 and its kind.
NAMELESS = re.compile(r"匿名|无名|未留|不愿|不详|保密|anonym", re.IGNORECASE)
#: What stands for a name: 某女士, 张先生; it names nobody in particular.
HALF_NAMED = re.compile(r"某|(?:先生|女士|小姐|同志|阿姨|大爷|大妈)$")
#: Spreadsheets keep fifteen digits of a number.
EXACT_DIGITS = 15
#: What counts rows in a column headed 编号 and is no number of a request.
RUNNING = re.compile(r"\d{1,4}")
#: Signs for yes and no, which are no words and compare as nothing.
TICKS = {**dict.fromkeys("√✓☑", "yes"), **dict.fromkeys("×✗☒", "no")}
RESULTS = {normal(word): result for result, words in RESULT_WORDS.items() for word in (result, *words)}


def order_number(cell: Cell, column: Column) -> str:
    """The number of another office's order; one of which a spreadsheet has lost the last digits is refused."""
    text = text_of(cell)
    rounded = isinstance(cell, float) and abs(cell) >= 10**EXACT_DIGITS
    if rounded or re.fullmatch(r"\d(?:\.\d+)?[eE]\+?\d+", text.strip()):
        raise DamagedByExcel(value=text)
    return parsers.code(cell, column)


def result(cell: Cell, column: Column) -> tuple[Result | None, str]:
    """What became of it, where the cell is one of the known words, and what it says."""
    text = parsers.text(cell, column)
    word = RESULTS.get(normal(text))
    return Result(word) if word else None, text


class Ticked(parsers.Choice):
    """A parser of a choice for columns in which people also tick or cross."""

    def __call__(self, cell: Cell, column: Column) -> Any:
        """What a mark means, else the value that a cell says; raises BadChoice."""
        return TICKS.get(text_of(cell).strip()) or super().__call__(cell, column)


def _several(cell: Cell, column: Column) -> list[str]:
    """Names separated by 、 , ； and their kind."""
    return [part for text in parsers.names(cell, column) for part in re.split(r"[,，]\s*", text) if part]


def _callers(cell: Cell, column: Column) -> list[str]:
    """Who called, without marks and what stands in brackets; a name is often only half of one: 王女士."""
    bare = REMARK.sub(" ", parsers.text(cell, column))
    return [name for part in _several(bare, column) if (name := part.strip().strip(MARKS).strip())]


DAY_MISSING = N_(
    "The day belongs beside the time: into a column of its own, or above the table, like Date: 2026-03-05."
)
#: What a sheet may say otherwise of a request itself, as long as nobody has acted on it.
EDITED = ("kind", "category", "channel", "place", "text")
FIELDS = (
    Field("external", N_("External number"), ("工单编号", "诉求编号", "工单号", "编号", "external"), order_number),
    Field("at", N_("Received at"), ("受理时间", "来电时间", "接件时间", "受理日期", "登记时间", "日期", "received at"),
          parsers.moment, required=True, above=True, unite=parsers.moments_together, completed=parsers.on_day),
    Field("caller", N_("Caller"), ("诉求人", "反映人", "来电人", "姓名", "caller"), _callers, remark=remark_in, phone="phone"),
    Field("phone", N_("Phone"), ("联系电话", "来电号码", "电话", "手机号", "phone"), parsers.phone),
    Field("channel", N_("Channel"), ("来源", "诉求渠道", "诉求来源", "渠道", "channel"), parsers.Choice(CHANNEL_WORDS, CHANNELS)),
    Field("kind", N_("Kind"), ("诉求类型", "事项性质", "诉求性质", "kind"), parsers.Choice(KIND_WORDS, KINDS)),
    Field("category", NC_("request", "Category"), ("诉求分类", "问题类别", "问题分类", "category"), parsers.Choice(CATEGORY_WORDS, CATEGORIES)),
    Field("text", N_("Request"), ("诉求内容", "反映问题", "反映内容", "问题描述", "事项", "内容", "request"), parsers.text, required=True),
    Field("place", N_("Place"), ("地点", "问题点位", "点位", "place"), parsers.text),
    Field("lead", N_("Lead"), ("承办单位", "责任单位", "主办单位", "lead"), _several),
    Field("due", N_("Due"), ("办理时限", "办结时限", "due"), parsers.day),
    Field("result", N_("Result"), ("办理情况", "办理结果", "处理情况", "处理结果", "result"), result),
    Field("finished", N_("Finished on"), ("办结时间", "办结日期", "办结", "finished on"), parsers.day),
    Field("solved", N_("Solved"), ("是否解决", "solved"), Ticked(SOLVED_WORDS, SOLVED)),
    Field("satisfied", N_("Satisfied"), ("满意度", "是否满意", "satisfied"), Ticked(SATISFIED_WORDS, SATISFIED)),
    Field("note", N_("Note"), ("备注", "说明", "note", "notes", "remarks"), parsers.text, unite=parsers.joined),
)  # fmt: skip


class RequestWriter(Writer):
    """Registers requests by their external number, else by day, caller and text, as far as the sheet knows them."""

    fields = FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self._seen: dict[tuple[Any, ...], Row] = {}
        self._other_dates = 0

    def _when(self, on: date) -> When:
        """A moment of a row; what happened on the day of the import has happened."""
        now = datetime.combine(self.importing.today, time.max)
        return When(on, now, run().given.actor)

    def row(self, number: int, row: Row) -> str:  # noqa: ARG002 - the writers' signature
        """New, updated or the same; raises Rejected, or a rule's error for the whole row."""
        self._require_days(row)
        external = self._external(row)
        self._require_other(_identity(row, external), row)
        request = self._stored(external, row)
        if request is None:
            request = self._add(row, external)
            self._advance(request, row)
            return NEW
        self.matched += 1
        changed = self._edit(request, row)
        return UPDATED if self._advance(request, row) or changed else SAME

    def _require_days(self, row: Row) -> None:
        """Refuse what was finished before it came, has yet to come or has a time without its day; raises Rejected."""
        finished = row.get("finished")
        if isinstance(row["at"], time):
            raise Rejected("at", BadDate(value=f"{row['at']:%H:%M}", hint=DAY_MISSING))
        if finished is not None and finished < row["at"].date():
            raise Rejected("finished", BadDate(value=str(finished)))
        for name, day in (("at", row["at"].date()), ("finished", finished)):
            if day is not None and day > self.importing.today:
                raise Rejected(name, StepAhead(day=str(day)))

    def _external(self, row: Row) -> str | None:
        """The number of the order; 1, 2, 3 in a column headed 编号 count the rows."""
        text: str | None = row.get("external")
        counts = normal(self.importing.headings.get("external", "")) == "编号"
        return None if text and counts and RUNNING.fullmatch(text) else text

    def _require_other(self, key: tuple[Any, ...], row: Row) -> None:
        before = self._seen.setdefault(key, row)
        if before is not row and before == row:
            raise Rejected(None, DuplicateInFile(value=row.get("external") or row["text"]))

    def _stored(self, external: str | None, row: Row) -> Request | None:
        community_id = self.importing.community.id
        if external:
            return queries.with_external(self.session, community_id, external)
        return registered_as(self.session, community_id, row["at"].date(), row["text"], self._calls(row))

    # --- a new one ------------------------------------------------------------

    def _add(self, row: Row, external: str | None) -> Request:
        lead, helpers = self._leads(row)
        draft = self._draft(row, external)
        request = callers.register(self.session, self.importing.community, draft, self._when(row["at"]))
        self._other_dates += row.get("due") not in (None, request.due_on)
        if lead is not None:
            handling.assign(self.session, request, lead, self._when(row["at"]), helpers=helpers)
        if row.get("note"):
            handling.note(self.session, request, row["note"], self._when(row["at"]))
        return request

    def _draft(self, row: Row, external: str | None) -> callers.Draft:
        default = Channel.HOTLINE if external else Channel.VISIT
        return callers.Draft(
            row["text"],
            self._calls(row, create=True),
            kind=row.get("kind") or Kind.HELP,
            category=row.get("category") or Category.OTHER,
            channel=row.get("channel") or default,
            place=row.get("place"),
            external=external,
        )

    def _calls(self, row: Row, *, create: bool = False) -> list[Call]:
        """Who called: each name of the cell, the first one with the phone; without a name whoever has the phone."""
        names = [name for name in row.get("caller") or () if not NAMELESS.search(name)]
        phone = row.get("phone")
        if not names:
            return [Call(phone=phone)]
        return [self._call(name, phone if n == 0 else None, create=create) for n, name in enumerate(names)]

    def _call(self, name: str, phone: str | None, *, create: bool) -> Call:
        community_id = self.importing.community.id
        if HALF_NAMED.search(name):
            return Call(name=name, phone=phone)
        person_id = named_person(self.session, community_id, name, phone)
        if person_id is None and create and self.importing.options.own["create_people"] and phone:
            person_id = self._new_person(name, phone)
        return Call(person_id=person_id) if person_id else Call(name=name, phone=phone)

    def _new_person(self, name: str, phone: str) -> int:
        person = checked_person({"name": name, "phone": phone})
        (key,) = add_people(self.session, self.importing.community, [person], today=self.importing.today)
        return key

    def _leads(self, row: Row) -> tuple[Lead | None, Sequence[Lead]]:
        """Who leads and who helps: the first name of the cell, and the others (主办, 协办)."""
        leads = [self._lead(name) for name in row.get("lead") or ()]
        return (leads[0], leads[1:]) if leads else (None, ())

    def _lead(self, name: str) -> Lead:
        try:
            return find_lead(self.session, name)
        except NotFound as error:
            if not self.importing.options.own["create_organizations"]:
                hint = N_("Add --create-organizations to add the units that are not on file.")
                raise Rejected("lead", NotFound(**{**error.fields, "hint": hint})) from None
        return Lead(organization_id=add_organization(self.session, {"name": name}).id)

    # --- one that is there ------------------------------------------------------------

    def _edit(self, request: Request, row: Row) -> bool:
        """Take over what the sheet says otherwise, as was asked; answer whether that is anything."""
        stored = {name: getattr(request, name) for name in EDITED}
        stored |= {"finished": request.finished_on, **self._outcome(request)}
        said = {name: row.get(name) for name in (*EDITED, "finished")} | _said(row)
        changes = self.settled(stored, said)
        # What became of it is not written over: a step does that, and is dated.
        edits = {name: changes[name] for name in EDITED if name in changes}
        for name, value in edits.items():
            setattr(request, name, value)
        if request.status in UNFINISHED:
            self._hand_over(request, row)
        return bool(edits)

    def _outcome(self, request: Request) -> dict[str, Any]:
        answers = [each.answer for each in closing.asked(self.session, request) if each.answer]
        last = answers[-1] if answers else None
        return {
            "result": request.result,
            "solved": last.solved if last else None,
            "satisfied": last.satisfied if last else None,
        }

    def _hand_over(self, request: Request, row: Row) -> None:
        lead, helpers = self._leads(row)
        if lead is not None and queries.current_hold(self.session, request) is None:
            handling.assign(self.session, request, lead, self._when(self.importing.today), helpers=helpers)

    # --- how far it has come ------------------------------------------------------------

    def _advance(self, request: Request, row: Row) -> bool:
        """Take a request as far as the row knows, and answer whether it moved."""
        before = request.status, request.last_step_id
        day = _day_done(request, row)
        if day is not None and request.status in UNFINISHED:
            outcome, text = row.get("result") or (None, None)
            result, when = outcome or _by_answer(row), self._when(day)
            self._at("finished", handling.finish, request, result, when, text=text)
        if request.status == Status.FINISHED and row.get("solved"):
            self._ask(request, row, day or request.moved_at.date())
        return before != (request.status, request.last_step_id)

    def _ask(self, request: Request, row: Row, day: date) -> None:
        """Keep what the sheet says of every caller, and close what is solved."""
        when = self._when(max(day, request.moved_at.date()))
        answer = Solved(row["solved"])
        content = Satisfied(row["satisfied"]) if row.get("satisfied") else None
        for each in closing.asked(self.session, request):
            # Who left no name cannot have been asked.
            if not each.answer and not each.caller.anonymous:
                closing.call_back(self.session, request, when, n=each.n, solved=answer, satisfied=content)
        if answer != Solved.NO:
            self._close(request, when)

    def _close(self, request: Request, when: When) -> None:
        """Close a request, unless somebody is still to be asked: that stands in the worklist."""
        with suppress(CallbackMissing):
            closing.close(self.session, request, when)

    def _at(self, field: str, rule: Any, *values: Any, **named: Any) -> None:
        try:
            rule(self.session, *values, **named)
        except (OutOfOrder, StepAhead) as error:
            raise Rejected(field, error) from None

    def finish(self) -> None:
        """Say of how many the sheet has another due date than the clock."""
        if self._other_dates:
            sentence = ngettext(
                "Of {count} request the sheet gives another due date; that of the policy request_deadlines holds.",
                "Of {count} requests the sheet gives another due date; that of the policy request_deadlines holds.",
                self._other_dates,
            )
            self.remarks.append(sentence.format(count=self._other_dates))


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    outcome = row.get("result")
    return {
        "result": outcome[0] if outcome else None,
        "solved": row.get("solved"),
        "satisfied": row.get("satisfied"),
    }


def _day_done(request: Request, row: Mapping[str, Any]) -> date | None:
    """The day on which a row says that it was finished; without one the day of the last step, if it is done at all."""
    if row.get("finished") or not _is_done(row):
        day: date | None = row.get("finished")
        return day
    received: date = row["at"].date()
    return max(received, request.moved_at.date())


def _is_done(row: Mapping[str, Any]) -> bool:
    """Whether a row without a day of finishing says all the same that it is done."""
    outcome = row.get("result")
    return bool((outcome and outcome[0]) or row.get("solved"))


def _by_answer(row: Mapping[str, Any]) -> Result | None:
    """What became of it where only the caller's answer is known; of a no nothing is."""
    results: dict[str | None, Result] = {Solved.YES: Result.SOLVED, Solved.PARTLY: Result.PARTLY}
    return results.get(row.get("solved"))


def _identity(row: Row, external: str | None) -> tuple[Any, ...]:
    """What makes two rows the same: the number of the other office, else day, caller and text."""
    if external:
        return (external,)
    return row["at"].date(), row.get("phone") or str(row.get("caller")), row["text"]


REQUESTS = Sheet("requests", N_("Requests"), FIELDS, RequestWriter)
