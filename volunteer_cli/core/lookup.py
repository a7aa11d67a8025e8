"""A record from what a person typed: an id, a code or number, an exact name, or the beginning of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks, folded, searched
from volunteer_cli.core.errors import Ambiguous, BadText, MissingValue, NotFound, VolunteerError
from volunteer_cli.core.i18n import N_, _, in_quotes, listed, pgettext, with_detail
from volunteer_cli.core.lending.sites import site_of
from volunteer_cli.core.models import Base
from volunteer_cli.core.several import LONGEST_RANGE, each_of, range_of
from volunteer_cli.core.work import last_added

M = TypeVar("M", bound=Base)
LIMIT = 12
#: The columns of numbers that we give; codes are given by people, to whom jk1 and jk01 may be two.
NUMBERED = frozenset({"number", "volunteer_no"})
#: A number as people say it, without the zeros before its last digits.
SHORT_NUMBER, MOST_PLACES = re.compile(r"([A-Za-z](?:[A-Za-z0-9-]*[A-Za-z-])?)0*(\d{1,7})", re.ASCII), 7
#: Characters that no name has more of; SQLite refuses patterns of many thousand.
LONGEST = 200
#: The last code point, so that `name < prefix + LAST` bounds a range that an index can serve.
LAST = "\U0010ffff"


class Withdrawn(NotFound):
    """{kind} '{text}' was withdrawn: what it named was undone, and a number is never given twice"""

    code = "withdrawn"


class BadRange(NotFound):
    """'{text}' is no range of ids: one goes upwards, and has at most {most}"""

    code = "bad_range"
    hint = N_("Ids are listed like 3-8,12 or 3..8.")


class NothingAdded(NotFound):
    """@last: this batch has added no {kind} yet"""

    code = "not_found"


@dataclass(frozen=True)
class Reference(Generic[M]):
    """How one kind of record is named by people.

    Attributes:
        kind: the word, also the prefix in `person:12`.
        listing: the command that lists them, for the hint.
        codes: columns that hold codes or numbers, compared without regard to case.
        name: the column of the name, or None.
        folds: whether names are kept as they were written and no column beside it holds their key.
        loosely: more readings for commands that only read (phone, pinyin): ids of matches.
        moved: the id that a former id or number now means (a merged person), or None.
        apart: what tells a record from others of its name, or nothing.
    """

    kind: str
    model: type[M]
    listing: str
    codes: tuple[str, ...] = ("code",)
    name: str | None = "name"
    folds: bool = False
    loosely: Callable[[Session, str], Iterable[int]] | None = None
    moved: Callable[[Session, str], int | None] | None = None
    apart: Callable[[M], str] | None = None


def find(
    session: Session, reference: Reference[M], text: str, *, changing: bool = True, exact: bool = False
) -> M:
    """The one record that `text` names.

    A changing command stops at two readings; `exact` leaves out the beginning of a name.

    Raises:
        NotFound, Ambiguous, Withdrawn: as their sentences say.
    """
    records = matches(session, reference, text, changing=changing, exact=exact)
    if len(records) == 1:
        return records[0]
    if records:
        raise ambiguous(reference, text, records)
    raise missing(session, reference, text)


def all_named(
    session: Session,
    find_one: Callable[[Session, str], M],
    texts: Iterable[str],
    *,
    ranges: bool = True,
    called: Reference[M] | None = None,
) -> list[M]:
    """The records that texts name, each once, in the order given; `232-240,245` is each of these ids.

    What is `called` 3-8, as an event of that day may be, goes before the ids from 3 to 8.

    Raises:
        NotFound, Ambiguous, Withdrawn: one of them is not there, or may be several.
        BadRange: a range goes backwards, or has more ids than anybody means.
    """
    # All are looked up before anything is done: of several names one may be wrong.
    words = (
        word
        for text in texts
        for word in ([text] if _is_name(session, called, text) else each_of([text], ranges=ranges))
    )
    records = (_found(session, find_one, word, ranges=ranges) for word in words)
    return list({record.id: record for record in records}.values())


def _found(session: Session, find_one: Callable[[Session, str], M], word: str, *, ranges: bool) -> M:
    """What a word names; raises BadRange for one that names nothing and looks like ids."""
    try:
        return find_one(session, word)
    except NotFound as error:
        if range_of(word) is not None and (ranges or ".." in word):
            raise BadRange(text=word, most=LONGEST_RANGE) from error
        raise


def _is_name(session: Session, reference: Reference[M] | None, text: str) -> bool:
    """Whether what looks like several ids is what a record is called."""
    lists = next(each_of([text])) != text
    return reference is not None and lists and bool(matches(session, reference, text, exact=True))


def ambiguous(reference: Reference[Any], text: str, records: Sequence[Any]) -> Ambiguous:
    """The error for a text that may name several records, with what somebody at a terminal chooses from."""
    # A kind of two words, or with a context, cannot stand before an id.
    sign = f"{reference.kind}:" if reference.kind.isidentifier() else ""
    shown = {f"{sign}{record.id}": label(reference, record) for record in records[:LIMIT]}
    return Ambiguous.between(_(reference.kind), text, shown)


def matches(
    session: Session, reference: Reference[M], text: str, *, changing: bool = True, exact: bool = False
) -> list[M]:
    """All records that `text` may name, by the first reading that any has; see `find`."""
    if text.removeprefix(f"{reference.kind}:") == "@last":
        return [_last(session, reference)]
    name = _as_stored(text).removeprefix(f"{reference.kind}:")
    readings = _readings(session, reference, name, changing=changing, exact=exact)
    # Digits may be an id or somebody's number: a command that changes things must not pick one of two.
    return _first_named(readings, all_readings=changing and name.isdigit())


def _first_named(readings: Iterable[Sequence[M]], *, all_readings: bool) -> list[M]:
    """The records of the first reading that has any, or those of all readings."""
    records: dict[int, M] = {}
    for reading in readings:
        records |= {record.id: record for record in reading}
        if records and not all_readings:
            break
    return list(records.values())


def _as_stored(text: str) -> str:
    """What was typed in the form in which names are stored, so that 李 明 or １２ is found too."""
    if text.isascii():
        return text.strip()
    from volunteer_cli.core.text import clean_name

    try:
        return clean_name(text)
    except (BadText, MissingValue):
        return text.strip()


def _last(session: Session, reference: Reference[M]) -> M:
    key = last_added(reference.model.__tablename__)
    record = session.get(reference.model, key) if key else None
    if record is None:
        raise NothingAdded(kind=_(reference.kind))
    return record


def _readings(
    session: Session, reference: Reference[M], text: str, *, changing: bool, exact: bool
) -> Iterable[Sequence[M]]:
    # What says most comes first. A generator, so that a query is made only when all before named nothing.
    yield from _by_numbers(session, reference, text)
    if reference.name:
        yield _active_first(_by_name(session, reference, text))
    if reference.name and text and not exact:
        yield from _by_beginning(session, reference, text)
    # By a phone or by the sound two people are easily one: enough to look somebody up, not to change a record.
    if reference.loosely and not changing and text:
        yield _by_ids(session, reference, list(reference.loosely(session, text)))


def _by_numbers(session: Session, reference: Reference[M], text: str) -> Iterable[Sequence[M]]:
    """Records by what one alone has: an id, a code or number, a number that was once another record's."""
    # An id has 64 bits; what is longer is an identity number or a typing error.
    if text.isascii() and text.isdigit() and len(text) < 16:
        yield _by_ids(session, reference, _ids_of(session, reference, int(text)))
    yield _by_code(session, reference, {text, text.upper(), text.lower()}, reference.codes)
    yield _by_code(session, reference, _with_zeros(text), NUMBERED.intersection(reference.codes))
    key = reference.moved(session, text) if reference.moved else None
    if key:
        yield _by_ids(session, reference, [key])


def _ids_of(session: Session, reference: Reference[Any], key: int) -> list[int]:
    """An id, with the one here of what a lent copy called by an id of its own, as it was noted there."""
    if site_of(key) is None:
        return [key]
    from volunteer_cli.core.lending.ids import own_key

    own = own_key(session, reference.model.__tablename__, key)
    return [key] if own is None else [key, own]


def _by_ids(session: Session, reference: Reference[M], keys: list[int]) -> Sequence[M]:
    return session.scalars(select(reference.model).where(reference.model.id.in_(keys)).limit(LIMIT)).all()


def _by_code(
    session: Session, reference: Reference[M], forms: Collection[str], codes: Iterable[str]
) -> Sequence[M]:
    """Records of which one of these columns says the code in one of its forms."""
    records: list[M] = []
    for name in codes if forms else ():
        column = getattr(reference.model, name)
        records += session.scalars(select(reference.model).where(column.in_(forms)).limit(LIMIT))
    return records


def _with_zeros(text: str) -> set[str]:
    """BINHU-H00002 and its like, of which BINHU-H2 was typed; nothing where no letter stands before digits."""
    match = SHORT_NUMBER.fullmatch(text)
    if match is None:
        return set()
    letters, digits = match.groups()
    return {letters.upper() + digits.zfill(places) for places in range(len(digits), MOST_PLACES + 1)}


def key_column(reference: Reference[Any]) -> Any:
    """What the names of records are looked for by: the column of their keys, the name folded, or the name."""
    name = getattr(reference.model, reference.name or "")
    return folded(name) if reference.folds else getattr(reference.model, f"{reference.name}_key", name)


def _by_name(session: Session, reference: Reference[M], text: str) -> Sequence[M]:
    column = key_column(reference)
    return session.scalars(select(reference.model).where(column == text).limit(LIMIT)).all()


def _by_beginning(session: Session, reference: Reference[M], text: str) -> Iterable[Sequence[M]]:
    """Records whose whole name begins so, else those of whose names a word does."""
    yield _active_first(_by_prefix(session, reference, text))
    if not text.isdigit():
        # A number is an id: a title that has it somewhere is not meant, and looking reads them all.
        yield _active_first(_by_word(session, reference, text))


def _by_prefix(session: Session, reference: Reference[M], text: str) -> Sequence[M]:
    column = key_column(reference)
    query = select(reference.model).where(column >= text, column < text + LAST)
    return session.scalars(query.order_by(column).limit(LIMIT)).all()


def _by_word(session: Session, reference: Reference[M], text: str) -> Sequence[M]:
    """Records of whose names a word begins so, whatever its case and accents: muller for Zoë Müller."""
    from volunteer_cli.core.text.cleaning import searched as form

    word = form(text)
    if not word or len(word) > LONGEST:
        return ()
    begins = _begins(searched(getattr(reference.model, reference.name or "")), word)
    return session.scalars(select(reference.model).where(begins).limit(LIMIT)).all()


def _begins(column: Any, word: str) -> Any:
    """Whether a text begins with a word, or one of its words does."""
    within = (column.contains(f"{sign}{word}", autoescape=True) for sign in (" ", "-", "·"))
    return or_(column.startswith(word, autoescape=True), *within)


def _active_first(records: Sequence[M]) -> Sequence[M]:
    """Records in use, where there are any: an archived namesake does not stand in the way."""
    active = [record for record in records if getattr(record, "archived_on", None) is None]
    return active or records


def names_of(session: Session, reference: Reference[Any], ids: Iterable[int | None]) -> dict[int, str]:
    """What records are called, by id: their name, or their first code where the kind has no names."""
    model = reference.model
    name = getattr(model, reference.name or reference.codes[0])
    names: dict[int, str] = {}
    for keys in chunks({key for key in ids if key is not None}):
        rows = session.execute(select(model.id, name).where(model.id.in_(keys)))
        names |= {key: called for key, called in rows}  # noqa: C416 - rows of a query are no dict
    return names


def named_by(
    key: str, reference: Reference[Any]
) -> Callable[[Session, Sequence[Any]], dict[int, str | None]]:
    """What loads, for the column of a view, the names of what records refer to by the attribute `key`."""

    def load(session: Session, records: Sequence[Any]) -> dict[int, str | None]:
        keys = {record.id: getattr(record, key) for record in records}
        names = names_of(session, reference, keys.values())
        return {record_id: names.get(each) for record_id, each in keys.items()}

    return load


def candidates(reference: Reference[Any], records: Iterable[Any]) -> str:
    """The records with what tells them apart, for a message."""
    return listed(label(reference, record) for record in list(records)[:LIMIT])


def label(reference: Reference[Any], record: Any) -> str:
    """A record as a message names it: `name (12, CODE)`, and without a name `CODE (12, NUMBER)`."""
    codes = _codes_of(reference, record)
    names = [getattr(record, reference.name)] if reference.name else codes[:1]
    more = reference.apart(record) if reference.apart else ""
    apart = listed([str(record.id), *(code for code in codes if code not in names), *filter(None, [more])])
    return with_detail(names[0], apart) if names else apart


def _codes_of(reference: Reference[Any], record: Any) -> list[str]:
    return [str(code) for name in reference.codes if (code := getattr(record, name))]


def missing(session: Session, reference: Reference[Any], text: str) -> VolunteerError:
    """The error for a record that is not there, with names that look like what was typed."""
    from volunteer_cli.core.numbers import was_issued

    # Whoever has it on paper must learn that it was withdrawn, and not that it never was.
    if was_issued(session, text):
        return Withdrawn(kind=_(reference.kind), text=text)
    near = nearby(session, reference, text)
    if near:
        advice = _("Did you mean {near}? List them: {listing}").format(
            near=pgettext("between quotation marks", " or ").join(near), listing=reference.listing
        )
    else:
        advice = _("List them: {listing}").format(listing=reference.listing)
    return NotFound(kind=_(reference.kind), text=text, hint=advice)


def nearby(session: Session, reference: Reference[Any], text: str) -> list[str]:
    """Up to three names like `text`, each with its id."""
    if not reference.name or not text:
        return []
    from volunteer_cli.core.text import did_you_mean

    column = getattr(reference.model, reference.name)
    # All names are compared with what was typed: of a whole city that would take longer than a person waits.
    query = select(column, func.min(reference.model.id)).group_by(column).limit(50_000)
    ids = {row[0]: row[1] for row in session.execute(query)}
    return [with_detail(in_quotes(name), ids[name]) for name in did_you_mean(text, ids)]
