"""What a command takes: options that follow from declarations, so that no command lists them by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, NamedTuple, TypeAlias

from typer import Option

from volunteer_cli.core.fields import Field, day
from volunteer_cli.core.kinds import Kind
from volunteer_cli.shell.typed import text_of_day
from volunteer_cli.shell.typer_private import AT_HOME

#: What was typed, by the name of the option; None where an option was not given.
Details: TypeAlias = Mapping[str, Any]


#: The default of an option or argument that must be given.
REQUIRED = Parameter.empty


class Declared(NamedTuple):
    """One option or argument: its name in Python, its type with Typer's declaration, and its default."""

    name: str
    annotation: Any
    default: Any = None


def takes(**groups: Iterable[Declared]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Let a command take declared options: those of a group come as one mapping, in the parameter of its name.

    In the help they stand where that parameter stands in the function's signature.
    """
    members = {group: tuple(options) for group, options in groups.items()}

    def declare(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def run(**values: Any) -> None:
            for group, options in members.items():
                values[group] = {option.name: values.pop(option.name) for option in options}
            function(**values)

        setattr(run, "__signature__", Signature(list(_parameters(function, members))))  # noqa: B010 - for mypy
        return run

    return declare


def _parameters(
    function: Callable[..., None], members: Mapping[str, tuple[Declared, ...]]
) -> Iterator[Parameter]:
    for parameter in signature(function, eval_str=True).parameters.values():
        if parameter.name not in members:
            yield parameter.replace(kind=Parameter.KEYWORD_ONLY)
            continue
        for option in members[parameter.name]:
            yield Parameter(
                option.name, Parameter.KEYWORD_ONLY, annotation=option.annotation, default=option.default
            )


def typed(fields: Iterable[Field], *, editing: bool = False) -> Iterator[Declared]:
    """The options of fields; a command that edits can also add to a list and take from it."""
    for field in fields:
        yield _option(field, field.typed, field.help)
        if editing and field.more:
            yield _option(field, f"add_{field.typed}", field.more)
            yield _option(field, f"remove_{field.typed}", field.less)


def _option(field: Field, name: str, text: str) -> Declared:
    kind = list[str] if field.kind is Kind.LIST else str
    parser = text_of_day if field.read is day else None
    note = AT_HOME if field.at_home else None
    option = Option(
        f"--{name.replace('_', '-')}", parser=parser, metavar=field.metavar, help=text, rich_help_panel=note
    )
    return Declared(name, Annotated[kind | None, option])
