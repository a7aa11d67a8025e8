"""The one place at an event of somebody of whom there were two records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.i18n import _
from volunteer_cli.events import queries
from volunteer_cli.events.models import FurtherShift, Shift, ShiftTurn, Signup
from volunteer_cli.events.rules.ladder import span
from volunteer_cli.events.terms import HOLDING, SIGNUP_STATUSES, SignupStatus

#: What a sign-up is worth when two of one person meet: service given, a place, the line, and then nothing.
WORTH = (
    SignupStatus.WITHDRAWN,
    SignupStatus.ABSENT,
    SignupStatus.WAITING,
    SignupStatus.SIGNED_UP,
    SignupStatus.ATTENDED,
)


def two_at_one_event(session: Session, keep_id: int, drop_id: int) -> list[tuple[Signup, Signup]]:
    """The sign-ups of both at one event: the one that is worth more, and the other."""
    both = select(Signup).where(Signup.person_id.in_((keep_id, drop_id))).order_by(Signup.event_id)
    by_event: dict[int, list[Signup]] = {}
    for signup in session.scalars(both):
        by_event.setdefault(signup.event_id, []).append(signup)
    ranked = [
        sorted(signups, key=lambda signup: _worth(signup, keep_id), reverse=True)
        for signups in by_event.values()
        if len(signups) == 2
    ]
    return [(better, worse) for better, worse in ranked]


def _worth(signup: Signup, keep_id: int) -> tuple[int, timedelta, int, bool]:
    """By state; of those who came whoever was seen to stay longest, of those who wait the first in line."""
    rank = WORTH.index(SignupStatus(signup.status))
    return rank, _stay(signup), -(signup.position or 0), signup.person_id == keep_id


def _stay(signup: Signup) -> timedelta:
    """How long somebody was seen to be there."""
    came, left = signup.checked_in_at, signup.checked_out_at
    return left - came if came and left else timedelta()


def unite(session: Session, kept: Signup, lost: Signup) -> None:
    """Let a place take over what goes with it of another: a stay that meets its own, and shifts beside its own."""
    if _meet(kept, lost):
        kept.checked_in_at = min(filter(None, (kept.checked_in_at, lost.checked_in_at)))
        # Who was seen to leave by one record alone did leave, though the other one still has them there.
        kept.checked_out_at = max(filter(None, (kept.checked_out_at, lost.checked_out_at)), default=None)
    for shift in _fitting_shifts(session, kept, lost):
        _keep_overrides(session, kept, lost)
        if kept.shift_id is None:
            kept.shift_id = shift.id
        else:
            session.add(FurtherShift(signup_id=kept.id, shift_id=shift.id))
    session.flush()
    _unite_turns(session, kept, lost)


def _keep_overrides(session: Session, kept: Signup, lost: Signup) -> None:
    """Let what a leader let pass for shifts that are taken over go along with them."""
    overrides = queries.overrides(session, [kept.id, lost.id])
    own = {override.refusal for override in overrides[kept.id]}
    for override in overrides[lost.id]:
        if override.refusal not in own:
            override.signup_id = kept.id
    session.flush()


def _unite_turns(session: Session, kept: Signup, lost: Signup) -> None:
    """Let a place take over the turns of another for shifts that it has not; of two for one shift the earlier."""
    own = {turn.shift_id: turn for turn in queries.turns_beside(session, kept)}
    for record in _fitting_turns(session, kept, lost):
        turn = own.get(record.shift_id or 0) or ShiftTurn(signup_id=kept.id, shift_id=record.shift_id)
        if turn.id is None or (record.position or 0) < turn.position:
            turn.position, turn.signed_up_at = record.position or 0, record.signed_up_at
            session.add(turn)
    session.flush()
    _spend_turns(session, kept)


def _spend_turns(session: Session, signup: Signup) -> None:
    """Nobody waits for a shift that they have by now."""
    own = {shift.id for shift in queries.shifts_of(session, signup)}
    for turn in queries.turns_beside(session, signup):
        if turn.shift_id in own:
            session.delete(turn)
    session.flush()


def _fitting_turns(session: Session, kept: Signup, lost: Signup) -> list[Signup | ShiftTurn]:
    """The turns of a sign-up, for its place or beside it, for shifts that a place that is held can still take."""
    if kept.status not in HOLDING or kept.shift_id is None:
        return []
    turns: list[Signup | ShiftTurn] = [lost] if lost.status == SignupStatus.WAITING and lost.shift_id else []
    if lost.status in HOLDING:
        turns += queries.turns_beside(session, lost)
    own = queries.shifts_of(session, kept) + _fitting_shifts(session, kept, lost)
    return [turn for turn in turns if _fits(session.get_one(Shift, turn.shift_id), own)]


def _fits(shift: Shift, own: list[Shift]) -> bool:
    """Whether a shift is at a time at which there is none of others."""
    return all(shift.starts_at >= one.ends_at or shift.ends_at <= one.starts_at for one in own)


def left_out(session: Session, kept: Signup, lost: Signup) -> Iterator[str]:
    """What of a sign-up is left out beside one that is worth more: its state, a stay and shifts that are lost."""
    if lost not in _fitting_turns(session, kept, lost):
        yield _(SIGNUP_STATUSES[SignupStatus(lost.status)])
    # A stay within the other one is no loss.
    if lost.checked_in_at and not _meet(kept, lost):
        came, left = lost.checked_in_at, lost.checked_out_at
        yield span(came, left) if left else f"{came:%Y-%m-%d %H:%M}–"
    if lost.status in HOLDING:
        yield from _lost_shifts(session, kept, lost)


def _lost_shifts(session: Session, kept: Signup, lost: Signup) -> Iterator[str]:
    """The shifts that a place had or waited for, and that the other one neither has nor takes over."""
    both = {shift.id for shift in queries.shifts_of(session, kept)}
    both |= {shift.id for shift in _fitting_shifts(session, kept, lost)}
    both |= {turn.shift_id or 0 for turn in _fitting_turns(session, kept, lost)}
    yield from (shift.name for shift in queries.shifts_of(session, lost) if shift.id not in both)
    spare = [turn.shift_id for turn in queries.turns_beside(session, lost) if turn.shift_id not in both]
    yield from (session.get_one(Shift, key).name for key in spare)


def _meet(kept: Signup, lost: Signup) -> bool:
    """Whether two stays at one event overlap or touch, so that they are one."""
    one, other = kept.checked_in_at, lost.checked_in_at
    if not (one and other):
        return False
    return _is_by(one, lost.checked_out_at) and _is_by(other, kept.checked_out_at)


def _is_by(came: datetime, left: datetime | None) -> bool:
    """Whether somebody came before a stay ended; who was not seen to leave is there still."""
    return left is None or came <= left


def _fitting_shifts(session: Session, kept: Signup, lost: Signup) -> list[Shift]:
    """The shifts of a place that another place can take over: at a time at which it has none."""
    if not {kept.status, lost.status} <= set(HOLDING):
        return []
    own = queries.shifts_of(session, kept)
    fitting: list[Shift] = []
    for shift in queries.shifts_of(session, lost):
        if _fits(shift, own + fitting):
            fitting.append(shift)
    return fitting
