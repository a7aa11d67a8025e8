"""Which backups are kept: the newest of each of the last days, weeks, months and years, as asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from volunteer_cli.core.errors import UsageFault
from volunteer_cli.core.i18n import N_


class BadKeep(UsageFault):
    """'{value}' does not say which backups to keep"""

    code = "bad_keep"
    hint = N_("Write it like 7d,4w,12m: of so many days, weeks and months the newest backup each.")


#: To which day, week, month or year a backup belongs.
SPANS: dict[str, Callable[[datetime], Any]] = {
    "d": lambda made_at: made_at.date(),
    "w": lambda made_at: made_at.isocalendar()[:2],
    "m": lambda made_at: (made_at.year, made_at.month),
    "y": lambda made_at: made_at.year,
}
#: What is younger is kept in any case: a restore of today may have to be taken back.
YOUNG = timedelta(days=1)
#: Only names that we gave: whatever else lies in the folder is nobody's business.
_NAMED = re.compile(r"(?P<stem>.+)-(?P<moment>\d{8}-\d{6})(?:-\d+)?\.(?:db|dump)")


def read_keep(text: str) -> dict[str, int]:
    """How many of which span are kept; raises BadKeep."""
    keep: dict[str, int] = {}
    for part in text.replace(" ", "").lower().split(","):
        match = re.fullmatch(r"(\d{1,4})([dwmy])", part)
        if match is None:
            raise BadKeep(value=text)
        keep[match[2]] = int(match[1])
    return keep


def superfluous(paths: Iterable[Path], stem: str, keep: dict[str, int], now: datetime) -> list[Path]:
    """Those of the backups of one database, oldest first, that none of the spans keeps."""
    moments = {path: moment for path in paths if (moment := _made_at(path, stem))}
    newest_first = sorted(moments, key=lambda path: (moments[path], path.name), reverse=True)
    remaining = {path for path in newest_first if now - moments[path] < YOUNG}
    # The clock may have been wrong: whatever the spans say, the newest backup there is stays.
    remaining |= {*newest_first[:1], *_kept(newest_first, moments, keep)}
    return [path for path in reversed(newest_first) if path not in remaining]


def _kept(
    newest_first: Iterable[Path], moments: Mapping[Path, datetime], keep: Mapping[str, int]
) -> Iterator[Path]:
    """What each span keeps; a backup may be the newest of its day and of its month."""
    for span, count in keep.items():
        yield from _newest_of_each(SPANS[span], newest_first, moments)[:count]


def _newest_of_each(
    span: Callable[[datetime], Any], newest_first: Iterable[Path], moments: Mapping[Path, datetime]
) -> list[Path]:
    newest: dict[Any, Path] = {}
    for path in newest_first:
        newest.setdefault(span(moments[path]), path)
    return list(newest.values())


def _made_at(path: Path, stem: str) -> datetime | None:
    """When a backup was made, by the name we gave it; other files are nobody's business here."""
    match = _NAMED.fullmatch(path.name)
    if match is None or match["stem"] != stem:
        return None
    try:
        return datetime.strptime(match["moment"], "%Y%m%d-%H%M%S")  # noqa: DTZ007 - local, as it was written
    except ValueError:
        return None
