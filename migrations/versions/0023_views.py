"""Views for other tools: `migrations/env.py` makes them after every upgrade."""

from __future__ import annotations

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Nothing else changes; a view that changes has a revision like this one, so that it reaches old files."""
