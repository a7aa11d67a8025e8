"""What may happen to records of any kind: their codes, and being taken out of use."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_

CODE = re.compile(r"[a-z][a-z0-9-]{0,19}")


class BadCode(RuleError):
    """'{value}' is no code"""

    code = "bad_code"
    hint = N_("A code begins with a letter and has up to 20 small letters, digits and dashes, like harbour.")


def checked_code(text: str) -> str:
    """A code that can stand in numbers such as BINHU-2025-0003.

    Raises:
        BadCode: it cannot.
    """
    if not CODE.fullmatch(text.lower()):
        raise BadCode(value=text)
    return text.lower()


def archive(session: Session, record: Any, on: date | None) -> None:
    """Take a record out of use on a day, or with None back into use."""
    if (record.archived_on is None) != (on is None):
        record.archived_on = on
        session.flush()
