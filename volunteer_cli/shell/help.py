"""The help pages: what stands where, in the user's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from typer.core import TyperArgument

from volunteer_cli.core.i18n import _, alternatives, languages
from volunteer_cli.output.formats import FORMATS

Rows = list[tuple[str, str]]


def first_line(text: str | None) -> str:
    """The first sentence of a help text, as a list of commands shows it."""
    first = (text or "").split("\n\n")[0].replace("\n", " ")
    return _(first).removesuffix(".").removesuffix("。")


def write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    """How a command is called."""
    # Click encloses the choices of an argument in braces, which say nothing to who has never seen a grammar.
    pieces = " ".join(command.collect_usage_pieces(ctx)).replace("{", "").replace("}", "")
    formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage: "))


def write_text(formatter: Any, text: str | None) -> None:
    """What a command does, paragraph by paragraph."""
    first, *others = (text or "").split("\n\n")
    write_sentence(formatter, first_line(first))
    for paragraph in others:
        write_sentence(formatter, _(paragraph.replace("\n", " ")))


def write_sentence(formatter: Any, sentence: str) -> None:
    """An indented paragraph that is in the user's language already."""
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(sentence)


def write_rows(formatter: Any, title: str, rows: Rows) -> None:
    """Names and what they mean, under a title; nothing where there are none."""
    if not rows:
        return
    formatter.write_paragraph()
    formatter.write(f"{title}\n")
    with formatter.indentation():
        formatter.write_dl(rows)


def write_example(formatter: Any, example: str | None) -> None:
    """The example at the end of a command's help, as it stands."""
    if not example:
        return
    formatter.write_paragraph()
    formatter.write(_("Example:") + "\n")
    # Not as a paragraph: a line that is broken can no longer be copied to a terminal.
    for line in example.splitlines():
        formatter.write(f"  {line}\n")


def write_command(command: Any, ctx: Any, formatter: Any, own: Sequence[Any], shared: Sequence[Any]) -> None:
    """The page of a verb: usage, what it does, its arguments and options, those of output, an example."""
    write_usage(command, ctx, formatter)
    write_text(formatter, command.help)
    write_rows(formatter, _("Arguments:"), argument_rows(ctx, own))
    options = [parameter for parameter in own if not isinstance(parameter, TyperArgument)]
    write_rows(formatter, _("Options:"), option_rows(ctx, options))
    write_rows(formatter, _("Output:"), option_rows(ctx, shared))
    write_sentence(formatter, _("Global options work here too: volunteer --help"))
    write_example(formatter, command.epilog)


def argument_rows(ctx: Any, parameters: Iterable[Any]) -> Rows:
    """The arguments among a command's parameters, and what they are."""
    arguments = [parameter for parameter in parameters if isinstance(parameter, TyperArgument)]
    return [(argument.make_metavar(ctx), _(argument.help)) for argument in arguments if argument.help]


def option_rows(ctx: Any, options: Iterable[Any]) -> Rows:
    """The names of options with what they take, and what they mean."""
    return [(_names(ctx, option), _meaning(option)) for option in options]


def _filled(text: str) -> str:
    """A help text with the names of what there may be more of tomorrow: formats and languages."""
    if "{" not in text:
        return text
    formats = alternatives(form.name for form in FORMATS)
    return text.replace("{formats}", formats).replace("{languages}", alternatives(languages()))


def _names(ctx: Any, option: Any) -> str:
    names = ", ".join((*sorted(option.opts, key=len), *option.secondary_opts))
    takes_nothing = option.is_flag or getattr(option, "count", False)
    return names if takes_nothing else f"{names} {option.make_metavar(ctx)}"


def _meaning(option: Any) -> str:
    help_text = option.help or ""
    text = _("Show this help") if "--help" in option.opts else _filled(_(help_text))
    if getattr(option, "required", False):
        return f"{text} {_('(required)')}"
    return f"{text} {_('(can be repeated)')}" if option.multiple else text
