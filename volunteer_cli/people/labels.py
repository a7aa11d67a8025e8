"""The words that people carry: skills and categories, which come and go, and tags, which keep their days.

A tag that is taken away is closed, not deleted, so that "on the list in June" can be answered in July.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from volunteer_cli.core.errors import MissingValue
from volunteer_cli.core.fields import values_of
from volunteer_cli.core.history import insert_rows
from volunteer_cli.core.i18n import _
from volunteer_cli.core.steps import require_step
from volunteer_cli.people import queries
from volunteer_cli.people.fields import LISTS
from volunteer_cli.people.models import Person, PersonLabel
from volunteer_cli.people.terms import LabelKind

#: A half-open span of days; None is since ever, and until now.
Span: TypeAlias = tuple[date | None, date | None]

#: The lists of words by kind, and what rows and views call them.
LABELS = {LabelKind(field.typed): field.name for field in LISTS}


@dataclass(frozen=True)
class TagDays:
    """When tags come and go: from the day `since`, and until `on`; both are today if nothing else is said."""

    today: date
    since: date | None = None
    on: date | None = None


def read_labels(details: Mapping[Any, Sequence[str] | None]) -> dict[LabelKind, list[str]]:
    """The words of each list in texts by kind, each once; the known tags by their ids.

    Raises:
        BadText: a text must not be stored.
    """
    # No word of a list depends on the day or the country.
    values = values_of(LISTS, details, today=date.min, region="")
    return {kind: values[name] for kind, name in LABELS.items() if name in values}


def read_tag(text: str) -> str:
    """A tag as it is stored: 独居老人 is elder_alone.

    Raises:
        MissingValue: nothing is left of the text.
        BadText: it must not be stored.
    """
    tags = read_labels({LabelKind.TAG: [text]}).get(LabelKind.TAG)
    if not tags:
        raise MissingValue(field=_("Tag"))
    return tags[0]


def add_labels(session: Session, labels: Iterable[tuple[int, LabelKind, str]], *, since: date) -> None:
    """Write labels, each a person's id, kind and word; none of them may hold already. Tags hold from a day on."""
    rows = [
        {"person_id": key, "kind": kind.value, "value": value, "since": _first_day(kind, since)}
        for key, kind, value in labels
    ]
    insert_rows(session, PersonLabel, rows)


def _first_day(kind: LabelKind, since: date) -> date | None:
    return since if kind is LabelKind.TAG else None


def change_labels(
    session: Session,
    person: Person,
    kind: LabelKind,
    days: TagDays,
    *,
    only: Collection[str] | None = None,
    add: Collection[str] = (),
    remove: Collection[str] = (),
) -> None:
    """Give a person words of one kind and take some away; `only` replaces them all.

    Raises:
        StepAhead: a tag is to come or go on a day that is yet to come.
        OutOfOrder: a tag is to go before it came.
    """
    labels = queries.labels(session, person.id, kind)
    carried = _carried(labels)
    typed = _words(kind, [*(only or ()), *add])
    less = _words(kind, remove)
    if only is not None:
        less = [*less, *(carried.keys() - typed)]
    # Away before anything comes: a word that is taken and given on one day stays.
    for word in filter(less.__contains__, carried):
        _take(session, kind, _of_word(labels, word), days)
    for word in typed:
        # Also one that is carried: its first day may be said now.
        if word not in less and (days.since or word not in carried):
            _give(session, person, kind, word, _of_word(labels, word), days)
    session.flush()


def _carried(labels: Iterable[PersonLabel]) -> dict[str, None]:
    """The words that are not closed, in their order."""
    return dict.fromkeys(label.value for label in labels if label.until is None)


def _words(kind: LabelKind, texts: Collection[str]) -> list[str]:
    return read_labels({kind: list(texts)})[kind]


def _of_word(labels: Iterable[PersonLabel], word: str) -> list[PersonLabel]:
    return [label for label in labels if label.value == word]


def _take(session: Session, kind: LabelKind, labels: Iterable[PersonLabel], days: TagDays) -> None:
    """Close a tag on its last day; another word goes."""
    day = days.on or days.today
    for label in labels:
        if kind is not LabelKind.TAG:
            session.delete(label)
        elif label.until is None:
            _require_day(day, days, last=label.since, thing=label.value)
            label.until = day


def _give(
    session: Session, person: Person, kind: LabelKind, word: str, labels: list[PersonLabel], days: TagDays
) -> None:
    if kind is not LabelKind.TAG:
        if not labels:
            session.add(PersonLabel(person_id=person.id, kind=kind.value, value=word))
        return
    first = days.since or days.today
    _require_day(first, days, last=None, thing=word)
    if days.since:
        _know_first_day(labels, days.since)
    spans = united([*((label.since, label.until) for label in labels), (first, None)])
    for since, until in settle_spans(session, labels, list(spans)):
        own = {"person_id": person.id, "kind": kind.value, "value": word}
        session.add(PersonLabel(**own, since=since, until=until))


def _know_first_day(labels: Iterable[PersonLabel], since: date) -> None:
    """Give the day from which it holds to a tag of which none was known."""
    for label in labels:
        if label.since is None and label.until is None:
            label.since = since


def _require_day(day: date, days: TagDays, *, last: date | None, thing: str) -> None:
    require_step(day, now=datetime.combine(days.today, time.max), last=last, thing=thing)


def united(spans: Iterable[Span]) -> Iterator[Span]:
    """Half-open spans of days in their order, those that overlap or touch made one."""
    ordered = sorted(spans, key=lambda span: span[0] or date.min)
    while ordered:
        since, until = ordered.pop(0)
        while ordered and (until is None or (ordered[0][0] or date.min) <= until):
            other = ordered.pop(0)[1]
            until = None if until is None or other is None else max(until, other)
        yield since, until


def settle_spans(session: Session, labels: Sequence[PersonLabel], spans: Sequence[Span]) -> Sequence[Span]:
    """Let rows hold on these spans, delete those that are too many, and answer the spans without a row."""
    for label, span in zip(labels, spans, strict=False):
        label.since, label.until = span
    for label in labels[len(spans) :]:
        session.delete(label)
    return spans[len(labels) :]


def tag_dates(session: Session, person_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """The tags that people carry and carried with their days, by person, the earliest first."""
    dates: dict[int, list[dict[str, Any]]] = {}
    for label in queries.labels_of_all(session, person_ids, LabelKind.TAG):
        row = {"tag": label.value, "since": label.since, "until": label.until}
        dates.setdefault(label.person_id, []).append(row)
    return dates
