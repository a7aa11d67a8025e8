"""What stock-takes found is summed by itself in the view of stocks: `migrations/env.py` makes views after every upgrade."""

from __future__ import annotations

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Nothing else changes."""
