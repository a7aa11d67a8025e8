"""What councils and pairings hand out: the minutes of a session, and the ledger of needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.actions.models import Action
from volunteer_cli.actions.queries import answers
from volunteer_cli.actions.terms import ACTION_STATUSES, FINISHED
from volunteer_cli.alliances.models import CouncilSession
from volunteer_cli.alliances.queries import pairings as pairing_queries
from volunteer_cli.alliances.queries.minutes import content
from volunteer_cli.alliances.terms import BASES, Basis, ItemStatus
from volunteer_cli.core.countries import paper_used
from volunteer_cli.core.history import Row
from volunteer_cli.core.i18n import _, listed, pgettext
from volunteer_cli.organizations.queries import organization_names
from volunteer_cli.output.document import Document, Grid, Section


def minutes(session: Session, meeting: CouncilSession) -> Document:
    """The minutes of a session; of a closed one as they were closed, whatever happened since."""
    facts = content(session, meeting)
    number = meeting.number or _("draft, not closed yet")
    return Document(
        title=_("Minutes of {council}").format(council=facts["council"]),
        number=number,
        sections=tuple(_sections(facts)),
        signatures=(_("Chair"), _("Recorder")),
        issuer=facts["body"],
        day=_day(meeting.closed_on.isoformat()) if meeting.closed_on else "",
    )


def _sections(facts: Row) -> Iterator[Section]:
    yield Section(facts=tuple(_facts(facts)))
    if facts["follow_up"]:
        heading = _("What became of earlier decisions (last session: {number})")
        yield _actions_section(
            heading.format(number=facts["follow_up"]["session"]), facts["follow_up"]["actions"]
        )
    yield Section(pgettext("alliance", "Attendance"), grid=_attendance(facts["attendance"]))
    for place, topic in enumerate(facts["topics"], start=1):
        yield from _topic(place, topic)


def _facts(facts: Row) -> Iterator[tuple[str, str]]:
    starts_at, ends_at = (datetime.fromisoformat(facts[name]) for name in ("starts_at", "ends_at"))
    yield pgettext("alliance", "Time"), f"{_day(facts['starts_at'])} {starts_at:%H:%M}–{ends_at:%H:%M}"
    if facts["place"]:
        yield _("Place"), facts["place"]
    quorum = facts["quorum"]
    sentence = _("present: {present} of {members}; needed to decide: {needed}")
    yield _("Quorum"), sentence.format(**quorum)


def _day(text: str | None) -> str:
    """A stored day as the language writes it."""
    if text is None:
        return ""
    day = datetime.fromisoformat(text).date() if "T" in text else date.fromisoformat(text)
    return _("{year}-{month:02}-{day:02}").format(year=day.year, month=day.month, day=day.day)


def _attendance(rows: Sequence[Row]) -> Grid:
    headings = (pgettext("alliance", "Unit"), _("Present"), _("Represented by"), _("Remark"))
    return Grid(headings, [_attended(row) for row in rows])


def _attended(row: Row) -> tuple[str, ...]:
    present = _("present") if row["present"] else _("absent")
    return row["organization"], present, row["by"] or "", "" if row["member"] else _("guest")


def _topic(place: int, topic: Row) -> Iterator[Section]:
    heading = _("Topic {place}: {title}").format(place=place, title=topic["title"])
    yield Section(heading, facts=tuple(_topic_facts(topic)))
    if topic["actions"]:
        yield _actions_section("", topic["actions"])


def _topic_facts(topic: Row) -> Iterator[tuple[str, str]]:
    if topic["proposed_by"]:
        origin = _("{name} (need of an enterprise)") if topic["need"] else "{name}"
        yield _("Proposed by"), origin.format(name=topic["proposed_by"])
    if topic["text"]:
        yield pgettext("alliance", "Text"), topic["text"]
    yield from _outcome_facts(topic)


def _outcome_facts(topic: Row) -> Iterator[tuple[str, str]]:
    if topic["decision"]:
        yield from _decision_facts(topic["decision"])
    elif topic["status"] == ItemStatus.DEFERRED:
        yield _("Deferred"), topic["reason"]
    else:
        # Only minutes that are still a draft say so: a session is not closed while anything is open.
        yield _("Decision"), _("not decided yet")


def _decision_facts(decision: Row) -> Iterator[tuple[str, str]]:
    yield _("Decision"), decision["text"]
    yield _("Basis"), _basis(decision)
    if decision["reason"]:
        yield _("Reason"), decision["reason"]
    # Stands in the minutes for everybody to read: that is the price of deciding with too few.
    if decision["override"]:
        yield _("Decided without a quorum"), decision["override"]


def _basis(decision: Row) -> str:
    if decision["basis"] == Basis.CONSENSUS:
        return _(BASES[Basis.CONSENSUS])
    votes = _("{pro} for, {contra} against, {abstain} abstained")
    counts = {"pro": decision["for"], "contra": decision["against"], "abstain": decision["abstain"]}
    return votes.format(**counts)


def _actions_section(heading: str, actions: Sequence[Row]) -> Section:
    if not actions:
        return Section(heading, paragraphs=(_("Nothing was left to be done."),))
    headings = (
        _("No."),
        _("What is to be done"),
        _("Responsible unit"),
        _("Due"),
        pgettext("alliance", "State"),
    )
    rows = [(str(place), *_action(action)) for place, action in enumerate(actions, start=1)]
    return Section(heading, grid=Grid(headings, rows))


def _action(action: Row) -> tuple[str, ...]:
    status = ACTION_STATUSES[action["status"]]
    state = [_(status)]
    if action["done_on"]:
        state.append(_day(action["done_on"]))
    if action["result"]:
        state.append(action["result"])
    due = _day(action["due_on"])
    if action["extended"]:
        due = _("{due} (extended)").format(due=due)
    return action["text"], action["owner"], due, listed(state)


# --- the ledger ------------------------------------------------------------

#: The columns that offices keep their ledgers in (问题台账); they come back with `import needs`.
LEDGER = (
    "序号", "企业名称", "包挂单位", "包挂干部", "问题诉求", "领域", "责任单位",
    "交办时间", "办结时限", "办理情况", "是否办结", "办结时间", "满意度",
)  # fmt: skip
LEDGER_TITLE = "企业诉求问题台账"
#: Widths of the columns in characters.
WIDTHS = (6, 20, 20, 10, 34, 8, 20, 12, 12, 34, 10, 12, 8)


def needs_ledger(session: Session, needs: Sequence[Action]) -> bytes:
    """The ledger of needs as a workbook in the offices' own columns, whatever language is in use."""
    from volunteer_cli.output.xlsx import workbook

    rows = (LEDGER, *_ledger_rows(session, needs))
    stream = BytesIO()
    with workbook(stream) as book:
        page = book.add_worksheet(LEDGER_TITLE)
        title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        page.merge_range(0, 0, 0, len(LEDGER) - 1, LEDGER_TITLE, title)
        _lay_out(page)
        _write_rows(book, page, rows)
    return stream.getvalue()


def _write_rows(book: Any, page: Any, rows: Sequence[Sequence[str]]) -> None:
    """The headings and the rows below the title; as text, so that nothing becomes a formula."""
    heading = book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    for line, row in enumerate(rows, start=1):
        for place, text in enumerate(row):
            page.write_string(line, place, text, heading if line == 1 else cell)


def _lay_out(page: Any) -> None:
    """On its side, as wide as the paper, the headings on every page."""
    page.set_landscape()
    page.set_paper(paper_used().number)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, 1)
    for place, width in enumerate(WIDTHS):
        page.set_column(place, place, width)


def _ledger_rows(session: Session, needs: Sequence[Action]) -> Iterator[tuple[str, ...]]:
    halves = zip(_ledger_partners(session, needs), _ledger_courses(session, needs), strict=True)
    for number, (partners, course) in enumerate(halves, start=1):
        yield (str(number), *partners, *course)


def _ledger_partners(session: Session, needs: Sequence[Action]) -> Iterator[tuple[str, ...]]:
    """Of each need whose it is, and who looks after that enterprise."""
    pairings = pairing_queries.pairings_of_needs(session, [need.id for need in needs])
    keys = {row.pairing_id for row in pairings.values()}
    # Whoever is in charge at last, so that the ledger names whom to call, not whom it was raised with.
    officials = pairing_queries.officials(session, keys, date.max)
    for need in needs:
        pairing = pairings[need.id]
        official = officials[pairing.pairing_id]
        yield pairing.enterprise, official.unit, official.official


def _ledger_courses(session: Session, needs: Sequence[Action]) -> Iterator[tuple[str, ...]]:
    """Of each need what it is, who has to solve it, and how far that is."""
    owners = organization_names(session, (need.owner_id for need in needs))
    replies = answers(session, [need.id for need in needs])
    for need in needs:
        handling = need.result or replies.get(need.id) or ""
        yield _ledger_cells(need, owners[need.owner_id], handling)


#: The words of the office's form, which an import reads again.
LEDGER_FIELDS = {"approval": "审批", "regulation": "监管", "enforcement": "执法", "credit": "信用"}


def _ledger_cells(need: Action, owner: str, handling: str) -> tuple[str, ...]:
    days = (need.raised_on.isoformat(), need.due_on.isoformat())
    finished = "是" if need.status in FINISHED else "否"
    done = need.done_on.isoformat() if need.done_on else ""
    score = str(need.score) if need.score else ""
    field = LEDGER_FIELDS.get(need.field or "", "")
    return (need.text, field, owner, *days, handling, finished, done, score)
