"""The words of service hours."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.policies import Policy, whole_number

#: Minutes of a day, and of the longest record.
DAY = 24 * 60


#: Service of earlier days is hardly ours: the first associations of community volunteers were founded in 1989.
EARLIEST = date(1989, 1, 1)


# Where a certificate says how its hours are proved, its reader judges for themselves what they are worth.
class Evidence(StrEnum):
    """How an hour is proved, from the strongest to the weakest."""

    SCANNED = "scanned"
    SIGNED = "signed"
    REPORTED = "reported"
    BACKFILLED = "backfilled"


class HoursStatus(StrEnum):
    """Where a record stands; only confirmed ones count."""

    PENDING = "pending"
    NEEDS_REVIEW = "needs_review"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    VOIDED = "voided"


#: The states of a record that still has to be decided.
#: Nobody has signed for them: they count nowhere, and wait in the day's worklist.
OPEN = (HoursStatus.PENDING, HoursStatus.NEEDS_REVIEW)
#: The states in which a record takes up its time.
#: A record that waits takes its time already, or the same hours would be written twice until somebody
#: decides.
LIVE = (*OPEN, HoursStatus.CONFIRMED)

EVIDENCES: dict[str, str] = {
    Evidence.SCANNED: N_("scanned"),
    Evidence.SIGNED: N_("signed"),
    Evidence.REPORTED: N_("reported"),
    Evidence.BACKFILLED: N_("backfilled"),
}
#: What else sheets write for it.
EVIDENCE_WORDS: dict[str, tuple[str, ...]] = {
    Evidence.SCANNED: ("扫码", "扫码签到", "设备", "打卡"),
    Evidence.SIGNED: ("签到表", "签到", "签名"),
    Evidence.REPORTED: ("自报", "本人申报"),
    Evidence.BACKFILLED: ("补录", "补登"),
}
HOURS_STATUSES: dict[str, str] = {
    HoursStatus.PENDING: N_("pending"),
    HoursStatus.NEEDS_REVIEW: N_("needs review"),
    HoursStatus.CONFIRMED: N_("confirmed"),
    HoursStatus.REJECTED: N_("rejected"),
    HoursStatus.VOIDED: N_("voided"),
}


def minutes_of_hours(text: str) -> int:
    """The minutes of a number of hours from 0 to 24, such as 8 or 7.5."""
    minutes = float(text) * 60
    if not 0 <= minutes <= DAY or minutes != int(minutes):
        raise ValueError(text)
    return int(minutes)


def step(text: str) -> int:
    """A whole number of minutes from 1 to 60."""
    if not 1 <= (minutes := int(text)) <= 60:
        raise ValueError(text)
    return minutes


# Places differ, and it moves figures of the past: so it is a policy, and holds from a day.
HOURS_PER_DAY_CAP = Policy(
    "hours_per_day_cap",
    N_("Hours of a person and day that count; more is kept and not counted"),
    "8",
    minutes_of_hours,
    N_("hours from 0 to 24"),
    dated=True,
)
# Service time is reckoned in hours by the Measures, and how exactly differs between places.
ROUND_MINUTES = Policy(
    "round_minutes",
    N_("Each record counts to the nearest multiple of so many minutes"),
    "1",
    step,
    N_("minutes from 1 to 60"),
    dated=True,
)
# 志愿服务记录与证明出具办法 (Order 67 of the Ministry of Civil Affairs): ten working days from the end of the service.
# Later is taken all the same and marked, for hours that are not written down are lost.
ENTRY_DEADLINE_DAYS = Policy(
    "entry_deadline_days",
    N_("Working days after the service within which it is to be recorded; later is marked late"),
    "10",
    whole_number,
    N_("working days"),
)
POLICIES = (HOURS_PER_DAY_CAP, ROUND_MINUTES, ENTRY_DEADLINE_DAYS)
#: Those that change figures, which stand still in a closed period.
COUNTING = frozenset(policy.name for policy in POLICIES if policy.dated)
