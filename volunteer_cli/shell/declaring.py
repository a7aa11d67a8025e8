"""How commands are declared: nouns, their verbs, and the commands that are made of them when needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.models import CommandInfo

from volunteer_cli.completion import completer, completes
from volunteer_cli.core.errors import FileFault
from volunteer_cli.core.i18n import _
from volunteer_cli.core.run import run
from volunteer_cli.output.options import options
from volunteer_cli.shell import help as pages
from volunteer_cli.shell import typer_private
from volunteer_cli.shell.about import typed
from volunteer_cli.shell.asked import Asked
from volunteer_cli.shell.parsing import (
    CHANGING_OPTIONS,
    GLOBAL_OPTIONS,
    LISTING_OPTIONS,
    OUTPUT_OPTIONS,
    NamesNothing,
    NothingToOpen,
    not_taken,
    of_conditions,
    refuse_unknown,
    with_shared,
)
from volunteer_cli.shell.telling import show_file

HELP_NAMES = {"help_option_names": ["-h", "--help"]}
OF_LISTS = frozenset({"--sort", "--limit", "--no-header"})
#: Commands that make or open a database, and verbs that answer one setting.
GIVING_NO_LIST = frozenset({"demo", "init", "backup", "upgrade", "shell", "path", "get"})


@contextmanager
def files_explained() -> Iterator[None]:
    """Turn what the operating system refuses about a file into an error that a user can act on."""
    try:
        yield
    except OSError as error:
        if error.filename is None or isinstance(error, BrokenPipeError):
            raise
        raise FileFault(path=error.filename, reason=(error.strerror or "").lower()) from error


def _edited(ctx: Any) -> Any:
    from volunteer_cli.shell.editing import edit_in_editor

    return edit_in_editor(ctx)


class Command(TyperCommand):
    """A verb: its own options, then those of output, then the global ones."""

    shared: tuple[TyperOption, ...] = (*LISTING_OPTIONS, *OUTPUT_OPTIONS)
    #: Whether it cannot run while a setting cannot be read.
    needs_settings = True

    @property
    def untold(self) -> frozenset[str]:
        """Options that are taken and stand in no help: of what gives no list nothing is ordered or cut."""
        return OF_LISTS | {"--where"} if self.name in GIVING_NO_LIST else frozenset()

    @property
    def asks(self) -> tuple[Asked, ...]:
        """What is asked for on a terminal where the command stands alone."""
        return getattr(self.callback, "asks", ())

    def get_params(self, ctx: Any) -> list[Any]:
        """All options the command understands."""
        return with_shared(super().get_params(ctx), (*self.shared, *GLOBAL_OPTIONS))

    def invoke(self, ctx: Any) -> Any:
        """Run the verb, once its settings are known to be readable."""
        if self.needs_settings:
            run().given.check()
        # Before names are looked up: a batch refuses some nouns whatever is said of them.
        run().admit(ctx.command_path.split()[1])
        self.require_names(ctx)
        options().narrowed = tuple(typed(ctx, self.params))
        options().typed = ctx.params
        # Before anything is run: the editor makes words of what was changed, which come here once more.
        if self.name == "edit" and run().attended and _names_one_and_no_change(ctx):
            return _edited(ctx)
        # Before the command runs, for the history keeps the words as soon as it changes something.
        self.keep_confidences(ctx)
        # Read before: whoever writes a paper takes the file away, so that the summary goes to the screen.
        written = _to_open()
        with files_explained():
            answer = super().invoke(ctx)
        if written is not None:
            show_file(written)
        return answer

    def keep_confidences(self, ctx: Any) -> None:
        """Let the history keep the command line without what was said in confidence."""
        values = [ctx.params.get(each.name) for each in self.params if typer_private.is_confidential(each)]
        texts = [text for value in values for text in ([value] if isinstance(value, str) else value or ())]
        if texts:
            from volunteer_cli.core.privacy import without_confidences

            run().arguments = without_confidences(run().arguments, texts)

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
        own = [parameter for parameter in super().get_params(ctx) if not getattr(parameter, "hidden", False)]
        shared = [option for option in not_taken(own, self.shared) if self.untold.isdisjoint(option.opts)]
        pages.write_command(self, ctx, formatter, own, shared)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - Typer's signature
        """The first line of the help."""
        return pages.first_line(self.help)


def _to_open() -> Path | None:
    """The file that is to be shown once it is written, if one is; raises NothingToOpen."""
    if not options().opens:
        return None
    if options().file is None:
        raise NothingToOpen
    return options().file


def _names_one_and_no_change(context: Any) -> bool:
    """Whether an `edit` names one record, and says nothing of what is to be changed."""
    thing, *options = context.command.params
    named = context.params.get(thing.name)
    one = isinstance(named, str) or len(named or ()) == 1
    return one and not any(context.params.get(each.name) for each in options)


class ChangingCommand(Command):
    """A verb that changes data."""

    def require_names(self, ctx: Any) -> None:
        """An empty text is an answer here: `team edit --leader ''` takes the leader away."""

    shared = (*CHANGING_OPTIONS, *OUTPUT_OPTIONS)

    @property
    def untold(self) -> frozenset[str]:
        """It prints what it changed, mostly one record."""
        return OF_LISTS


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
        return with_shared(super().get_params(ctx), GLOBAL_OPTIONS)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage and the verbs."""
        pages.write_usage(self, ctx, formatter)
        pages.write_text(formatter, self.help)
        commands = {name: build(info) for name, info in self.source.verbs.items() if not info.hidden}
        rows = [(name, command.get_short_help_str()) for name, command in commands.items()]
        pages.write_rows(formatter, _("Commands:"), rows)
        more = _("More on each: volunteer {noun} VERB --help").format(noun=self.name)
        pages.write_sentence(formatter, more)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - Typer's signature
        """The first line of the help."""
        return pages.first_line(self.help)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """The verbs that begin as typed, or the options."""
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        return typer_private.items_of(self.meanings(), incomplete)

    def meanings(self) -> dict[str, str]:
        """The verbs, each with what it does."""
        shown = {name: info for name, info in self.source.verbs.items() if not info.hidden}
        return {name: pages.first_line(build(info).help) for name, info in shown.items()}

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The verb, or an error that suggests one."""
        refuse_unknown(ctx, args[0], self.source.verbs)
        return super().resolve_command(ctx, args)


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
    asks: tuple[Asked, ...] = (),
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Hang a function on a noun as its verb `name`; the docstring is the help, `example` ends it."""

    def declare(function: Callable[..., None]) -> Callable[..., None]:
        setattr(function, "asks", asks)  # noqa: B010 - for mypy
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
    built = typer_private.build(info, completer)
    for parameter in built.params:
        if parameter.metavar == "CONDITION":
            of_conditions(parameter)
    return built
