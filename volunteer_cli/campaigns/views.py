"""How campaigns, their targets, attempts, plans and progress are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from volunteer_cli.campaigns.explaining import why
from volunteer_cli.campaigns.models import Campaign, Question, Stage
from volunteer_cli.campaigns.queries import finding, leases, listing
from volunteer_cli.campaigns.queries.results import Limits
from volunteer_cli.campaigns.reports import COLUMNS as FIGURES
from volunteer_cli.campaigns.terms import (
    ANSWER_TYPES,
    CAMPAIGN_STATUSES,
    EVIDENCES,
    METHODS,
    OBSTACLES,
    OUTCOMES,
    RESULTS,
    SOURCES,
    UNITS,
    WAYS,
    Unit,
)
from volunteer_cli.campaigns.wording import answers_in_words, condition_in_words
from volunteer_cli.communities.queries import community_names
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.run import run
from volunteer_cli.output.view import Column, Kind, View
from volunteer_cli.people.queries import person_names


def _communities(session: Any, campaigns: Sequence[Campaign]) -> Mapping[int, Any]:
    names = community_names(session)
    return {campaign.id: names[campaign.community_id] for campaign in campaigns}


def _last_stages(session: Any, campaigns: Sequence[Campaign]) -> Mapping[int, Any]:
    opened = {campaign.id: finding.opened_stages(session, campaign) for campaign in campaigns}
    return {key: stages[-1].name for key, stages in opened.items() if stages}


def _targets(session: Any, campaigns: Sequence[Campaign]) -> Mapping[int, int]:
    return listing.sizes(session, [campaign.id for campaign in campaigns], run().clock.now)


def _done(session: Any, campaigns: Sequence[Campaign]) -> Mapping[int, int]:
    now = run().clock.now
    return {campaign.id: listing.done(session, campaign, now) for campaign in campaigns}


def _stage_rows(session: Any, campaigns: Sequence[Campaign]) -> Mapping[int, Any]:
    return {
        campaign.id: [_stage_row(each) for each in finding.stages(session, campaign)]
        for campaign in campaigns
    }


def _stage_row(stage: Stage) -> dict[str, Any]:
    conditions = [condition_in_words(name, values) for name, *values in stage.conditions]
    return {
        "name": stage.name,
        "where": conditions,
        "method": stage.method,
        "daily": stage.days,
        "recheck": stage.share,
        "seed": stage.seed,
        "opened_at": stage.opened_at,
    }


def _question_rows(session: Any, campaigns: Sequence[Campaign]) -> Mapping[int, Any]:
    return {
        campaign.id: [_question_row(each) for each in finding.questions(session, campaign)]
        for campaign in campaigns
    }


def _question_row(question: Question) -> dict[str, Any]:
    choices = question.choices.split("\n") if question.choices else []
    return {"code": question.code, "text": question.text, "type": question.type, "choices": choices}


STAGES = View(
    "stages",
    N_("Stages"),
    (
        Column("name", NC_("stage", "Name")),
        Column("where", NC_("stage", "Where"), Kind.LIST),
        Column("method", N_("Method"), Kind.CHOICE, choices=METHODS),
        Column("daily", N_("Days"), Kind.NUMBER),
        Column("recheck", N_("Re-check"), Kind.PERCENT),
        Column("seed", N_("Seed"), Kind.NUMBER),
        Column("opened_at", N_("Opened"), Kind.DATETIME),
    ),
    identity="name",
)
QUESTIONS = View(
    "questions",
    N_("Questions"),
    (
        Column("code", N_("Code"), Kind.CODE),
        Column("text", N_("Question")),
        Column("type", N_("Type"), Kind.CHOICE, choices=ANSWER_TYPES),
        Column("choices", N_("Choices"), Kind.LIST),
    ),
    identity="code",
)
CAMPAIGNS = View(
    "campaigns",
    N_("Campaigns"),
    record=NC_("record", "Campaign"),
    parts={
        NC_("record", "In short"): (
            "name",
            "code",
            "purpose",
            "method",
            "unit",
            "status",
            "community",
        ),
        NC_("record", "When"): (
            "start",
            "end",
            "urgent",
        ),
        NC_("record", "How far it is"): (
            "stage",
            "targets",
            "done",
            "coverage_only",
            "counts_as_visit",
        ),
    },
    columns=(
        Column("id", N_("Id"), Kind.ID),
        Column("code", N_("Code"), Kind.CODE),
        Column("name", NC_("campaign", "Name"), keep=True),
        Column("unit", N_("Unit of the list"), Kind.CHOICE, choices=UNITS, table=False),
        Column("method", N_("Method"), Kind.CHOICE, choices=METHODS),
        Column("status", N_("Status"), Kind.CHOICE, value=finding.status_of, choices=CAMPAIGN_STATUSES),
        Column("start", N_("Start"), Kind.DATE, value=lambda campaign: campaign.starts_on),
        Column("end", N_("End"), Kind.DATE, value=lambda campaign: campaign.ends_on),
        Column("purpose", N_("Purpose"), table=False, show_only=True),
        Column("urgent", N_("Urgent"), Kind.FLAG, table=False),
        Column("coverage_only", N_("Coverage only"), Kind.FLAG, table=False),
        Column("counts_as_visit", N_("Counts as a visit"), Kind.FLAG, table=False),
        Column("stage", N_("Stage"), load=_last_stages),
        Column("targets", N_("Targets"), Kind.COUNT, load=_targets, default=0),
        Column("done", NC_("target", "Done"), Kind.COUNT, load=_done, default=0),
        Column("community", N_("Community"), load=_communities, table=False),
        Column(
            "stages", N_("Its stages"), Kind.ROWS, load=_stage_rows, default=(), view=STAGES, show_only=True
        ),
        Column(
            "questions",
            N_("Questions"),
            Kind.ROWS,
            load=_question_rows,
            default=(),
            view=QUESTIONS,
            show_only=True,
        ),
    ),
)


# --- targets ------------------------------------------------------------


def _people(name: str) -> Any:
    def load(session: Any, rows: Sequence[Any]) -> Mapping[int, Any]:
        names = person_names(session, {getattr(row, name) for row in rows})
        return {row.id: names.get(getattr(row, name)) for row in rows if getattr(row, name)}

    return load


def _stages(session: Any, rows: Sequence[Any]) -> dict[int, Stage]:
    from sqlalchemy import select

    ids = {row.stage_id for row in rows if row.stage_id}
    return {stage.id: stage for stage in session.scalars(select(Stage).where(Stage.id.in_(ids)))}


def _stage_names(session: Any, rows: Sequence[Any]) -> Mapping[int, Any]:
    stages = _stages(session, rows)
    return {row.id: stages[row.stage_id].name for row in rows if row.stage_id}


def _rounds(session: Any, rows: Sequence[Any]) -> Mapping[int, Any]:
    """The round of a target: that of the list, else today's of its daily stage."""
    stages, now = _stages(session, rows), run().clock.now
    daily = {key for key, stage in stages.items() if stage.days is not None and finding.round_on(stage, now)}
    today = {row.id: now.date() for row in rows if row.stage_id in daily}
    return today | {row.id: row.round for row in rows if row.round is not None}


def _why(session: Any, rows: Sequence[Any]) -> Mapping[int, Any]:
    limits = Limits.of(session)
    return {row.id: why(row, limits) for row in rows}


def _leases(session: Any, rows: Sequence[Any]) -> Mapping[int, Any]:
    return leases.leases(session, [row.id for row in rows], run().clock.now)


def _leased_to(session: Any, rows: Sequence[Any]) -> Mapping[int, Any]:
    held_by = _leases(session, rows)
    names = person_names(session, {lease.person_id for lease in held_by.values()})
    return {key: names.get(lease.person_id) for key, lease in held_by.items()}


def _leased_until(session: Any, rows: Sequence[Any]) -> Mapping[int, Any]:
    return {key: lease.until for key, lease in _leases(session, rows).items()}


def _star(name: str) -> Any:
    return lambda row: "*" if getattr(row, name) else None


TARGET = (
    Column("id", NC_("target", "Number on the list"), Kind.ID),
    Column("household", N_("Household"), Kind.CODE),
    Column("household_id", N_("Household id"), Kind.ID, table=False),
    Column("person", N_("Person"), load=_people("person_id"), table=False),
    Column("person_id", N_("Person id"), Kind.ID, table=False),
    Column("grid", N_("Grid")),
    Column("building", N_("Building")),
    Column("unit", N_("Unit"), Kind.ADDRESS, masked=_star("unit"), table=False),
    Column("room", N_("Room"), Kind.ADDRESS, masked=_star("room"), table=False),
    Column("stage", N_("Stage"), load=_stage_names),
    Column("round", N_("Round"), Kind.DATE, load=_rounds, table=False),
    Column("source", N_("Source"), Kind.CHOICE, choices=SOURCES, table=False),
    Column("result", NC_("target", "Result"), Kind.CHOICE, choices=RESULTS),
    Column("why", NC_("target", "Why"), load=_why, table=False),
    Column("attempts", NC_("targets", "Attempts"), Kind.COUNT),
    Column("last_outcome", N_("Last outcome"), Kind.CHOICE, choices=OUTCOMES),
    Column("last_at", N_("Last attempt"), Kind.DATETIME),
    Column(
        "next_at",
        N_("Call again at"),
        Kind.DATETIME,
        value=lambda row: row.next_at if row.last_outcome == "callback" else None,
    ),
    Column("leased_to", N_("With"), load=_leased_to),
    Column("leased_until", NC_("lease", "Until"), Kind.DATETIME, load=_leased_until, table=False),
)
TARGETS = View("targets", N_("Targets"), TARGET)


def of_unit(view: View, campaign: Campaign) -> View:
    """A view of targets that names the person in lists too, where persons stand on the list."""
    if campaign.unit != Unit.PERSON:
        return view
    columns = (replace(each, table=True) if each.name == "person" else each for each in view.columns)
    return replace(view, columns=tuple(columns))


def _previous(session: Any, rows: Sequence[Any]) -> Mapping[int, Any]:
    """The attempts before, without what was said in confidence."""
    attempts = listing.attempts_of(session, [row.id for row in rows])
    names = person_names(session, {each.by_id for made in attempts.values() for each in made})
    return {
        key: [
            {
                "at": each.at,
                "by": names.get(each.by_id),
                "method": each.method,
                "outcome": each.outcome,
                "callback_at": each.callback_at,
            }
            for each in made
        ]
        for key, made in attempts.items()
    }


def _promised_by(session: Any, rows: Sequence[Any]) -> Mapping[int, Any]:
    promised = [row for row in rows if row.last_outcome == "callback"]
    names = person_names(session, {row.last_by_id for row in promised})
    return {row.id: names.get(row.last_by_id) for row in promised}


PREVIOUS = View(
    "previous",
    N_("Attempts before"),
    (
        Column("at", NC_("attempt", "Time"), Kind.DATETIME),
        Column("by", NC_("attempt", "By")),
        Column("method", N_("Method"), Kind.CHOICE, choices=WAYS),
        Column("outcome", NC_("attempt", "Outcome"), Kind.CHOICE, choices=OUTCOMES),
        Column("callback_at", N_("Call again at"), Kind.DATETIME),
    ),
    identity="at",
)
DEALT = View(
    "dealt",
    N_("Targets dealt"),
    (
        *TARGET,
        Column("phone", N_("Phone"), Kind.PHONE),
        Column("head", N_("Head"), load=_people("head_id")),
        Column("promised_by", N_("Promised by"), load=_promised_by),
        Column(
            "previous",
            N_("Attempts before"),
            Kind.ROWS,
            load=_previous,
            default=(),
            view=PREVIOUS,
            table=False,
        ),
    ),
)


STANDING = View(
    "why",
    N_("Why a target is dealt, or not"),
    (
        *TARGET,
        Column("obstacle", N_("Obstacle"), Kind.CHOICE, choices=OBSTACLES),
        Column("says", N_("Dealing")),
        Column("previous", N_("Attempts before"), Kind.ROWS, load=_previous, default=(), view=PREVIOUS),
    ),
)


# --- attempts ------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """An attempt with its answers: those that are counted, and with `words` the confidential ones too."""

    attempt: Any
    answers: Mapping[str, str | None] = field(default_factory=dict)
    words: Mapping[str, str | None] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        """What is known of the attempt itself."""
        return getattr(self.attempt, name)


def told(session: Any, attempts: Sequence[Any]) -> list[Told]:
    """Attempts as they are shown."""
    ids = [attempt.id for attempt in attempts]
    counted = listing.answers_of(session, ids, words=False)
    every = listing.answers_of(session, ids, words=True)
    return [Told(each, counted.get(each.id, {}), every.get(each.id, {})) for each in attempts]


def _attempt_stages(session: Any, rows: Sequence[Any]) -> Mapping[int, Any]:
    return _stage_names(session, rows)


ATTEMPTS = View(
    "attempts",
    NC_("targets", "Attempts"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("target", NC_("target", "Number on the list"), Kind.ID, value=lambda row: row.target_id),
        Column("at", NC_("attempt", "Time"), Kind.DATETIME),
        Column("by", NC_("attempt", "By"), load=_people("by_id")),
        Column("by_id", NC_("attempt", "By (id)"), Kind.ID, table=False),
        Column("method", N_("Method"), Kind.CHOICE, choices=WAYS),
        Column("outcome", NC_("attempt", "Outcome"), Kind.CHOICE, choices=OUTCOMES),
        Column(
            "evidence",
            N_("Proof of vacancy"),
            Kind.LIST,
            value=lambda row: (row.evidence or "").split(",") if row.evidence else [],
            choices=EVIDENCES,
            table=False,
        ),
        Column("callback_at", N_("Call again at"), Kind.DATETIME),
        Column(
            "answers",
            N_("Answers"),
            value=lambda row: answers_in_words(row.words),
            masked=lambda row: answers_in_words(row.answers),
            table=False,
        ),
        Column("agrees", N_("Agrees"), Kind.FLAG, table=False),
        Column("note", N_("Note"), hidden=True, table=False),
        Column("request_id", N_("Request id"), Kind.ID, table=False),
        Column("stage", N_("Stage"), load=_attempt_stages),
        Column("round", N_("Round"), Kind.DATE, table=False),
    ),
)


# --- plan and progress ------------------------------------------------------------


PLANS = View(
    "plan",
    N_("Plan of a campaign"),
    (
        Column("grid", N_("Grid"), blank=N_("no grid")),
        Column("day", N_("Day"), Kind.DATE),
        Column("count", NC_("campaign", "Planned"), Kind.COUNT, total=True),
    ),
    identity="",
)
HEADS = {
    "grid": (Column("grid", N_("Grid"), blank=N_("no grid")),),
    "building": (Column("building", N_("Building")),),
    "day": (Column("day", N_("Day"), Kind.DATE),),
    "stage": (Column("stage", N_("Stage")),),
    "round": (Column("stage", N_("Stage")), Column("round", N_("Round"), Kind.DATE)),
    "person": (
        Column("person", N_("Last tried by"), blank=N_("nobody yet")),
        Column("person_id", N_("Person id"), Kind.ID, table=False),
    ),
}


#: What is added up over rows each of which is of other targets.
ADDS_UP = frozenset({"grid", "building", "person"})


def progress_view(by: str | None) -> View:
    """The view of progress by something, or in all."""
    heads = HEADS[by] if by else ()
    return View("progress", N_("Progress of a campaign"), (*heads, *FIGURES), identity="")
