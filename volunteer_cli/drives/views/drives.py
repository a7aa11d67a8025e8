"""How drives are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from volunteer_cli.communities.queries import community_names
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.lookup import named_by
from volunteer_cli.core.run import run
from volunteer_cli.drives import queries
from volunteer_cli.drives.queries.disclosure import disclosures, notices
from volunteer_cli.drives.terms import DISCLOSURES, DRIVE_STATUSES, DriveStatus
from volunteer_cli.drives.views.goods import STOCK
from volunteer_cli.drives.views.loading import Load
from volunteer_cli.organizations.queries import ORGANIZATION
from volunteer_cli.output.view import Column, Kind, View


def _status(drive: Any) -> DriveStatus:
    if drive.archived_on:
        return DriveStatus.ARCHIVED
    return DriveStatus.CLOSED if drive.closed_on else DriveStatus.OPEN


def _communities(session: Any, drives: Sequence[Any]) -> dict[int, Any]:
    names = community_names(session)
    return {drive.id: names[drive.community_id] for drive in drives}


def _disclosures(attribute: str) -> Load:
    def load(session: Any, drives: Sequence[Any]) -> dict[Any, Any]:
        due = disclosures(session, drives, run().clock.today)
        return {key: getattr(each, attribute) for key, each in due.items()}

    return load


def _notice_rows(session: Any, drives: Sequence[Any]) -> dict[int, Any]:
    return notices(session, [drive.id for drive in drives])


def _former_notices(_session: Any, notices: Sequence[Any]) -> dict[int, Any]:
    numbers = {notice.id: notice.number for notice in notices}
    return {notice.id: numbers.get(notice.corrects_id) for notice in notices}


NOTICES = View(
    "notices",
    N_("Notices"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("number", N_("Notice number"), Kind.CODE),
        Column("published_on", N_("Published on"), Kind.DATE),
        Column("corrects", NC_("notice", "Corrects"), Kind.CODE, load=_former_notices),
    ),
)
DRIVES = View(
    "drives",
    N_("Drives"),
    record=NC_("record", "Drive"),
    parts={
        NC_("record", "In short"): (
            "name",
            "code",
            "purpose",
            "beneficiary",
            "emergency",
            "status",
            "community",
        ),
        NC_("record", "When"): (
            "start",
            "end",
            "closed_on",
        ),
        NC_("record", "What came in, and its notice"): (
            "slips",
            "disclosure_due",
            "disclosure",
        ),
    },
    columns=(
        Column("id", N_("Id"), Kind.ID),
        Column("code", N_("Code"), Kind.CODE),
        Column("name", N_("Drive")),
        Column("status", N_("Status"), Kind.CHOICE, value=_status, choices=DRIVE_STATUSES),
        Column("start", N_("Start"), Kind.DATE, value=lambda drive: drive.starts_on),
        Column("end", N_("End"), Kind.DATE, value=lambda drive: drive.ends_on),
        Column("closed_on", NC_("drive", "Closed"), Kind.DATE, table=False),
        Column("purpose", N_("Purpose"), table=False),
        Column("beneficiary", N_("Beneficiary"), load=named_by("beneficiary_id", ORGANIZATION)),
        Column("beneficiary_id", N_("Beneficiary id"), Kind.ID, table=False),
        Column("emergency", N_("Emergency"), Kind.FLAG, table=False),
        Column(
            "slips",
            N_("Slips"),
            Kind.COUNT,
            load=lambda session, drives: queries.slip_counts(session, [drive.id for drive in drives]),
            default=0,
        ),
        Column("disclosure_due", N_("Notice due"), Kind.DATE, load=_disclosures("due_on")),
        Column(
            "disclosure",
            N_("Notice due as"),
            Kind.CHOICE,
            load=_disclosures("kind"),
            choices=DISCLOSURES,
            table=False,
        ),
        Column("community", N_("Community"), load=_communities, table=False),
        Column("community_id", N_("Community id"), Kind.ID, table=False),
        Column(
            "goals",
            N_("Goals"),
            Kind.ROWS,
            load=lambda session, drives: queries.goals(session, [drive.id for drive in drives]),
            view=View(
                "goals",
                N_("Goals"),
                (
                    Column("item", N_("Item")),
                    Column("quantity", N_("Quantity"), Kind.COUNT),
                    Column("unit", N_("Counted in")),
                ),
            ),
            table=False,
        ),
        Column(
            "stock",
            N_("Stock"),
            Kind.ROWS,
            load=lambda session, drives: {drive.id: queries.stock(session, drive) for drive in drives},
            view=STOCK,
            show_only=True,
        ),
        Column("notices", N_("Notices"), Kind.ROWS, load=_notice_rows, view=NOTICES, show_only=True),
    ),
)
