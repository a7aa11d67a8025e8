"""The help pages: what stands where, in the user's language."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from typer.core import TyperArgument

from volunteer_cli.core.i18n import _, alternatives, languages, noted, placeholder
from volunteer_cli.core.run import run
from volunteer_cli.core.wrapping import measured, terminal_width, wrapped
from volunteer_cli.output.colors import HEADING, painted
from volunteer_cli.output.formats import FORMATS
from volunteer_cli.shell.examples import spoken

Rows = list[tuple[str, str]]
#: The longest line of a page that is read with ease.
WIDEST = 100
INDENT = "  "


def first_line(text: str | None) -> str:
    """The first sentence of a help text, as a list of commands shows it."""
    first = (text or "").split("\n\n")[0].replace("\n", " ")
    return _(first).removesuffix(".").removesuffix("。")


def width() -> int:
    """The columns of a help page: those of the terminal, but no longer lines than people like to read."""
    return min(terminal_width(), WIDEST)


def let_color_through(ctx: Any) -> None:
    """Keep the colour of titles where there shall be some, for the parser takes it away in a pipe."""
    ctx.color = run().given.colors(sys.stdout)


def write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    """How a command is called."""
    let_color_through(ctx)
    # Click encloses the choices of an argument in braces, which say nothing to who has never seen a grammar.
    pieces = " ".join(command.collect_usage_pieces(ctx)).replace("{", "").replace("}", "")
    write_line(formatter, f"{_('Usage: ')}{ctx.command_path} {placeholder(pieces)}")


def write_line(formatter: Any, text: str) -> None:
    """A line without an indent; what does not fit goes on below it."""
    formatter.write(wrapped(text, width(), indent=INDENT * 2) + "\n")


def write_text(formatter: Any, text: str | None) -> None:
    """What a command does, paragraph by paragraph."""
    first, *others = (text or "").split("\n\n")
    write_sentence(formatter, first_line(first))
    for paragraph in others:
        write_sentence(formatter, _(paragraph.replace("\n", " ")))


def write_sentence(formatter: Any, sentence: str) -> None:
    """An indented paragraph that is in the user's language already."""
    formatter.write("\n" + _indented(wrapped(sentence, width() - len(INDENT)), INDENT) + "\n")


def _indented(text: str, indent: str) -> str:
    return "\n".join(f"{indent}{line}" for line in text.split("\n"))


def write_heading(formatter: Any, title: str) -> None:
    """The title of a part of the page."""
    colored = run().given.colors(sys.stdout)
    formatter.write(f"\n{painted(title, HEADING) if colored else title}\n")


def write_rows(formatter: Any, title: str, rows: Rows) -> None:
    """Names and what they mean, under a title; nothing where there are none."""
    if not rows:
        return
    write_heading(formatter, title)
    room = min(max(measured(name) for name, _text in rows), width() // 3)
    for name, text in rows:
        formatter.write(_row(name, text, room) + "\n")


def _row(name: str, text: str, room: int) -> str:
    """A name and, beside it or below where it is too long, what it means."""
    margin = " " * (len(INDENT) + room + len(INDENT))
    meaning = _indented(wrapped(text, width() - len(margin)), margin)
    if measured(name) <= room:
        return f"{INDENT}{name}{' ' * (room - measured(name))}{INDENT}{meaning.lstrip()}".rstrip()
    names = _indented(wrapped(name, width() - len(INDENT), indent=INDENT), INDENT)
    return f"{names}\n{meaning}" if text else names


def write_example(formatter: Any, example: str | None) -> None:
    """The example at the end of a command's help, so that it can be copied to a shell as it stands."""
    if not example:
        return
    write_heading(formatter, _("Example:"))
    for line in spoken(example).splitlines():
        formatter.write(_indented(_continued(line, width() - len(INDENT)), INDENT) + "\n")


#: A word of a command line, what stands in quotes as one.
WORD = re.compile(r"(?:'[^']*'|\"[^\"]*\"|[^\s'\"])+")


def _continued(line: str, room: int) -> str:
    """A command line that goes on behind a backslash where it is too long; never within quotes."""
    lines = [""]
    for word in WORD.findall(line):
        joined = f"{lines[-1]} {word}".lstrip()
        if measured(joined) > room - len(" \\") and lines[-1]:
            lines.append(INDENT + word)
        else:
            lines[-1] = joined if len(lines) == 1 else INDENT + joined.lstrip()
    return " \\\n".join(lines)


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
    return [
        (placeholder(argument.make_metavar(ctx)), _(argument.help)) for argument in arguments if argument.help
    ]


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
    return names if takes_nothing else f"{names} {placeholder(option.make_metavar(ctx))}"


def _meaning(option: Any) -> str:
    help_text = option.help or ""
    text = _("Show this help") if "--help" in option.opts else _filled(_(help_text))
    if getattr(option, "required", False):
        return noted(text, _("(required)"))
    return noted(text, _("(can be repeated)")) if option.multiple else text
