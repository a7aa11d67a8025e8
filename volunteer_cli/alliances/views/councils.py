"""How councils, their topics and their sessions are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from volunteer_cli.actions.views import ids_of
from volunteer_cli.alliances.queries import councils as queries
from volunteer_cli.alliances.queries.alliances import ALLIANCE
from volunteer_cli.alliances.terms import (
    ALLIANCE_STATUSES,
    ITEM_STATUSES,
    SESSION_STATUSES,
    TOPIC_STATUSES,
    TOPIC_STEPS,
)
from volunteer_cli.alliances.views.alliances import in_use
from volunteer_cli.communities.queries import community_names
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.lookup import named_by
from volunteer_cli.organizations.queries import organization_names
from volunteer_cli.organizations.terms import ALLIANCE_FIELDS
from volunteer_cli.output.view import Column, Kind, View
from volunteer_cli.people.queries import person_names

Load: TypeAlias = Callable[[Any, Sequence[Any]], Mapping[int, Any]]


def _communities(session: Any, records: Sequence[Any]) -> Mapping[int, Any]:
    names = community_names(session)
    return {record.id: names.get(record.community_id) for record in records}


COUNCILS = View(
    "councils",
    N_("Councils"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("code", N_("Code"), Kind.CODE),
        Column("name", N_("Council")),
        Column("alliance", N_("Alliance"), load=named_by("alliance_id", ALLIANCE)),
        Column("alliance_id", N_("Alliance id"), Kind.ID, table=False),
        Column("community", N_("Community"), load=_communities),
        Column("community_id", N_("Community id"), Kind.ID, table=False),
        Column("status", N_("Status"), Kind.CHOICE, value=in_use, choices=ALLIANCE_STATUSES, table=False),
    ),
)


def _proposers(session: Any, topics: Sequence[Any]) -> Mapping[int, Any]:
    people = person_names(session, (topic.proposer_person_id for topic in topics))
    organizations = organization_names(session, (topic.proposer_organization_id for topic in topics))
    return {topic.id: _proposer(topic, people, organizations) for topic in topics}


def _proposer(topic: Any, people: Mapping[int, str], organizations: Mapping[int, str]) -> str | None:
    if topic.proposer_person_id is not None:
        name: str | None = people[topic.proposer_person_id]
    else:
        name = organizations.get(topic.proposer_organization_id or 0, topic.proposed_by)
    return name


def _decided(name: str) -> Load:
    def load(session: Any, topics: Sequence[Any]) -> Mapping[int, Any]:
        return {key: getattr(row, name) for key, row in queries.decisions(session, ids_of(topics)).items()}

    return load


def _decided_at(session: Any, topics: Sequence[Any]) -> Mapping[int, Any]:
    return {key: queries.label_of(row) for key, row in queries.decisions(session, ids_of(topics)).items()}


def _counts(*, unsettled: bool) -> Load:
    return lambda session, topics: queries.action_counts(session, ids_of(topics), unsettled=unsettled)


STEPS = View(
    "steps",
    N_("Steps"),
    (
        Column("id", N_("Id"), Kind.ID, table=False),
        Column("on", NC_("alliance", "Day"), Kind.DATE),
        Column("step", N_("Step"), Kind.CHOICE, choices=TOPIC_STEPS),
        Column("text", NC_("alliance", "Text")),
    ),
)
TOPICS = View(
    "topics",
    N_("Topics"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("council", N_("Council"), load=named_by("council_id", queries.COUNCIL), table=False),
        Column("council_id", N_("Council id"), Kind.ID, table=False),
        Column("title", NC_("alliance", "Topic")),
        Column("field", N_("Alliance field"), Kind.CHOICE, choices=ALLIANCE_FIELDS, table=False),
        Column("text", NC_("alliance", "Text"), table=False),
        Column("proposed_by", N_("Proposed by"), load=_proposers),
        Column("proposed_on", N_("Proposed on"), Kind.DATE),
        Column("status", N_("Status"), Kind.CHOICE, choices=TOPIC_STATUSES),
        Column("accepted_on", N_("Accepted on"), Kind.DATE, table=False),
        Column(
            "deferrals",
            N_("Deferrals"),
            Kind.COUNT,
            load=lambda session, topics: queries.deferrals(session, ids_of(topics)),
            default=0,
        ),
        Column("session", N_("Session"), load=_decided_at),
        Column("session_id", N_("Session id"), Kind.ID, load=_decided("session_id"), table=False),
        Column("decision", N_("Decision"), load=_decided("text"), table=False),
        Column("actions", N_("Actions"), Kind.COUNT, load=_counts(unsettled=False), default=0),
        Column("open_actions", N_("Open actions"), Kind.COUNT, load=_counts(unsettled=True), default=0),
        Column("answered_on", N_("Answered on"), Kind.DATE, table=False),
        Column("answer", N_("Answer"), table=False),
        Column("need", N_("Need"), Kind.ID, value=lambda topic: topic.need_id, table=False),
        Column(
            "steps",
            N_("Steps"),
            Kind.ROWS,
            load=lambda session, topics: queries.topic_steps(session, ids_of(topics)),
            default=(),
            view=STEPS,
            show_only=True,
        ),
    ),
)


def _quorum(name: str) -> Load:
    def load(session: Any, meetings: Sequence[Any]) -> Mapping[int, Any]:
        return {key: getattr(each, name) for key, each in queries.quorums(session, meetings).items()}

    return load


def _agenda_counts(status: str = "") -> Load:
    def load(session: Any, meetings: Sequence[Any]) -> Mapping[int, Any]:
        agendas = {meeting.id: queries.agenda(session, meeting) for meeting in meetings}
        counts = {key: Counter(item.status for item in items) for key, items in agendas.items()}
        return {key: each[status] if status else each.total() for key, each in counts.items()}

    return load


def _attendance(session: Any, meetings: Sequence[Any]) -> Mapping[int, Any]:
    return {meeting.id: queries.attendance(session, meeting) for meeting in meetings}


def _agendas(session: Any, meetings: Sequence[Any]) -> Mapping[int, Any]:
    return {meeting.id: queries.agenda(session, meeting) for meeting in meetings}


AGENDA = View(
    "agenda",
    N_("Agenda"),
    (
        Column("id", N_("Topic id"), Kind.ID),
        Column("title", NC_("alliance", "Topic"), value=lambda item: item.topic.title),
        Column("proposed_on", N_("Proposed on"), Kind.DATE, value=lambda item: item.topic.proposed_on),
        Column("status", N_("Status"), Kind.CHOICE, choices=ITEM_STATUSES),
        Column("reason", N_("Reason")),
    ),
)
ATTENDANCE = View(
    "attendance",
    NC_("alliance", "Attendance"),
    (
        Column("id", N_("Id"), Kind.ID, table=False),
        Column("organization", N_("Organization")),
        Column("organization_id", N_("Organization id"), Kind.ID),
        Column("present", N_("Present"), Kind.FLAG),
        Column("by", N_("Represented by")),
    ),
    identity="organization_id",
)
SESSIONS = View(
    "sessions",
    NC_("alliance", "Sessions"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("number", N_("Number"), Kind.CODE),
        Column("council", N_("Council"), load=named_by("council_id", queries.COUNCIL), table=False),
        Column("council_id", N_("Council id"), Kind.ID, table=False),
        Column("starts_at", N_("Start"), Kind.DATETIME),
        Column("ends_at", N_("End"), Kind.DATETIME, table=False),
        Column("place", N_("Place")),
        Column("present", N_("Present"), Kind.COUNT, load=_quorum("present")),
        Column("members", NC_("alliance", "Members"), Kind.COUNT, load=_quorum("members")),
        Column("quorum", N_("Quorum"), Kind.COUNT, load=_quorum("needed")),
        Column("topics", N_("Topics"), Kind.COUNT, load=_agenda_counts()),
        Column("decided", NC_("alliance", "Decided"), Kind.COUNT, load=_agenda_counts("decided")),
        Column("deferred", N_("Deferred"), Kind.COUNT, load=_agenda_counts("deferred")),
        Column("status", N_("Status"), Kind.CHOICE, choices=SESSION_STATUSES),
        Column("closed_on", NC_("alliance", "Closed on"), Kind.DATE, table=False),
        Column("agenda", N_("Agenda"), Kind.ROWS, load=_agendas, default=(), view=AGENDA, show_only=True),
        Column(
            "attendance",
            NC_("alliance", "Attendance"),
            Kind.ROWS,
            load=_attendance,
            default=(),
            view=ATTENDANCE,
            show_only=True,
        ),
    ),
)
