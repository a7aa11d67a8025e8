"""The root command: global options, nouns that load when called, errors as lines and exit codes."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from typing import Any

from typer import Abort, Exit, Typer, echo, style

# Typer keeps these in a private module; the version is pinned to one minor for this reason too.
from typer._click.exceptions import MissingParameter, NoArgsIsHelpError, NoSuchOption, UsageError
from typer.core import TyperGroup, TyperOption
from typer.models import CommandInfo

from volunteer_cli import __version__
from volunteer_cli.areas import nouns
from volunteer_cli.core import i18n
from volunteer_cli.core.cards import GROUPS
from volunteer_cli.core.errors import BUG, INTERRUPTED, UNREADABLE, VolunteerError
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import Run, run, running
from volunteer_cli.core.settings import BadSettings, Given
from volunteer_cli.shell import (
    GLOBAL_OPTIONS,
    HELP_NAMES,
    NounGroup,
    _option_rows,
    _with_shared,
    _write_rows,
    _write_text,
    build,
    unknown_command,
)


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
        found = entry.app.load()
        if isinstance(found, CommandInfo):
            return build(found)
        return found.group(entry.text) if hasattr(found, "group") else NounGroup(found, entry.text)

    def get_params(self, ctx: Any) -> list[Any]:
        """The global options and `--version`."""
        return _with_shared(super().get_params(ctx), (*GLOBAL_OPTIONS, VERSION))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The nouns by purpose, then the global options; no noun is imported for it."""
        formatter.write_usage("volunteer", "[OPTIONS] NOUN VERB [THING...] [OPTIONS]", prefix=_("Usage: "))
        _write_text(formatter, self.help)
        for group in GROUPS:
            rows = [
                (name, _(entry.text).rstrip(".。")) for name, entry in nouns().items() if entry.group == group
            ]
            _write_rows(formatter, _(group), rows)
        _write_rows(formatter, _("Options:"), _option_rows(ctx, self.get_params(ctx)))
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_("Begin with an example: volunteer demo"))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The noun, or an error that suggests one."""
        if args[0] not in nouns() and not ctx.resilient_parsing and not args[0].startswith("-"):
            raise unknown_command(args[0], list(nouns()), "volunteer")
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
        with running(Run(Given(), arguments=tuple(typed))):
            self._main_shell_completion({}, prog_name or "volunteer", "_VOLUNTEER_COMPLETE")
            code = self.run_guarded(typed)
        if standalone_mode:
            sys.exit(code)
        return code

    def run_guarded(self, typed: list[str]) -> int:
        """Run a command line and turn every error into its line and its exit code."""
        try:
            current = run()
            current.language = i18n.language_of_environment()
            if language := _asked_language(typed):
                current.given.options["lang"] = language
            with suppress(BadSettings):  # told when a command runs; help and doctor do without the file
                current.language = current.given.language
            self.run_line(typed)
            sys.stdout.flush()
        except Exit as stop:
            return stop.exit_code
        except NoArgsIsHelpError as asked:
            echo(asked.ctx.get_help())
            return 0
        except BrokenPipeError:
            # The reader has gone; Python would complain once more when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        except (KeyboardInterrupt, Abort):
            echo(_("Interrupted; nothing was changed."), err=True)
            return INTERRUPTED
        except (VolunteerError, UsageError) as error:
            return report(error)
        except Exception as error:  # noqa: BLE001 - the last line of defence: a bug becomes one line
            return report_bug(error)
        return 0

    def run_line(self, typed: list[str]) -> None:
        """Run a command line; errors are the caller's."""
        with self.make_context("volunteer", typed) as context:
            self.invoke(context)


#: What the parser says, and how it is said here, in the user's language.
SAYINGS = (
    (
        r"Got unexpected extra arguments?(?:\(s\))? \((?P<words>.*)\)",
        N_("More words than this command takes: {words}"),
    ),
    (
        r"Invalid value for '?(?P<name>.*?)'?: '(?P<value>.*)' is not a valid int",
        N_("{name} takes a whole number; '{value}' is none"),
    ),
    (
        r"Invalid value for '?(?P<name>.*?)'?: (?P<value>.*) is not in the range (?P<range>.*)",
        N_("{name} is {value}, which is not in the range {range}"),
    ),
    (r"Option '(?P<name>.*)' requires an argument", N_("{name} needs a value behind it")),
    (r"Option '(?P<name>.*)' requires (?P<count>\d+) arguments", N_("{name} needs {count} values behind it")),
    (r"Option '(?P<name>.*)' does not take a value", N_("{name} takes no value")),
)


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


def report(error: VolunteerError | UsageError) -> int:
    """Say in one line what is wrong, and answer the exit code."""
    if os.environ.get("VOLUNTEER_DEBUG"):
        import traceback

        traceback.print_exc()
    line, code = describe(error)
    said = _("Error: {line}").format(line=line)
    echo(style(said, fg="red") if run().given.colored else said, err=True)
    return code


def describe(error: VolunteerError | UsageError) -> tuple[str, int]:
    """The line of an error without its first word, and its exit code."""
    if isinstance(error, VolunteerError):
        return " ".join(str(error).split("\n")), error.exit_code
    path = error.ctx.command_path if error.ctx else "volunteer"
    advice = _("How it is used: {path} --help").format(path=path)
    return f"{_usage_sentence(error)} [usage]. {advice}", UNREADABLE


def _usage_sentence(error: UsageError) -> str:
    if isinstance(error, NoArgsIsHelpError):
        return _("A verb is missing")
    if isinstance(error, NoSuchOption):
        sentence = _("There is no option {name}").format(name=error.option_name)
        if error.possibilities:
            sentence += _("; did you mean {names}?").format(names=", ".join(sorted(error.possibilities)))
        return sentence
    if isinstance(error, MissingParameter) and error.param is not None:
        return _("{name} is missing").format(name=error.param.get_error_hint(error.ctx).strip("'"))  # type: ignore[arg-type]
    said = error.format_message().rstrip(".")
    for pattern, sentence in SAYINGS:
        if match := re.fullmatch(pattern, said):
            return _(sentence).format(**match.groupdict())
    return said


def report_bug(error: Exception) -> int:
    """Write the traceback to a file and say where."""
    if os.environ.get("VOLUNTEER_DEBUG"):
        raise error
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="volunteer-bug-", suffix=".txt", delete=False, encoding="utf-8"
    ) as log:
        log.write(f"volunteer {__version__}, Python {sys.version}\n")
        log.write("".join(traceback.format_exception(error)))
    kind = type(error).__name__
    echo(
        _("Error: this is a bug of ours ({kind}) [bug]. The details are in {file}").format(
            kind=kind, file=log.name
        ),
        err=True,
    )
    return BUG


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
    try:
        command_tree()()
    finally:
        gc.freeze()
