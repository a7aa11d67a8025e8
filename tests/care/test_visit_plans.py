"""What the database reads when it is asked who must be visited: steps into an index, never all visits."""

from __future__ import annotations

import os

from sqlalchemy import create_engine
from sqlalchemy.dialects import sqlite
from volunteering import Volunteer

from volunteer_cli.care.queries.due import Rhythm, listed


def test_the_last_meetings_are_steps_into_the_index(care: Volunteer) -> None:
    from datetime import date

    with care.writing() as session:
        query = listed(session, Rhythm.of(session, date(2026, 6, 30)))
        statement = query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    with create_engine(f"sqlite:///{os.fspath(care.database)}").connect() as connection:
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")]
    steps = [line for line in plan if "visit" in line]
    assert len(steps) == 3, plan
    for line in steps:
        assert "ix_visit_household_id_outcome_at_method" in line, plan
        assert "household_id=? AND outcome=? AND at<?" in line, plan
    assert not any("TEMP B-TREE" in line for line in plan), plan
