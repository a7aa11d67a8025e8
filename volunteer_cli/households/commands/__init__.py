"""`volunteer household …`: its doors, who lives behind them, and what follows them."""

from volunteer_cli.households.commands import changing, following, living, reading
from volunteer_cli.households.commands.typed import app

__all__ = ["app", "changing", "following", "living", "reading"]
