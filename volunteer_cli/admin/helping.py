"""`volunteer help [TOPIC]`: what concerns many commands, and the help of any of them."""

from __future__ import annotations

from io import StringIO
from typing import Annotated, Any

from typer import Argument, echo

from volunteer_cli.admin.topics import TOPICS, Table, Topic
from volunteer_cli.areas import nouns
from volunteer_cli.completion import beginning
from volunteer_cli.core.errors import NOT_FOUND, VolunteerError
from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.core.run import run
from volunteer_cli.output.view import Column, Kind, View
from volunteer_cli.shell import command, prints_records, show, show_list
from volunteer_cli.shell import help as pages


class UnknownTopic(VolunteerError):
    """There is no topic '{value}'; the topics are: {known}"""

    code = "not_found"
    exit_code = NOT_FOUND
    hint = N_("The help of a command: volunteer NOUN VERB --help")


def page(topic: Topic) -> str:
    """The page of a topic, within the width of the terminal."""
    formatter: Any = StringIO()
    formatter.write(_(topic.title) + "\n")
    for part in topic.parts():
        if isinstance(part, Table):
            pages.write_rows(formatter, part.title, part.rows)
        else:
            pages.write_sentence(formatter, part)
    return str(formatter.getvalue())


TOPIC_LIST = View(
    "topics",
    N_("Topics"),
    (
        Column("name", N_("Topic"), Kind.CODE),
        Column("title", N_("What it is about"), value=lambda topic: _(topic.title)),
        Column("text", N_("Text"), value=page, show_only=True),
    ),
    identity="name",
)


def _topics(incomplete: str) -> list[str]:
    return beginning([topic.name for topic in TOPICS], incomplete)


def explain_topic(
    topic: Annotated[
        list[str] | None,
        Argument(
            metavar="[TOPIC]...",
            help=N_("A topic, or a command; without it the topics"),
            autocompletion=_topics,
        ),
    ] = None,
) -> None:
    """Explain dates, periods, formats and what else concerns many commands.

    A noun, or a noun and its verb, shows the help of that command.
    """
    words = topic or []
    asked = named("-".join(words)) if words else None
    if not words:
        show_list(None, TOPIC_LIST, TOPICS)
    elif asked is None and words[0] in nouns():
        # Topics first: none is called as a noun, and a noun has its own --help.
        run().perform([*words, "--help"])
    elif asked is None:
        raise UnknownTopic(value=" ".join(words), known=listed(each.name for each in TOPICS))
    elif prints_records():
        show(None, TOPIC_LIST, asked)
    else:
        echo(page(asked), nl=False)


def named(text: str) -> Topic | None:
    """The topic called so, by its name or by its title in the user's language."""
    bare = text.casefold().replace("_", "-")
    return next((each for each in TOPICS if bare in (each.name, _(each.title).casefold())), None)


help_command = command(explain_topic, "help", example="volunteer help periods")
