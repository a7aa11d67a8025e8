"""How commands are declared and how they talk: the one frame around every command.

An area's `commands.py` makes a noun and hangs verbs on it:

    app = noun("team")

    @verb(app, "add", example="volunteer team add 绿色家园维护者", changes=True)
    def add(name: Annotated[str, Argument(metavar="NAME", help=N_("Name of the team"))]) -> None:
        \"\"\"Add a team.\"\"\"

Every command takes the global options, every one that prints takes the options of output, and
those that change data take `--dry-run` and `--yes`; a command body never sees them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar, overload

from typer import Option, echo
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info
from typer.models import CommandInfo

from volunteer_cli.completion import completes
from volunteer_cli.core.errors import BadChoice, BadDate, BadTime, Cancelled, UsageFault
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run
from volunteer_cli.core.settings import COLORS
from volunteer_cli.output.options import Format, OutputOptions, options

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.core.dates import Period
    from volunteer_cli.output.view import View


Value = TypeVar("Value")

#: Digits of a limit that are read; longer than any number of rows.
MOST_DIGITS = 100


class NeedsAnswer(UsageFault):
    """{question} There is no terminal to ask on"""

    code = "needs_yes"
    hint = N_("Answer beforehand with --yes.")


class NamesNothing(UsageFault):
    """{option} names nothing"""

    code = "missing_value"
    hint = N_("Leave it out to see all.")


class NegativeLimit(UsageFault):
    """--limit takes a whole number that is not negative"""

    code = "usage"


# --- options that commands share ------------------------------------------------------------


def _shared(
    names: str,
    text: str,
    store: Callable[[Any], None],
    *,
    metavar: str | None = None,
    flag: bool = False,
    count: bool = False,
) -> TyperOption:
    def keep(_context: Any, _parameter: Any, value: Any) -> None:
        if value not in (None, False, 0):
            store(value)

    return TyperOption(
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


def _give(name: str) -> Callable[[str], None]:
    def store(value: str) -> None:
        run().given.options[name] = value

    return store


def _set(name: str) -> Callable[[Any], None]:
    return lambda value: setattr(run().given, name, value)


def _set_option(name: str) -> Callable[[Any], None]:
    return lambda value: setattr(options(), name, value)


def _set_color(value: str) -> None:
    if value not in COLORS:
        raise BadChoice(field="--color", value=value, choices=", ".join(COLORS))
    run().given.color = value


def _set_limit(value: str) -> None:
    if not (value.isascii() and value.isdigit()):
        raise NegativeLimit
    options().limit = min(int(value[:MOST_DIGITS]), sys.maxsize)


GLOBAL_OPTIONS = (
    _shared("--db", N_("Database: a path or URL (VOLUNTEER_DB)"), _give("db"), metavar="PATH"),
    _shared(
        "--community",
        N_("Community to work in, by code (VOLUNTEER_COMMUNITY)"),
        _give("community"),
        metavar="CODE",
    ),
    _shared("--lang", N_("Language: en or zh (VOLUNTEER_LANG)"), _give("lang"), metavar="LANG"),
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
    _shared("--color", N_("Colour: auto, always or never (NO_COLOR)"), _set_color, metavar="WHEN"),
)
OUTPUT_OPTIONS = (
    _shared(
        "-f --format",
        N_("Format: table, csv, tsv, json, ndjson, markdown, html, xlsx or ids"),
        lambda value: _set_option("format")(Format.parse(value)),
        metavar="FORMAT",
    ),
    _shared(
        "-o --output",
        N_("Write to this file; its ending tells the format"),
        lambda v: _set_option("output")(Path(v)),
        metavar="FILE",
    ),
    _shared(
        "--fields",
        N_("Only these fields, parted by commas; 'all' for all"),
        lambda v: _set_option("fields")(tuple(word.strip() for word in v.split(","))),
        metavar="A,B",
    ),
    _shared(
        "--sort", N_("Sort by this field; -FIELD turns the order round"), _set_option("sort"), metavar="FIELD"
    ),
    _shared("--limit", N_("At most so many rows"), _set_limit, metavar="N"),
    _shared(
        "--no-header", N_("Leave out the headings"), lambda _value: _set_option("header")(False), flag=True
    ),
    _shared(
        "--reveal",
        N_("Show phones, identity numbers and addresses; the reason is kept"),
        lambda v: _set_option("reveal")(read_reason(v)),
        metavar="REASON",
    ),
)
CHANGING_OPTIONS = (
    _shared("-n --dry-run", N_("Do everything but keep nothing"), _set("dry_run"), flag=True),
    _shared("-y --yes", N_("Answer every question with yes"), _set("yes"), flag=True),
)


# --- commands, nouns and their help ------------------------------------------------------------


def _with_shared(own: list[Any], shared: Sequence[TyperOption]) -> list[Any]:
    """The shared options after a command's own, less those whose names the command uses itself."""
    taken = {name for parameter in own for name in getattr(parameter, "opts", ())}
    return [*own, *(option for option in shared if not taken & set(option.opts))]


class Command(TyperCommand):
    """A verb: its own options, then those of output, then the global ones."""

    shared: tuple[TyperOption, ...] = OUTPUT_OPTIONS
    #: Whether it cannot run while a setting cannot be read.
    needs_settings = True

    def get_params(self, ctx: Any) -> list[Any]:
        """All options the command understands."""
        return _with_shared(super().get_params(ctx), (*self.shared, *GLOBAL_OPTIONS))

    def invoke(self, ctx: Any) -> Any:
        """Run the verb, once its settings are known to be readable."""
        if self.needs_settings:
            run().given.check()
        run().admit(ctx.command_path.split()[1])
        self.require_names(ctx)
        return super().invoke(ctx)

    def require_names(self, ctx: Any) -> None:
        """Refuse a filter that names nothing, which a script's empty variable makes; it would list all.

        Raises:
            NamesNothing: an option for a person, a team … was given an empty text.
        """
        for parameter in self.params:
            if completes(parameter.metavar) and ctx.params.get(parameter.name) == "":
                raise NamesNothing(option=parameter.opts[0])

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage, what it does, its arguments and options, an example."""
        _write_usage(self, ctx, formatter)
        _write_text(formatter, self.help)
        own = [parameter for parameter in super().get_params(ctx) if not getattr(parameter, "hidden", False)]
        arguments = [parameter for parameter in own if isinstance(parameter, TyperArgument)]
        rows = [(p.make_metavar(ctx), _(p.help)) for p in arguments if p.help]
        _write_rows(formatter, _("Arguments:"), rows)
        shown = [p for p in own if not isinstance(p, TyperArgument)]
        _write_rows(formatter, _("Options:"), _option_rows(ctx, shown))
        taken = {name for parameter in own for name in parameter.opts}
        _write_rows(
            formatter, _("Output:"), _option_rows(ctx, [o for o in self.shared if not taken & set(o.opts)])
        )
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_("Global options work here too: volunteer --help"))
        if self.epilog:
            formatter.write_paragraph()
            formatter.write(_("Example:") + "\n")
            for line in self.epilog.splitlines():
                formatter.write(f"  {line}\n")

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - Typer's signature
        """The first line of the help."""
        return _first_line(self.help)


class ChangingCommand(Command):
    """A verb that changes data."""

    def require_names(self, ctx: Any) -> None:
        """An empty text is an answer here: `team edit --leader ''` takes the leader away."""

    shared = (*CHANGING_OPTIONS, *OUTPUT_OPTIONS)


def _first_line(text: str | None) -> str:
    first = (text or "").split("\n\n")[0].replace("\n", " ")
    return _(first).removesuffix(".").removesuffix("。")


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx)).replace("{", "").replace("}", "")
    formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage: "))


def _write_text(formatter: Any, text: str | None) -> None:
    paragraphs = (text or "").split("\n\n")
    for index, paragraph in enumerate(paragraphs):
        formatter.write_paragraph()
        with formatter.indentation():
            one_line = paragraph.replace("\n", " ")
            formatter.write_text(_first_line(paragraph) if index == 0 else _(one_line))


def _write_rows(formatter: Any, title: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        formatter.write_paragraph()
        formatter.write(f"{title}\n")
        with formatter.indentation():
            formatter.write_dl(rows)


def _option_rows(ctx: Any, parameters: Iterable[Any]) -> list[tuple[str, str]]:
    rows = []
    for parameter in parameters:
        names = ", ".join((*sorted(parameter.opts, key=len), *parameter.secondary_opts))
        if not parameter.is_flag and not getattr(parameter, "count", False):
            names = f"{names} {parameter.make_metavar(ctx)}"
        help_text = parameter.help or ""
        text = _("Show this help") if "--help" in parameter.opts else _(help_text)
        if getattr(parameter, "required", False):
            text = f"{text} {_('(required)')}"
        elif parameter.multiple:
            text = f"{text} {_('(can be repeated)')}"
        rows.append((names, text))
    return rows


class Noun:
    """A noun and its verbs, which are built when one is asked for."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.verbs: MutableMapping[str, CommandInfo] = {}


class NounGroup(TyperGroup):
    """The command group of a noun; its verbs become commands one by one, when needed."""

    def __init__(self, source: Noun, text: str) -> None:
        super().__init__(
            name=source.name,
            help=text,
            no_args_is_help=True,
            rich_markup_mode=None,
            context_settings=HELP_NAMES,
            subcommand_metavar="VERB [ARGS]...",
            options_metavar="",
        )
        self.source = source

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - Typer's signature
        """The verbs in the order of their declaration."""
        return list(self.source.verbs)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - Typer's signature
        """The command of a verb."""
        info = self.source.verbs.get(cmd_name)
        return build(info) if info else None

    def get_params(self, ctx: Any) -> list[Any]:
        """The global options, which work between noun and verb too."""
        return _with_shared(super().get_params(ctx), GLOBAL_OPTIONS)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage and the verbs."""
        _write_usage(self, ctx, formatter)
        _write_text(formatter, self.help)
        rows = [
            (name, build(info).get_short_help_str())
            for name, info in self.source.verbs.items()
            if not info.hidden
        ]
        _write_rows(formatter, _("Commands:"), rows)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_("More on each: volunteer {noun} VERB --help").format(noun=self.name))

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - Typer's signature
        """The first line of the help."""
        return _first_line(self.help)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The verb, or an error that suggests one."""
        if (
            self.get_command(ctx, args[0]) is None
            and not ctx.resilient_parsing
            and not args[0].startswith("-")
        ):
            raise unknown_command(args[0], self.list_commands(ctx), ctx.command_path)
        return super().resolve_command(ctx, args)


HELP_NAMES = {"help_option_names": ["-h", "--help"]}


class UnknownCommand(UsageFault):
    """There is no command '{value}'"""

    code = "unknown_command"


def unknown_command(typed: str, known: list[str], path: str) -> UnknownCommand:
    """The error for a noun or verb that does not exist, with the nearest ones that do."""
    from difflib import get_close_matches

    near = [name for name in known if typed and name.startswith(typed)]
    near = near or get_close_matches(typed, known, n=3, cutoff=0.5)
    hint = (
        _("Did you mean {near}? ").format(near=_(" or ").join(f"'{name}'" for name in near)) if near else ""
    )
    return UnknownCommand(value=typed, hint=hint + _("All commands: {path} --help").format(path=path))


def noun(name: str) -> Noun:
    """A noun without verbs as yet."""
    return Noun(name)


def verb(
    app: Noun,
    name: str,
    *,
    example: str,
    changes: bool = False,
    cls: type[Command] | None = None,
    hidden: bool = False,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Hang a function on a noun as its verb `name`; the docstring is the help, `example` ends it."""

    def declare(function: Callable[..., None]) -> Callable[..., None]:
        app.verbs[name] = command(function, name, example=example, changes=changes, cls=cls, hidden=hidden)
        return function

    return declare


def command(
    function: Callable[..., None],
    name: str,
    *,
    example: str,
    changes: bool = False,
    cls: type[Command] | None = None,
    hidden: bool = False,
) -> CommandInfo:
    """The declaration of one command, for a verb or for a command without a noun."""
    return CommandInfo(
        name=name,
        cls=cls or (ChangingCommand if changes else Command),
        callback=function,
        epilog=example,
        context_settings=HELP_NAMES,
        hidden=hidden,
    )


@cache
def build(info: CommandInfo) -> Any:
    """The command that a declaration stands for."""
    built = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
    for parameter in built.params:
        if complete := completes(parameter.metavar):
            parameter._custom_shell_complete = complete  # noqa: SLF001 - Typer has no public way for a class of arguments
    return built


# --- values on the command line ------------------------------------------------------------


@dataclass(frozen=True)
class Typed(Generic[Value]):
    """A text that only a clock can read, as typed; `read` does it inside the unit of work."""

    text: str

    def __post_init__(self) -> None:
        """Refuse what cannot be read whatever day it is, while nothing is done yet."""
        from volunteer_cli.core.clock import refuse_nonsense

        refuse_nonsense(self.on)

    def on(self, today: date) -> Value:
        """What it means on the day `today`."""
        raise NotImplementedError


class DayText(Typed[date]):
    """A date, relative words included; a year that is missing is this year."""

    def on(self, today: date) -> date:
        """The day that it means."""
        from volunteer_cli.core.dates import parse_date

        return parse_date(self.text, today, year=today.year)


class MomentText(Typed[datetime]):
    """A date with a time."""

    def on(self, today: date) -> datetime:
        """The moment that it means."""
        from volunteer_cli.core.dates import parse_datetime

        return parse_datetime(self.text, today)


class TimeText(Typed["time | datetime"]):
    """A time of day, or a day and time."""

    def on(self, today: date) -> time | datetime:
        """The time or the moment that it means."""
        from volunteer_cli.core.dates import parse_datetime, parse_time

        try:
            return parse_time(self.text)
        except BadTime:
            pass
        try:
            return parse_datetime(self.text, today)
        except BadDate:
            raise BadTime(value=self.text) from None


class PeriodText(Typed["Period"]):
    """A period."""

    def on(self, today: date) -> Period:
        """The period that it means."""
        from volunteer_cli.core.dates import parse_period

        return parse_period(self.text, today)


@overload
def read(typed: Typed[Value]) -> Value: ...


@overload
def read(typed: Typed[Value] | None) -> Value | None: ...


def read(typed: Typed[Value] | None) -> Value | None:
    """What was typed means by the community's clock, so inside the unit of work; None when nothing was typed."""
    return None if typed is None else typed.on(run().clock.today)


def read_minutes(text: str | int) -> int:
    """A duration as typed, in minutes."""
    from volunteer_cli.core.dates import parse_duration

    return text if isinstance(text, int) else parse_duration(text)


def read_reason(text: str) -> str:
    """A reason as typed; it must say something. Raises BadText and MissingValue."""
    from volunteer_cli.core.text import required

    return required(text, _("Reason"))


def day_option(names: str, text: str) -> Any:
    """An option that takes a day; its type is DayText."""
    return Option(*names.split(), parser=DayText, metavar="DATE", help=text)


def period_option(text: str) -> Any:
    """The option that takes a period; its type is PeriodText."""
    return Option("--period", parser=PeriodText, metavar="PERIOD", help=text)


OnDay = Annotated[DayText | None, day_option("--on", N_("The day it happened; default today"))]
AsOf = Annotated[DayText | None, day_option("--as-of", N_("As it was at the end of this day"))]
Reason = Annotated[
    str, Option("--reason", parser=read_reason, metavar="TEXT", help=N_("Why; kept in the history"))
]
Archived = Annotated[bool, Option("--archived", help=N_("The archived ones"))]


def choose(kind: Any, value: str | None, name: str) -> Any:
    """A value of an enum, or None; its ids are what may be typed.

    Raises:
        BadChoice: it is none of them.
    """
    if value is None:
        return None
    try:
        return kind(value.strip().lower())
    except ValueError:
        raise BadChoice(field=name, value=value, choices=", ".join(member.value for member in kind)) from None


# --- saying and showing ------------------------------------------------------------


def say(sentence: str) -> None:
    """A message for the person at the terminal, on stderr; `--quiet` silences it."""
    if not run().given.quiet:
        echo(sentence, err=True)


def show(session: Session, view: View, record: Any) -> None:
    """Print one record in the format that was asked for."""
    from volunteer_cli.output.render import show as render

    _reveal(session, view)
    render(view, record, options(), session)


def show_list(session: Session, view: View, records: Iterable[Any], *, totals: bool = False) -> None:
    """Print records in the format that was asked for."""
    from volunteer_cli.output.render import show_list as render

    _reveal(session, view)
    counted = _Counted(records)
    render(view, counted, options(), session, totals=totals)
    if not counted.any and sys.stderr.isatty():
        say(_("Nothing found."))


class _Counted:
    """Records that remember whether there were any."""

    def __init__(self, records: Iterable[Any]) -> None:
        self._records = records
        self.any = False

    def __iter__(self) -> Iterator[Any]:
        for record in self._records:
            self.any = True
            yield record


def _reveal(session: Session, view: View) -> None:
    if reason := options().reveal:
        from volunteer_cli.core.work import record_reveal

        record_reveal(session, view.name, reason)


def tell(session: Session, view: View, records: Any, sentence: str, *, in_batch: bool = False) -> None:
    """Say what was done once it is committed and, where a format was asked for, print the records.

    `records` is one record, printed as `show` would, or a list of them, printed as `list` would. A
    batch says its own sentence; `in_batch` is for what must be read there too.
    """
    from volunteer_cli.core.work import afterwards

    printed = _rendered(session, view, records)
    told, sink = options(), sys.stdout
    spoken = in_batch or not run().batched

    def after(work: Any) -> None:
        if printed is not None:
            _emit(printed, told, sink)
        if spoken:
            say(_outcome(sentence, work))

    session.flush()
    if spoken or printed is not None:
        afterwards(after)


def _outcome(sentence: str, work: Any) -> str:
    if run().given.dry_run:
        return _("Dry run, nothing was written: {sentence}").format(sentence=sentence)
    if work is None or work.committed is None:
        return _("{sentence} Nothing changed.").format(sentence=sentence)
    return _("{sentence} Operation {number}.").format(sentence=sentence, number=work.committed)


def prints_records() -> bool:
    """Whether a command that changes data was asked to print what it changed."""
    told = options()
    return not (told.format is None and told.output is None and told.fields is None)


def _rendered(session: Session, view: View, records: Any) -> str | bytes | None:
    """What `show` or `list` would print, made before the commit so that it is what was committed."""
    if not prints_records():
        return None
    told = options()
    from volunteer_cli.output.files import require_writable
    from volunteer_cli.output.render import write

    if told.file is not None:
        require_writable(told.file)
    session.flush()
    _reveal(session, view)
    many = isinstance(records, list)
    return write(
        view,
        records if many else [records],
        replace(told, output=None, format=told.resolved(sys.stdout.isatty())),
        session,
        single=not many,
    )


def _emit(printed: str | bytes, told: OutputOptions, sink: Any) -> None:
    if told.file is None:
        (sink.buffer if isinstance(printed, bytes) else sink).write(printed)
    elif not run().given.dry_run:
        from volunteer_cli.output.files import replacing

        with replacing(told.file, binary=isinstance(printed, bytes)) as file:
            file.write(printed)


def confirm(question: str) -> None:
    """Ask before something big; `--yes` answers, and a dry run needs no answer.

    Raises:
        NeedsAnswer: there is no terminal.
        Cancelled: the answer was no.
    """
    if run().given.yes or run().given.dry_run:
        return
    if not sys.stdin.isatty():
        raise NeedsAnswer(question=question)
    echo(f"{question} {_('[y/N]')} ", err=True, nl=False)
    if sys.stdin.readline().strip().lower() not in ("y", "yes", "是", "好"):
        raise Cancelled
