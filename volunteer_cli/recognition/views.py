"""How stars, certificates, honours and evaluations are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from volunteer_cli.communities.queries import COMMUNITY
from volunteer_cli.core.dates import Period
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.lookup import named_by
from volunteer_cli.events.queries import EVENT
from volunteer_cli.hours.terms import EVIDENCES
from volunteer_cli.output.view import Column, Kind, View
from volunteer_cli.people.queries import PERSON, person_names
from volunteer_cli.recognition import queries
from volunteer_cli.recognition.terms import AWARD_LEVELS, RATINGS, STANDINGS, Standing
from volunteer_cli.teams.queries import TEAM

Load = Callable[[Any, Sequence[Any]], Mapping[int, Any]]


def standing(record: Any) -> Standing:
    """Whether a record that can be voided counts."""
    return Standing.VOIDED if record.voided_on else Standing.VALID


STANDING = Column("status", N_("Status"), Kind.CHOICE, value=standing, choices=STANDINGS)
WHY_VOIDED = Column("reason", N_("Reason"), value=lambda record: record.void_reason, table=False)
PERSON_NAME = Column("person", N_("Person"), load=named_by("person_id", PERSON))
PERSON_ID = Column("person_id", N_("Person id"), Kind.ID, table=False)
COMMUNITY_NAME = Column("community", N_("Community"), load=named_by("community_id", COMMUNITY), table=False)
COMMUNITY_ID = Column("community_id", N_("Community id"), Kind.ID, table=False)

# --- stars ------------------------------------------------------------


def _grants(session: Any, standings: Sequence[Any]) -> dict[int, Any]:
    return {standing.id: queries.grants(session, standing.id) for standing in standings}


GRANTS = View(
    "grants",
    N_("Star levels granted"),
    (
        Column("level", N_("Star level"), Kind.COUNT),
        Column("on", N_("Date"), Kind.DATE, value=lambda grant: grant.granted_on),
        Column("by", N_("Granted by"), value=lambda grant: grant.granted_by),
        Column("minutes", N_("Hours then"), Kind.MINUTES),
        Column("threshold_minutes", N_("Hours asked for"), Kind.MINUTES, value=lambda grant: grant.threshold),
    ),
)
STARS = View(
    "stars",
    N_("Stars"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("person", N_("Person")),
        PERSON_ID,
        Column("volunteer_no", N_("Volunteer number"), Kind.CODE),
        Column("minutes", N_("Hours"), Kind.MINUTES),
        Column("level", N_("Star level"), Kind.COUNT),
        Column("proposed", N_("Proposed"), Kind.COUNT),
        Column("next_level", N_("Next level"), Kind.COUNT, table=False),
        Column("next_minutes", N_("It asks for"), Kind.MINUTES),
        Column("missing_minutes", N_("Missing"), Kind.MINUTES),
        Column("granted_on", N_("Granted on"), Kind.DATE),
        Column("granted_by", N_("Granted by"), table=False),
        Column("granted_minutes", N_("Hours then"), Kind.MINUTES, table=False),
        Column("below", N_("Below its level"), Kind.FLAG, table=False),
        Column("grants", N_("Star levels granted"), Kind.ROWS, load=_grants, view=GRANTS, show_only=True),
        COMMUNITY_NAME,
        COMMUNITY_ID,
    ),
)

# --- certificates ------------------------------------------------------------


def period(certificate: Any) -> str:
    """The days that a certificate covers, as a period can be typed."""
    return Period(certificate.first_on, certificate.last_on).label


def _lines(session: Any, certificates: Sequence[Any]) -> dict[int, Any]:
    return {
        certificate.id: queries.certificate_lines(session, certificate.id) for certificate in certificates
    }


def _corrected(session: Any, certificates: Sequence[Any]) -> dict[int, bool]:
    corrected = queries.corrected_since(session, [certificate.id for certificate in certificates])
    return {certificate.id: certificate.id in corrected for certificate in certificates}


def _certified(session: Any, certificates: Sequence[Any]) -> dict[int, str]:
    """The names as certificates were issued for; of somebody who was erased, what stands for the name."""
    names = person_names(session, [found.person_id for found in certificates])
    return {found.id: found.name or names[found.person_id] for found in certificates}


LINES = View(
    "lines",
    N_("Lines"),
    (
        Column("date", N_("Date"), Kind.DATE, value=lambda line: line.served_on),
        Column("place", N_("Place")),
        Column("activity", N_("Activity")),
        Column("minutes", N_("Hours"), Kind.MINUTES, total=True),
        Column("evidence", N_("Evidence"), Kind.CHOICE, choices=EVIDENCES),
        Column("hours_id", N_("Record"), Kind.ID),
    ),
)
NUMBER = Column("number", NC_("certificate", "Number"), Kind.CODE)
PERIOD = Column("period", N_("Period"), value=period)
MINUTES = Column("minutes", N_("Hours"), Kind.MINUTES)
CORRECTED = Column("corrected_since", N_("Hours corrected since"), Kind.FLAG, load=_corrected, table=False)

CERTIFICATES = View(
    "certificates",
    N_("Certificates"),
    record=NC_("record", "Certificate"),
    parts={
        NC_("record", "In short"): (
            "number",
            "person",
            "period",
            "minutes",
            "issued_on",
            "status",
            "community",
        ),
        NC_("record", "Who answers for it"): (
            "handler",
            "contact",
            "code",
        ),
        NC_("record", "How the hours are proved"): (
            "scanned_minutes",
            "signed_minutes",
            "reported_minutes",
            "backfilled_minutes",
        ),
        NC_("record", "What became of it"): (
            "corrected_since",
            "voided_on",
            "reason",
            "replaces",
        ),
    },
    columns=(
        Column("id", N_("Id"), Kind.ID),
        NUMBER,
        Column("person", N_("Person"), load=_certified),
        PERSON_ID,
        PERIOD,
        MINUTES,
        Column("issued_on", N_("Issued on"), Kind.DATE),
        STANDING,
        Column("replaces", N_("Replaces"), Kind.CODE, load=named_by("replaces_id", queries.CERTIFICATE)),
        Column("replaces_id", N_("Replaced id"), Kind.ID, table=False),
        Column("handler", N_("Handled by"), table=False),
        Column("contact", N_("Reached at"), Kind.CODE, table=False, shown=True),
        Column("code", N_("Verification code"), Kind.CODE, show_only=True),
        Column("scanned_minutes", N_("By device"), Kind.MINUTES, lambda found: found.scanned, table=False),
        Column(
            "signed_minutes", N_("By signed sheet"), Kind.MINUTES, lambda found: found.signed, table=False
        ),
        Column(
            "reported_minutes", N_("As reported"), Kind.MINUTES, lambda found: found.reported, table=False
        ),
        Column(
            "backfilled_minutes",
            N_("Entered later"),
            Kind.MINUTES,
            lambda found: found.backfilled,
            table=False,
        ),
        CORRECTED,
        Column("voided_on", N_("Voided on"), Kind.DATE, table=False),
        WHY_VOIDED,
        Column("lines", N_("Lines"), Kind.ROWS, load=_lines, view=LINES, show_only=True),
        COMMUNITY_NAME,
        COMMUNITY_ID,
    ),
)
#: What anybody may know of a certificate: nobody's name is on it.
VERIFICATIONS = View("verifications", N_("Verification"), (NUMBER, PERIOD, MINUTES, STANDING, CORRECTED))

# --- honours ------------------------------------------------------------

AWARDS = View(
    "awards",
    N_("Honours"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("title", N_("Honour")),
        PERSON_NAME,
        PERSON_ID,
        Column("team", N_("Team"), load=named_by("team_id", TEAM)),
        Column("team_id", N_("Team id"), Kind.ID, table=False),
        Column("level", N_("Level"), Kind.CHOICE, choices=AWARD_LEVELS),
        Column("by", N_("Awarded by")),
        Column("on", N_("Date"), Kind.DATE, value=lambda award: award.awarded_on),
        Column("document", N_("Document"), Kind.CODE),
        STANDING,
        WHY_VOIDED,
        Column("community", N_("Community"), load=named_by("community_id", COMMUNITY)),
        COMMUNITY_ID,
    ),
)

# --- evaluations ------------------------------------------------------------


def average(record: Any) -> float | None:
    """The mean of the ratings that were given, with one decimal."""
    given = [value for name in RATINGS if (value := getattr(record, name)) is not None]
    return round(sum(given) / len(given), 1) if given else None


EVALUATIONS = View(
    "evaluations",
    N_("Evaluations"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("event", N_("Event"), load=named_by("event_id", EVENT)),
        Column("event_id", N_("Event id"), Kind.ID, table=False),
        PERSON_NAME,
        PERSON_ID,
        *(Column(name, title, Kind.COUNT) for name, title in RATINGS.items()),
        Column("average", N_("Average"), Kind.NUMBER, value=average),
        Column("text", N_("In words")),
        Column("by", N_("Evaluated by")),
        Column("on", N_("Date"), Kind.DATE, value=lambda evaluation: evaluation.recorded_on),
        Column("late", NC_("evaluation", "Late"), Kind.FLAG),
        STANDING,
        WHY_VOIDED,
    ),
)
AVERAGES = View(
    "averages",
    N_("Average evaluations"),
    (
        Column("id", N_("Id"), Kind.ID),
        PERSON_NAME,
        PERSON_ID,
        *(Column(name, title, Kind.NUMBER) for name, title in RATINGS.items()),
        Column("average", N_("Average"), Kind.NUMBER),
        Column("count", N_("Evaluations"), Kind.COUNT),
    ),
)
