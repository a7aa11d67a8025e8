"""The fields of an alliance: each declared once, and all that commands and views have of it."""

from __future__ import annotations

from volunteer_cli.core.fields import Field, day, line, title, word
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.kinds import Kind

NAME = Field(
    "name",
    NC_("alliance", "Name"),
    title,
    help=N_("A new name"),
    metavar="NAME",
    needed=True,
    listed=True,
    most=200,
)
CODE = Field(
    "code",
    N_("Code"),
    word,
    Kind.CODE,
    help=N_("Short code to name it by"),
    metavar="CODE",
    needed=True,
    listed=True,
    most=40,
)
MOTTO = Field("motto", N_("Motto"), help=N_("What it stands for"))
FOUNDED_ON = Field(
    "founded_on",
    N_("Founded on"),
    day,
    Kind.DATE,
    help=N_("The day it was founded"),
    option="founded",
    metavar="DATE",
)


def one_line(text: str, place: object) -> list[str]:
    """A line of work, whole: 、 may stand within it."""
    return [line(text, place)]  # type: ignore[arg-type]


LINES = Field(
    "lines",
    N_("Lines of work"),
    one_line,
    Kind.LIST,
    help=N_("A line of work; may be given several times"),
    option="line",
    more=N_("One more line of work"),
    less=N_("A line of work that is no more"),
)
#: Name and code are arguments of `alliance add`, so that its options are these alone.
DETAILS = (FOUNDED_ON, MOTTO, LINES)
FIELDS = (NAME, CODE, FOUNDED_ON, MOTTO)
