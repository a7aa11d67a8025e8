"""What is found within one look is asked once, and nothing of it outlives the look."""

from __future__ import annotations

from itertools import count

import pytest
from sqlalchemy.orm import Session

from volunteer_cli.core.looking import looking, once


def test_within_a_look_each_key_is_asked_once() -> None:
    session, asked = Session(), count()
    with looking(session):
        with looking(session):
            assert [once(session, key, lambda: next(asked)) for key in ("a", "b", "a")] == [0, 1, 0]
        assert once(session, "b", lambda: next(asked)) == 1


def test_what_was_found_is_forgotten_after_the_look_and_after_a_fault() -> None:
    session, asked = Session(), count()
    with pytest.raises(ZeroDivisionError), looking(session):
        once(session, "a", lambda: next(asked) / 0)
    assert [once(session, "a", lambda: next(asked)) for _time in range(2)] == [1, 2]
    with looking(session):
        assert once(session, "a", lambda: next(asked)) == 3
