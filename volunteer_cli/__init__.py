"""Volunteer CLI: the volunteer life of a community office on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from volunteer_cli.door import open_database

__version__ = "0.1.0"
__all__ = ["__version__", "open_database"]


def __getattr__(name: str) -> Any:
    """The door for Python, which is opened by those alone who ask for it: every command imports this module."""
    if name == "open_database":
        from volunteer_cli.door import open_database

        return open_database
    raise AttributeError(name)
