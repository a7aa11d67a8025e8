"""Whatever the history, a certificate's total is the sum of its lines and what the one definition counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recognition.conftest import SERVICE
from sqlalchemy.orm import Session
from volunteering import Volunteer

from volunteer_cli.communities.models import Community
from volunteer_cli.core.dates import Period
from volunteer_cli.core.history import insert_rows, update_all
from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.hours.queries import minutes_of_people
from volunteer_cli.hours.terms import Evidence, HoursStatus
from volunteer_cli.people.models import Person
from volunteer_cli.recognition.queries import certificate_lines, corrected_since
from volunteer_cli.recognition.rules.certificates import NothingToCertify, issue_certificate

FIRST = date(2024, 12, 30)
TODAY = date(2026, 6, 30)
SERVICES = st.lists(
    st.fixed_dictionaries(
        {
            "served_on": st.integers(0, 5).map(lambda day: FIRST + timedelta(day)),
            "minutes": st.integers(0, 700),
            "start_minute": st.none() | st.integers(0, 1439),
            "status": st.sampled_from([*HoursStatus, HoursStatus.CONFIRMED, HoursStatus.CONFIRMED]),
            "evidence": st.sampled_from(Evidence),
            "person_id": st.sampled_from([1, 1, 1, 2]),
        }
    ),
    min_size=1,
    max_size=15,
)
PERIODS = st.none() | st.tuples(st.integers(0, 5), st.integers(0, 5)).map(
    lambda days: Period(FIRST + timedelta(min(days)), FIRST + timedelta(max(days)))
)


class TakenBackError(Exception):
    pass


@contextmanager
def taken_back(volunteer: Volunteer) -> Iterator[Session]:
    """A unit of work that leaves nothing behind."""
    with suppress(TakenBackError), volunteer.writing() as session:
        yield session
        raise TakenBackError


@pytest.fixture
def two_people(volunteer: Volunteer) -> Volunteer:
    volunteer.ok("person", "add", "陈样一", "--volunteer")
    volunteer.ok("person", "add", "李样二", "--volunteer")
    return volunteer


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(services=SERVICES, period=PERIODS, data=st.data())
def test_total_lines_and_the_one_definition_agree(
    two_people: Volunteer, services: Any, period: Any, data: Any
) -> Any:
    with taken_back(two_people) as session:
        ids = insert_rows(session, HoursRecord, [{**SERVICE, **service} for service in services])
        person, community = session.get_one(Person, 1), session.get_one(Community, 1)
        counted = minutes_of_people(session, [1], period).get(1, 0)
        try:
            issued = issue_certificate(session, person, community, period=period, handler="经办", today=TODAY)
        except NothingToCertify:
            assert counted == 0
            return
        lines = certificate_lines(session, issued.id)
        assert issued.minutes == counted == sum(line.minutes for line in lines)
        assert issued.minutes == issued.scanned + issued.signed + issued.reported + issued.backfilled
        assert corrected_since(session, [issued.id]) == set()
        update_all(session, HoursRecord, [data.draw(st.sampled_from(ids))], {"status": HoursStatus.VOIDED})
        frozen = certificate_lines(session, issued.id)
        changed = minutes_of_people(session, [1], period).get(1, 0) != counted
        assert sum(line.minutes for line in frozen) == counted
        assert not changed or corrected_since(session, [issued.id]) == {issued.id}
