"""All that Typer keeps to itself and this house needs; its version is pinned to one minor for this file's sake.

Typer brings its own copy of Click along since 0.26, in a private module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from typer._click.exceptions import MissingParameter, NoArgsIsHelpError, NoSuchOption, UsageError
from typer.main import get_command_from_info

from volunteer_cli.core.i18n import N_, _, listed, placeholder

if TYPE_CHECKING:
    from typer.core import TyperGroup
    from typer.models import CommandInfo

__all__ = [
    "MissingParameter",
    "NoArgsIsHelpError",
    "UsageError",
    "answer_completion",
    "build",
    "complete_with",
    "complete_within",
    "completions",
    "items_of",
    "usage_sentence",
    "values_of",
]

#: From what was typed to the names that it may become.
Completer: TypeAlias = Callable[[str], list[str]]

#: What the parser says, and how it is said here, in the user's language.
SAYINGS = (
    (
        r"Got unexpected extra arguments?(?:\(s\))? \((?P<words>.*)\)",
        N_("More words than this command takes: {words}"),
    ),
    (
        r"Invalid value for '?(?P<option>.*?)'?: '(?P<value>.*)' is not a valid int(eger)?( range)?",
        N_("{option} takes a whole number; '{value}' is none"),
    ),
    (
        r"Invalid value for '?(?P<option>.*?)'?: (?P<value>.*) is not in the range (?P<least>\d+)<=x<=(?P<most>\d+)",
        N_("{option} is {value}; it takes a number from {least} to {most}"),
    ),
    (
        r"Invalid value for '?(?P<option>.*?)'?: (?P<value>.*) is not in the range x>=(?P<least>\d+)",
        N_("{option} is {value}; it takes a number from {least} on"),
    ),
    (r"Option '(?P<option>.*)' requires an argument", N_("{option} needs a value behind it")),
    (
        r"Option '(?P<option>.*)' requires (?P<several>\d+) arguments",
        N_("{option} needs {several} values behind it"),
    ),
    (r"Option '(?P<option>.*)' does not take a value", N_("{option} takes no value")),
)


def usage_sentence(error: UsageError) -> str:
    """What the parser found wrong, in the user's language."""
    if isinstance(error, NoArgsIsHelpError):
        return _("A verb is missing")
    if isinstance(error, NoSuchOption):
        return _no_such_option(error)
    if isinstance(error, MissingParameter) and error.param is not None:
        hint = error.param.get_error_hint(error.ctx)  # type: ignore[arg-type]
        return _("{option} is missing").format(option=placeholder(hint.strip("'")))
    return _translated(error.format_message().rstrip("."))


def _translated(english: str) -> str:
    """What the parser says, as it is said here; in its own words where nobody has met the sentence yet."""
    for pattern, sentence in SAYINGS:
        if match := re.fullmatch(pattern, english):
            return _(sentence).format(**match.groupdict())
    return english


def _no_such_option(error: NoSuchOption) -> str:
    sentence = _("There is no option {option}").format(option=error.option_name)
    near = _options_near(error)
    return sentence + _("; did you mean {names}?").format(names=listed(near)) if near else sentence


def _options_near(error: NoSuchOption) -> list[str]:
    from volunteer_cli.shell.suggesting import OPTIONS, nearest

    if error.ctx is None:
        return sorted(error.possibilities or ())
    taken = (name for each in error.ctx.command.get_params(error.ctx) for name in each.opts)
    return nearest(error.option_name, (name for name in taken if name.startswith("--")), OPTIONS)


#: The panel of options and arguments that are said in confidence. Typer carries the word along and does nothing
#: with it where help is not drawn by Rich; it has no other place for a note of ours.
CONFIDENTIAL = "confidential"


#: The same for what only offices in China keep.
AT_HOME = "at home"


def is_at_home(parameter: object) -> bool:
    """Whether only offices in China keep what an option says."""
    return getattr(parameter, "rich_help_panel", None) == AT_HOME


def is_confidential(parameter: object) -> bool:
    """Whether the value of an option or argument is kept nowhere but in its column."""
    return getattr(parameter, "rich_help_panel", None) == CONFIDENTIAL


def build(info: CommandInfo, completer: Callable[[str | None, str | None, str], Completer | None]) -> Any:
    """The command that a declaration stands for; `completer` answers what completes a metavar, its help and its name."""
    built = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
    for parameter in built.params:
        # What a command says itself goes before what its help tells.
        if parameter._custom_shell_complete is not None:  # noqa: SLF001 - as `complete_with`
            continue
        if complete := completer(parameter.metavar, getattr(parameter, "help", None), parameter.opts[0]):
            complete_with(parameter, complete)
    return built


def complete_with(parameter: Any, complete: Completer) -> None:
    """Let a parameter be completed; there is no public way for a class of them."""
    complete_within(parameter, lambda _command, typed: complete(typed))


def complete_within(parameter: Any, complete: Callable[[Any, str], list[str]]) -> None:
    """Let a parameter be completed by what the command is that it is typed for."""
    parameter._custom_shell_complete = _as_items(complete)  # noqa: SLF001


def values_of(parameter: Any) -> Completer:
    """What completes a parameter."""
    complete = parameter._custom_shell_complete  # noqa: SLF001 - as `complete_with`
    return lambda typed: [str(item.value) for item in complete(None, parameter, typed)] if complete else []


def items_of(meanings: Mapping[str, str], typed: str) -> list[Any]:
    """The names that begin as typed, each with what it means, as the completion of a group of commands."""
    from typer._click.shell_completion import CompletionItem

    return [CompletionItem(name, help=text) for name, text in meanings.items() if name.startswith(typed)]


def completions(root: TyperGroup, words: Sequence[str], typed: str) -> list[tuple[str, str]]:
    """What the last word of a command line may become, each with what it means; no callback is run for it."""
    from typer._click.shell_completion import _resolve_context, _resolve_incomplete

    context = _resolve_context(root, {}, "volunteer", list(words))
    if getattr(context.command, "list_commands", None) and context.args:
        # A noun or a verb that does not exist: nothing can follow it.
        return []
    place, rest = _resolve_incomplete(context, list(words), typed)
    return [(str(item.value), item.help or "") for item in place.shell_complete(context, rest)]


def _as_items(complete: Callable[[Any, str], list[str]]) -> Callable[[Any, Any, str], list[Any]]:
    def items(context: Any, _parameter: Any, typed: str) -> list[Any]:
        from typer._click.shell_completion import CompletionItem

        return [CompletionItem(name) for name in complete(getattr(context, "command", None), typed)]

    return items


def answer_completion(root: TyperGroup, program: str) -> None:
    """Answer the shell and leave, where it asks to complete a command line."""
    root._main_shell_completion({}, program, "_VOLUNTEER_COMPLETE")  # noqa: SLF001 - done by `main`, which is not used
