from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from volunteering import Volunteer

from volunteer_cli.core.errors import RuleError
from volunteer_cli.people.models import Person
from volunteer_cli.teams import rules
from volunteer_cli.teams.models import Membership, Team


def day(text: str) -> date:
    return date.fromisoformat(text)


def perhaps(text: str | None) -> date | None:
    return day(text) if text else None


def span(role: str, since: str, until: str | None = None) -> SimpleNamespace:
    return SimpleNamespace(role=role, since=day(since), until=perhaps(until))


@pytest.mark.parametrize(
    ("spans", "wanted", "answer"),
    [
        ([], ("member", "2026-01-01", None), ("2026-01-01", None)),
        ([], ("member", "2026-01-01", "2026-02-01"), ("2026-01-01", "2026-02-01")),
        ([span("member", "2025-01-01")], ("member", "2026-01-01", None), None),
        ([span("member", "2025-01-01", "2026-01-01")], ("member", "2026-01-01", None), ("2026-01-01", None)),
        ([span("member", "2026-05-01")], ("member", "2026-01-01", None), ("2026-01-01", "2026-05-01")),
        ([span("member", "2026-05-01", "2026-05-01")], ("member", "2026-01-01", None), ("2026-01-01", None)),
        ([span("member", "2026-01-01", "2026-01-01")], ("member", "2026-01-01", "2026-01-01"), None),
        ([span("deputy", "2026-01-01", "2026-01-01")], (None, "2026-01-01", "2026-01-01"), None),
        (
            [span("member", "2026-01-01", "2026-01-01"), span("deputy", "2025-01-01")],
            ("member", "2026-01-01", "2026-01-01"),
            None,
        ),
        (
            [span("deputy", "2026-01-01", "2026-01-01")],
            ("member", "2026-01-01", "2026-01-01"),
            ("2026-01-01", "2026-01-01"),
        ),
        ([span("deputy", "2025-01-01")], ("member", "2026-01-01", None), "already_member"),
        ([span("member", "2026-05-01")], ("member", "2026-01-01", "2026-06-01"), "already_member"),
        ([], ("member", "2026-01-01", "2025-01-01"), "before_joining"),
    ],
)
def test_where_a_membership_fits(
    spans: list[Any], wanted: tuple[Any, ...], answer: str | tuple[Any, ...] | None
) -> None:
    role, since, until = wanted
    try:
        fitted: object = rules.fitted(
            spans, role=role, since=day(since), until=perhaps(until), of=(1, 1), person="李明"
        )
    except RuleError as error:
        fitted = error.code
    assert fitted == (tuple(map(perhaps, answer)) if isinstance(answer, tuple) else answer)


def test_many_memberships_at_once(volunteer: Volunteer) -> None:
    for name in ("李明", "王芳", "张强"):
        volunteer.ok("person", "add", name)
    volunteer.ok("team", "add", "歌队", "--leader", "李明", "--founded", "2024-01-01")
    rows = [
        {"team_id": 1, "person_id": key, "role": role, "since": day(since), "until": perhaps(until)}
        for key, role, since, until in [
            (2, "member", "2025-01-01", None),
            (2, "member", "2025-03-01", None),
            (3, "member", "2025-01-01", "2024-01-01"),
            (3, "leader", "2025-06-01", None),
        ]
    ]
    with volunteer.writing() as session:
        answers = rules.add_memberships(session, rows)
    assert [answer if isinstance(answer, bool) else answer.code for answer in answers] == [
        True,
        False,
        "before_joining",
        True,
    ]
    members = volunteer.ok("team", "members", "歌队", "-f", "json").json
    assert [(row["person"], row["role"]) for row in members] == [
        ("张强", "leader"),
        ("李明", "member"),
        ("王芳", "member"),
    ]


def test_checks_find_what_rules_would_refuse(volunteer: Volunteer) -> None:
    for name in ("李明", "王芳"):
        volunteer.ok("person", "add", name)
    volunteer.ok("team", "add", "歌队", "--leader", "李明")
    volunteer.ok("check")
    with volunteer.writing() as session:
        assert session.get(Team, 1)
        assert session.get(Person, 2)
        for role, since, until in (
            ("leader", "2026-01-01", None),
            ("member", "2026-02-01", None),
            ("member", "2025-02-01", "2025-01-01"),
        ):
            session.add(Membership(team_id=1, person_id=2, role=role, since=day(since), until=perhaps(until)))
    answer = volunteer("check")
    assert answer.code == 6
    for thing in ("team:1", "person:2"):
        assert thing in answer.err + answer.out
