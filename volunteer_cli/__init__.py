"""Volunteer CLI: the volunteer life of a community office on the command line."""

__version__ = "0.1.0"
