"""The root command: global options, nouns that load when called, errors as lines and exit codes."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from typer import Exit, Typer, echo
from typer.core import TyperGroup, TyperOption
from typer.models import CommandInfo

from volunteer_cli import __version__
from volunteer_cli.areas import followed, nouns, verbs
from volunteer_cli.core.cards import GROUPS, Entry
from volunteer_cli.core.i18n import N_, _, placeholder
from volunteer_cli.core.run import Run, run, running
from volunteer_cli.core.settings import Given
from volunteer_cli.shell import help as pages
from volunteer_cli.shell.declaring import HELP_NAMES, NounGroup, build
from volunteer_cli.shell.guarding import guarded
from volunteer_cli.shell.parsing import GLOBAL_OPTIONS, refuse_unknown, with_shared
from volunteer_cli.shell.process import (
    ignore_interruptions,
    prepare_streams,
)
from volunteer_cli.shell.telling import (
    ask_secret,
    in_dry_run,
    say,
)
from volunteer_cli.shell.typer_private import answer_completion, items_of

if TYPE_CHECKING:
    from volunteer_cli.core.work import Work


def _show_version(_context: Any, _parameter: Any, value: bool) -> None:
    if value:
        echo(f"volunteer {__version__}")
        raise Exit


VERSION = TyperOption(
    param_decls=["--version"],
    callback=_show_version,
    is_flag=True,
    is_eager=True,
    expose_value=False,
    default=False,
    required=False,
    help=N_("Show the version"),
)


def _follow(work: Work) -> None:
    """Let the areas act on what a unit of work has changed, and say what they did once it is committed."""
    for sentence in followed(work):
        work.afterwards(partial(_say_afterwards, sentence))


def _say_afterwards(sentence: str, _work: Work) -> None:
    say(in_dry_run(sentence) if run().given.dry_run else sentence)


#: What comes where in any command line.
USAGE = "[OPTIONS] NOUN VERB [THING...] [OPTIONS]"


class Root(TyperGroup):
    """`volunteer` itself."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - Typer's signature
        """The nouns, then the commands without one."""
        return list(nouns())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - Typer's signature
        """The noun's group, imported now."""
        entry = nouns().get(cmd_name)
        if entry is None:
            return None
        declared = entry.app.load()
        if isinstance(declared, CommandInfo):
            return build(declared)
        for added in verbs(cmd_name):
            declared.verbs.update(added.verbs)
        return NounGroup(declared, entry.text)

    def get_params(self, ctx: Any) -> list[Any]:
        """The global options and `--version`."""
        return with_shared(super().get_params(ctx), (*GLOBAL_OPTIONS, VERSION))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The nouns by purpose, then the global options; no noun is imported for it."""
        pages.let_color_through(ctx)
        pages.write_line(formatter, _("Usage: ") + "volunteer " + placeholder(USAGE))
        pages.write_text(formatter, self.help)
        for group in GROUPS:
            members = [entry for entry in nouns().values() if entry.group == group]
            pages.write_rows(formatter, _(group), [_help_row(entry) for entry in members])
        pages.write_rows(formatter, _("Options:"), pages.option_rows(ctx, self.get_params(ctx)))
        pages.write_sentence(formatter, _("Begin with an example: volunteer demo"))

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """The nouns that begin as typed, none of which is imported for it, or the options."""
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        return items_of(self.meanings(), incomplete)

    def meanings(self) -> dict[str, str]:
        """The nouns, each with what it is about."""
        return {name: pages.first_line(entry.text) for name, entry in nouns().items()}

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The noun, or an error that suggests one."""
        refuse_unknown(ctx, args[0], nouns())
        return super().resolve_command(ctx, args)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,  # noqa: ARG002 - Typer's signature
        standalone_mode: bool = True,
        windows_expand_args: bool = True,  # noqa: ARG002
        **_extra: Any,
    ) -> Any:
        """Run one command line and exit with its code."""
        typed = list(sys.argv[1:] if args is None else args)
        whole = Run(
            Given(),
            arguments=tuple(typed),
            perform=self.run_line,
            before_commit=_follow,
            ask_secret=ask_secret,
        )
        with running(whole):
            answer_completion(self, prog_name or "volunteer")
            code = guarded(typed, self.run_line)
        if standalone_mode:
            sys.exit(code)
        return code

    def run_line(self, typed: list[str]) -> None:
        """Run a command line; errors are the caller's."""
        with self.make_context("volunteer", typed) as context:
            self.invoke(context)


def _help_row(entry: Entry) -> tuple[str, str]:
    return entry.name, _(entry.text).rstrip(".。")


app = Typer(
    cls=Root,
    help=N_(
        "Run the volunteer life of a community office: people, teams, events, hours, donations, reports."
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=HELP_NAMES,
)


@app.callback()
def root() -> None:
    """Run the volunteer life of a community office: people, teams, events, hours, donations, reports."""


@cache
def command_tree() -> Root:
    """The root command, built once."""
    from typer.main import get_command

    tree = get_command(app)
    assert isinstance(tree, Root)  # noqa: S101 - the app is declared with this class
    return tree


def main() -> None:
    """Run the command line of this process."""
    # The mapped tables are many objects that all stay: looking for garbage among them, while they are
    # made and once more at the end, costs a quarter of a command.
    gc.set_threshold(200_000, 20, 50)
    prepare_streams()
    try:
        code = command_tree().main(standalone_mode=False)
        ignore_interruptions()
        sys.exit(code)
    finally:
        gc.freeze()
