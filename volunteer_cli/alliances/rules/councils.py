"""What may happen to a council and to the topics that are brought to it.

A topic ends in a decision that was carried out and told to whoever proposed it, or in a reasoned act; it is
never lost between two sessions (提出、受理、决议、督办、反馈).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.actions import rules as action_rules
from volunteer_cli.actions.models import Action
from volunteer_cli.actions.rules import When, require_active
from volunteer_cli.actions.terms import ACTION_STATUSES, ActionSource, ActionStatus
from volunteer_cli.alliances.models import Council, Topic, TopicAction, TopicStep
from volunteer_cli.alliances.queries import councils as queries
from volunteer_cli.alliances.terms import TOPIC_STATUSES, TopicStatus
from volunteer_cli.alliances.terms import TopicStep as Step
from volunteer_cli.core.errors import Conflict, RuleError, UsageFault
from volunteer_cli.core.i18n import N_, _, listed, pgettext
from volunteer_cli.core.lookup import label
from volunteer_cli.core.rules import checked_code
from volunteer_cli.core.steps import require_step
from volunteer_cli.core.text import required
from volunteer_cli.organizations.models import Organization
from volunteer_cli.people.models import Person

#: Titles are cut at the length of their column.
LONGEST_TITLE = 200


class CouncilArchived(RuleError):
    """{council} is archived"""

    code = "archived"
    hint = N_("Bring it back first: volunteer council restore {code_typed}")


class WrongState(RuleError):
    """Topic {id} is {status}"""

    code = "wrong_state"
    hint = N_("See what became of it: volunteer council topic {id}")


class NotDecided(RuleError):
    """Topic {id} is {status}: actions and answers follow from what a session decided"""

    code = "not_decided"
    hint = N_(
        "Decide it at a session first: volunteer council decide {id} --session SESSION --text TEXT; one that "
        "is closed comes back with: volunteer council reopen {id}"
    )


class OpenActions(RuleError):
    """Topic {id} has actions that are neither confirmed nor dropped: {actions}"""

    code = "open_actions"
    hint = N_("Have them confirmed first: volunteer council confirm ACTION")
    explanation = N_(
        "A topic is closed when all that was decided is done, confirmed by who raised it, and told to whoever "
        "proposed it. That closes the loop from a need to its confirmation."
    )


class AlreadyRaised(RuleError):
    """The need was raised to a council already, as topic {id}"""

    code = "already_raised"
    hint = N_("See it: volunteer council topic {id}")


class NotNeed(RuleError):
    """Action {id} is a council's and no need of an enterprise"""

    code = "not_need"
    hint = N_("List the needs: volunteer pairing needs")


@dataclass(frozen=True)
class Proposer:
    """Who brings a topic to a council: a person or an organization on file, or a name."""

    text: str | None = None
    person: Person | None = None
    organization: Organization | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """What a topic keeps of it."""
        return {
            "proposed_by": self.text,
            "proposer_person_id": self.person.id if self.person else None,
            "proposer_organization_id": self.organization.id if self.organization else None,
        }


# --- councils ------------------------------------------------------------


class WhoseCouncil(UsageFault):
    """Say whose council it is: either --alliance or --for-community"""

    code = "which_council"


def require_one_owner(*, alliance: bool, community: bool) -> None:
    """Refuse a council that would be of nobody, or of two; raises WhoseCouncil."""
    if alliance == community:
        raise WhoseCouncil


def add_council(session: Session, row: Mapping[str, Any]) -> Council:
    """A new council of an alliance or a community.

    Raises:
        BadCode, Conflict: the code is none, or code or name is another's.
    """
    council = Council(**{**row, "code": checked_code(row["code"])})
    _require_own(session, council)
    session.add(council)
    session.flush()
    return council


def edit_council(session: Session, council: Council, changes: Mapping[str, Any]) -> None:
    """Give a council another name or code; raises BadCode, Conflict."""
    with session.no_autoflush:
        for name, value in changes.items():
            setattr(council, name, checked_code(value) if name == "code" else value)
        _require_own(session, council)
    session.flush()


def _require_own(session: Session, council: Council) -> None:
    for field, column in ((_("name"), Council.name_key), (_("code"), Council.code)):
        value = getattr(council, column.key)
        query = select(Council).where(column == value, Council.id != (council.id or 0))
        if other := session.scalar(query.limit(1)):
            raise Conflict(field=field, value=value, owner=label(queries.COUNCIL, other))


def require_in_use(council: Council) -> None:
    """Refuse a council that is archived; raises CouncilArchived."""
    if council.archived_on is not None:
        raise CouncilArchived(council=council.name, code_typed=council.code)


# --- topics ------------------------------------------------------------


def propose(
    session: Session,
    council: Council,
    title: str,
    when: When,
    *,
    proposer: Proposer,
    field: str | None = None,
    text: str | None = None,
    need: Action | None = None,
) -> Topic:
    """Bring a topic to a council; one that comes of a need points back to it.

    Raises:
        AlreadyRaised: the need is a topic already, here or at another council.
        NotNeed: what is named as a need is another action.
        CouncilArchived, StepAhead, MissingValue: as their sentences say.
    """
    require_in_use(council)
    _require_proposable(session, need, when)
    topic = Topic(
        council_id=council.id,
        title=required(title, pgettext("alliance", "Title"))[:LONGEST_TITLE],
        text=required(text, pgettext("alliance", "Text")) if text else None,
        proposed_on=when.day,
        status=TopicStatus.PROPOSED.value,
        **_of_need(need, field),
        **proposer.columns,
    )
    session.add(topic)
    session.flush()
    note(session, topic, Step.PROPOSED, when)
    return topic


def _of_need(need: Action | None, field: str | None) -> dict[str, Any]:
    """What a topic keeps of the need that it comes of; its field holds unless another is given."""
    if need is None:
        return {"need_id": None, "field": field}
    return {"need_id": need.id, "field": field or need.field}


def _require_proposable(session: Session, need: Action | None, when: When) -> None:
    """Raises NotNeed, NotOpen, AlreadyRaised, StepAhead, OutOfOrder."""
    raised_on = None
    if need is not None:
        _require_raisable(session, need)
        raised_on = need.raised_on
    require_step(when.on, now=when.now, last=raised_on, thing=_("the need"))


def _require_raisable(session: Session, need: Action) -> None:
    """Raises NotNeed, NotOpen, AlreadyRaised."""
    # Two topics of one need would be answered twice, and the enterprise asked twice.
    if need.source != ActionSource.NEED:
        raise NotNeed(id=need.id)
    if raised := queries.topic_of_need(session, need.id):
        raise AlreadyRaised(id=raised.id)
    if need.status != ActionStatus.OPEN:
        raise action_rules.NotOpen(id=need.id, status=_(ACTION_STATUSES[need.status]))


def note(session: Session, topic: Topic, step: Step, when: When, text: str | None = None) -> None:
    """Keep that a step happened."""
    session.add(TopicStep(topic_id=topic.id, step=step.value, happened_on=when.day, text=text))
    session.flush()


def require_order(session: Session, topic: Topic, when: When) -> None:
    """Refuse a step in the future or before the topic's last one; raises StepAhead, OutOfOrder."""
    thing = _("topic {id}").format(id=topic.id)
    require_step(when.on, now=when.now, last=queries.last_topic_step(session, topic.id), thing=thing)


def require_status(topic: Topic, *statuses: TopicStatus) -> None:
    """Refuse a topic that is in none of these states; raises WrongState."""
    if topic.status not in statuses:
        raise WrongState(id=topic.id, status=_(TOPIC_STATUSES[topic.status]))


def accept(session: Session, topic: Topic, when: When) -> bool:
    """Take a proposed topic up, so that it stands on the next agenda, and answer whether that is new.

    Raises:
        WrongState: it is no longer proposed; one that was ended is reopened.
    """
    if topic.status == TopicStatus.ACCEPTED:
        return False
    require_status(topic, TopicStatus.PROPOSED)
    require_order(session, topic, when)
    topic.status, topic.accepted_on = TopicStatus.ACCEPTED.value, when.day
    note(session, topic, Step.ACCEPTED, when)
    return True


#: What `reopen` brings back to accepted, with all that was said of it.
REOPENED = (TopicStatus.DECLINED, TopicStatus.WITHDRAWN, TopicStatus.DECIDED, TopicStatus.CLOSED)


def reopen(session: Session, topic: Topic, when: When) -> bool:
    """Bring a topic back to the next agenda with its history, and answer whether that is new.

    Raises:
        WrongState: it is not accepted yet.
    """
    if topic.status == TopicStatus.ACCEPTED:
        return False
    require_status(topic, *REOPENED)
    require_order(session, topic, when)
    # Decisions, deferrals and steps stay where they are: a topic comes back with its history.
    topic.status, topic.accepted_on = TopicStatus.ACCEPTED.value, when.day
    topic.answered_on, topic.answer = None, None
    note(session, topic, Step.REOPENED, when)
    return True


def end(session: Session, topic: Topic, status: TopicStatus, reason: str, when: When) -> bool:
    """Decline or withdraw a topic with a reason, and answer whether that is new.

    Raises:
        WrongState: it is decided, closed, or ended in the other way.
    """
    if topic.status == status:
        return False
    require_status(topic, TopicStatus.PROPOSED, TopicStatus.ACCEPTED)
    require_order(session, topic, when)
    topic.status = status.value
    note(session, topic, Step(status.value), when, required(reason, _("Reason")))
    return True


def require_decided(topic: Topic) -> None:
    """Refuse a topic on which nothing is decided that is still to be carried out; raises NotDecided."""
    if topic.status != TopicStatus.DECIDED:
        raise NotDecided(id=topic.id, status=_(TOPIC_STATUSES[topic.status]))


def add_action(session: Session, topic: Topic, text: str, when: When, **values: Any) -> Action:
    """An action that follows from a decided topic: `owner`, `due_on`.

    Raises:
        NotDecided: nothing is decided yet.
        BadDeadline, StepAhead, OrganizationArchived: as their sentences say.
    """
    require_decided(topic)
    require_order(session, topic, When(when.day, when.now))
    # Owner and day are no options of choice: what has neither piles up and is done by nobody.
    row = {
        "source": ActionSource.TOPIC.value,
        "text": text,
        "field": topic.field,
        "raised_by": topic.proposed_by,
        "raised_by_id": topic.proposer_organization_id,
        "owner_id": require_active(values["owner"]).id,
        "due_on": values["due_on"],
    }
    action = action_rules.raise_action(session, when, row)
    session.add(TopicAction(topic_id=topic.id, action_id=action.id))
    session.flush()
    return action


def answer(session: Session, topic: Topic, text: str, when: When) -> Action | None:
    """Tell the proposer what came of a topic, which closes it; answers the need that its enterprise is to confirm.

    Raises:
        NotDecided: nothing is decided, or it is closed already.
        OpenActions: something that was decided is neither confirmed nor dropped.
        StepAhead, OutOfOrder, MissingValue: as their sentences say.
    """
    require_decided(topic)
    # Carried out, then told: 反馈 is the last of the steps of a consultation (中办发〔2015〕41号).
    if ids := queries.unsettled_actions(session, topic.id):
        raise OpenActions(id=topic.id, actions=listed(ids))
    require_order(session, topic, when)
    told = required(text, pgettext("alliance", "Text"))
    topic.answer, topic.answered_on = told, when.day
    topic.status = TopicStatus.CLOSED.value
    note(session, topic, Step.ANSWERED, when, told)
    return _finish_need(session, topic, told, when)


def _finish_need(session: Session, topic: Topic, result: str, when: When) -> Action | None:
    """Call the need that a topic came of done, and answer it: its enterprise alone can confirm that it is."""
    need = session.get(Action, topic.need_id) if topic.need_id else None
    if need is None or need.status != ActionStatus.OPEN:
        return None
    action_rules.finish(session, need, result, when)
    return need
