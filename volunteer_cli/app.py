"""The root command: global options, nouns that load when called, errors as lines and exit codes."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from typer import Abort, Exit, Typer, echo
from typer.core import TyperGroup, TyperOption
from typer.models import CommandInfo

from volunteer_cli import __version__
from volunteer_cli.areas import followed, nouns, verbs
from volunteer_cli.core import i18n
from volunteer_cli.core.cards import GROUPS, Entry
from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import Run, run, running
from volunteer_cli.core.settings import BadSettings, Given
from volunteer_cli.shell import help as pages
from volunteer_cli.shell.declaring import HELP_NAMES, NounGroup, build
from volunteer_cli.shell.parsing import GLOBAL_OPTIONS, refuse_unknown, with_shared
from volunteer_cli.shell.process import (
    OutputLost,
    discard_output,
    hear_interruptions,
    ignore_interruptions,
    prepare_streams,
    readable_words,
)
from volunteer_cli.shell.telling import (
    ask_secret,
    in_dry_run,
    interrupted,
    lost_after_commit,
    reader_gone,
    report,
    report_bug,
    say,
    tell_remarks,
)
from volunteer_cli.shell.typer_private import NoArgsIsHelpError, UsageError, answer_completion

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
        pages.write_line(formatter, _("Usage: ") + "volunteer [OPTIONS] NOUN VERB [THING...] [OPTIONS]")
        pages.write_text(formatter, self.help)
        for group in GROUPS:
            members = [entry for entry in nouns().values() if entry.group == group]
            pages.write_rows(formatter, _(group), [_help_row(entry) for entry in members])
        pages.write_rows(formatter, _("Options:"), pages.option_rows(ctx, self.get_params(ctx)))
        pages.write_sentence(formatter, _("Begin with an example: volunteer demo"))

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
            code = self.run_guarded(typed)
        if standalone_mode:
            sys.exit(code)
        return code

    def run_guarded(self, typed: list[str]) -> int:
        """Run a command line and turn every error into its line and its exit code."""
        try:
            hear_interruptions()
            code = self._code_of(typed)
            sys.stdout.flush()
        except BrokenPipeError:
            discard_output()
            return reader_gone()
        except (KeyboardInterrupt, Abort):
            return interrupted()
        except OutputLost as error:
            discard_output()
            return lost_after_commit(error)
        except (VolunteerError, UsageError) as error:
            return report(error)
        except Exception as error:  # noqa: BLE001 - the last line of defence: a bug becomes one line
            return report_bug(error)
        return code

    def _code_of(self, typed: list[str]) -> int:
        try:
            _choose_language(typed)
            self.run_line(readable_words(typed))
        except Exit as stop:
            return stop.exit_code
        except NoArgsIsHelpError as asked:
            echo(asked.ctx.get_help())
        finally:
            tell_remarks()
        return 0

    def run_line(self, typed: list[str]) -> None:
        """Run a command line; errors are the caller's."""
        with self.make_context("volunteer", typed) as context:
            self.invoke(context)


def _help_row(entry: Entry) -> tuple[str, str]:
    return entry.name, _(entry.text).rstrip(".。")


def _choose_language(typed: list[str]) -> None:
    """Speak the language that is asked for before anything of the command line is parsed."""
    current = run()
    current.language = i18n.language_of_environment()
    if language := _asked_language(typed):
        current.given.options["lang"] = language
    # A file that cannot be read is told when a command runs; help and doctor do without it.
    with suppress(BadSettings):
        current.language = current.given.language


def _asked_language(typed: list[str]) -> str | None:
    """The `--lang` of a command line, needed before anything of it is parsed."""
    for index, word in enumerate(typed):
        if word == "--":
            return None
        if word == "--lang" and index + 1 < len(typed):
            return typed[index + 1]
        if word.startswith("--lang="):
            return word.partition("=")[2]
    return None


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
