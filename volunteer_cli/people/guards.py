"""What people hold against an undo, and how labels, custom fields and dismissed pairs follow a merge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.history import delete_rows
from volunteer_cli.core.undo import Reversal
from volunteer_cli.people.labels import settle_spans, united
from volunteer_cli.people.models import DismissedPair, Person, PersonLabel, PersonValue
from volunteer_cli.people.queries import Erased


def before_undo(session: Session, reversal: Reversal) -> None:  # noqa: ARG001 - the signature of guards
    """Refuse to take back that somebody was erased: what was known is gone.

    Raises:
        Erased: the operation erased somebody.
    """
    for key, (_before, after) in reversal.updated.get(Person.__tablename__, {}).items():
        if after.get("erased_on"):
            raise Erased(id=key)


def merge_rows(session: Session, keep_id: int, drop_id: int) -> None:
    """Let what both records say be said once."""
    _merge_labels(session, keep_id, drop_id)
    _merge_pairs(session, keep_id, drop_id)
    _merge_values(session, keep_id, drop_id)


def _merge_values(session: Session, keep_id: int, drop_id: int) -> None:
    """Of a custom field that both have a value in, that of the one who stays."""
    fields = select(PersonValue.field_id).where(PersonValue.person_id == keep_id)
    double = (PersonValue.person_id == drop_id, PersonValue.field_id.in_(fields))
    delete_rows(session, PersonValue, session.scalars(select(PersonValue.id).where(*double)).all())


def _by_word(session: Session, keep_id: int, drop_id: int) -> Iterable[list[PersonLabel]]:
    words: dict[tuple[str, str], list[PersonLabel]] = defaultdict(list)
    query = select(PersonLabel).where(PersonLabel.person_id.in_([keep_id, drop_id]))
    # Those of the one who stays first: their rows, and so the order of the words, are kept.
    for label in session.scalars(query.order_by(PersonLabel.person_id != keep_id, PersonLabel.id)):
        words[label.kind, label.value].append(label)
    return words.values()


def _merge_labels(session: Session, keep_id: int, drop_id: int) -> None:
    """Of a word that both carry the days of either, so that nobody has it twice on one day."""
    for labels in _by_word(session, keep_id, drop_id):
        if len({label.person_id for label in labels}) > 1:
            spans = list(united((label.since, label.until) for label in labels))
            settle_spans(session, labels, spans)


def _merge_pairs(session: Session, keep_id: int, drop_id: int) -> None:
    """Let pairs with the one who goes be pairs with the other, the lower id first, each once."""
    pairs = list(_pairs(session, drop_id))
    present = {(pair.first_id, pair.second_id) for pair in _pairs(session, keep_id)}
    others = {key for pair in pairs for key in (pair.first_id, pair.second_id)} - {keep_id, drop_id}
    moved = {(min(keep_id, other), max(keep_id, other)) for other in others}
    # Out before in: the pair of the two themselves goes, for nobody is a pair with themselves.
    delete_rows(session, DismissedPair, [pair.id for pair in pairs])
    new = sorted(moved - present)
    session.add_all(DismissedPair(first_id=first, second_id=second) for first, second in new)
    session.flush()


def _pairs(session: Session, key: int) -> list[DismissedPair]:
    either = or_(DismissedPair.first_id == key, DismissedPair.second_id == key)
    return list(session.scalars(select(DismissedPair).where(either)))
