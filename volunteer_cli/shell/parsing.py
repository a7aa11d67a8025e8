"""The options that commands share, and what of a command line is refused before it runs."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from typer.core import TyperOption

from volunteer_cli.completion import beginning, completer
from volunteer_cli.core.errors import BadChoice, UsageFault
from volunteer_cli.core.i18n import N_, _, listed, quoted_alternatives
from volunteer_cli.core.run import run
from volunteer_cli.core.settings import COLORS
from volunteer_cli.output.formats import FORMATS, format_named
from volunteer_cli.output.options import options
from volunteer_cli.shell.typed import read_reason
from volunteer_cli.shell.typer_private import complete_with, complete_within

#: Digits of a limit that are read; longer than any number of rows.
MOST_DIGITS = 100


class NamesNothing(UsageFault):
    """{option} names nothing"""

    code = "missing_value"
    hint = N_("Leave it out to see all.")


class NegativeLimit(UsageFault):
    """--limit takes a whole number that is not negative"""

    code = "usage"


class NothingToOpen(UsageFault):
    """--open shows the file that -o names, and none is named"""

    code = "usage"


class UnknownCommand(UsageFault):
    """There is no command '{value}'"""

    code = "unknown_command"


def refuse_unknown(ctx: Any, word: str, names: Collection[str]) -> None:
    """Refuse a noun or verb that does not exist, and name the nearest ones that do.

    Raises:
        UnknownCommand: it is none of the names, and no option either.
    """
    if word in names or word.startswith("-") or ctx.resilient_parsing:
        return
    hint = _("All commands: {path} --help").format(path=ctx.command_path)
    if near := _nearest(ctx, word, names):
        hint = _("Did you mean {near}? ").format(near=quoted_alternatives(near)) + hint
    raise UnknownCommand(value=word, hint=hint)


def _nearest(ctx: Any, word: str, names: Collection[str]) -> list[str]:
    from volunteer_cli.shell.suggesting import nearest, told_of

    return nearest(word, names) or told_of(word, ctx.command.meanings())


def with_shared(own: list[Any], shared: Sequence[TyperOption]) -> list[Any]:
    """The shared options after a command's own, less those whose names the command uses itself."""
    return [*own, *not_taken(own, shared)]


def not_taken(own: Sequence[Any], shared: Sequence[TyperOption]) -> list[TyperOption]:
    """The shared options of which a command does not use a name itself."""
    names = {name for parameter in own for name in getattr(parameter, "opts", ())}
    return [option for option in shared if names.isdisjoint(option.opts)]


def _shared(
    names: str,
    text: str,
    store: Callable[[Any], None],
    *,
    metavar: str | None = None,
    flag: bool = False,
    count: bool = False,
    of: str = "",
) -> TyperOption:
    """An option that no command body sees: its value goes where `store` puts it."""

    # An option that is not given must not undo what stood before the noun: volunteer -q person list.
    def keep(_context: Any, _parameter: Any, value: Any) -> None:
        if value not in (None, False, 0):
            store(value)

    option = TyperOption(
        param_decls=names.split(),
        callback=keep,
        help=text,
        expose_value=False,
        is_flag=flag or None,
        count=count,
        default=False if flag else None,
        metavar=metavar,
        show_default=False,
        required=False,
    )
    if complete := completer(of or metavar, text):
        complete_with(option, complete)
    return option


def _give(name: str) -> Callable[[str], None]:
    def store(value: str) -> None:
        run().given.options[name] = value

    return store


def _set(name: str) -> Callable[[Any], None]:
    return lambda value: setattr(run().given, name, value)


def _set_output(name: str) -> Callable[[Any], None]:
    return lambda value: setattr(options(), name, value)


def _set_color(value: str) -> None:
    if value not in COLORS:
        raise BadChoice(field="--color", value=value, choices=listed(COLORS))
    run().given.color = value


def _set_format(value: str) -> None:
    options().format = format_named(value)


def _set_file(value: str) -> None:
    options().output = Path(value)


def _set_fields(value: str) -> None:
    # As people type them: 姓名，电话 are two fields as well.
    options().fields = tuple(name.strip() for name in re.split("[,，、]", value))


def _set_limit(value: str) -> None:
    if not (value.isascii() and value.isdigit()):
        raise NegativeLimit
    # Python itself refuses to read more than 4300 digits, and SQLite to be given more than 64 bits.
    options().limit = min(int(value[:MOST_DIGITS]), sys.maxsize)


def _leave_out_header(_value: bool) -> None:
    options().header = False


def _open_file(_value: bool) -> None:
    options().opens = True


def _leave_out_pager(_value: bool) -> None:
    run().given.pages = False


def _reveal(value: str) -> None:
    options().reveal = read_reason(value)


def _fields(command: Any, typed: str) -> list[str]:
    """The fields of a command that begin as typed, for --fields and --sort."""
    from volunteer_cli.shell.viewing import fields_of

    return beginning(fields_of(command), typed)


def _conditions(command: Any, typed: str) -> list[str]:
    """A field at the beginning of a condition, or behind the last blank of one."""
    before, blank, last = typed.rpartition(" ")
    return [f"{before}{blank}{name}" for name in _fields(command, last)]


def of_conditions(option: Any) -> Any:
    """Let an option that takes a condition be completed by the fields of its command."""
    complete_within(option, _conditions)
    return option


def _of_fields(option: TyperOption) -> TyperOption:
    complete_within(option, _fields)
    return option


GLOBAL_OPTIONS = (
    _shared("--db", N_("Database: a path or URL (VOLUNTEER_DB)"), _give("db"), metavar="PATH"),
    _shared(
        "--community",
        N_("Community to work in, by code (VOLUNTEER_COMMUNITY)"),
        _give("community"),
        metavar="CODE",
        of="COMMUNITY",
    ),
    _shared("--lang", N_("Language: {languages} (VOLUNTEER_LANG)"), _give("lang"), metavar="LANG"),
    _shared(
        "--actor", N_("Who is doing this, for the history (VOLUNTEER_ACTOR)"), _give("actor"), metavar="NAME"
    ),
    _shared(
        "--today",
        N_("Take this day, or day and time, as now (VOLUNTEER_TODAY)"),
        _give("today"),
        metavar="DATE",
    ),
    _shared("-q --quiet", N_("Say nothing but errors"), _set("quiet"), flag=True),
    _shared("-v --verbose", N_("Say more"), _set("verbose"), count=True),
    _shared("--no-pager", N_("Print it all at once, however long (PAGER)"), _leave_out_pager, flag=True),
    _shared("--color", N_("Colour: auto, always or never (NO_COLOR)"), _set_color, metavar="WHEN"),
)
OUTPUT_OPTIONS = (
    _shared(
        "-f --format",
        N_("Format: {formats}"),
        _set_format,
        metavar="FORMAT",
        of="|".join(form.name for form in FORMATS),
    ),
    _shared(
        "-o --output",
        N_("Write to this file; its ending tells the format"),
        _set_file,
        metavar="FILE",
    ),
    _shared("--open", N_("Show the file that was written"), _open_file, flag=True),
    _of_fields(
        _shared(
            "--fields",
            N_("Only these fields, separated by commas; 'all' for all"),
            _set_fields,
            metavar="A,B",
        )
    ),
    _of_fields(
        _shared(
            "--sort",
            N_("Sort by this field; -FIELD turns the order round"),
            _set_output("sort"),
            metavar="FIELD",
        )
    ),
    _shared("--limit", N_("At most so many rows"), _set_limit, metavar="N"),
    _shared("--no-header", N_("Leave out the headings"), _leave_out_header, flag=True),
    _shared(
        "--reveal",
        N_("Show phones, identity numbers and addresses; the reason is kept"),
        _reveal,
        metavar="REASON",
    ),
)
LISTING_OPTIONS = (
    of_conditions(
        _shared(
            "--where",
            N_("Only records of a list that meet a condition, like 'building=3 and age>=60'"),
            _set_output("where"),
            metavar="CONDITION",
        )
    ),
)
CHANGING_OPTIONS = (
    _shared("-n --dry-run", N_("Do everything but keep nothing"), _set("dry_run"), flag=True),
    _shared("-y --yes", N_("Answer every question with yes"), _set("yes"), flag=True),
)
