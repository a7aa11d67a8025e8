"""How people are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from volunteer_cli.areas import contributed
from volunteer_cli.core.i18n import N_, NC_, _
from volunteer_cli.core.run import run
from volunteer_cli.fields.terms import Noun
from volunteer_cli.fields.views import WHOLE, stored_columns
from volunteer_cli.output.declared import columns
from volunteer_cli.output.view import Column, Kind, View, extended
from volunteer_cli.people import queries
from volunteer_cli.people.duplicates import Pair
from volunteer_cli.people.fields import BESIDES, IDENTITY, LISTS, REGISTERED_ON
from volunteer_cli.people.labels import tag_dates
from volunteer_cli.people.terms import (
    COMPARED,
    COMPARISONS,
    DUPLICATE_REASONS,
    LEAVINGS,
    PERSON_STATUSES,
    TAGS,
    LabelKind,
    PersonStatus,
)

Load = Callable[[Any, Sequence[Any]], Mapping[int, Any]]


def _labels(kind: LabelKind) -> Load:
    return lambda session, people: queries.labels_of(
        session, [person.id for person in people], kind, run().clock.today
    )


#: The words of each list stand in a table of their own.
LOADS = {field.name: _labels(LabelKind(field.typed)) for field in LISTS}


def _communities(session: Any, people: Sequence[Any]) -> Mapping[int, Any]:
    from volunteer_cli.communities.queries import community_names

    names = community_names(session)
    return {person.id: names[person.community_id] for person in people}


def _guardians(session: Any, people: Sequence[Any]) -> Mapping[int, Any]:
    names = queries.person_names(session, (person.guardian_id for person in people))
    return {person.id: names[person.guardian_id] for person in people if person.guardian_id}


def status(person: Any) -> PersonStatus:
    """Whether a person's record is in use."""
    if person.erased_on:
        return PersonStatus.ERASED
    return PersonStatus.ARCHIVED if person.archived_on else PersonStatus.ACTIVE


def _age(person: Any) -> int | None:
    from volunteer_cli.core.dates import age_on

    return age_on(person.birth, run().clock.today)


TAG_DATES = View(
    "tag_dates",
    N_("Tags by day"),
    (
        Column("tag", N_("Tag"), choices=TAGS),
        Column("since", NC_("tag", "Since"), Kind.DATE),
        Column("until", NC_("tag", "Until"), Kind.DATE),
    ),
)


def _tag_dates(session: Any, people: Sequence[Any]) -> Mapping[int, Any]:
    return tag_dates(session, [person.id for person in people])


#: What later areas know of a person (teams, minutes, stars, trainings …) they add themselves.
PEOPLE = View(
    "people",
    NC_("list", "People"),
    record=N_("Resident's record"),
    parts={
        N_("Who it is"): (
            *("name", "volunteer_no", "sex", "birth", "age", "id_number", "ethnicity", "education"),
            *("political_status", "workplace", "status", "community"),
        ),
        N_("How to reach them"): (
            *("phone", "phone_alt", "email", "address", "building", "unit", "room", "grid", "household"),
            *("guardian", "emergency_contact"),
        ),
        NC_("record", "Service"): ("registered_on", "teams", "skills", "categories", "minutes", "star"),
    },
    columns=extended(
        Column("id", N_("Id"), Kind.ID),
        *columns((*IDENTITY, REGISTERED_ON), LOADS),
        Column("age", N_("Age"), Kind.COUNT, value=_age, only_named=True),
        Column("status", N_("Status"), Kind.CHOICE, value=status, choices=PERSON_STATUSES, table=False),
        Column(
            "archived_for", N_("Archived because"), Kind.CHOICE, choices=LEAVINGS, table=False, show_only=True
        ),
        Column("community", N_("Community"), load=_communities, table=False),
        Column("community_id", N_("Community id"), Kind.ID, table=False),
        Column("guardian", N_("Guardian"), load=_guardians, table=False),
        Column("guardian_id", N_("Guardian id"), Kind.ID, table=False),
        *columns(BESIDES),
        WHOLE,
        Column(
            "tag_dates",
            N_("Tags by day"),
            Kind.ROWS,
            load=_tag_dates,
            default=(),
            view=TAG_DATES,
            show_only=True,
        ),
        added=contributed("person"),
    ),
    stored=stored_columns(Noun.PERSON),
)
AGREEMENTS = View(
    "agreements",
    N_("What agrees"),
    (
        Column("field", N_("Field"), Kind.CHOICE, choices=COMPARED),
        Column("how", N_("Comparison"), Kind.CHOICE, choices=COMPARISONS),
        Column("weight", N_("Weight"), Kind.NUMBER, value=lambda agreement: round(agreement.weight, 1)),
    ),
)


def _why(pair: Pair) -> str:
    """What speaks for one person and what against, in words."""
    ways = [(_(COMPARED[each.field]), _(COMPARISONS[each.how])) for each in pair.agreements]
    return "; ".join(_("{field}: {how}").format(field=field, how=how) for field, how in ways)


DUPLICATES = View(
    "duplicates",
    N_("Possible duplicates"),
    (
        Column("first_id", N_("Id"), Kind.ID),
        Column("first", N_("Name")),
        Column("second_id", N_("Second id"), Kind.ID),
        Column("second", N_("Second name")),
        Column("score", NC_("duplicates", "Score"), Kind.NUMBER),
        Column("reason", N_("Reason"), Kind.CHOICE, choices=DUPLICATE_REASONS),
        Column("why", N_("Comparison"), value=_why),
        Column("agreeing", N_("Agreeing"), Kind.ROWS, view=AGREEMENTS, table=False),
        Column("disagreeing", N_("Disagreeing"), Kind.ROWS, view=AGREEMENTS, table=False),
    ),
)

#: What to write to people; what an area writes to comes with its own sign-up or membership as id.
MESSAGES = View(
    "messages",
    N_("Messages"),
    (
        Column("id", N_("Id"), Kind.ID, table=False),
        Column("person", N_("Person")),
        Column("person_id", N_("Person id"), Kind.ID, table=False),
        Column("phone", N_("Phone"), Kind.PHONE),
        Column("email", N_("E-mail"), Kind.ADDRESS),
        Column("text", N_("Message text")),
    ),
)
