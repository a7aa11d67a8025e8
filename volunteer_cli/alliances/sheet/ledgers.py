"""What ledgers of needs (问题台账) and of actions (督办台账) may bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from volunteer_cli.actions import rules as action_rules
from volunteer_cli.actions.models import Action
from volunteer_cli.actions.terms import ActionStatus
from volunteer_cli.alliances.models import Council, Topic
from volunteer_cli.alliances.queries import councils as council_queries
from volunteer_cli.alliances.queries import pairings as queries
from volunteer_cli.alliances.rules import councils as council_rules
from volunteer_cli.alliances.rules import pairings as rules
from volunteer_cli.alliances.sheet import cells
from volunteer_cli.alliances.sheet.pairs import ENTERPRISE, OFFICIAL, UNIT, PairWriter, moment, require
from volunteer_cli.alliances.sheet.units import OrganizationRegister
from volunteer_cli.core.errors import NotFound
from volunteer_cli.core.i18n import N_, NC_, _, pgettext
from volunteer_cli.core.text import is_same
from volunteer_cli.intake import parsers
from volunteer_cli.intake.declared import brought
from volunteer_cli.intake.sheet import NEW, SAME, UPDATED, Field, Importing, Rejected, Row, Writer
from volunteer_cli.organizations import fields as organization_fields
from volunteer_cli.organizations.terms import OrganizationKind

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from volunteer_cli.actions.rules import When
    from volunteer_cli.alliances.models import Pairing

COURSE = (
    Field(
        "owner",
        N_("Responsible unit"),
        ("责任单位", "承办单位", "牵头科室", "责任部门", "承办部门", "owner"),
        parsers.text,
    ),
    Field(
        "raised_on",
        N_("Raised on"),
        ("交办时间", "交办日期", "提出时间", "收集时间", "raised on"),
        parsers.day,
        above=True,
    ),
    Field("due_on", N_("Due"), ("办结时限", "完成时限", "办理时限", "整改时限", "due"), cells.due),
    Field(
        "result",
        N_("Result"),
        ("办理情况", "解决措施", "进展", "办理结果", "进展情况", "整改情况", "result"),
        parsers.text,
        unite=parsers.joined,
    ),
    Field(
        "finished", N_("Done"), ("是否办结", "是否销号", "办结情况", "是否完成", "finished"), cells.finished
    ),
    Field("done_on", N_("Done on"), ("办结时间", "办结日期", "完成时间", "销号时间", "done on"), parsers.day),
    Field("score", N_("Score"), ("满意度", "企业满意度", "是否满意", "score"), cells.score),
)
NEED_FIELDS = (
    ENTERPRISE,
    UNIT,
    OFFICIAL,
    Field(
        "text",
        N_("Need"),
        ("问题", "诉求", "反映问题", "问题描述", "问题诉求", "企业诉求", "诉求内容", "need"),
        parsers.text,
        required=True,
        unite=parsers.joined,
    ),
    brought(organization_fields.FIELD),
    *COURSE,
)
ACTION_FIELDS = (
    Field("topic", NC_("alliance", "Topic"), ("议题", "议题名称", "topic"), parsers.text, above=True),
    Field(
        "text",
        N_("What is to be done"),
        ("督办事项", "交办事项", "事项", "工作任务", "任务", "action"),
        parsers.text,
        required=True,
        unite=parsers.joined,
    ),
    *COURSE,
)


def carry_on(session: Session, action: Action, row: Row, today: date) -> bool:
    """Take an action as far as its row has it, and answer whether that is new.

    Of what a ledger calls done without a day the day stays unknown: no figure is made of a guess.
    """
    if not row.get("finished"):
        return _note_progress(session, action, row, today)
    # What is done already keeps the result that it has: a ledger takes open actions further, no others.
    if action.status != ActionStatus.OPEN:
        return False
    day = row.get("done_on")
    when, result = moment(day or today), row.get("result") or _("done, as the ledger says")
    action_rules.finish(session, action, result, when, known=day is not None)
    _confirm(session, action, row, when)
    return True


def _confirm(session: Session, action: Action, row: Row, when: When) -> None:
    # A score is the enterprise's word: without one it is still to be asked.
    if row.get("score"):
        action_rules.confirm(session, action, when, score=row["score"])


def _note_progress(session: Session, action: Action, row: Row, today: date) -> bool:
    """What has been done so far of an action in hand; the same words again are no news."""
    from volunteer_cli.actions.queries import steps

    words = row.get("result")
    if not words or action.status != ActionStatus.OPEN:
        return False
    if any(is_same(step.text, words) for step in steps(session, [action.id]).get(action.id, ())):
        return False
    action_rules.progress(session, action, words, moment(today))
    return True


class NeedWriter(PairWriter):
    """Records needs; the same pairing, day and text again is the same need."""

    fields = NEED_FIELDS

    def row(self, number: int, row: Row) -> str:  # noqa: ARG002 - the writers' signature
        """New, updated or the same; raises Rejected."""
        raised_on = row.get("raised_on") or self.importing.today
        pairing = self.pairing_on(row, raised_on)
        need = queries.same_need(self.session, pairing.id, raised_on, row["text"])
        if need is None:
            added = self._add(pairing, row, raised_on)
            carry_on(self.session, added, row, self.importing.today)
            return NEW
        self.matched += 1
        return UPDATED if carry_on(self.session, need, row, self.importing.today) else SAME

    def _add(self, pairing: Pairing, row: Row, raised_on: date) -> Action:
        owner = row.get("owner")
        return rules.need(
            self.session,
            pairing,
            row["text"],
            moment(raised_on),
            field=row.get("field"),
            owner=self.register.find("owner", owner, OrganizationKind.DEPARTMENT) if owner else None,
            due_on=cells.day_of(row.get("due_on"), raised_on),
        )


class ActionWriter(Writer):
    """Records the actions of a council; the same topic, day and text again is the same action."""

    fields = ACTION_FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self.register = OrganizationRegister(session, importing)
        self.council = self._council(importing.options.own["council"])

    def _council(self, text: str | None) -> Council:
        if text:
            return council_queries.find_council(self.session, text)
        councils = council_queries.councils(self.session)
        if len(councils) != 1:
            raise NotFound(kind=_("council"), text="", hint=N_("Say which with --council."))
        return councils[0]

    def row(self, number: int, row: Row) -> str:  # noqa: ARG002 - the writers' signature
        """New, updated or the same; raises Rejected."""
        topic, raised_on = self._topic(row), row.get("raised_on") or self.importing.today
        action = council_queries.same_action(self.session, topic.id, raised_on, row["text"])
        if action is None:
            added = self._add(topic, row, raised_on)
            carry_on(self.session, added, row, self.importing.today)
            return NEW
        self.matched += 1
        return UPDATED if carry_on(self.session, action, row, self.importing.today) else SAME

    def _add(self, topic: Topic, row: Row, raised_on: date) -> Action:
        # What has neither owner nor day piles up.
        for name in ("owner", "due_on"):
            require(row, name)
        values = {
            "owner": self.register.find("owner", row["owner"], OrganizationKind.DEPARTMENT),
            "due_on": cells.day_of(row["due_on"], raised_on),
        }
        return council_rules.add_action(self.session, topic, row["text"], moment(raised_on), **values)

    def _topic(self, row: Row) -> Topic:
        title = row.get("topic")
        topic = council_queries.topic_by_title(self.session, self.council.id, title) if title else None
        if topic is None:
            raise Rejected("topic", NotFound(kind=pgettext("alliance", "topic"), text=title or ""))
        return topic

    def finish(self) -> None:
        """Tell which organizations were added."""
        self.remarks += self.register.remarks()
